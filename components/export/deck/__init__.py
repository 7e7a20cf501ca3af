"""Decks: a selection of the story's steps as one HTML file, PPTX or PDF, all made from the same slides."""
