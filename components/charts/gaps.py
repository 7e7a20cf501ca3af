"""The chart of gaps: how far each number lies from a line that means something, such as equality or an earlier year.

Plotted table in (components/figures/plotted.py) with its column `colour`, and the line's value and name; Altair chart
out. The scale starts at that line (or at the lowest number below it), so only the gap is drawn as a length.
"""

from __future__ import annotations

import pandas as pd

from components import typeset
from components.charts import marks
from components.charts.later import alt, layered
from components.charts.rows import NARROWEST, PHONE
from components.theme import LABEL, SMALL, TINY, VALUE, Look
from data.load import Row, records

LINE = 1.35
TOP, ABOVE, AFTER = 26.0, 15.0, 24.0  # px for the line's name; between a label and its mark; below a mark
INSET = 8  # px left of the line


def draw(table: pd.DataFrame, look: Look, base: float, name: str) -> alt.LayerChart:
    """Draw every row's mark and its gap to `base`, whose `name` stands at the head of its line."""
    rows = place(table, base)
    height = float(rows["bottom"].max())
    right = _margin(rows)
    at_base = rows["base"].iloc[0]
    scale = alt.Scale(domain=[0, 1], range=[INSET, alt.ExprRef(expr=f"width - {right}")])
    x = alt.X("position:Q", axis=None, scale=scale)
    foot = pd.DataFrame({"position": [at_base], "y": [TOP - 6], "end": [height - 4], "name": [name]})
    line = alt.Chart(foot).mark_rule(color=look.ink, strokeWidth=1.5)
    head = alt.Chart(foot).mark_text(
        align="left", baseline="bottom", dx=-INSET, dy=-4, fontSize=TINY, fontWeight="bold", color=look.ink
    )
    gap = alt.Chart(rows).mark_rule(strokeWidth=4, opacity=0.5)
    colour = alt.Color("colour:N", scale=None, legend=None)
    layers = [
        gap.encode(x=x, x2=alt.X2("base:Q"), y=marks.y(), color=colour),
        line.encode(x=x, y=marks.y(), y2=alt.Y2("end:Q")),
        head.encode(x=x, y=marks.y(), text=alt.Text("name:N")),
        *marks.layers(rows, x, look, below=False),
        *_labels(rows, x, at_base, look),
    ]
    return layered(layers, height=height)


def place(table: pd.DataFrame, base: float) -> pd.DataFrame:
    """Give each row its label's y, its mark's y and its place between the lowest and the highest number."""
    low = min(base, float(table["amount"].min()))
    span = max(base, float(table["amount"].max())) - low or 1.0
    found, y = [], TOP
    for row in records(table):
        label = typeset.wrap(row["label"], LABEL, PHONE - INSET)
        detail = typeset.wrap(row["detail"], SMALL, PHONE - INSET) if row["detail"] else []
        detail_y = y + len(label) * LABEL * LINE
        mark = detail_y + len(detail) * SMALL * LINE + ABOVE
        found.append({"label": "\n".join(label), "detail": "\n".join(detail), "label_y": y, "detail_y": detail_y, "y": mark,
                      "bottom": mark + AFTER})  # fmt: skip
        y = mark + AFTER
    placed = table.assign(**pd.DataFrame(found, index=table.index), head="")
    return placed.assign(
        position=(table["amount"] - low) / span, base=(base - low) / span, position_high=float("nan"), side="right",
        text_position=(table["amount"] - low) / span, gap=[marks.gap(row["bound"], "right", False) for row in records(table)],
        amount_high=float("nan"),
    )  # fmt: skip


def _margin(rows: pd.DataFrame) -> int:
    """Leave room for the values, which stand right of their marks: the nearer to the end, the more."""
    room = NARROWEST - INSET
    needs = [(_need(row), max(row["position"], 0.01)) for row in records(rows)]
    margin: float = max(8.0, *(min(need, room - (room - need) / position) for need, position in needs))
    return round(margin) + 4


def _need(row: Row) -> float:
    return float(typeset.text_width(row["text"], VALUE, bold=True) + row["gap"])


def _labels(rows: pd.DataFrame, x: alt.X, at_base: float, look: Look) -> list[alt.Chart]:
    """Write each row's label above its mark, in quiet its detail."""
    drawn = []
    for name, size, colour in (("label", LABEL, look.ink), ("detail", SMALL, look.quiet)):
        shown = rows[rows[name] != ""].assign(position=0)
        if len(shown):
            text = alt.Chart(shown).mark_text(
                align="left", baseline="top", dx=8, fontSize=size, color=colour, lineBreak="\n", lineHeight=size * LINE
            )
            y = alt.Y(f"{name}_y:Q", scale=None, axis=None)
            drawn.append(text.encode(x=x, y=y, text=f"{name}:N"))
    return drawn
