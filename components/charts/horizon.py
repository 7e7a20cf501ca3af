"""The chart of a horizon: one dot for each thing that falls due, on a true time axis, with a line at the newest result.

In: a plotted table of counts (period = the year, place, value, short = the words of a count, colour), the newest year
that a result speaks of and the words for it. Out: an Altair chart. On a desk the years run to the right and the dots
stand in columns above them; below ROOMY px the years run down and the dots stand in lines behind them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise
from math import ceil

import pandas as pd

from components.charts.blocks import ALL, LINE, PITCH, SPACE, YEARS, Block, write
from components.charts.later import alt, layered
from components.theme import SMALL, TINY, VALUE, Look
from data.load import records

ROOMY = 640  # px from which the years run to the right
SIDE = 58  # px at both ends of the wide axis: half a column of dots and a count of one place
AXIS, WORDS = 30, 60  # px below the wide axis; above the highest dots
COLUMNS, WIDEST_PITCH = 4, 12.0  # dots side by side over a year; px from dot to dot at most
STAGE_HEIGHT = 380.0  # px of a chart on a stage
YEAR_STEP = 30  # px that a year takes at least where the years run down


@dataclass(frozen=True)
class Axis:
    """Where a year stands, as Vega expressions on `width`, in both layouts."""

    first: int
    last: int
    step: float
    top: float
    height: float
    most: int

    @classmethod
    def of(cls, blocks: list[Block]) -> Axis:
        """Give the years the px apart that the fullest neighbours need."""
        steps = [((one.needs + two.needs) / 2 + SPACE) / (two.year - one.year) for one, two in pairwise(blocks)]
        step = max([YEAR_STEP, *steps])
        first, last = blocks[0].year, max(blocks[-1].year, blocks[0].year + 1)
        top = blocks[0].needs / 2 + 4
        height = top + (last - first) * step + blocks[-1].needs / 2 + 4
        return cls(first, last, round(step, 1), top, height, max(block.dots for block in blocks))

    def x(self, year: str) -> str:
        """Return the x of a year on the wide axis."""
        return f"({SIDE} + ({year} - {self.first}) * (width - {2 * SIDE}) / {self.last - self.first})"

    def y(self, year: str) -> str:
        """Return the y of a year where the years run down."""
        return f"({self.top:.1f} + ({year} - {self.first}) * {self.step:.1f})"

    @property
    def base(self) -> float:
        """Return the y of the wide axis."""
        return self.height - AXIS

    @property
    def pitch(self) -> str:
        """Return the px from dot to dot above the wide axis: what the width and the height leave."""
        highest = min(WIDEST_PITCH, (self.base - WORDS) / ceil(self.most / COLUMNS))
        return f"min({highest:.2f}, (width - {2 * SIDE}) / {(self.last - self.first) * (COLUMNS + 0.7):.2f})"

    @property
    def year_px(self) -> float:
        """Return the px from year to year on the narrowest wide axis."""
        return (ROOMY - 2 * SIDE) / (self.last - self.first)


def by_width(wide: object, narrow: object) -> alt.ExprRef:
    """Choose between two Vega expressions by whether the years have room to run to the right."""
    return alt.ExprRef(expr=f"width < {ROOMY} ? {narrow} : {wide}")


def draw(table: pd.DataFrame, look: Look, newest: int, says: str) -> alt.LayerChart:
    """Draw the counts of `table`; `says` stands at the line behind the `newest` year."""
    table = table.assign(year=table["period"].astype(int))
    blocks = [_block(year, table[table["year"] == year], look) for year in sorted(set(table["year"]))]
    axis = Axis.of(blocks)
    if look.stage:  # always wide: the years run to the right, and the height is what a screen has
        axis = replace(axis, height=min(axis.height, STAGE_HEIGHT))
    layers = [
        *_axes(axis, blocks, look),
        *_newest(axis, blocks, newest, says, look),
        _dots(table, axis, blocks),
        *_narrow_words(axis, blocks),
        *_wide_words(axis, blocks),
    ]
    least = {"least": ROOMY} if look.stage else alt.Undefined
    return layered(layers, height=axis.height, usermeta=least)


def _block(year: int, rows: pd.DataFrame, look: Look) -> Block:
    dots = int(rows["value"].sum())
    total = [(str(dots), look.ink, VALUE)] if len(rows) > 1 else []
    return Block(year, dots, tuple(total + [(row["short"], row["colour"], SMALL) for row in records(rows)]))


def _axes(axis: Axis, blocks: list[Block], look: Look) -> list[alt.Chart]:
    """Draw the line of time and every year on it, those with something due in ink."""
    years = pd.DataFrame({"year": range(axis.first, axis.last + 1)})
    due = {block.year for block in blocks}
    years["colour"] = [look.ink if year in due else look.quiet for year in years["year"]]
    years["label"] = years["year"].astype(str)
    label = alt.Chart(years).mark_text(
        fontSize=SMALL, fontWeight="bold", baseline="middle", align=by_width("'center'", "'left'"),
        x=by_width(axis.x("datum.year"), 0), y=by_width(axis.base + 15, axis.y("datum.year")),
    )  # fmt: skip
    ends = pd.DataFrame({"one": [axis.base], "other": [axis.height], "zero": [0.0]})
    across = alt.Chart(ends).mark_rule(
        color=look.quiet, opacity=by_width(0.6, 0), x=1, x2=alt.ExprRef(expr="width - 2")
    )
    down = alt.Chart(ends).mark_rule(color=look.quiet, opacity=by_width(0, 0.6), x=YEARS - 8)
    return [
        across.encode(y=_px("one")),
        down.encode(y=_px("zero"), y2=alt.Y2("other:Q")),
        label.encode(text=alt.Text("label:N"), color=_colour()),
    ]


def _newest(axis: Axis, blocks: list[Block], newest: int, says: str, look: Look) -> list[alt.Chart]:
    """Draw the line behind which nothing is known yet."""
    later = [block for block in blocks if block.year > newest]
    if newest < axis.first or not later:
        return []
    x = axis.x(str(newest + 0.5))
    y = axis.top + (later[0].year - axis.first) * axis.step - later[0].needs / 2 - SPACE / 2
    rows = pd.DataFrame({"says": [says], "y": y, "zero": 0.0, "base": axis.base})
    rule = partial(alt.Chart(rows).mark_rule, color=look.accent, strokeDash=[4, 3], strokeWidth=1.3)
    down = rule(opacity=by_width(1, 0), x=alt.ExprRef(expr=x))
    across = rule(opacity=by_width(0, 1), x=YEARS - 8, x2=alt.ExprRef(expr="width - 2"))
    early = newest < (axis.first + axis.last) / 2  # the words stand above all others, on the side with more room
    words = alt.Chart(rows).mark_text(
        color=look.accent, fontSize=TINY, fontWeight="bold",
        align=by_width("'left'" if early else "'right'", "'right'"), baseline=by_width("'top'", "'bottom'"),
        x=by_width(f"{x} {'+' if early else '-'} 6", "width - 2"), y=by_width(2, y - 3),
    )  # fmt: skip
    return [
        down.encode(y=_px("zero"), y2=alt.Y2("base:Q")),
        across.encode(y=_px("y")),
        words.encode(text=alt.Text("says:N")),
    ]


def _dots(table: pd.DataFrame, axis: Axis, blocks: list[Block]) -> alt.Chart:
    """Draw one dot for each thing counted, those of a place together."""
    starts = {block.year: block.lines * LINE - block.needs / 2 for block in blocks}
    rows = table.loc[table.index.repeat(table["value"].astype(int)), ["year", "colour", "tip"]]
    rows = rows.assign(nth=rows.groupby("year").cumcount(), start=rows["year"].map(starts))
    pitch, across = axis.pitch, f"floor((width - {YEARS}) / {PITCH})"
    x = f"{axis.x('datum.year')} + (datum.nth % {COLUMNS} - {(COLUMNS - 1) / 2}) * {pitch}"
    y = f"{axis.base - 4} - (floor(datum.nth / {COLUMNS}) + 0.5) * {pitch}"
    down = f"{axis.y('datum.year')} + datum.start + (floor(datum.nth / {across}) + 0.5) * {PITCH}"
    dots: alt.Chart = alt.Chart(rows).mark_point(
        filled=True, shape="circle", opacity=1, size=by_width(f"pow(0.78 * {pitch}, 2)", (PITCH * 0.85) ** 2),
        x=by_width(x, f"{YEARS} + (datum.nth % {across} + 0.5) * {PITCH}"), y=by_width(y, down),
    ).encode(color=_colour(), tooltip=alt.Tooltip("tip:N", title=" "))  # fmt: skip
    return dots


def _narrow_words(axis: Axis, blocks: list[Block]) -> list[alt.Chart]:
    """Write each year's counts before its dots, where the years run down."""
    return [
        words
        for block in blocks
        for words in write(
            block,
            x=f"{YEARS} + datum.x",
            y=f"{axis.y(str(block.year))} - {block.needs / 2} + (datum.line + 0.5) * {LINE}",
            shown=f"width < {ROOMY}",
        )
    ]


def _wide_words(axis: Axis, blocks: list[Block]) -> list[alt.Chart]:
    """Write each year's counts above its dots, clear of the dots and the words of the years beside it."""
    drawn = []
    for block, lowest in _cleared(axis, blocks):
        y = f"{axis.base - 4} - {lowest} - ({block.lines} - datum.line - 0.5) * {LINE}"
        edge = COLUMNS / 2
        start = f"{edge} * {axis.pitch} - {block.width:.1f}" if block.flush_right else f"-{edge} * {axis.pitch}"
        x = f"{axis.x(str(block.year))} + {start} + datum.x"
        drawn += write(block, x=x, y=y, shown=f"width >= {ROOMY}")
    return drawn


def _cleared(axis: Axis, blocks: list[Block]) -> list[tuple[Block, str]]:
    """Pair each year's words with the px, as an expression, that they keep above the axis; the lowest stack first.

    What is in reach is told on the narrowest wide chart: on wider ones the years only stand further apart.
    """
    stacks = {block.year: ceil(block.dots / COLUMNS) for block in blocks}
    ends = {blocks[0].year, blocks[-1].year}  # there is no room behind the last, and the second stands over the first
    blocks = [replace(block, limit=ALL, flush_right=block.year in ends) for block in blocks]
    above: dict[int, list[tuple[int, int]]] = {}  # for each year what its words must clear: rows of dots, px of words
    reach = {block.year: _reach(axis, block) for block in blocks}
    for block in sorted(blocks, key=lambda block: stacks[block.year]):
        clear = [(rows, 7) for year, rows in stacks.items() if _meet(reach[block.year], _column(axis, year))]
        for year in above:
            if _meet(reach[block.year], reach[year]):
                clear += [(rows, px + LINE) for rows, px in above[year]]
        above[block.year] = clear
    return [
        (block, f"max({', '.join(f'{rows} * {axis.pitch} + {px}' for rows, px in sorted(set(above[block.year])))})")
        for block in blocks
    ]


def _column(axis: Axis, year: int) -> tuple[float, float]:
    middle, half = SIDE + (year - axis.first) * axis.year_px, COLUMNS / 2 * axis.year_px / (COLUMNS + 0.7)
    return middle - half, middle + half


def _reach(axis: Axis, block: Block) -> tuple[float, float]:
    left, right = _column(axis, block.year)
    return (right - block.width, right) if block.flush_right else (left, left + block.width + SPACE)


def _meet(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _px(field: str) -> alt.Y:
    return alt.Y(f"{field}:Q", scale=None, axis=None)


def _colour() -> alt.Color:
    return alt.Color("colour:N", scale=None, legend=None)
