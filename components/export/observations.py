"""A selection of observations as a file: CSV for people and for machines, a workbook, JSON.

Columns are those of the table itself, with place, indicator and document in words of both languages beside their codes.
"""

import json
from collections.abc import Iterator
from io import BytesIO
from typing import Any, Final

import pandas as pd

from components.export.sheet import FORMULA, harmless
from components.numbers import missing, plain
from data.load import Tables, records
from data.rows import Numbers, rows_at
from geo.load import places

BATCH: Final = 5000  # rows that are written at a time
MOST: Final = 20_000  # rows of a workbook; Excel itself would read 1,048,576, but not quickly
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


def batches(tables: Tables, chosen: Numbers) -> Iterator[pd.DataFrame]:
    """Make the file's table of the observations at some positions part by part, at least one, so that none is large."""
    for first in range(0, max(len(chosen), 1), BATCH):
        yield table(tables, rows_at(tables, chosen[first : first + BATCH]))


def csv(tables: Tables, chosen: Numbers, mark: bool) -> Iterator[bytes]:
    """Write CSV; with the byte order mark Excel reads the Chinese, without it machines have it easier."""
    for number, part in enumerate(batches(tables, chosen)):
        yield written(part, mark) if not number else written(part, False, header=False)


def written(frame: pd.DataFrame, mark: bool, header: bool = True) -> bytes:
    """Write a frame of texts and numbers as CSV: numbers as the tables have them, no text that could run as a formula."""
    plain_cells = pd.DataFrame({name: _plain_column(frame[name]) for name in frame})
    text = plain_cells.to_csv(index=False, header=header, lineterminator="\r\n")
    return text.encode("utf-8-sig" if mark else "utf-8")


def _plain_column(cells: pd.Series) -> pd.Series:
    """Write a column's cells plainly; of a column of texts only those that begin like a formula are touched."""
    if not isinstance(cells.dtype, pd.StringDtype):
        return cells.map(_plain)
    like_formula = cells.str.startswith(FORMULA)
    return cells.where(~like_formula, cells.map(harmless)) if like_formula.any() else cells


def _plain(cell: object) -> object:
    """Write a number as the table has it (90, not 90.0), and a text so that it stays text."""
    if isinstance(cell, float):
        return "" if missing(cell) else plain(cell)
    return harmless(cell)


def to_json(tables: Tables, chosen: Numbers) -> Iterator[bytes]:
    """Write JSON: an array of rows, an empty number as null."""
    if not len(chosen):
        yield b"[]"
    for number, part in enumerate(batches(tables, chosen) if len(chosen) else ()):
        found = [{name: None if value != value else value for name, value in row.items()} for row in records(part)]
        text = json.dumps(found, ensure_ascii=False, indent=1)
        yield f"{',' if number else '['}{text[1:-2]}".encode()
    if len(chosen):
        yield b"\n]"


def xlsx(tables: Tables, chosen: Numbers, columns: pd.DataFrame) -> bytes:
    """Write a workbook: the rows with real numbers, the documents they come from, the meaning of every column.

    At most MOST rows: a workbook is made as a whole.
    """
    if len(chosen) > MOST:
        raise ValueError(f"{len(chosen)} rows are too many for a workbook: at most {MOST}")
    found = table(tables, rows_at(tables, chosen))
    cited = tables.sources.loc[[source for source in tables.sources.index if source in set(found["source"])]]
    file = BytesIO()
    # A cell that begins like a formula stays text, and no text becomes a link.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    import xlsxwriter  # imported when someone asks for a workbook

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
