"""How a figure is made: the catalogue, what is asked, estimates and their ranges."""
