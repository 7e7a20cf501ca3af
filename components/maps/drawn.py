"""The drawn map: Altair, for pages and files. One drawing for every width, by the signals `width` and `size`.

Shapes go through a Mercator projection; all else stands in px that components/maps/placing.py worked out for each size.
"""

from __future__ import annotations

from itertools import accumulate
from typing import Any

from components.charts.later import alt, layered
from components.maps import shapes
from components.maps.columns import across, at_sizes, layer, line, of, sized
from components.maps.design import Design
from components.maps.frame import PAGES, STAGE, Sizes
from components.maps.placing import Layout, Placed, layouts
from components.maps.scalebar import scale_bar
from components.maps.symbols import symbols
from components.theme import LABEL, SMALL, TINY, Look

LIST_STEP, LIST_TOP = 50, 26  # px a place takes in the list under a map; above its first line
LIST_LINE = 30  # px of a place without details
DATA = "shapes"
Rows = list[dict[str, Any]]


def draw(design: Design, look: Look) -> alt.LayerChart:
    """Draw a design in the colours of a look."""
    sizes = STAGE if look.stage else PAGES
    found = layouts(design, sizes)
    layers = [
        _areas(),
        *symbols(design, found, look),
        *_leaders(design, found, look),
        *_labels(found, look),
        *scale_bar(design, found, look),
        *(_list(design, found, look, sizes.cards) if design.cards and sizes.cards else []),
    ]
    heights = _heights(design, found, sizes)
    chart = layered(
        layers,
        height=max(heights),
        projection=_projection(found),
        usermeta={
            "heights": [[size[0], high] for size, high in zip(sizes.steps, heights, strict=True)],
            **({"scales": [round(layout.frame.scale, 3) for layout in found]} if look.stage else {}),
        },
    )
    chart = chart.add_params(*_signals(found, heights, sizes))
    chart.datasets = {DATA: shapes.drawn(design.areas, look)}  # last: what is added to a chart copies all that it holds
    return chart


def _signals(found: tuple[Layout, ...], heights: list[float], sizes: Sizes) -> list[alt.Parameter]:
    """Return what follows from the width: which size it is, where the map begins, how high all is."""
    steps = [f"width < {step[0]} ? {number} : " for number, step in enumerate(sizes.steps[1:])]
    return [
        alt.param(name="size", expr="".join(steps) + str(len(steps))),
        alt.param(name="left", expr=f"(width - {[layout.frame.width for layout in found]}[size]) / 2"),
        # Vega takes a signal of this name in place of the number: a phone's map is not as high as a page's.
        alt.param(name="height", expr=f"{heights}[size]"),
    ]


def _heights(design: Design, found: tuple[Layout, ...], sizes: Sizes) -> list[float]:
    under = LIST_TOP + sum(_steps(design)) - 16
    high = [layout.frame.height for layout in found]
    return [px + (under if design.cards and size < sizes.cards else 0) for size, px in enumerate(high)]


def _steps(design: Design) -> list[int]:
    """Return the px that each place takes in the list."""
    return [LIST_STEP if label.details else LIST_LINE for label in design.cards]


def _projection(found: tuple[Layout, ...]) -> alt.Projection:
    scales = [round(layout.frame.scale, 3) for layout in found]
    return alt.Projection(
        type="mercator",
        center=list(found[0].frame.middle),
        scale=alt.ExprRef(expr=f"{scales}[size]"),
        translate=alt.ExprRef(expr=f"[width / 2, {[layout.frame.height / 2 for layout in found]}[size]]"),
    )


def _areas() -> alt.Chart:
    data = alt.NamedData(name=DATA, format=alt.TopoDataFormat(type="topojson", feature=shapes.OBJECT))
    area: alt.Chart = alt.Chart(data).encode(description=alt.DescriptionValue("")).mark_geoshape(
        fill=of("properties.fill"), stroke=of("properties.line"), strokeWidth=of("properties.width"),
        strokeJoin="round", clip=True,
    )  # fmt: skip
    return area


def _leaders(design: Design, found: tuple[Layout, ...], look: Look) -> list[alt.Chart]:
    """Draw the lines that lead from a label to its place: to a symbol's edge, else to a small dot."""
    rows: Rows = []
    marked = {symbol.place for symbol in design.symbols}
    for same in zip(*(layout.placed for layout in found), strict=True):
        if any(placed.spot.leader for placed in same):
            cells = []
            for placed in same:
                x, y, u, v = placed.spot.leader or (0.0, 0.0, 0.0, 0.0)
                cells.append({"x": x, "y": y, "u": u, "v": v, "shown": 1 if placed.spot.leader else 0})
            dot = 0 if same[0].label.place in marked else 26
            rows.append({"colour": _colour(same[0], look), "dot": dot, **at_sizes(cells)})
    if not rows:
        return []
    base = layer(rows)
    ends = (across(), sized("y"), across("u"), sized("v"))
    leader = line(base, ends, strokeWidth=1.3, color=of("colour"), opacity=sized("shown"))
    dot = base.mark_point(
        filled=True, size=of("dot"), x=across(), y=sized("y"), fill=of("colour"), opacity=sized("shown"), stroke=None
    )
    return [leader, dot]


def _colour(placed: Placed, look: Look) -> str:
    plain = look.ink if look.stage else look.quiet
    return look.place(placed.label.colour) if placed.label.colour else plain


def _labels(found: tuple[Layout, ...], look: Look) -> list[alt.Chart]:
    """Write every line of every label, on a halo of paper that keeps borders out of the text."""
    rows: Rows = []
    for same in zip(*(layout.placed for layout in found), strict=True):
        for number in range(max(len(placed.lines) for placed in same)):
            cells = [_line(placed, number) for placed in same]
            part = same[-1].lines[number].part
            colour = {"name": _colour(same[0], look), "number": look.ink}.get(part, look.quiet)
            if part == "detail" and number == 0:
                colour = _colour(same[0], look)
            weight = "normal" if part == "detail" else "bold"
            rows.append({"colour": colour, "weight": weight, **at_sizes(cells)})
    base = layer(rows)
    style: dict[str, Any] = {
        "x": across(), "y": sized("y"), "text": sized("text"), "fontSize": sized("font"), "align": sized("align"),
        "fontWeight": of("weight"), "baseline": "middle",
    }  # fmt: skip
    halo = base.mark_text(**style, stroke=look.paper, strokeWidth=4, strokeJoin="round", opacity=0.85, fill=look.paper)
    return [halo, base.mark_text(**style, fill=of("colour"))]


def _line(placed: Placed, number: int) -> dict[str, Any]:
    if number >= len(placed.lines):
        return {"x": placed.spot.x, "y": placed.spot.y, "text": "", "font": TINY, "align": "left"}
    line = placed.lines[number]
    y = placed.spot.y + placed.down(number)
    return {"x": placed.spot.x, "y": y, "text": line.text, "font": line.size, "align": placed.spot.align}


def _list(design: Design, found: tuple[Layout, ...], look: Look, cards: int) -> list[alt.Chart]:
    """Write the cards as a list under the map, below the size from which there is room beside what they speak of."""
    high = [layout.frame.height for layout in found]
    rows = [
        {
            "line": label.listed,
            "detail": " · ".join(label.details),
            "colour": look.place(label.colour) if label.colour else look.quiet,
            "down": LIST_TOP + down,
        }
        for label, down in zip(design.cards, accumulate(_steps(design), initial=0), strict=False)
    ]
    base = layer(rows)
    shown = alt.ExprRef(expr=f"size < {cards} ? 1 : 0")
    paper = (
        layer([{"part": "list"}])
        .mark_rect(fill=look.paper, opacity=shown)
        .encode(
            x=alt.XValue(0),
            x2=alt.X2Value("width"),
            y=alt.YValue(alt.ExprRef(expr=f"{high}[size]")),
            y2=alt.Y2Value("height"),
        )
    )
    # Where it is not seen it stands at the top: invisible text below the map would still take room there.
    y = f"size < {cards} ? {high}[size] + datum.down : 0"
    style: dict[str, Any] = {"x": 0, "align": "left", "baseline": "middle", "opacity": shown}
    return [
        paper,
        base.mark_text(
            **style, y=alt.ExprRef(expr=y), text=of("line"), fontSize=LABEL, fontWeight="bold", fill=of("colour")
        ),
        base.mark_text(**style, y=alt.ExprRef(expr=f"({y}) + 20"), text=of("detail"), fontSize=SMALL, fill=look.quiet),
    ]
