"""The tally: a line of dots a row, one for each statement, solid first and hollow behind, with both counts at the end.

In: a plotted table of counts, two rows a label (kind of dot in `filled`), `colour`. Out: an Altair chart; labels as in
components/charts/rows.py.
"""

from __future__ import annotations

import pandas as pd

from components import typeset
from components.charts import marks
from components.charts.later import alt, layered
from components.charts.rows import Margins, labels, place_rows
from components.theme import VALUE, Look

WIDEST, SHARE = 14.0, 0.68  # px from dot to dot at most; a dot's part of that
GAP = 10  # px between the last dot and the counts, and between the counts


def draw(table: pd.DataFrame, look: Look) -> alt.LayerChart:
    """Draw the dots; the chart leaves its width to the page or the file."""
    rows = place_rows(table.assign(detail=""))
    placed = table.merge(rows[["label", "y"]], on="label")
    before = placed.groupby("label")["value"].cumsum() - placed["value"]
    total = placed.groupby("label")["value"].transform("sum")
    widths = [typeset.text_width(text, VALUE, bold=True) for text in placed["text"]]
    margins = Margins(float(rows["wide_width"].max()), 0, 2 * max(widths) + 2 * GAP + 4)
    first = pd.Series(widths, placed.index).groupby(placed["label"]).transform("first")
    pitch = f"min({WIDEST}, ({margins.end.expr} - ({margins.start.expr})) / {total.max()})"
    placed = placed.assign(before=before, total=total, dx=(before > 0) * (first + GAP) + GAP)
    dots = placed.loc[placed.index.repeat(placed["value"].astype(int))]
    dots = dots.assign(nth=dots["before"] + dots.groupby(level=0).cumcount())
    layers = [*labels(rows, margins, look), *_dots(dots, margins, pitch, look), _counts(placed, margins, pitch)]
    return layered(layers, height=float(rows["bottom"].max()))


def _dots(dots: pd.DataFrame, margins: Margins, pitch: str, look: Look) -> list[alt.Chart]:
    x = alt.ExprRef(expr=f"({margins.start.expr}) + (datum.nth + 0.5) * {pitch}")
    size = alt.ExprRef(expr=f"pow({SHARE} * {pitch}, 2)")
    tip = alt.Tooltip("tip:N", title=" ")
    solid = alt.Chart(dots[dots["filled"]]).mark_point(filled=True, shape="circle", opacity=1, x=x, size=size)
    hollow = alt.Chart(dots[~dots["filled"]]).mark_point(
        shape="circle", opacity=1, strokeWidth=1.6, fill=look.paper, x=x, size=size
    )
    colour = alt.Color("colour:N", scale=None, legend=None)
    stroke = alt.Stroke("colour:N", scale=None, legend=None)
    return [
        solid.encode(y=marks.y(), color=colour, tooltip=tip),
        hollow.encode(y=marks.y(), stroke=stroke, tooltip=tip),
    ]


def _counts(placed: pd.DataFrame, margins: Margins, pitch: str) -> alt.Chart:
    """Write both counts behind the last dot."""
    text: alt.Chart = (
        alt.Chart(placed)
        .mark_text(
            align="left",
            baseline="middle",
            fontSize=VALUE,
            fontWeight="bold",
            x=alt.ExprRef(expr=f"({margins.start.expr}) + datum.total * {pitch} + datum.dx"),
        )
        .encode(y=marks.y(), text=alt.Text("text:N"), color=alt.Color("colour:N", scale=None, legend=None))
    )
    return text
