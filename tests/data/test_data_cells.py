"""Broken tables of every kind: the real ones with one cell overwritten, and what must be said about it."""

from typing import NamedTuple

import pandas as pd
import pytest

from data import load
from data.check import find_faults

Frames = dict[str, pd.DataFrame]

FILLED = "must not be empty"
TRIMMED = "must not begin or end with white space"
SLUG = "must be lower-case words joined by hyphens"
NUMBER = "must be a plain number"
WHOLE = "must be a whole number above zero"
PERIOD = "must be a year or an interval of years, the earlier first"
PRINTED = "must be at most 24 characters without white space"
DATE = "must be a date like 2024-02-29, or empty"
LEFTOVER = "is what a spreadsheet leaves of a formula or a missing value"
ONE_LINE = "must be one line"
CHECKSUM = "must be 64 hexadecimal digits in lower case"
BOUND = "must be given exactly where there is a value"

KEYS = {"units": "unit", "pairs": "goal"}
ORIGINAL = load.read()


@pytest.fixture
def frames() -> Frames:
    return {name: frame.copy() for name, frame in ORIGINAL.items()}


def at(frames: Frames, table: str, key: str | int) -> int:
    """Give the index of a row: by its key, or as it is."""
    if isinstance(key, int):
        return key
    frame = frames[table]
    index, *more = frame.index[frame[KEYS.get(table, "id")] == key]
    assert not more or table == "pairs"  # a goal may have a line for every year's result
    return int(index)


class Cell(NamedTuple):
    """One cell that is overwritten, and what must be said about it."""

    table: str
    key: str | int
    column: str
    value: str
    rules: tuple[str, ...]
    way_out: str


# gyr-006-1 has no value, only a note; gyr-006-2 is 5154.75亿元, exact, 2023, annual, with a note in both languages.
CELLS = [
    Cell("indicators", "gdp", "name_zh", "", (FILLED,), "fill in the cell"),
    Cell("indicators", "gdp", "definition_en", "", (FILLED,), "fill in the cell"),
    Cell("sources", "bijie-five-years", "covers_zh", "", (FILLED,), "fill in the cell"),
    Cell("units", "亿元", "name_en", "", (FILLED,), "fill in the cell"),
    Cell("observations", "gyr-006-2", "printed", "", (FILLED,), "fill in the cell"),
    Cell("observations", "gyr-006-2", "source", "", (FILLED, SLUG), "fill in the cell"),
    Cell("observations", "gyr-006-2", "period", "", (FILLED, PERIOD), "fill in the cell"),
    Cell("indicators", "gdp", "name_zh", " ", (FILLED, TRIMMED), "fill in the cell"),
    Cell("indicators", "gdp", "name_en", "GDP ", (TRIMMED,), "remove the stray spaces"),
    Cell("observations", "gyr-006-2", "place", " guiyang", (TRIMMED, SLUG), "remove the stray spaces"),
    Cell("observations", "gyr-006-2", "note_zh", "说明\u3000", (TRIMMED,), "remove the stray spaces"),
    Cell("sources", "bijie-five-years", "id", "Bijie_Five", (SLUG,), "a–z, 0–9 and hyphens only"),
    Cell("indicators", "gdp", "id", "gdp-", (SLUG,), "a–z, 0–9 and hyphens only"),
    Cell("observations", "gyr-006-2", "indicator", "国内生产总值", (SLUG,), "a–z, 0–9 and hyphens only"),
    Cell("observations", "gyr-006-2", "value", "5,154.75", (NUMBER,), "no thousands separator"),
    Cell("observations", "gyr-006-2", "value", "325亿元", (NUMBER,), "no unit"),
    Cell("observations", "gyr-006-2", "value", "5 154", (NUMBER,), "no spaces"),
    Cell("observations", "gyr-006-2", "value", "５１５４", (NUMBER,), "write digits with a decimal point"),
    Cell("observations", "gyr-006-2", "value", "5.1e3", (NUMBER,), "write digits with a decimal point"),
    Cell("observations", "gyr-006-2", "value", "NaN", (LEFTOVER, NUMBER), "or leave the cell empty"),
    Cell("observations", "wdp-006-1", "value_high", "350亿", (NUMBER,), "no unit"),
    Cell("units", "亿元", "factor", "100,000,000", (NUMBER,), "no thousands separator"),
    Cell("units", "亿元", "factor", "", (FILLED, NUMBER), "fill in the cell"),
    Cell("excluded", 0, "digits", "二〇二四", (NUMBER,), "write digits with a decimal point"),
    Cell("observations", "gyr-006-2", "paragraph", "0", (WHOLE,), "the line of the document"),
    Cell("observations", "gyr-006-2", "paragraph", "6.0", (WHOLE,), "the line of the document"),
    Cell("observations", "gyr-006-2", "paragraph", "-6", (WHOLE,), "the line of the document"),
    Cell("observations", "gyr-006-2", "paragraph", "73", ("is past the document's last paragraph (72)",), "count"),
    Cell("sources", "bijie-five-years", "paragraphs", "fifteen", (WHOLE,), "the line of the document"),
    Cell("excluded", 0, "nth", "1.0", (WHOLE,), "the line of the document"),
    Cell("observations", "gyr-006-2", "period", "2025/2021", (PERIOD,), "write 2023 or 2021/2025"),
    Cell("observations", "gyr-006-2", "period", "2023-01-01", (PERIOD,), "spreadsheets like to turn it into a date"),
    Cell("observations", "gyr-006-2", "period", "2021-2025", (PERIOD,), "write 2023 or 2021/2025"),
    Cell("observations", "gyr-006-2", "period", "2023/2023", (PERIOD,), "write 2023 or 2021/2025"),
    Cell("observations", "gyr-006-2", "period", "2023年", (PERIOD,), "write 2023 or 2021/2025"),
    Cell("sources", "guiyang-report-2024", "given", "2024/1/31", (DATE,), "write year-month-day"),
    Cell("sources", "guiyang-report-2024", "sha256", "53eb66e1", (CHECKSUM,), "sha256sum"),
    Cell("sources", "guiyang-report-2024", "sha256", "A" * 64, (CHECKSUM,), "sha256sum"),
    Cell("observations", "gyr-006-2", "printed", "达" * 25, (PRINTED,), "keep the figure with its bound word only"),
    Cell("observations", "gyr-006-2", "printed", "5154.75 亿元", (PRINTED,), "remove spaces and line breaks"),
    Cell("observations", "gyr-006-2", "printed", "5154.75\n亿元", (ONE_LINE, PRINTED), "remove the line break"),
    Cell("observations", "gyr-006-2", "kind", "gaol", ("must be one of: result, goal, standard, context",), "choose"),
    Cell("observations", "gyr-006-2", "kind", "", ("must be one of: result, goal, standard, context",), "choose"),
    Cell("observations", "gyr-006-2", "bound", "atleast", ("must be one of: exact, at_least, at_most, about",), "choose"),
    Cell("observations", "gyr-006-2", "period_basis", "guessed", ("must be one of: printed, inferred",), "spelling"),
    Cell("observations", "gyr-006-2", "basis", "yearly",
         ("must be one of: annual, cumulative, end_of_period, annual_average",), "spelling"),
    Cell("indicators", "gdp", "better", "Up", ("must be one of: up, down, none",), "spelling"),
    Cell("indicators", "gdp", "stat", "total", ("must be one of: stock, flow, ratio, growth, index, rank, count",),
         "spelling"),
    Cell("excluded", 0, "reason", "year", ("must be one of: date, name, ordinal, definition, document, other",),
         "spelling"),
    Cell("pairs", "gyr-024-1", "comparable", "yes", ("must be one of: same, similar, no",), "spelling"),
    Cell("observations", "gyr-006-2", "indicator", "gdpp", ("is not in indicators.csv",), "did you mean gdp"),
    Cell("observations", "gyr-006-2", "place", "guiyan", ("is not in places.csv",), "did you mean guiyang"),
    Cell("observations", "gyr-006-2", "place", "xyz", ("is not in places.csv",),
         "add it to geo/names.csv and run make geo"),
    Cell("observations", "gyr-006-2", "unit", "亿圆", ("is not in units.csv",), "did you mean 亿元"),
    Cell("observations", "gyr-006-2", "unit", "dollars", ("is not in units.csv",), "add it to units.csv first"),
    Cell("observations", "wdp-017-2", "repeats", "wdp-007-55", ("is not in observations.csv",), "did you mean wdp-007-5"),
    Cell("sources", "bijie-five-years", "place", "bijei", ("is not in places.csv",), "did you mean bijie"),
    Cell("excluded", 0, "source", "guiyang-report-2023", ("is not in sources.csv",), "mean guiyang-report-2024"),
    Cell("corrections", 0, "source", "guiyang-report", ("is not in sources.csv",), "did you mean guiyang-report-2024"),
    Cell("corrections", 0, "observation", "gyr-055-99", ("is not in observations.csv",), "did you mean gyr-055-9"),
    Cell("observations", "wdp-115-1", "task", "wdp-annex-task-31", ("is not in tasks.csv",), "mean wdp-annex-task-"),
    Cell("tasks", "wdp-task-01", "parent", "wdp-part-11", ("is not in tasks.csv",), "did you mean wdp-part-1"),
    Cell("tasks", "wdp-task-01", "part", "tasks", ("must be one of: chapter, theme, task, annex-goal, annex-task, "
         "result-field, plan-field",), "spelling"),
    Cell("departments", "wudang-water", "place", "wudan", ("is not in places.csv",), "did you mean wudang"),
    Cell("mentions", 0, "source", "guiyang-report-2023", ("is not in sources.csv",), "mean guiyang-report-2024"),
    Cell("mentions", 0, "paragraph", "six", (WHOLE,), "the line of the document"),
    Cell("terms", "primacy-ratio", "paragraphs", "guiyang-report-2024",
         ("must be places like guiyang-report-2024:17, joined by semicolons",), "document, colon, paragraph"),
    Cell("terms", "primacy-ratio", "paragraphs", "guiyang-report-2024:8; wudang-action-plan:2",
         ("must be places like guiyang-report-2024:17, joined by semicolons",), "without spaces"),
    Cell("observations", "gyr-006-1", "bound", "exact", (BOUND,), "nothing beside none"),
    Cell("observations", "gyr-006-2", "bound", "", (BOUND,), "write exact, at_least, at_most or about"),
    Cell("observations", "gyr-006-2", "unit", "", ("must name a unit where there is a value",), "1 where the number"),
    Cell("observations", "gyr-006-2", "note_en", "", ("must stand in both languages or in neither",), "other language"),
    Cell("observations", "gyr-006-2", "value_high", "5000", ("must be above value",), "the higher in value_high"),
    Cell("observations", "gyr-006-2", "value_high", "5154.75", ("must be above value",), "the lower number in value"),
    Cell("observations", "gyr-006-1", "value_high", "1", ("must be above value",), "put the lower number in value"),
    Cell("observations", "gyr-006-2", "repeats", "gyr-006-2", ("must name another row",), "id of the first statement"),
    Cell("pairs", "gyr-024-2", "result", "gyr-024-3", ("is not a result",), "name an observation of kind result"),
    Cell("pairs", "gyr-024-1", "result", "", ("must name the result of a comparable pair",), "set comparable to no"),
    Cell("pairs", "gyr-024-1", "reason", "no_result", ("must be given exactly where comparable is no",), "leave it"),
    Cell("pairs", "gyr-024-2", "reason", "", ("must be given exactly where comparable is no",), "choose a reason code"),
]  # fmt: skip


@pytest.mark.parametrize("cell", CELLS, ids=lambda cell: f"{cell.table}-{cell.column}-{cell.value.strip()[:12]}")
def test_one_wrong_cell_is_named(cell: Cell, frames: Frames) -> None:
    index = at(frames, cell.table, cell.key)
    frames[cell.table].loc[index, cell.column] = cell.value
    found = find_faults(frames)
    place = (f"{cell.table}.csv", index + 2, cell.column, cell.value)
    assert [(fault.file, fault.row, fault.column, fault.value) for fault in found] == [place] * len(cell.rules)
    assert tuple(fault.rule for fault in found) == cell.rules
    assert cell.way_out in found[0].way_out
