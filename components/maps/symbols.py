"""The symbols of a drawn map: the product's marks, by their area instead of their place on a line.

result = solid dot; goal = ring; at least = an open arrow to the right; at most = to the left; about = a soft band;
stretch = a ghost ring; a share of a whole lies in the thin circle that the whole would fill.
"""

from __future__ import annotations

from typing import Any

from components.charts.later import alt
from components.maps.columns import across, at_sizes, layer, line, of, sized
from components.maps.design import Design, Symbol, mix, point
from components.maps.placing import ARROW, Layout
from components.theme import Look

FORMS = ("whole", "ghost", "soft", "ring", "dot", "quiet")  # in the order they are drawn


def symbols(design: Design, found: tuple[Layout, ...], look: Look) -> list[alt.Chart]:
    """Draw the symbols of a design, form by form, with their bounds."""
    layers = []
    for form in FORMS:
        if same := [symbol for symbol in design.symbols if symbol.form == form]:
            base = _base(same, found, look)
            layers += [*_bounds(same, found, look), _mark(base, form, look)]
    return layers


def _base(shown: list[Symbol], found: tuple[Layout, ...], look: Look) -> alt.Chart:
    rows = []
    for symbol in shown:
        colour = look.place(symbol.colour or symbol.place)
        cells = at_sizes(_circle(symbol, layout) for layout in found)
        rows.append({"colour": colour, "soft": mix(colour, look.paper, 0.4), "tip": symbol.tip, **cells})
    return layer(rows)


def _circle(symbol: Symbol, layout: Layout) -> dict[str, float]:
    """Return where a symbol stands and its size as Vega counts it: that of the square around a circle."""
    x, y = layout.frame.at(*point(symbol.place))
    radius = symbol.radius * layout.unit
    return {"x": x + symbol.dx * layout.unit, "y": y + symbol.dy * layout.unit, "area": 4 * radius * radius}


def _mark(base: alt.Chart, form: str, look: Look) -> alt.Chart:
    """Draw one form of circle."""
    styles: dict[str, dict[str, Any]] = {
        "whole": {"fill": look.paper, "fillOpacity": 0.55, "stroke": look.quiet, "strokeWidth": 0.8},
        "ghost": {"fill": None, "stroke": of("colour"), "strokeWidth": 1.4, "strokeDash": [3, 2]},
        "soft": {"fill": of("soft"), "stroke": of("colour"), "strokeWidth": 1},
        "ring": {"fill": look.paper, "fillOpacity": 0.8, "stroke": of("colour"), "strokeWidth": 2},
        "dot": {"fill": of("colour"), "stroke": look.paper, "strokeWidth": 0.6},
        "quiet": {"fill": look.context, "stroke": look.paper, "strokeWidth": 0.6},
    }
    mark: alt.Chart = base.mark_point(
        shape="circle", x=across(), y=sized("y"), size=sized("area"), opacity=1, **styles[form]
    ).encode(tooltip=alt.Tooltip("tip:N", title=" "))
    return mark


def _bounds(same: list[Symbol], found: tuple[Layout, ...], look: Look) -> list[alt.Chart]:
    """Draw what a number's bound adds to its circle."""
    layers: list[alt.Chart] = []
    if about := [symbol for symbol in same if symbol.bound == "about"]:
        layers.append(
            _base(about, found, look).mark_point(
                shape="circle", x=across(), y=sized("y"), size=sized("area"), fill=None, stroke=of("colour"),
                strokeWidth=11, opacity=0.25,
            )
        )  # fmt: skip
    for bound, sign in (("at_least", 1), ("at_most", -1)):
        if open_ended := [symbol for symbol in same if symbol.bound == bound]:
            layers += _arrow(open_ended, found, look, sign)
    return layers


def _arrow(shown: list[Symbol], found: tuple[Layout, ...], look: Look, sign: int) -> list[alt.Chart]:
    """Draw an open arrow from the edge of each circle."""
    rows = []
    for symbol in shown:
        cells = []
        for layout in found:
            circle = _circle(symbol, layout)
            edge = circle["x"] + sign * symbol.radius * layout.unit
            cells.append({"x": edge, "u": edge + sign * (ARROW - 5), "y": circle["y"]})
        rows.append({"colour": look.place(symbol.colour or symbol.place), **at_sizes(cells)})
    base = layer(rows)
    shaft = line(base, (across(), sized("y"), across("u"), sized("y")), color=of("colour"), strokeWidth=2.2)
    tip = base.mark_point(
        shape="triangle-right" if sign > 0 else "triangle-left", filled=True, size=60, x=across("u"), y=sized("y"),
        fill=of("colour"), stroke=None, opacity=1,
    )  # fmt: skip
    return [shaft, tip]
