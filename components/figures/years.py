"""Years that no document prints: said under every Figure whose rows stand at years, and to those who cannot see it."""

from dataclasses import replace
from typing import Final

from components.figures.figure import Figure
from components.words import Words
from data.load import tables

INFERRED: Final = "inferred"  # data/vocabulary.py: the basis of a period that follows from the text alone


def with_inferred(figure: Figure, words: Words) -> Figure:
    """Return a Figure that says of how many of its observations the year is inferred, in its notes and its alt text."""
    if "period" not in figure.table or not figure.observations:
        return figure
    bases = tables().observations["period_basis"].loc[list(figure.observations)]
    inferred = int((bases == INFERRED).sum())
    if not inferred:
        return figure
    said = words("note.all-years-inferred") if inferred == len(bases) else words.count("note.years-inferred", inferred)
    return replace(figure, notes=(*figure.notes, said), alt=words("alt.note", alt=figure.alt, note=said))
