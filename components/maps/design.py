"""What a map shows, before anything is placed or drawn: areas, labels, symbols. Codes and words, no colours, no pixels."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np

from components.theme import Look
from data.load import record
from geo.load import feature, places

# Points of their own for places whose middle lies among their parts: Guiyang's symbols stand north of its districts.
POINTS: Final = {"guiyang": (106.80, 27.10)}


@dataclass(frozen=True)
class Area:
    """One shape: `colour` is the place whose colour it takes, in the share `tint`; without one it is pale land.

    `outline` draws the border of a whole over its parts, without a fill.
    """

    place: str
    colour: str = ""
    tint: float = 0.0
    outline: bool = False


@dataclass(frozen=True)
class Label:
    """The words at one place. With a `number` it is a card: where there is no room for it, it goes in a list below.

    `missing` says in that list that there is no number; the name of such a label says so too, its short one does not.
    """

    place: str
    name: str
    short: str = ""
    number: str = ""
    details: tuple[str, ...] = ()
    colour: str = ""  # the place whose colour the name takes; none: quiet
    missing: str = ""

    @property
    def listed(self) -> str:
        """Return its first line in a list under the map; a plain name has none."""
        return self.missing or (f"{self.name}　{self.number}" if self.number else "")


@dataclass(frozen=True)
class Symbol:
    """One mark at a place, `dx`, `dy` beside its point, `radius` large; all three in the map's own unit.

    Forms: dot (result, done), ring (goal, promised), soft (under way), ghost (a stretch), whole (what 100% would be).
    """

    place: str
    form: str
    radius: float
    dx: float = 0.0
    dy: float = 0.0
    bound: str = "exact"
    colour: str = ""  # the place whose colour it takes; none: the place's own
    tip: str = ""


@dataclass(frozen=True)
class Design:
    """A whole map; `unit` is the most px that 1 of the symbols' unit may take.

    `air` are px kept free above and below what is shown, for cards to stand in.
    """

    areas: tuple[Area, ...]
    labels: tuple[Label, ...]
    symbols: tuple[Symbol, ...] = ()
    unit: float = 46.0
    air: float = 0.0
    scale_words: tuple[str, str] = ("{n} km", "N")  # of the scale bar, of the north mark

    @property
    def cards(self) -> tuple[Label, ...]:
        """Return the labels that a narrow screen shows as a list under the map: cards, and what says there is none."""
        return tuple(label for label in self.labels if label.listed)


def point(place: str) -> tuple[float, float]:
    """Return where a place's symbol and label belong: longitude and latitude of a point inside it."""
    if place in POINTS:
        return POINTS[place]
    row = record(places(), place)
    return float(row["lon"]), float(row["lat"])


def land(area: Area, look: Look) -> str:
    """Return the colour of an area: its place's, thinned with paper, or the pale land of what is only context."""
    return mix(look.place(area.colour), look.paper, area.tint) if area.tint else look.land


def mix(colour: str, paper: str, share: float) -> str:
    """Thin a colour with paper: both as #rrggbb."""
    pairs = [(int(colour[i : i + 2], 16), int(paper[i : i + 2], 16)) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(one * share + other * (1 - share)):02x}" for one, other in pairs)


@lru_cache(maxsize=64)
def borders(design: Design) -> np.ndarray:
    """Return the corners of the coloured areas, longitude and latitude: what a map must show whole."""
    shown = [area.place for area in design.areas if area.tint or area.outline]
    return np.unique([vertex for place in shown for vertex in vertices(place)], axis=0)


def vertices(place: str) -> list[tuple[float, float]]:
    """List the corners of a place's border."""
    return [corner for ring in rings(place) for corner in ring]


def rings(place: str) -> list[list[tuple[float, float]]]:
    """List the closed lines that make up a place's border, those around its holes among them."""
    shape = feature(place)["geometry"]
    parts = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
    return [[(lon, lat) for lon, lat in ring] for part in parts for ring in part]


@lru_cache(maxsize=128)
def inside(place: str) -> np.ndarray:
    """Return points spread evenly over a place, longitude and latitude, some sixteen across."""
    corners = np.array(vertices(place))
    (west, south), (east, north) = corners.min(axis=0), corners.max(axis=0)
    step = (east - west) / 16
    lon, lat = (axis.ravel() for axis in np.meshgrid(np.arange(west, east, step), np.arange(south, north, step)))
    held = np.zeros(len(lon), dtype=bool)
    for ring in rings(place):
        (x, y), (u, v) = np.array(ring[:-1]).T, np.array(ring[1:]).T
        above = (y > lat[:, None]) != (v > lat[:, None])
        flat = np.where(v == y, 1.0, v - y)  # such an edge meets no line of latitude: it is never above
        crossed = above & (lon[:, None] < (u - x) * (lat[:, None] - y) / flat + x)
        held ^= crossed.sum(axis=1) % 2 == 1
    return np.column_stack([lon[held], lat[held]])
