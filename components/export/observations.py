"""A selection of observations as a file: CSV for people and for machines, a workbook, JSON.

Columns are those of the table itself, with place, indicator and document in words of both languages beside their codes.
"""

import json
from io import BytesIO
from typing import Any

import pandas as pd
import xlsxwriter

from components.export.sheet import harmless
from components.numbers import missing, plain
from data.load import Tables, records
from geo.load import places

WIDTHS = {"note_zh": 40, "note_en": 40, "indicator_zh": 26, "indicator_en": 34, "document_zh": 30, "document_en": 34}


def table(tables: Tables, rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with the columns of a file: the table's own, then the words for its codes."""
    own = rows[list(tables.observations)]
    words = {
        **{f"indicator_{lang}": own["indicator"].map(tables.indicators[f"name_{lang}"]) for lang in ("zh", "en")},
        **{f"place_{lang}": own["place"].map(places()[f"name_{lang}"]) for lang in ("zh", "en")},
        **{f"document_{lang}": own["source"].map(tables.sources[f"title_{lang}"]) for lang in ("zh", "en")},
    }
    return own.assign(**words)


def csv(tables: Tables, rows: pd.DataFrame, mark: bool) -> bytes:
    """Write CSV; with the byte order mark Excel reads the Chinese, without it machines have it easier."""
    return written(table(tables, rows), mark)


def written(frame: pd.DataFrame, mark: bool) -> bytes:
    """Write a frame of texts and numbers as CSV: numbers as the tables have them, no text that could run as a formula."""
    text = frame.map(_plain).to_csv(index=False, lineterminator="\r\n")
    return text.encode("utf-8-sig" if mark else "utf-8")


def _plain(cell: object) -> object:
    """Write a number as the table has it (90, not 90.0), and a text so that it stays text."""
    if isinstance(cell, float):
        return "" if missing(cell) else plain(cell)
    return harmless(cell)


def to_json(tables: Tables, rows: pd.DataFrame) -> bytes:
    """Write JSON: an array of rows, an empty number as null."""
    found = [
        {name: None if value != value else value for name, value in row.items()} for row in records(table(tables, rows))
    ]
    return json.dumps(found, ensure_ascii=False, indent=1).encode()


def xlsx(tables: Tables, rows: pd.DataFrame, columns: pd.DataFrame) -> bytes:
    """Write a workbook: the rows with real numbers, the documents they come from, the meaning of every column."""
    found = table(tables, rows)
    cited = tables.sources.loc[[source for source in tables.sources.index if source in set(found["source"])]]
    file = BytesIO()
    # A cell that begins like a formula stays text, and no text becomes a link.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        book.set_properties(
            {"created": pd.Timestamp("2024-01-01").to_pydatetime()}
        )  # the same rows give the same bytes
        for name, frame in (("observations", found), ("sources", cited), ("columns", columns)):
            _sheet(book, name, frame)
    return file.getvalue()


def _sheet(book: Any, name: str, frame: pd.DataFrame) -> None:
    sheet = book.add_worksheet(name)
    bold = book.add_format({"bold": True, "bottom": 1})
    for at, column in enumerate(map(str, frame)):
        sheet.set_column(at, at, WIDTHS.get(column, 16))
        sheet.write(0, at, column, bold)
    for line, row in enumerate(records(frame), start=1):
        for at, value in enumerate(row.values()):
            if value == value and value != "":
                sheet.write(line, at, value)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(frame), 1), len(frame.columns) - 1)
