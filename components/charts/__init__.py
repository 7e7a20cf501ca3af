"""Drawings: a plotted table in, an Altair chart out. No table is read here and nothing is written."""
