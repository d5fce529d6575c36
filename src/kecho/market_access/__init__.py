"""Which agreement pays, does a product qualify, what is left on the table."""
