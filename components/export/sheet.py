"""The plotted table of a Figure as CSV: for people, with the byte order mark that Excel needs to read Chinese."""

from components.figures.figure import Figure
from components.figures.plotted import published

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv(figure: Figure, mark: bool = True) -> bytes:
    """Write exactly what is plotted, raw numbers beside words; `mark` puts the byte order mark in front."""
    text = published(figure.table).map(harmless).to_csv(index=False, lineterminator="\r\n")
    return text.encode("utf-8-sig" if mark else "utf-8")


def harmless(cell: object) -> object:
    """Keep a text from being run as a formula: spreadsheets take a leading apostrophe as 'this is text'."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell
