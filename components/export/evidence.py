"""What a Figure rests on, as tables in words: for the workbook, the plain page and the press kit.

In: a Figure. Out: rows of cells under headings in the reader's language, numbers as numbers.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from components import numbers
from components.credits import ranges
from components.figures.figure import Figure
from components.figures.plotted import place_name, published
from components.words import Words, words
from data.load import Row, record, records, tables
from data.vocabulary import BOUNDS, KINDS, MENTION_KINDS

Cell = str | int | float | None
PROVEN: Final = ("printed", "document", "paragraph")  # columns that are called as on the proof card

PARTS: Final = ("panel", "label", "detail")  # columns that together name a row
SHOWN: Final = ("place", "period", "judged", "text", "source")  # columns that a page shows beside the names


@dataclass(frozen=True)
class Sheet:
    """A table in words: the columns' names, their headings, the rows."""

    names: tuple[str, ...]
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def plotted(figure: Figure) -> Sheet:
    """Return exactly what a Figure plots: each row with its name in full, codes in words, numbers as they are printed."""
    speech, table = words(figure.lang), published(figure.table)
    names = [row_name(row, speech, _mixed(table)) for row in records(figure.table)]
    own = tuple(map(str, table))
    rows = [tuple(cell(name, row[name], speech) for name in own) for row in records(table)]
    headings = (speech("export.row"), *(speech(f"column.{name}") for name in own))
    return Sheet(("row", *own), headings, tuple((name, *row) for name, row in zip(names, rows, strict=True)))


def readable(figure: Figure) -> Sheet:
    """Return what a Figure plots as a page shows it: each row by its name, what it says, where that stands.

    Codes are words; a column that is empty, or says what the names of the rows say already, is left out.
    """
    speech, table = words(figure.lang), figure.table
    if "source" in table:  # of what is said in words the paragraph is the proof
        table = table.assign(source=[_where(row, speech) for row in records(table)])
    names = _short_names(figure.table, speech)
    columns: dict[str, tuple[Cell, ...]] = {"label": names}
    for name in (name for name in SHOWN if name in table):
        cells = tuple(cell(name, value, speech) for value in table[name])
        if any(said is not None for said in cells) and not _said(cells, names):
            columns[name] = cells
    headings = tuple(speech(f"column.{name}") for name in columns)
    return Sheet(tuple(columns), headings, tuple(zip(*columns.values(), strict=True)))


def _where(row: Row, speech: Words) -> str:
    title = speech.of(record(tables().sources, row["source"]), "title")
    return speech("row.where", title=title, paragraph=row["paragraph"])


def _said(cells: tuple[Cell, ...], names: tuple[str, ...]) -> bool:
    """Tell whether the names of the rows say what stands in a column."""
    return all(cell is None or str(cell) in name for cell, name in zip(cells, names, strict=True))


def _mixed(table: pd.DataFrame) -> bool:
    """Tell whether results and goals stand together; what stands in the place of a Figure that raises has no columns."""
    return "kind" in table and table["kind"].nunique() > 1


def _short_names(table: pd.DataFrame, speech: Words) -> tuple[str, ...]:
    """Name the rows of a table that is read as a whole: by their panel only where they would be called the same."""
    mixed = _mixed(table)
    short, full = (tuple(row_name(row, speech, mixed, parts) for row in records(table)) for parts in (PARTS[1:], PARTS))
    return short if len(set(short)) == len(short) else full


def row_name(row: Row, speech: Words, mixed: bool, parts: tuple[str, ...] = PARTS) -> str:
    """Name a row of a plotted table so that it can stand alone; where results and goals are mixed, say which."""
    said = speech("detail.separator").join(dict.fromkeys(filter(None, (str(row.get(part) or "") for part in parts))))
    if mixed and row.get("period") and row["kind"] in KINDS:
        head = speech(f"head.{row['kind']}", year=str(row["period"])[-4:])
        return said if head in said else speech("detail.separator").join(filter(None, (said, head)))
    return said


def cell(name: str, value: Any, speech: Words) -> Cell:
    """Write a cell in words: codes are named, numbers stay numbers, what is missing stays empty."""
    if value is None or value != value or value == "":
        return None
    if name == "place":
        return place_name(value, speech, short=False)
    if name == "kind" and value in KINDS:
        return speech(f"kind.one.{value}")
    if name == "kind" and value in MENTION_KINDS:
        return speech(f"mention.{value}")
    if name == "bound" and value in BOUNDS:
        return speech(f"bound.{value}")
    if name == "period":
        return numbers.period(str(value), speech)
    if hasattr(value, "item"):
        value = value.item()
    return value if isinstance(value, int | float | str) else str(value)


def observations(figure: Figure) -> Sheet:
    """Return the observations behind a Figure, each with its document, its paragraph and the figure as printed."""
    speech = words(figure.lang)
    columns: dict[str, Callable[[Row], Any]] = {
        "observation": lambda row: row["id"],
        "indicator": lambda row: speech.of(record(tables().indicators, row["indicator"]), "name"),
        **{name: _of(name) for name in ("place", "period", "kind", "bound", "value", "value_high", "unit", "printed")},
        "document": lambda row: speech.of(record(tables().sources, row["source"]), "title"),
        "paragraph": _of("paragraph"),
        "note": lambda row: speech.of(row, "note"),
    }
    found = [record(tables().observations, code) for code in figure.observations]
    rows = tuple(tuple(cell(name, of(row), speech) for name, of in columns.items()) for row in found)
    return Sheet(tuple(columns), tuple(_heading(name, speech) for name in columns), rows)


def _of(name: str) -> Callable[[Row], Any]:
    return lambda row: row[name]


def _heading(name: str, speech: Words) -> str:
    """Say a column's heading: as on the proof card, as in the Figure's table, or its own."""
    own = {"indicator": speech("export.indicator"), "note": speech("export.note")}
    if name in own:
        return own[name]
    return speech(f"proof.{name}") if name in PROVEN else speech(f"column.{name}")


def sources(figure: Figure) -> Sheet:
    """Return the documents behind a Figure: title, issuer, date as printed, the paragraphs, and how to cite each."""
    from components.citation import document

    speech, rows = words(figure.lang), []
    for citation in figure.citations:
        row = record(tables().sources, citation.source)
        rows.append((
            speech.of(row, "title"), speech.of(row, "issuer") or speech("proof.no-issuer"),
            row["published"] or speech("proof.no-date"), speech("credit.comma").join(ranges(citation.paragraphs)),
            document(row, speech),
        ))  # fmt: skip
    names = ("document", "issuer", "date", "paragraph", "citation")
    headings = tuple(speech("export.citation" if name == "citation" else f"proof.{name}") for name in names)
    return Sheet(names, headings, tuple(rows))
