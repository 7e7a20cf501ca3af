"""A Figure in, a file's bytes out."""
