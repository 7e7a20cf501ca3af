"""A block of marks in, the series of a native chart out: what each is, its labels, and how its bound is drawn."""

from dataclasses import dataclass, field
from typing import Final

from components.export.deck.forms import Block, Mark
from components.theme import Look
from components.words import Words

ARROW, BAND = 0.035, 0.02  # of the scale: how far at least and about reach
EMU: Final = 12700  # to a pt
UNMOVED: Final = (0.0, 0.0)
# A mark's number, its text, where it stands, its colour, and how far it is moved, in shares of the chart.
Label = tuple[int, str, str, str, tuple[float, float]]


@dataclass(frozen=True)
class Reach:
    """How a bound is drawn beyond its number: an arrow outward, or a pale band about it."""

    side: str
    length: float
    width: int
    colour: str
    pale: bool


@dataclass
class Series:
    """A series of a chart: one mark for each category, None where it has none."""

    name: str
    marks: list[Mark | None]
    values: list[float | None]
    colour: str
    hollow: bool
    others: list[tuple[int, Mark]] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)
    reach: Reach | None = None
    name_at: str = ""
    values_at: str = ""
    loud: bool = False
    dashed: bool = False


def rows(block: Block, look: Look, speech: Words) -> tuple[list[str], list[Series]]:
    """Part a block's marks into series by what they are; stretches stand behind as a series of their own."""
    categories = list(block.categories)
    found: dict[str, list[Mark | None]] = {}
    for mark in block.marks:
        found.setdefault(mark.series, [None] * len(categories))[categories.index(mark.category)] = mark
    series = [_one(name, marks, block, look) for name, marks in found.items()]
    if any(mark.high is not None for mark in block.marks):
        series.insert(0, _stretch(categories, series, speech))
    return categories, series


def _one(name: str, marks: list[Mark | None], block: Block, look: Look) -> Series:
    first = next(mark for mark in marks if mark)
    others = [
        (nth, mark) for nth, mark in enumerate(marks)
        if mark and (mark.colour, mark.hollow) != (first.colour, first.hollow)
    ]  # fmt: skip
    labels = [
        (nth, mark.text, "outEnd", mark.colour, UNMOVED) for nth, mark in enumerate(marks) if mark and mark.high is None
    ]
    return Series(
        name, marks, [mark.value if mark else None for mark in marks], first.colour, first.hollow, others, labels,
        None if block.paired else _reach(block, marks, look),
    )  # fmt: skip


def _stretch(categories: list[str], series: list[Series], speech: Words) -> Series:
    """Make the series of what is hoped for beyond the number promised; it carries the label of both."""
    marks = [next((one.marks[row] for one in series if one.marks[row]), None) for row in range(len(categories))]
    high = [mark if mark and mark.high is not None else None for mark in marks]
    first = next(mark for mark in high if mark)
    labels = [(nth, mark.text, "outEnd", mark.colour, UNMOVED) for nth, mark in enumerate(high) if mark]
    return Series(
        speech("deck.stretch"), high, [mark.high if mark else None for mark in high], first.colour, True, [], labels
    )


def _reach(block: Block, marks: list[Mark | None], look: Look) -> Reach | None:
    """Draw a series' bound, where all its marks share one: an arrow up from at least, down from at most, a band for about."""
    span, held = (block.top or 1.0) - block.base, [mark for mark in marks if mark]
    first, colours = held[0], {mark.colour for mark in held}
    colour = first.colour if len(colours) == 1 else look.quiet
    if any(mark.high is not None for mark in held):
        return None
    if first.bound == "about":
        return Reach("both", span * BAND, 15 * EMU, colour, True)
    if first.bound in ("at_least", "at_most"):
        return Reach("plus" if first.bound == "at_least" else "minus", span * ARROW, 2 * EMU, colour, False)
    return None


def slopes(block: Block) -> tuple[list[str], list[Series]]:
    """Make a line of each pair of a result and a goal, named at its goal's end."""
    lines: dict[str, list[Mark]] = {}
    for mark in block.marks:
        lines.setdefault(mark.line, []).append(mark)
    poles = list(dict.fromkeys(mark.series for mark in sorted(block.marks, key=lambda mark: mark.hollow)))
    found = []
    for marks in lines.values():
        by_pole: list[Mark | None] = [next((mark for mark in marks if mark.series == pole), None) for pole in poles]
        first = marks[0]
        labels = [
            (nth, f"{mark.text} {mark.label}" if nth else mark.text, "r" if nth else "l", mark.colour, (0.0, mark.shift))
            for nth, mark in enumerate(by_pole) if mark
        ]  # fmt: skip
        found.append(
            Series(first.label, by_pole, [mark.value if mark else None for mark in by_pole], first.colour, False,
                   labels=labels, dashed=first.dashed)
        )  # fmt: skip
    return poles, found


def places(series: list[Series], rows: int) -> None:
    """Say where in the workbook each series has its name and its values."""
    for nth, one in enumerate(series):
        column = chr(ord("B") + nth)
        one.name_at, one.values_at = f"Sheet1!${column}$1", f"Sheet1!${column}$2:${column}${rows + 1}"
