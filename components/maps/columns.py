"""Columns for the sizes of a map: x0, y0 for the first, x1, y1 for the next, and the expressions that read them.

The signals `size` and `left` (components/maps/drawn.py) say which size a width has come to and where its map begins.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from components.charts.later import alt


def at_sizes(cells: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Make the columns x0, y0, x1, y1, … of one dictionary a size."""
    return {
        f"{name}{size}": round(value, 1) if isinstance(value, float) else value
        for size, row in enumerate(cells)
        for name, value in row.items()
    }


def of(name: str) -> alt.ExprRef:
    """Read a column."""
    return alt.ExprRef(expr=f"datum.{name}")


def sized(name: str, before: str = "") -> alt.ExprRef:
    """Read the column of this name that belongs to the map's size."""
    return alt.ExprRef(expr=f"{before}datum['{name}' + size]")


def across(name: str = "x") -> alt.ExprRef:
    """Read a column of px from the map's left."""
    return sized(name, "left + ")


def layer(cells: list[dict[str, Any]]) -> alt.Chart:
    """Begin a layer of rows whose marks read their columns by themselves: Vega-Lite still asks for an encoding."""
    chart: alt.Chart = alt.Chart(pd.DataFrame(cells)).encode(description=alt.DescriptionValue(""))
    return chart


def line(base: alt.Chart, ends: tuple[alt.ExprRef, alt.ExprRef, alt.ExprRef, alt.ExprRef], **style: Any) -> alt.Chart:
    """Draw a line from x, y to x2, y2: unlike other marks a rule wants its ends encoded."""
    x, y, x2, y2 = ends
    drawn: alt.Chart = base.mark_rule(**style).encode(
        x=alt.XValue(x), y=alt.YValue(y), x2=alt.X2Value(x2), y2=alt.Y2Value(y2)
    )
    return drawn
