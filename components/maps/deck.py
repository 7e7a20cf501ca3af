"""The interactive map: pydeck without tiles and without network, from the same design as the drawn one.

A shape carries its place's code in its properties, so that a click can lead to that place (components/show.py).
"""

import json
import math
from typing import Any, Self

import pydeck as pdk

from components.figures.plotted import place_name
from components.maps.design import Area, Design, Label, Symbol, mix, point
from components.maps.frame import EARTH, Frame
from components.maps.placing import Layout, Placed, layouts
from components.maps.shapes import paint
from components.maps.symbols import FORMS
from components.theme import SMALL, Look
from components.words import Words
from geo.load import ancestors, feature

ANCHORS = {"left": "start", "center": "middle", "right": "end"}
PHONE, PAGE = 0, 3  # the size of the drawn map that it opens as, and that its labels are placed for
FONTS = "'Noto Sans SC','PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif"
CLEAR = [0, 0, 0, 0]
ARROWS = {"at_least": ("→", 1, "start"), "at_most": ("←", -1, "end")}  # the sign of a bound, its side, its anchor
LOW = {True: 320, False: 460}  # px high at least, on a phone or a page: room to move about in
HALO = {"outline_width": 4, "font_settings": {"sdf": True, "fontSize": 64, "buffer": 10, "radius": 16, "cutoff": 0.23}}
HAZE = (11, 64)  # of a number that is about right: px and opacity of the soft band around its circle


class Deck(pdk.Deck):  # type: ignore[misc] # pydeck ships no types
    """A deck that knows how high it is and what is listed under it; it travels without pydeck's indentation.

    That is four fifths of what pydeck writes.
    """

    def __init__(self, tall: float, listed: tuple[Label, ...], **parts: Any) -> None:
        super().__init__(**parts)
        self.tall = round(tall)  # px
        self.listed = listed  # the numbers that there is no room for on the map

    def two_fingers(self) -> Self:
        """Leave one finger to the page, which scrolls with it: two move the map, and zoom it."""
        self.views = [_view_of(dragPan=False)]
        return self

    def to_json(self) -> str:
        """Write the deck as short as JSON can be."""
        return json.dumps(json.loads(super().to_json()), ensure_ascii=False, separators=(",", ":"))


def make(design: Design, look: Look, words: Words, phone: bool) -> Deck:
    """Make the deck of a design for a phone or a page; every shape says its name in the reader's language."""
    layout = layouts(design)[PHONE if phone else PAGE]
    said = {label.place: label for label in design.labels}
    layers = [
        _shapes("places", [area for area in design.areas if not area.outline], look, words, said),
        _shapes("outlines", [area for area in design.areas if area.outline and area.colour], look, words, said),
        *_symbols(design, layout, look),
        *_labels(layout, look),
        *_scale(design, layout, look),
    ]
    # map_provider=None without a map_style draws no base map and calls no other host; map_style=None would.
    return Deck(
        max(LOW[phone], layout.frame.height),
        design.cards if phone else (),
        layers=[layer for layer in layers if layer.data],
        initial_view_state=_view(layout.frame),
        map_provider=None,
        views=[_view_of()],
        tooltip={"text": "{said}"},
    )


def _view_of(**ways: bool) -> pdk.View:
    """Return the view of a map whose north stays up, with the ways in which it may be moved."""
    return pdk.View(type="MapView", controller={"dragRotate": False, "touchRotate": False, **ways})


def _view(frame: Frame) -> pdk.ViewState:
    lon, lat = frame.middle
    zoom = round(frame.zoom, 2)
    return pdk.ViewState(longitude=lon, latitude=lat, zoom=zoom, min_zoom=zoom - 0.6, max_zoom=11)


def _said(place: str, words: Words, said: dict[str, Label]) -> str:
    """Say of a shape its name and what the map says of it, else what it says of the nearest whole around it."""
    own = said.get(place)
    if own is None:
        around = next((said[whole] for whole in ancestors(place) if whole in said and said[whole].listed), None)
        lines = [around.listed, *around.details] if around else []
    elif own.number:
        lines = [own.number, *own.details]
    else:
        lines = [own.name] if own.name != place_name(place, words) else []
    return "\n".join([place_name(place, words, short=False), *lines])


def rgb(colour: str) -> list[int]:
    """Turn #rrggbb into deck's list of three numbers."""
    return [int(colour[i : i + 2], 16) for i in (1, 3, 5)]


def _shapes(name: str, areas: list[Area], look: Look, words: Words, said: dict[str, Label]) -> pdk.Layer:
    """Make a layer of shapes; what is drawn over another shape may be picked, an outline may not."""
    dressed = []
    for area in areas:
        style, shape = paint(area, look), feature(area.place)["geometry"]
        shown = {
            "id": area.place,
            "name": place_name(area.place, words, short=False),
            "said": _said(area.place, words, said),
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
    rows = [_circle(symbol, layout, look) for symbol in sorted(design.symbols, key=lambda one: FORMS.index(one.form))]
    around = [{**row, "line": [*row["line"], HAZE[1]], "fill": CLEAR} for row in rows if row["bound"] == "about"]
    arrows = [row | _arrow(row) for row in rows if row["bound"] in ARROWS]
    return [
        _circles("hazes", around, HAZE[0]),
        _circles("symbols", rows, 1.5),
        _texts("bounds", arrows, 700),
    ]


def _circles(name: str, rows: list[dict[str, Any]], width: float) -> pdk.Layer:
    return pdk.Layer(
        "ScatterplotLayer", rows, id=name, get_position="at", get_radius="radius", radius_units="'pixels'",
        get_fill_color="fill", get_line_color="line", stroked=True, line_width_units="'pixels'", get_line_width=width,
    )  # fmt: skip


def _arrow(row: dict[str, Any]) -> dict[str, Any]:
    """Return the open arrow beside a circle, as a sign that keeps its distance however far one zooms."""
    sign, side, anchor = ARROWS[row["bound"]]
    return {"name": sign, "size": 22, "anchor": anchor, "offset": [side * row["radius"], 0], "colour": row["line"]}


def _circle(symbol: Symbol, layout: Layout, look: Look) -> dict[str, Any]:
    x, y = layout.frame.at(*point(symbol.place))
    at = layout.frame.back(x + symbol.dx * layout.unit, y + symbol.dy * layout.unit)
    colour = look.place(symbol.colour or symbol.place)
    fills = {"dot": colour, "soft": mix(colour, look.paper, 0.4), "ring": look.paper, "quiet": look.context}
    return {
        "at": list(at),
        "radius": round(symbol.radius * layout.unit, 2),
        "bound": symbol.bound,
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
    words = _texts("names", rows, 700, look), _texts("numbers", bold, 700, look), _texts("details", plain, 400)
    return [leaders, *words]


def _texts(name: str, rows: list[dict[str, Any]], weight: int, look: Look | None = None) -> pdk.Layer:
    """Make a layer of words; with a look, on a halo of its paper that keeps them readable on every colour.

    A halo costs small words their sharpness: those that stand clear of colours go without.
    """
    return pdk.Layer(
        "TextLayer", rows, id=name, get_position="at", get_text="name", get_color="colour", get_size="size",
        get_text_anchor="anchor", get_pixel_offset="offset", font_weight=weight, font_family=pdk.types.String(FONTS),
        character_set=pdk.types.String("auto"),  # a plain "auto" or a list draws no Chinese
        **({**HALO, "outline_color": rgb(look.paper)} if look else {}),
    )  # fmt: skip


def _scale(design: Design, layout: Layout, look: Look) -> list[pdk.Layer]:
    """Draw the scale bar on the ground, so that it stays true at every zoom, and the mark of the north above it."""
    frame, (distance, north) = layout.frame, design.scale_words
    left, _, _, bottom = layout.corner
    (lon, lat), colour = frame.back(left + 4, bottom - 6), rgb(look.quiet)
    long = math.degrees(frame.bar / (EARTH * math.cos(math.radians(lat))))  # as long as it says where it lies
    ends = {"from": [lon, lat], "to": [lon + long, lat], "colour": colour}
    row = {"at": ends["from"], "anchor": "start", "size": SMALL, "colour": colour}
    texts = [(distance.format(n=frame.bar), -10), (f"↑ {north}", -30)]
    rows = [{**row, "name": text, "offset": [0, down]} for text, down in texts]
    bar = pdk.Layer(
        "LineLayer", [ends], id="scale", get_source_position="from", get_target_position="to", get_color="colour",
        get_width=1.5,
    )  # fmt: skip
    return [bar, _texts("scale-words", rows, 400)]


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
