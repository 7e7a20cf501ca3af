"""The matrix: rows by columns, a circle by area and its count in every cell that holds something; the others stay empty.

In: a plotted table (label = the row, place = the column, value, text, speaks, colour) and the columns with their heads.
Out: an Altair chart for all widths: where the heads would touch they take turns on several levels.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import pandas as pd

from components import typeset
from components.charts.later import alt, layered
from components.charts.rows import by_width
from components.theme import LABEL, SMALL, TINY, Look

ROW = 38  # px from row to row
LEFT, LEFT_NARROW = 176, 88  # px for the rows' labels
WIDEST = 120  # px from column to column at most
LARGEST, INSIDE = 17.0, 8.5  # px: the largest radius; the least that has room for its number
NARROWEST = 338
BRACKET, HEAD, HEAD_GAP = 16, 16, 6  # y of brackets; px of a level of heads; px between two heads
BESIDE = 3  # px between a small circle and its number


@dataclass(frozen=True)
class Column:
    """One column: its code, its head, and the name of the place it lies in, where that is a column too."""

    code: str
    head: str
    within: str = ""


@dataclass(frozen=True)
class Grid:
    """Where columns stand, as Vega expressions on `width`."""

    columns: int
    heads_fit: float  # px of width from which all heads stand on one level
    levels: int  # of heads, where they do not

    @classmethod
    def of(cls, columns: Sequence[Column]) -> Grid:
        """Measure the heads: neighbours on one level must not touch, on a wide chart nor on the narrowest."""
        wide = [typeset.text_width(column.head, SMALL, bold=True) + HEAD_GAP for column in columns]
        narrow = [typeset.text_width(column.head, TINY, bold=True) + HEAD_GAP for column in columns]
        step = (NARROWEST - LEFT_NARROW) / len(columns)
        levels = next(
            number
            for number in range(1, len(columns) + 1)
            if all((one + two) / 2 <= number * step for one, two in zip(narrow, narrow[number:], strict=False))
        )
        return cls(len(columns), LEFT + len(columns) * max(wide), levels)

    @property
    def head(self) -> float:
        """Return the y of the lowest level of heads."""
        return BRACKET + HEAD * self.levels

    @property
    def first(self) -> float:
        """Return the y of the first row."""
        return self.head + 34

    @property
    def step(self) -> str:
        """Return the px from column to column."""
        return f"min({WIDEST}, (width - {self.left}) / {self.columns})"

    @property
    def left(self) -> str:
        """Return the px before the first column."""
        return f"({by_width(LEFT, LEFT_NARROW).expr})"

    def x(self, nth: str) -> alt.ExprRef:
        """Return the x at `nth` columns from the left, 0.5 being the middle of the first."""
        return alt.ExprRef(expr=f"{self.left} + ({nth}) * {self.step}")


def draw(table: pd.DataFrame, look: Look, columns: Sequence[Column], within: str) -> alt.LayerChart:
    """Draw the cells of `table`; `within` names a bracket over the columns that lie in another ({place})."""
    labels = list(dict.fromkeys(table["label"]))
    grid = Grid.of(columns)
    codes = [column.code for column in columns]
    radius = min(LARGEST, (NARROWEST - LEFT_NARROW) / len(columns) / 2)
    cells = table.assign(
        nth=table["place"].map(codes.index) + 0.5,
        y=grid.first + table["label"].map(labels.index) * ROW,
        radius=[radius * sqrt(value / table["value"].max()) for value in table["value"]],
    )
    layers = [
        *_row_labels(labels, grid, look),
        *_heads(columns, cells, grid),
        *_brackets(columns, grid, look, within),
        *_circles(cells, grid),
        *_counts(cells, grid, look),
    ]
    return layered(layers, height=grid.first + (len(labels) - 0.5) * ROW)


def _row_labels(labels: list[str], grid: Grid, look: Look) -> list[alt.Chart]:
    rows = pd.DataFrame(
        {
            "wide": ["\n".join(typeset.wrap(label, LABEL, LEFT - 10)) for label in labels],
            "narrow": ["\n".join(typeset.wrap(label, SMALL, LEFT_NARROW - 4)) for label in labels],
            "y": [grid.first + number * ROW for number in range(len(labels))],
        }
    )
    for layout, size in (("wide", LABEL), ("narrow", SMALL)):
        rows[f"{layout}_up"] = rows[layout].str.count("\n") * size * 0.6
    line = alt.Chart(rows.assign(y=rows["y"] + ROW / 2)).mark_rule(
        color=look.rule, x=1, x2=alt.ExprRef(expr="width - 2")
    )
    text = alt.Chart(rows).mark_text(
        align="left", baseline="middle", x=0, color=look.ink, lineBreak="\n", text=by_width("datum.wide", "datum.narrow"),
        fontSize=by_width(LABEL, SMALL), lineHeight=by_width(LABEL * 1.2, SMALL * 1.2),
        dy=by_width("-datum.wide_up", "-datum.narrow_up"),
    )  # fmt: skip
    return [line.encode(y=_px("y")), text.encode(y=_px("y"))]


def _heads(columns: Sequence[Column], cells: pd.DataFrame, grid: Grid) -> list[alt.Chart]:
    colours = dict(zip(cells["place"], cells["colour"], strict=True))
    rows = pd.DataFrame(
        [
            {
                "head": column.head,
                "nth": number + 0.5,
                "colour": colours[column.code],
                "level": grid.head - number % grid.levels * HEAD,
            }
            for number, column in enumerate(columns)
        ]
    )
    text = alt.Chart(rows).mark_text(
        baseline="middle", fontWeight="bold", fontSize=by_width(SMALL, TINY), x=grid.x("datum.nth"),
        y=alt.ExprRef(expr=f"width < {grid.heads_fit:.0f} ? datum.level : {grid.head}"),
    )  # fmt: skip
    return [text.encode(text=alt.Text("head:N"), color=_colour())]


def _brackets(columns: Sequence[Column], grid: Grid, look: Look, within: str) -> list[alt.Chart]:
    """Draw a bracket over neighbouring columns that lie in another one: their counts are not to be added to its."""
    drawn = []
    for place in dict.fromkeys(column.within for column in columns if column.within):
        inside = [number for number, column in enumerate(columns) if column.within == place]
        row = pd.DataFrame(
            {
                "y": [BRACKET],
                "foot": [BRACKET + 5],
                "text": [within.format(place=place)],
                "middle": [sum(inside) / len(inside) + 0.5],
            }
        )
        start, end = grid.x(f"{inside[0]} + 0.12"), grid.x(f"{inside[-1]} + 0.88")
        base = alt.Chart(row)
        drawn += [base.mark_rule(color=look.quiet, x=start, x2=end).encode(y=_px("y"))]
        drawn += [base.mark_rule(color=look.quiet, x=x).encode(y=_px("y"), y2=alt.Y2("foot:Q")) for x in (start, end)]
        text = base.mark_text(fontSize=TINY, color=look.quiet, baseline="bottom", dy=-3, x=grid.x("datum.middle"))
        drawn.append(text.encode(y=_px("y"), text=alt.Text("text:N")))
    return drawn


def _circles(cells: pd.DataFrame, grid: Grid) -> list[alt.Chart]:
    """Draw each count as an area: those of the finding full, the others pale."""
    circles = alt.Chart(cells).mark_point(
        filled=True, shape="circle", x=grid.x("datum.nth"), size=alt.ExprRef(expr="4 * pow(datum.radius, 2)"),
        opacity=alt.ExprRef(expr="datum.speaks ? 1 : 0.27"),
    )  # fmt: skip
    return [circles.encode(y=_px("y"), color=_colour(), tooltip=alt.Tooltip("tip:N", title=" "))]


def _counts(cells: pd.DataFrame, grid: Grid, look: Look) -> list[alt.Chart]:
    """Write each count in its circle, or beside it where the circle is too small."""
    drawn = []
    for speaks, rows in ((True, cells[cells["speaks"]]), (False, cells[~cells["speaks"]])):
        small = rows["radius"] < INSIDE
        rows = rows.assign(
            dx=(rows["radius"] + BESIDE).where(small, 0),
            align=pd.Series("left", rows.index).where(small, "center"),
            ink=pd.Series(look.ink, rows.index).where(small | ~rows["speaks"], look.paper),
        )
        if rows.empty:
            continue
        text = alt.Chart(rows).mark_text(
            baseline="middle", fontSize=SMALL, fontWeight="bold" if speaks else "normal", x=grid.x("datum.nth"),
            dx=alt.ExprRef(expr="datum.dx"), align=alt.ExprRef(expr="datum.align"),
        )  # fmt: skip
        colour = alt.Color("ink:N", scale=None, legend=None)
        drawn.append(text.encode(y=_px("y"), text=alt.Text("text:N"), color=colour))
    return drawn


def _px(field: str) -> alt.Y:
    return alt.Y(f"{field}:Q", scale=None, axis=None)


def _colour() -> alt.Color:
    return alt.Color("colour:N", scale=None, legend=None)
