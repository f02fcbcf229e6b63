"""Events: what communities meet for, what colleagues do together, what brings schools together."""
