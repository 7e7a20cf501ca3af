"""The scale bar, true in the middle of the map, and above it the arrow to the north."""

from __future__ import annotations

from typing import Any

from components.charts.later import alt
from components.maps.columns import across, at_sizes, layer, line, sized
from components.maps.design import Design
from components.maps.placing import Layout
from components.theme import TINY, Look

NORTH = "M0,-1L0.62,0.8L0,0.42L-0.62,0.8Z"


def scale_bar(design: Design, found: tuple[Layout, ...], look: Look) -> list[alt.Chart]:
    """Draw the scale bar, true in the middle of the map, and above it the arrow to the north."""
    distance, north = design.scale_words
    cells = []
    for layout in found:
        left, _, _, bottom = layout.corner
        length = layout.frame.km(layout.frame.bar)
        text = distance.format(n=layout.frame.bar)
        cells.append({"x": left + 4, "u": left + 4 + length, "y": bottom - 6, "text": text})
    base = layer([at_sizes(cells)])
    foot, top = sized("y"), sized("y", "-5 + ")
    style = {"color": look.quiet, "strokeWidth": 1.4}
    bar = line(base, (across(), foot, across("u"), foot), **style)
    ends = [line(base, (across(side), top, across(side), foot), **style) for side in ("x", "u")]
    label: dict[str, Any] = {"x": across(), "fontSize": TINY, "fill": look.quiet, "align": "left", "baseline": "middle"}
    return [
        bar, *ends,
        base.mark_text(**label, y=sized("y", "-13 + "), text=sized("text")),
        base.mark_text(**label, y=sized("y", "-36 + "), text=north, dx=13),
        base.mark_point(
            shape=NORTH, filled=True, size=240, x=sized("x", "5 + left + "), y=sized("y", "-36 + "),
            fill=look.quiet, stroke=None, opacity=1,
        ),
    ]  # fmt: skip
