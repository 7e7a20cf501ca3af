"""The column chart: amounts side by side from 0 up, for a few numbers that are read one against the other.

Plotted table in (components/figures/plotted.py) with its column `colour`; Altair chart out. A column has a closed top
only where the number is exact: a floor's stays open and points up, as nobody knows how far it goes on.
"""

from __future__ import annotations

from functools import partial

import pandas as pd

from components import typeset
from components.charts import marks
from components.charts.later import alt, layered
from components.charts.rows import NARROWEST
from components.theme import LABEL, SMALL, VALUE, Look

LINE = 1.35
SPAN, OPEN, VALUES = 230.0, 30.0, 26.0  # px of the tallest column, of an open top, and of the value above it
SHARE, WIDEST = 0.5, 170  # of its slot that a column fills, and the px it may be wide
GAP = 12  # px between the labels of two columns
PALE = 0.22  # opacity of a goal's column: it is not there yet


def draw(table: pd.DataFrame, look: Look) -> alt.LayerChart:
    """Draw a column for each row: results full, goals pale; values above, labels and details below."""
    columns = place_columns(table)
    count, foot = len(columns), VALUES + OPEN + SPAN
    slot = f"(width / {count})"
    wide = f"min({slot} * {SHARE}, {WIDEST})"
    left, right = (f"{slot} * (datum.number + 0.5) {sign} {wide} / 2" for sign in "-+")
    base = alt.Chart(columns)
    colour, stroke = alt.Color("colour:N", scale=None, legend=None), alt.Stroke("colour:N", scale=None, legend=None)
    body = base.mark_rect(
        x=alt.ExprRef(expr=left), x2=alt.ExprRef(expr=right), y2=foot,
        opacity=alt.ExprRef(expr=f"datum.kind == 'result' ? 1 : {PALE}"),
    )  # fmt: skip
    layers = [body.encode(y=marks.y(), color=colour, tooltip=alt.Tooltip("tip:N", title=" "))]
    sides = pd.concat([columns.assign(side=side, end=foot) for side in (-1, 1)])
    edge = alt.ExprRef(expr=f"{slot} * (datum.number + 0.5) + datum.side * {wide} / 2")
    for shown, dash in ((sides, [1, 0]), (sides[sides["open"]].assign(end=lambda rows: rows["y"] - OPEN), [3, 4])):
        if len(shown):
            rule = alt.Chart(shown).mark_rule(x=edge, strokeWidth=2, strokeDash=dash)
            layers.append(rule.encode(y=marks.y(), y2=alt.Y2("end:Q"), stroke=stroke))
    middle = alt.ExprRef(expr=f"{slot} * (datum.number + 0.5)")
    opened = columns[columns["open"]]
    if len(opened):
        arrow = alt.Chart(opened).mark_point(
            shape="triangle-up", filled=True, size=110, opacity=1, x=middle, yOffset=-15
        )
        layers.append(arrow.encode(y=marks.y(), color=colour))
    ground = base.mark_rect(x=0, x2=alt.ExprRef(expr="width"), y=foot, y2=foot + 1.5, fill=look.quiet)
    layers += [*_texts(columns, middle, foot, look), ground]
    return layered(layers, height=float(columns["bottom"].max()))


def _texts(columns: pd.DataFrame, middle: alt.ExprRef, foot: float, look: Look) -> list[alt.Chart]:
    """Write each column's value above it, its label and its detail below."""
    base = alt.Chart(columns)
    text = partial(base.mark_text, align="center", x=middle, lineBreak="\n")
    value = text(baseline="bottom", fontSize=VALUE + 2, fontWeight="bold")
    label = text(baseline="top", fontSize=LABEL, color=look.ink, lineHeight=LABEL * LINE, y=foot + 10)
    detail = text(baseline="top", fontSize=SMALL, color=look.quiet, lineHeight=SMALL * LINE)
    colour = alt.Color("colour:N", scale=None, legend=None)
    return [
        value.encode(y=alt.Y("value_y:Q", scale=None, axis=None), text=alt.Text("text:N"), color=colour),
        label.encode(text=alt.Text("label:N")),
        detail.encode(y=alt.Y("detail_y:Q", scale=None, axis=None), text=alt.Text("detail:N")),
    ]


def place_columns(table: pd.DataFrame) -> pd.DataFrame:
    """Give each column its number, the y of its top and of its texts, broken so that they stand in their slots."""
    room = NARROWEST / len(table) - GAP
    foot = VALUES + OPEN + SPAN
    y = foot - table["amount"] / table["amount"].max() * SPAN
    opened = table["bound"] == "at_least"
    label = ["\n".join(typeset.wrap(text, LABEL, room)) for text in table["label"]]
    detail = ["\n".join(typeset.wrap(text, SMALL, room)) for text in table["detail"]]
    detail_y = foot + 14 + max(text.count("\n") + 1 for text in label) * LABEL * LINE
    lines = max(text.count("\n") + 1 for text in detail)
    return table.assign(
        number=range(len(table)), y=y, open=opened, value_y=y - 6 - opened * OPEN, label=label, detail=detail,
        detail_y=detail_y, bottom=detail_y + lines * SMALL * LINE,
    )  # fmt: skip
