"""A scale of ranks: the first place at the left, a mark at each rank with its bound, labels as in rows.py."""

from __future__ import annotations

import pandas as pd

from components.charts import marks
from components.charts.later import alt, layered
from components.charts.rows import Margins, by_width, headings, labels, place_marks, place_rows
from components.charts.rows import Scale as Amounts
from components.theme import SMALL, Look

HEAD = 22  # px above the first row, for the scale's own numbers
TICK = 9  # px
STEP = 10  # ranks between two numbers of the scale


def draw(table: pd.DataFrame, look: Look) -> alt.LayerChart:
    """Draw the ranks (column `amount`), panel by panel on one scale."""
    rows = place_rows(table)
    rows = rows.assign(y=rows["y"] + HEAD, bottom=rows["bottom"] + HEAD, heading_y=rows["heading_y"] + HEAD)
    last = float(table["amount"].max())
    placed = place_marks(table, rows, Amounts())
    placed["position"] = (placed["amount"] - 1) / (last - 1)
    placed["text_position"] = placed["position"]
    margins = Margins.of(rows, placed)
    x = alt.X("position:Q", axis=None, scale=alt.Scale(domain=[0, 1], range=[margins.start, margins.end]))
    layers = [
        alt.Chart(rows).mark_rule(color=look.rule, x=margins.start, x2=margins.end).encode(y=marks.y()),
        *_scale(int(last), x, look, rows),
        *headings(rows[rows["heading"] != ""], look),
        *labels(rows, margins, look),
        *marks.layers(placed, x, look, below=False),
    ]
    return layered(layers, height=float(rows["bottom"].max()))


def _scale(last: int, x: alt.X, look: Look, rows: pd.DataFrame) -> list[alt.Chart]:
    """Draw the scale's numbers above the rows, each with a line down through them.

    On a phone the rows' words stand in the way of the lines: there each row has ticks of its own.
    """
    ranks = [1, *range(STEP, last + 1, STEP)]
    ticks = pd.DataFrame(
        {
            "position": [(rank - 1) / (last - 1) for rank in ranks],
            "text": [str(rank) for rank in ranks],
            "top": float(HEAD),
            "end": float(rows["bottom"].max()),
            "label_y": SMALL / 2 + 2,
        }
    )
    line = alt.Chart(ticks).mark_rule(color=look.rule, strokeDash=[2, 3], opacity=by_width(1, 0))
    each = ticks[["position"]].merge(pd.DataFrame({"y": [HEAD, *rows["y"]]}), how="cross")
    tick = alt.Chart(each).mark_tick(
        color=look.rule, orient="vertical", size=TICK, thickness=1.5, opacity=by_width(0, 1)
    )
    text = alt.Chart(ticks).mark_text(color=look.quiet, fontSize=SMALL, baseline="middle")
    label_y = alt.Y("label_y:Q", scale=None, axis=None)
    return [
        tick.encode(x=x, y=marks.y()),
        line.encode(x=x, y=alt.Y("top:Q", scale=None, axis=None), y2=alt.Y2("end:Q")),
        text.encode(x=x, y=label_y, text=alt.Text("text:N")),
    ]
