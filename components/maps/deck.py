"""The interactive map: pydeck without tiles and without network, from the same design as the drawn one.

A shape carries its place's code in its properties, so that a click can lead to that place (components/show.py).
"""

import json
from typing import Any

import pydeck as pdk

from components.figures.plotted import place_name
from components.maps.design import Area, Design, Symbol, mix, point
from components.maps.frame import Frame
from components.maps.placing import Layout, Placed, layouts
from components.maps.shapes import paint
from components.theme import Look
from components.words import Words
from geo.load import feature

ANCHORS = {"left": "start", "center": "middle", "right": "end"}
PHONE, PAGE = 1, 3  # the size of the drawn map that it opens as, and that its labels are placed for
FONTS = "'Noto Sans SC','PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif"
CLEAR = [0, 0, 0, 0]
LOW = 460  # px high at least: room to move about in


class Deck(pdk.Deck):  # type: ignore[misc] # pydeck ships no types
    """A deck that knows how high it is, and travels without pydeck's indentation: four fifths of what that writes."""

    def __init__(self, tall: float, **parts: Any) -> None:
        super().__init__(**parts)
        self.tall = round(tall)  # px

    def to_json(self) -> str:
        """Write the deck as short as JSON can be."""
        return json.dumps(json.loads(super().to_json()), ensure_ascii=False, separators=(",", ":"))


def make(design: Design, look: Look, words: Words, phone: bool) -> Deck:
    """Make the deck of a design for a phone or a page; every shape says its name in the reader's language."""
    layout = layouts(design)[PHONE if phone else PAGE]
    layers = [
        _shapes("places", [area for area in design.areas if not area.outline], look, words),
        _shapes("outlines", [area for area in design.areas if area.outline and area.colour], look, words),
        *_symbols(design, layout, look),
        *_labels(layout, look),
    ]
    # map_provider=None without a map_style draws no base map and calls no other host; map_style=None would.
    return Deck(
        max(LOW, layout.frame.height),
        layers=[layer for layer in layers if layer.data],
        initial_view_state=_view(layout.frame),
        map_provider=None,
        tooltip={"text": "{name}"},
    )


def _view(frame: Frame) -> pdk.ViewState:
    lon, lat = frame.middle
    zoom = round(frame.zoom, 2)
    return pdk.ViewState(longitude=lon, latitude=lat, zoom=zoom, min_zoom=zoom - 0.6, max_zoom=11)


def rgb(colour: str) -> list[int]:
    """Turn #rrggbb into deck's list of three numbers."""
    return [int(colour[i : i + 2], 16) for i in (1, 3, 5)]


def _shapes(name: str, areas: list[Area], look: Look, words: Words) -> pdk.Layer:
    """Make a layer of shapes; what is drawn over another shape may be picked, an outline may not."""
    dressed = []
    for area in areas:
        style, shape = paint(area, look), feature(area.place)["geometry"]
        shown = {
            "id": area.place,
            "name": place_name(area.place, words, short=False),
            "fill": CLEAR if area.outline else rgb(style["fill"]),
            "line": rgb(style["line"]),
        }
        dressed.append({"type": "Feature", "properties": shown, "geometry": shape})
    return pdk.Layer(
        "GeoJsonLayer",
        dressed,
        id=name,
        get_fill_color="properties.fill",
        get_line_color="properties.line",
        line_width_min_pixels=1,
        filled=name == "places",
        pickable=name == "places",
    )


def _symbols(design: Design, layout: Layout, look: Look) -> list[pdk.Layer]:
    rows = [_circle(symbol, layout, look) for symbol in design.symbols]
    circles = pdk.Layer(
        "ScatterplotLayer", rows, id="symbols", get_position="at", get_radius="radius", radius_units="'pixels'",
        get_fill_color="fill", get_line_color="line", stroked=True, line_width_units="'pixels'", get_line_width=1.5,
    )  # fmt: skip
    return [circles]


def _circle(symbol: Symbol, layout: Layout, look: Look) -> dict[str, Any]:
    x, y = layout.frame.at(*point(symbol.place))
    at = layout.frame.back(x + symbol.dx * layout.unit, y + symbol.dy * layout.unit)
    colour = look.place(symbol.colour or symbol.place)
    fills = {"dot": colour, "soft": mix(colour, look.paper, 0.4), "ring": look.paper, "quiet": look.context}
    return {
        "at": list(at),
        "radius": round(symbol.radius * layout.unit, 2),
        "fill": rgb(fills[symbol.form]) if symbol.form in fills else CLEAR,
        "line": rgb(look.quiet if symbol.form == "whole" else look.context if symbol.form == "quiet" else colour),
    }


def _labels(layout: Layout, look: Look) -> list[pdk.Layer]:
    rows = [_label(placed, layout.frame, look) for placed in layout.placed]
    below = [row for placed in layout.placed for row in _below(placed, layout.frame, look)]
    leaders = pdk.Layer(
        "LineLayer", [row for row in rows if "from" in row], id="leaders", get_source_position="from",
        get_target_position="to", get_color="colour", get_width=1.5,
    )  # fmt: skip
    bold = [row for row in below if row["bold"]]
    plain = [row for row in below if not row["bold"]]
    return [leaders, _texts("names", rows, 700), _texts("numbers", bold, 700), _texts("details", plain, 400)]


def _texts(name: str, rows: list[dict[str, Any]], weight: int) -> pdk.Layer:
    return pdk.Layer(
        "TextLayer", rows, id=name, get_position="at", get_text="name", get_color="colour", get_size="size",
        get_text_anchor="anchor", get_pixel_offset="offset", font_weight=weight, font_family=pdk.types.String(FONTS),
        character_set=pdk.types.String("auto"),  # a plain "auto" or a list draws no Chinese
    )  # fmt: skip


def _label(placed: Placed, frame: Frame, look: Look) -> dict[str, Any]:
    spot, label = placed.spot, placed.label
    row: dict[str, Any] = {
        "name": placed.lines[0].text,
        "colour": rgb(look.place(label.colour) if label.colour else look.quiet),
        "at": list(frame.back(spot.x, spot.y)),
        "anchor": ANCHORS[spot.align],
        "size": placed.lines[0].size,
        "offset": [0, placed.down(0)],
    }
    if spot.leader:
        row |= {"from": list(frame.back(*spot.leader[:2])), "to": list(frame.back(*spot.leader[2:]))}
    return row


def _below(placed: Placed, frame: Frame, look: Look) -> list[dict[str, Any]]:
    """Return the further lines of a card, which keep their distance in px however far one zooms."""
    return [
        {
            "name": line.text,
            "colour": rgb(look.ink if line.part == "number" else look.quiet),
            "at": list(frame.back(placed.spot.x, placed.spot.y)),
            "anchor": ANCHORS[placed.spot.align],
            "size": line.size,
            "offset": [0, placed.down(number)],
            "bold": line.part == "number",
        }
        for number, line in enumerate(placed.lines)
        if number
    ]
