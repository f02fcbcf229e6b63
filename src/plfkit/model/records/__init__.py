"""Records: the native tables, the rows they hold, and the organisation that is made of them."""
