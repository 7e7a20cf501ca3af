"""Figures: one graphic each, with all that a reader needs."""
