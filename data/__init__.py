"""Numbers: the tables, and the code that loads, checks, selects, measures and audits them."""
