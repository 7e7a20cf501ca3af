"""A block of marks in, a native chart out: its XML, and the workbook that holds its numbers.

The chart keeps what the stage's chart says: bars from zero (or from the line of comparison), full for what is done, empty for
what is promised; an arrow for at least, a soft band for about; every number written with its qualifier.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any, Final

from components.export.deck import measure
from components.export.deck.forms import Block
from components.export.deck.parts import part
from components.export.deck.series import ARROW, BAND, Series, places, rows, slopes
from components.theme import Look
from components.words import Words

MADE: Final = datetime(2024, 1, 1)  # the same data give the same bytes
GAP: Final = 10.0  # pt between labels and bars, and behind the longest value
WIDER: Final = 1.07  # another program, another font may need more
THICK: Final = 28.0  # pt that a bar may be thick
LEGEND: Final = 26.0  # pt above the bars for the legend
COLUMN: Final = 0.36  # of the width that labels may take; type is chosen so that they do
MOST: Final = 0.45  # of the width that labels take which are longer even in the smallest type
FOOT: Final = 34.0  # pt under slopes for the names of their poles


@dataclass(frozen=True)
class Room:
    """What a chart may take: width and height in pt, the column of its labels, the size of its type."""

    width: float
    height: float
    labels: float
    type: float


def label_column(blocks: Sequence[Block], size: float, width: float) -> float:
    """Return the pt that the labels of all blocks need, which stand under each other."""
    lines = [line for block in blocks for name in block.categories for line in name.split("\n")]
    return min(max(measure.width(line, size) for line in lines) * WIDER + GAP, width * MOST)


def label_room(width: float) -> float:
    """Return the pt that a label may take in a chart so wide without being broken."""
    return (width * COLUMN - GAP) / WIDER


def chart(
    kind: str, block: Block, room: Room, look: Look, speech: Words, scheme: dict[str, str]
) -> tuple[bytes, bytes]:
    """Write a block's chart and its workbook; `kind` is the form's."""
    form = "lines" if kind == "slopes" else "bars"
    legend = form == "bars" and block.paired
    categories, series = slopes(block) if form == "lines" else rows(block, look, speech)
    places(series, len(categories))
    top = block.top if block.top and block.top > block.base else block.base + 1
    plot = _plot(form, block, room, top, legend)
    for one in series:
        if one.reach and one.reach.side != "minus":  # the number stands behind the arrow
            beyond = plot["width"] * one.reach.length / (top - block.base) + 5 / room.width
            one.labels = [(nth, said, place, tone, (beyond, 0.0)) for nth, said, place, tone, _ in one.labels]
    low = min(mark.value for mark in block.marks if mark.value is not None) if form == "lines" else block.base
    xml = part(
        "chart", form=form, series=series, categories=categories, categories_at=f"Sheet1!$A$2:$A${len(categories) + 1}",
        plot=plot, legend=legend, gap=_gap(form, block, room, legend), lang="zh-CN" if speech.lang == "zh" else "en-GB",
        overlap=-8 if form == "bars" and block.paired else 100, base=block.base, low=low, top=top,
        format=number_format(block.unit), ink=look.ink, quiet=look.quiet, paper=look.paper, scheme=scheme,
        sizes={"label": round(room.type * 100), "value": round(room.type * 100), "legend": round(room.type * 86)},
    )  # fmt: skip
    return xml, workbook(block, categories, series, speech)


def _gap(form: str, block: Block, room: Room, legend: bool) -> int:
    """Return how far bars stand apart, in per cent of their thickness, so that few of them are no walls."""
    if form == "lines":
        return 0
    row = (room.height - LEGEND * legend) / len(block.categories)
    beside = len({mark.series for mark in block.marks}) if block.paired else 1
    return round(min(400.0, max(45.0, (row / min(row * 0.66, THICK * beside) - 1) * 100 * beside)))


def _plot(form: str, block: Block, room: Room, top: float, legend: bool) -> dict[str, float]:
    """Place the bars so that labels stand before them and the longest value ends inside."""
    above = LEGEND if legend else 0.0
    if form == "lines":
        said = [(mark.text if not mark.hollow else f"{mark.text} {mark.label}", mark.hollow) for mark in block.marks]
        side, right = (
            max(measure.width(text, room.type, bold=True) for text, end in said if end == at) for at in (False, True)
        )
        room_beside = (room.width - side - right - 4 * GAP) / 4  # a line chart keeps half a category on each side
        side, right, head = side + 2 * GAP - room_beside, right + 2 * GAP - room_beside, 1.8 * room.type
        return {"left": side / room.width, "width": (room.width - side - right) / room.width, "top": head / room.height,
                "height": (room.height - head - FOOT) / room.height}  # fmt: skip
    wide = room.width - room.labels
    for mark in block.marks:
        if mark.value is not None:
            share = max(((mark.high or mark.value) - block.base) / (top - block.base), 0.01)
            beyond = {"at_least": ARROW, "about": BAND}.get(mark.bound, 0) * wide
            need = measure.width(mark.text, room.type, bold=True) + GAP + beyond
            wide = min(wide, (room.width - room.labels - need) / share)
    return {"left": room.labels / room.width, "width": max(wide, room.width * 0.2) / room.width, "top": above / room.height,
            "height": (room.height - above) / room.height}  # fmt: skip


def workbook(block: Block, categories: list[str], series: list[Series], speech: Words) -> bytes:
    """Write the numbers behind a chart: real numbers under headings with their unit, empty where there is none."""
    import xlsxwriter

    file = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(file, options) as book:
        book.set_properties({"created": MADE})
        sheet = book.add_worksheet("Sheet1")
        sheet.set_column(0, 0, 34)
        measured = book.add_format({"num_format": number_format(block.unit)})
        for row, name in enumerate(categories, start=1):
            sheet.write_string(row, 0, name)
        for column, one in enumerate(series, start=1):
            sheet.write_string(0, column, one.name)
            for row, value in enumerate(one.values, start=1):
                if value is not None:
                    sheet.write_number(row, column, value, measured)
        _told(sheet, block, categories, series, speech)
    return file.getvalue()


def number_format(unit: str) -> str:
    """Write the format of numbers that say their unit."""
    return f'General"{unit}"' if len(unit) < 2 or not unit.isascii() else f'#,##0.##" {unit}"'


def _told(sheet: Any, block: Block, categories: list[str], series: list[Series], speech: Words) -> None:
    """Write behind the numbers how they read, their unit and their observations."""
    first = len(series) + 2
    for column, name in enumerate(("text", "unit", "observation"), start=first):
        sheet.write_string(0, column, speech(f"column.{name}"))
    for row in range(len(categories)):
        marks = [one.marks[row] for one in series]
        told = list(dict.fromkeys(mark for mark in marks if mark))
        for column, parts in enumerate(
            ([mark.text for mark in told], [block.unit], [mark.observation for mark in told]), first
        ):
            sheet.write_string(row + 1, column, " / ".join(filter(None, parts)))
