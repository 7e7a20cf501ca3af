"""The chart of pairs: a result and a goal on one line, each line on a scale of its own that starts at 0.

Plotted table in (components/figures/plotted.py) with two rows a `line`, a result and a goal; Altair chart out. Below a
line may stand marks in words, such as level, distance and pace: never one bar, as a goal half reached is not half met.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial

import pandas as pd

from components import typeset
from components.charts import marks
from components.charts.later import alt, layered
from components.charts.rows import HEADING, NARROWEST, PHONE, by_width, on_stage, telling
from components.theme import LABEL, SMALL, TINY, VALUE, Look
from data.load import Row, records

LINE = 1.35
NAMED, PLAIN = 31.0, 12.0  # px between a label and its line, with and without names above the marks
NAMES, MARKS, AFTER, BELOW = 22.0, 44.0, 30.0, 22.0  # px: line to names, line to marks, below marks, below a plain line
THIRD, THIRD_WIDE = 104, 158  # px a mark's words may take on a phone; on a wide chart
INDENT = 15  # px between the sign of a level and its words
GAP = 16  # px between a mark's middle and its value
RING, DOT = 250, 95  # areas: the ring of a goal that is just met lies around its dot


@dataclass(frozen=True)
class Line:
    """Where a line's scale ends, and what is said below it; `met` fills the sign of the first mark."""

    top: float
    met: bool = False
    said: Mapping[str, str] = field(default_factory=dict)  # heading: words, in order


def draw(table: pd.DataFrame, look: Look, told: Mapping[str, Line]) -> alt.LayerChart:
    """Draw every `line` of a plotted table with its columns `colour` and `head`; each scale starts at 0."""
    shown = telling(table, look.rows)
    rows = _placed(shown, told)
    left, right = _margins(rows)
    scale = alt.Scale(domain=[0, 1], range=[left, alt.ExprRef(expr=f"width - {right}")])
    x = alt.X("position:Q", axis=None, scale=scale)
    goals, results = rows[rows["kind"] != "result"], rows[rows["kind"] == "result"]
    said = _said(goals, told)
    layers = [
        *_lines(goals, results, x, look),
        *_bounds(rows, x),
        *_rings(goals, x, look),
        *_dots(results, x),
        *_values(rows, x, look),
        *_names(rows[rows["head"] != ""], x),
        *_labels(goals.drop(columns="position"), look),
        *(_marks(said, look) if len(said) else []),
    ]
    height = float(rows["bottom"].max()) - (AFTER if len(said) else 0)
    return layered(layers, height=height, usermeta=on_stage(table, shown, look))


def _placed(table: pd.DataFrame, told: Mapping[str, Line]) -> pd.DataFrame:
    """Give each mark its y and its place on the scale; of two marks the lower has its value at the left."""
    found, y, panel = [], 0.0, ""
    for line, rows in table.groupby("line", sort=False):
        own, heading = told[str(line)], rows["panel"].iloc[0]
        shown, panel = heading if heading != panel else "", heading
        y += HEADING - 8 if shown else 0.0
        label = "\n".join(typeset.wrap(rows["label"].iloc[0], LABEL, PHONE, bold=bool(own.said)))
        named = bool((rows["head"] != "").any())
        axis = y + (label.count("\n") + 1) * LABEL * LINE + (NAMED if named else PLAIN)
        lines = max([0, *(len(typeset.wrap(text, SMALL, THIRD)) for text in own.said.values())])
        marked = MARKS + (TINY + lines * SMALL) * LINE + AFTER
        bottom = axis + (marked if own.said else BELOW + (NAMES if named else 0))
        side = rows["amount"].rank(method="first").map({1: "left", 2: "right"})
        found.append(
            rows.assign(
                heading=shown, heading_y=y - 8, label=label, label_y=y, y=axis, marks_y=axis + MARKS, bottom=bottom,
                side=side, position=rows["amount"] / own.top, weight="bold" if own.said else "normal",
            )
        )  # fmt: skip
        y = bottom
    return pd.concat(found)


def _margins(rows: pd.DataFrame) -> tuple[int, int]:
    """Leave room beside the scale for the values of marks near its ends."""
    needed = [typeset.text_width(row["text"], VALUE, bold=True) + _gap(row) for row in records(rows)]
    at_left = rows["side"] == "left"
    right = max([10.0, *(need for need, left in zip(needed, at_left, strict=True) if not left)]) + 4
    span = NARROWEST - right - 10
    short = [
        need - position * span for need, left, position in zip(needed, at_left, rows["position"], strict=True) if left
    ]
    return round(max([10.0, *short])), round(right)


def _gap(row: Row) -> float:
    return GAP + (marks.ARROW - 4 if (row["bound"], row["side"]) in (("at_least", "right"), ("at_most", "left")) else 0)


def _colour() -> alt.Color:
    return alt.Color("colour:N", scale=None, legend=None)


def _lines(goals: pd.DataFrame, results: pd.DataFrame, x: alt.X, look: Look) -> list[alt.Chart]:
    """Draw the scale of each line, and the way between result and goal."""
    pairs = goals.merge(results[["line", "position"]], on="line", suffixes=("", "_result")).assign(zero=0, one=1)
    base, start = alt.Chart(pairs), x.copy()
    start.shorthand = "zero:Q"
    way = base.mark_rule(strokeWidth=4, color=look.quiet, opacity=0.5)
    return [
        base.mark_rule(color=look.rule, strokeWidth=1.5).encode(x=start, x2=alt.X2("one:Q"), y=marks.y()),
        way.encode(x=x, x2=alt.X2("position_result:Q"), y=marks.y()),
    ]


def _bounds(rows: pd.DataFrame, x: alt.X) -> list[alt.Chart]:
    """Draw an arrow for a floor or a ceiling, and a soft band for "about"."""
    drawn = []
    for bound, way in (("at_least", 1), ("at_most", -1)):
        bounded = rows[rows["bound"] == bound]
        if len(bounded):
            shaft = alt.Chart(bounded).mark_rule(strokeWidth=2.5, xOffset=way * 7, x2Offset=way * (marks.ARROW - 4))
            head = alt.Chart(bounded).mark_point(
                shape="triangle-right" if way > 0 else "triangle-left", filled=True, size=75, opacity=1,
                xOffset=way * (marks.ARROW - 2),
            )  # fmt: skip
            drawn += [
                shaft.encode(x=x, x2=alt.X2("position:Q"), y=marks.y(), color=_colour()),
                head.encode(x=x, y=marks.y(), color=_colour()),
            ]
    about = rows[rows["bound"] == "about"]
    if len(about):
        band = alt.Chart(about).mark_point(shape="circle", filled=True, size=900, opacity=0.22)
        drawn.append(band.encode(x=x, y=marks.y(), color=_colour()))
    return drawn


def _rings(goals: pd.DataFrame, x: alt.X, look: Look) -> list[alt.Chart]:
    ring = alt.Chart(goals).mark_point(shape="circle", size=RING, strokeWidth=3, fill=look.paper, opacity=1)
    stroke = alt.Stroke("colour:N", scale=None, legend=None)
    return [ring.encode(x=x, y=marks.y(), stroke=stroke, tooltip=alt.Tooltip("tip:N", title=" "))]


def _dots(results: pd.DataFrame, x: alt.X) -> list[alt.Chart]:
    dot = alt.Chart(results).mark_point(filled=True, shape="circle", size=DOT, opacity=1)
    return [dot.encode(x=x, y=marks.y(), color=_colour(), tooltip=alt.Tooltip("tip:N", title=" "))]


def _values(rows: pd.DataFrame, x: alt.X, look: Look) -> list[alt.Chart]:
    """Write the values, each on a halo of paper that keeps the scale out of the text."""
    base = alt.Chart(rows.assign(gap=[_gap(row) for row in records(rows)])).encode(
        x=x, y=marks.y(), text=alt.Text("text:N")
    )
    text = partial(
        base.mark_text, baseline="middle", fontSize=VALUE, fontWeight="bold",
        align=alt.ExprRef(expr="datum.side == 'left' ? 'right' : 'left'"),
        dx=alt.ExprRef(expr="datum.side == 'left' ? -datum.gap : datum.gap"),
    )  # fmt: skip
    return [text(stroke=look.paper, strokeWidth=5, color=look.paper), text().encode(color=_colour())]


def _names(rows: pd.DataFrame, x: alt.X) -> list[alt.Chart]:
    """Name the result above the line and the goal below it, each towards the middle of the chart."""
    if rows.empty:
        return []
    text = alt.Chart(rows).mark_text(
        baseline="middle", fontSize=TINY, fontWeight="bold",
        align=alt.ExprRef(expr="datum.position > 0.5 ? 'right' : 'left'"),
        dx=alt.ExprRef(expr="datum.position > 0.5 ? 9 : -9"),
        dy=alt.ExprRef(expr=f"datum.kind == 'result' ? -{NAMES} : {NAMES}"),
    )  # fmt: skip
    return [text.encode(x=x, y=marks.y(), text=alt.Text("head:N"), color=_colour())]


def _labels(goals: pd.DataFrame, look: Look) -> list[alt.Chart]:
    """Write the name of each line above it, and the headings of the panels."""
    drawn = []
    headings = goals[goals["heading"] != ""]
    if len(headings):
        text = alt.Chart(headings).mark_text(
            align="left", baseline="bottom", x=0, fontSize=SMALL, fontWeight="bold", color=look.quiet
        )
        drawn.append(text.encode(y=alt.Y("heading_y:Q", scale=None, axis=None), text=alt.Text("heading:N")))
    label = alt.Chart(goals).mark_text(
        align="left", baseline="top", x=0, fontSize=LABEL, fontWeight=alt.ExprRef(expr="datum.weight"),
        color=look.ink, lineBreak="\n", lineHeight=LABEL * LINE,
    )  # fmt: skip
    return [*drawn, label.encode(y=alt.Y("label_y:Q", scale=None, axis=None), text=alt.Text("label:N"))]


def _said(goals: pd.DataFrame, told: Mapping[str, Line]) -> pd.DataFrame:
    """List the marks of every goal with their column and their words broken for both layouts; a stage says them last."""
    return pd.DataFrame(
        [
            {"column": column, "heading": heading, "met": told[row["line"]].met, "colour": row["colour"], "phase": "all",
             "y": row["marks_y"], "words_y": row["marks_y"] + TINY * LINE + 4,
             "narrow": "\n".join(typeset.wrap(text, SMALL, THIRD - INDENT * (column == 0))),
             "wide": "\n".join(typeset.wrap(text, SMALL, THIRD_WIDE - INDENT * (column == 0)))}
            for row in records(goals)
            for column, (heading, text) in enumerate(told[row["line"]].said.items())
        ]
    )  # fmt: skip


def _marks(said: pd.DataFrame, look: Look) -> list[alt.Chart]:
    """Write the three marks in three columns, a heading over each; a level also as a sign, full where it is met."""
    third = alt.ExprRef(expr="datum.column * width / 3")
    words_y = alt.Y("words_y:Q", scale=None, axis=None)
    heading = alt.Chart(said).mark_text(align="left", baseline="top", x=third, fontSize=TINY, color=look.quiet)
    words = alt.Chart(said).mark_text(
        align="left", baseline="top", x=third, fontSize=SMALL, color=look.ink, lineBreak="\n", lineHeight=SMALL * LINE,
        text=by_width("datum.wide", "datum.narrow"), dx=alt.ExprRef(expr=f"datum.column == 0 ? {INDENT} : 0"),
    )  # fmt: skip
    level = said[said["column"] == 0].assign(fill=lambda rows: rows["colour"].where(rows["met"], look.paper))
    sign = alt.Chart(level).mark_point(shape="circle", size=62, strokeWidth=2, opacity=1, x=6, yOffset=7)
    colours = {
        "stroke": alt.Stroke("colour:N", scale=None, legend=None),
        "fill": alt.Fill("fill:N", scale=None, legend=None),
    }
    return [
        heading.encode(y=marks.y(), text=alt.Text("heading:N")),
        words.encode(y=words_y),
        sign.encode(y=words_y, **colours),
    ]
