"""Reads a drawn picture's scenegraph: every visible text with the box its ink takes, in px from the picture's corner."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from PIL import ImageFont

from components import theme, typeset
from components.export import image, painting
from components.figures.figure import Figure
from components.theme import LIGHT, Look

# Where Vega puts a text's baseline, as a share of its size below the anchor.
BASELINES = {"top": 0.79, "middle": 0.30, "bottom": -0.21, "alphabetic": 0.0, None: 0.0}
ALLOWED = 1.0  # px by which inks may touch: metrics are rounded
Room = tuple[float, float, float, float]  # left, top, right, bottom
ALIGN = {"left": 0.0, "start": 0.0, None: 0.0, "center": 0.5, "middle": 0.5, "right": 1.0, "end": 1.0}


@dataclass(frozen=True)
class Box:
    """One line of text and the rectangle of its ink."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    room: Room

    @property
    def cut(self) -> bool:
        """Tell whether a part of the ink lies outside the room it is drawn in."""
        left, top, right, bottom = self.room
        return (
            self.left < left - ALLOWED
            or self.top < top - ALLOWED
            or self.right > right + ALLOWED
            or self.bottom > bottom + ALLOWED
        )

    def overlaps(self, other: "Box") -> bool:
        """Tell whether two inks share more than the px allowed in both directions."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return across > ALLOWED and down > ALLOWED


@dataclass(frozen=True)
class Picture:
    """A finished picture: its size in px and the texts on it."""

    width: float
    height: float
    texts: tuple[Box, ...]

    def cut(self) -> list[str]:
        """List the texts that do not lie wholly in the picture, or in the part of it they are clipped to."""
        return [box.text for box in self.texts if box.cut]

    def overlapping(self) -> list[tuple[str, str]]:
        """List the pairs of texts that run into each other."""
        return [
            (one.text, other.text)
            for number, one in enumerate(self.texts)
            for other in self.texts[number + 1 :]
            if one.overlaps(other)
        ]


def exported(figure: Figure, width: int, look: Look = LIGHT) -> Picture:
    """Read the picture that files carry."""
    return _read(image.finish(figure, look, width))


def on_page(figure: Figure, width: int, look: Look = LIGHT) -> Picture:
    """Read the drawing as a page shows it in a column `width` px wide (components/show.py)."""
    chart = figure.draw(look).properties(
        width=width,
        autosize={"type": "fit-x", "contains": "padding"},
        config=theme.vega_config(look, family=theme.FAMILY),
    )
    return _read(chart.to_dict())


def _read(spec: dict[str, Any]) -> Picture:
    drawn = painting.converter(str(typeset.FONTS)).vegalite_to_scenegraph(spec)
    size = (0.0, 0.0, float(drawn["width"]), float(drawn["height"]))
    left, top = drawn["origin"]
    found = {box: None for box in _boxes(drawn["scenegraph"], left, top, size)}  # a halo is the same text twice
    return Picture(size[2], size[3], tuple(found))


def _boxes(mark: dict[str, Any], left: float, top: float, room: Room, inner: Room | None = None) -> Iterator[Box]:
    """Walk a mark; `inner` is the rectangle of the group around it, to which it is cut if it says so."""
    if mark.get("clip") and inner:
        room = inner
    for item in mark.get("items", ()):
        if mark.get("marktype") == "text":
            yield from _lines(item, left, top, room)
        elif "items" in item:
            x, y = left + item.get("x", 0), top + item.get("y", 0)
            within = (x, y, x + item["width"], y + item["height"]) if "width" in item else inner
            for part in item["items"]:
                yield from _boxes(part, x, y, room, within)


def _lines(item: dict[str, Any], left: float, top: float, room: Room) -> Iterator[Box]:
    if item.get("opacity", 1) == 0 or item.get("text") in (None, "", []):
        return
    size, bold = float(item["fontSize"]), item.get("fontWeight") in ("bold", 700)
    text = item["text"]
    lines = text if isinstance(text, list) else str(text).split(item.get("lineBreak", "\0"))
    x = left + item.get("x", 0) + item.get("dx", 0)
    y = top + item.get("y", 0) + item.get("dy", 0) + BASELINES[item.get("baseline")] * size
    for number, line in enumerate(lines):
        start = x - ALIGN[item.get("align")] * typeset.text_width(line, size, bold)
        baseline = y + number * item.get("lineHeight", size + 2)
        ink = [round(edge * size / 100, 2) for edge in _ink(line, bold)]
        if line.strip():
            yield Box(line, start + ink[0], baseline + ink[1], start + ink[2], baseline + ink[3], room)


@lru_cache(maxsize=8192)
def _ink(line: str, bold: bool) -> tuple[float, float, float, float]:
    """Measure a line's ink at size 100 around its baseline."""
    weight = "Bold" if bold else "Regular"
    return _font(weight).getbbox(line, anchor="ls")


@lru_cache(maxsize=2)
def _font(weight: str) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(typeset.FONTS / f"NotoSansSC-{weight}.otf", size=100)
