"""A Figure as a workbook: what is plotted, the observations behind it, the documents; and an Excel chart of its rows.

Numbers are numbers, every text stays text: nothing that is written can become a formula or a link.
"""

from datetime import datetime
from io import BytesIO
from typing import Any, Final

from components import credits
from components.citation import citations
from components.export import evidence
from components.export.evidence import Sheet
from components.figures.figure import Figure
from components.theme import LIGHT
from components.words import words
from data.load import Row, records

MADE: Final = datetime(2024, 1, 1)  # the same data give the same bytes
NARROW, WIDE, LINES = 9, 46, 400  # characters of a column; rows that are looked at for its width
HEAD: Final = 3  # the line of the headings, under title and subtitle
ACROSS: Final = 110  # characters that a merged line of the last sheet holds
MOST: Final = 30  # rows that an Excel chart shows in a readable way
ROOM: Final = 1.2  # the scale of a waterfall, in lengths of its longest bar
ROW_HEIGHT: Final = 26  # px of a row of the chart


def xlsx(figure: Figure) -> bytes:
    """Write a Figure's workbook."""
    import xlsxwriter  # imported when someone asks for a workbook

    file, speech = BytesIO(), words(figure.lang)
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(file, options) as book:
        book.set_properties({"title": figure.title, "subject": figure.subtitle, "author": speech("product.name"),
                             "comments": figure.alt, "created": MADE})  # fmt: skip
        plotted = evidence.plotted(figure)
        first = _sheet(book, speech("export.sheet.plotted"), _with_beginnings(plotted, figure), figure)
        _sheet(book, speech("export.sheet.observations"), evidence.observations(figure), figure)
        _sources(book, figure)
        if has_chart(figure):
            _chart(book, first, plotted, figure)
    return file.getvalue()


def _sheet(book: Any, name: str, table: Sheet, figure: Figure) -> Any:
    """Write a table under the Figure's title, its header frozen."""
    sheet = book.add_worksheet(name)
    bold = book.add_format({"bold": True, "bottom": 1, "valign": "top"})
    sheet.write_string(0, 0, figure.title, book.add_format({"bold": True, "font_size": 14}))
    sheet.write_string(1, 0, figure.subtitle, book.add_format({"font_color": LIGHT.quiet}))
    for column, heading in enumerate(table.headings):
        sheet.write_string(HEAD, column, heading, bold)
        sheet.set_column(column, column, width([heading, *(row[column] for row in table.rows[:LINES])]))
    apart = book.add_format({"align": "right", "indent": 1})  # or a number would touch the word in the next column
    for line, row in enumerate(table.rows, start=HEAD + 1):
        for column, value in enumerate(row):
            _write(sheet, line, column, value, apart)
    sheet.freeze_panes(HEAD + 1, 1)
    sheet.autofilter(HEAD, 0, HEAD + max(len(table.rows), 1), len(table.headings) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    return sheet


def _write(sheet: Any, line: int, column: int, value: object, apart: Any) -> None:
    if isinstance(value, str):
        sheet.write_string(line, column, value)
    elif isinstance(value, int | float):
        sheet.write_number(line, column, value, apart)


def _with_beginnings(table: Sheet, figure: Figure) -> Sheet:
    """Add where each bar of a waterfall begins, on which Excel stacks its length."""
    if not _steps(figure):
        return table
    begins = [min(row["start"], row["end"]) for row in records(figure.table)]
    rows = tuple((*row, begin) for row, begin in zip(table.rows, begins, strict=True))
    return Sheet((*table.names, "begins"), (*table.headings, words(figure.lang)("export.begins")), rows)


def _steps(figure: Figure) -> bool:
    return {"start", "end"} <= set(figure.table)


def width(cells: list[Any]) -> float:
    """Return how wide a column must be for its cells, in characters."""
    lengths = [length(text) for text in cells if text is not None]
    return min(max(max(lengths, default=0) + 3, NARROW), WIDE)


def _sources(book: Any, figure: Figure) -> None:
    """Write the documents, how to cite the Figure, its notes, and what it shows in words."""
    speech, table = words(figure.lang), evidence.sources(figure)
    sheet = _sheet(book, speech("export.sheet.sources"), table, figure)
    bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    line = HEAD + len(table.rows) + 2
    told = {speech("export.cite"): list(citations(figure, speech).values()), speech("export.alt"): [figure.alt],
            speech("export.note"): credits.credit_lines(figure)}  # fmt: skip
    for heading, texts in told.items():
        sheet.write_string(line, 0, heading, bold)
        for text in texts:
            line += 1
            sheet.merge_range(line, 0, line, len(table.names) - 1, "", wrapped)
            sheet.write_string(line, 0, text, wrapped)
            sheet.set_row_pixels(line, 20 * lines(text))
        line += 2


def lines(text: str) -> int:
    """Return how many lines a long text takes across the sheet."""
    return sum(1 + length(part) // ACROSS for part in text.split("\n"))


def length(text: object) -> int:
    """Count a text's characters as a spreadsheet is wide: a Chinese one counts as two."""
    return sum(2 if ord(sign) > 0x2E7F else 1 for sign in str(text))


def has_chart(figure: Figure) -> bool:
    """Tell whether a Figure's rows can be drawn by Excel: one unit, no number missing, not too many, no map."""
    table = figure.table
    if figure.is_map or not {"label", "value", "text"} <= set(table) or not 1 < len(table) <= MOST:
        return False
    return bool(table["value"].notna().all()) and ("unit" not in table or table["unit"].nunique() == 1)


def _chart(book: Any, sheet: Any, table: Sheet, figure: Figure) -> None:
    """Draw the rows as bars, each with its number as it reads, so that no bound is lost: at least is not exactly."""
    rows, value = records(figure.table), table.names.index("value")
    last = HEAD + len(rows)
    labels: dict[str, Any] = {"value": True, "custom": [{"value": row["text"].replace("\n", " ")} for row in rows]}
    columns: list[tuple[int, dict[str, Any]]] = [
        (value, {"points": [_bar(row) for row in rows], "data_labels": labels})
    ]
    if stacked := _steps(figure):  # bars stand on what is not seen, and numbers in what is not seen beside them
        unseen: dict[str, Any] = {"fill": {"none": True}, "border": {"none": True}}
        columns = [(len(table.names), unseen), (value, {"points": [_bar(row) for row in rows]}),
                   (value, {**unseen, "data_labels": {**labels, "position": "inside_base"}})]  # fmt: skip
    chart = book.add_chart({"type": "bar", **({"subtype": "stacked"} if stacked else {})})
    for column, shown in columns:
        chart.add_series({
            "name": figure.subtitle,
            "categories": [sheet.name, HEAD + 1, 0, last, 0],
            "values": [sheet.name, HEAD + 1, column, last, column],
            "gap": 60,
            **shown,
        })  # fmt: skip
    quiet = {"color": LIGHT.quiet}
    chart.set_title({"name": figure.title, "name_font": {"size": 12, "color": LIGHT.ink}, "overlay": False})
    chart.set_legend({"none": True})
    chart.set_y_axis({"reverse": True, "num_font": quiet, "major_tick_mark": "none", "line": {"color": LIGHT.rule}})
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}, **_from_zero(rows)})
    chart.set_chartarea({"border": {"none": True}})
    chart.set_size({"width": 860, "height": 110 + ROW_HEIGHT * len(rows)})
    sheet.insert_chart(last + 2, 0, chart, {"description": figure.alt[:2000]})


def _from_zero(rows: list[Row]) -> dict[str, float]:
    """Bars begin at zero, whatever Excel would choose; beside the longest of a waterfall there is room for its number."""
    if "end" in rows[0]:
        return {"min": 0, "max": round(ROOM * max(max(row["start"], row["end"]) for row in rows))}
    return {"min": 0} if min(row["value"] for row in rows) >= 0 else {}


def _bar(row: Row) -> dict[str, Any]:
    """A result is a full bar in its place's colour, a goal an empty one; a step of a waterfall is pale, its ends are not."""
    if "start" in row:
        return {"fill": {"color": LIGHT.context if row["start"] else LIGHT.ink}, "border": {"none": True}}
    colour = LIGHT.place(str(row.get("place") or ""))
    goal = row.get("kind") in ("goal", "standard")
    return {"fill": {"color": LIGHT.paper if goal else colour}, "border": {"color": colour, "width": 1.5}}
