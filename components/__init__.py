"""Readers: everything between the tables and a page, a file or a route."""
