"""The waterfall: what a total loses step by step, one row a step, and what is left.

In: a plotted table whose rows run from `start` to `end` on one scale (the total and the rest start at 0, a step starts
where the row before it ended), with `colour`. Out: an Altair chart; labels as in components/charts/rows.py.
"""

from __future__ import annotations

import pandas as pd

from components import typeset
from components.charts import marks
from components.charts.later import alt, layered
from components.charts.rows import Margins, by_width, labels, place_rows
from components.theme import VALUE, Look

ABOVE, BELOW, THINNEST = 6, 10, 2  # px of a bar above and below its line; px added to each, or one of many went unseen
GAP = 8  # px between a bar and its number
LEFTMOST = 0.35  # share of the scale from which a bar has room for its number at its left


def draw(table: pd.DataFrame, look: Look) -> alt.LayerChart:
    """Draw the steps; the chart leaves its width to the page or the file."""
    rows = place_rows(table)
    total = float(table[["start", "end"]].max().max())
    placed = table.merge(rows[["label", "y"]], on="label")
    placed["low"] = placed[["start", "end"]].min(axis=1) / total
    placed["high"] = placed[["start", "end"]].max(axis=1) / total
    placed["rest"] = placed["end"] / total
    placed["below"] = placed["y"].shift(-1).fillna(placed["y"])
    at_left = (placed["low"] >= LEFTMOST) & (placed["high"] > 1 - LEFTMOST)
    widest = max(typeset.text_width(text, VALUE, bold=True) for text in placed["text"])
    margins = Margins(float(rows["wide_width"].max()), 0, widest + GAP + 4)
    x = alt.X("low:Q", axis=None, scale=alt.Scale(domain=[0, 1], range=[margins.start, margins.end]))
    layers = [
        *labels(rows, margins, look),
        *_joints(placed, x, look),
        *_bars(placed, x),
        *_numbers(placed[at_left], x, look, -1),
        *_numbers(placed[~at_left], x, look, +1),
    ]
    return layered(layers, height=float(rows["bottom"].max()))


def _joints(placed: pd.DataFrame, x: alt.X, look: Look) -> list[alt.Chart]:
    """Lead what is left of each row down to the next; on a phone labels stand in the way."""
    joints = alt.Chart(placed[:-1]).mark_rule(color=look.quiet, strokeWidth=1, opacity=by_width(0.7, 0))
    return [joints.encode(x=marks.at(x, "rest"), y=marks.y(), y2=alt.Y2("below:Q"))]


def _bars(placed: pd.DataFrame, x: alt.X) -> list[alt.Chart]:
    colour = alt.Color("colour:N", scale=None, legend=None)
    tip = alt.Tooltip("tip:N", title=" ")
    bars = alt.Chart(placed.assign(top=placed["y"] - ABOVE, base=placed["y"] + BELOW)).mark_rect(x2Offset=THINNEST)
    y = alt.Y("top:Q", scale=None, axis=None)
    return [bars.encode(x=x, x2=alt.X2("high:Q"), y=y, y2=alt.Y2("base:Q"), color=colour, tooltip=tip)]


def _numbers(placed: pd.DataFrame, x: alt.X, look: Look, side: int) -> list[alt.Chart]:
    """Write each row's number beside its bar, on a halo of paper that keeps the joints out of it."""
    if placed.empty:
        return []
    base = alt.Chart(placed).encode(x=marks.at(x, "high" if side > 0 else "low"), y=marks.y(), text=alt.Text("text:N"))
    colour = alt.Color("colour:N", scale=None, legend=None)
    drawn = []
    for halo in (True, False):
        mark = base.mark_text(
            align="left" if side > 0 else "right", baseline="middle", dx=side * GAP, dy=(BELOW - ABOVE) / 2,
            fontSize=VALUE, fontWeight="bold", color=look.paper,
            stroke=look.paper if halo else None, strokeWidth=5 if halo else 0,
        )  # fmt: skip
        drawn.append(mark if halo else mark.encode(color=colour))
    return drawn
