"""From degrees to pixels: the map's window at each of the sizes it comes in.

A map grows in steps with the width it is given, so that at every size its labels can be placed beforehand, exactly.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

import numpy as np

from components.maps.design import Design, borders

# From this width on the map is so wide and at most so high, in px.
SIZES: Final = ((0, 330, 400), (392, 392, 460), (512, 512, 520), (696, 696, 600), (1100, 1000, 660))
CARDS: Final = 3  # from this size on there is room for cards beside what they speak of; below it they go in a list
EDGE: Final = 12  # px kept free around what the map must show
EARTH: Final = 6371.0088  # km, mean radius
BAR: Final = (50, 56)  # px that the scale bar and the north mark take at least, across and down
STEP: Final = 8  # px by which a map grows above and below until a corner is free for them
NARROW: Final = 0.28  # the share of a design's air that it gets where its cards go in a list
LENGTHS: Final = (200, 100, 50, 20, 10, 5)  # km a scale bar may stand for


@dataclass(frozen=True)
class Sizes:
    """The sizes a map comes in, each (from this width on, width, height at most), and the first with room for cards."""

    steps: tuple[tuple[int, int, int], ...]
    cards: int


PAGES: Final = Sizes(SIZES, CARDS)
# On a stage a map is enlarged as a whole: drawn small, its words stand large. The narrow size is for screens of 4:3.
STAGE: Final = Sizes(((0, 500, 500), (620, 640, 500)), 0)


Box = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass(frozen=True)
class Frame:
    """One size of a map: `scale` px a radian around the middle of what it shows, on a Mercator plane."""

    width: float
    height: float
    scale: float
    middle: tuple[float, float]

    def at(self, lon: float, lat: float) -> tuple[float, float]:
        """Return px from the map's left and top."""
        x = math.radians(lon - self.middle[0]) * self.scale
        return self.width / 2 + x, self.height / 2 - (plane(lat) - plane(self.middle[1])) * self.scale

    def back(self, x: float, y: float) -> tuple[float, float]:
        """Return the longitude and latitude of a point of the map."""
        lon = self.middle[0] + math.degrees((x - self.width / 2) / self.scale)
        return lon, unplane(plane(self.middle[1]) + (self.height / 2 - y) / self.scale)

    def km(self, length: float) -> float:
        """Return the px that so many km take in the middle of the map."""
        return length * self.scale / (EARTH * math.cos(math.radians(self.middle[1])))

    @property
    def bar(self) -> int:
        """Return the km that the scale bar stands for: the longest that leaves it under a quarter of the map."""
        return next(length for length in LENGTHS if self.km(length) < self.width / 4)

    @property
    def corners(self) -> tuple[Box, Box, Box, Box]:
        """Return where the scale bar and the north mark may stand, the corners at the foot first."""
        across, down = max(self.km(self.bar), BAR[0]) + 8, BAR[1]
        left, right, foot, top = 2.0, self.width - across - 2, self.height - down - 2, 2.0
        one, two, three, four = ((x, y, x + across, y + down) for y in (foot, top) for x in (left, right))
        return one, two, three, four

    @property
    def zoom(self) -> float:
        """Return the zoom at which a map of tiles would show the same."""
        return math.log2(self.scale * 2 * math.pi / 512)


def plane(lat: float) -> float:
    """Return a latitude's height on the Mercator plane, in radians."""
    return math.log(math.tan(math.pi / 4 + math.radians(lat) / 2))


def unplane(height: float) -> float:
    """Return the latitude of a height on the Mercator plane."""
    return math.degrees(2 * math.atan(math.exp(height)) - math.pi / 2)


@lru_cache(maxsize=256)
def frames(design: Design, sizes: Sizes = PAGES) -> tuple[Frame, ...]:
    """Return the window of a design at every size."""
    shown = borders(design)
    (west, south), (east, north) = shown.min(axis=0), shown.max(axis=0)
    across, down = math.radians(east - west), plane(north) - plane(south)
    middle = ((west + east) / 2, unplane((plane(north) + plane(south)) / 2))
    made = []
    for number, (_, width, most) in enumerate(sizes.steps):
        room = EDGE + design.air * (1 if number >= sizes.cards else NARROW)
        scale = min((width - EDGE - room) / across, (most - 2 * room) / down)
        made.append(_with_corner(Frame(width, round(down * scale + 2 * room), scale, middle), shown, most))
    return tuple(made)


def _with_corner(frame: Frame, shown: np.ndarray, most: int) -> Frame:
    """Let a map grow, at most so high, until no border runs through one of its corners, where the scale bar stands."""
    for height in range(round(frame.height), most + 1, 2 * STEP):
        grown = replace(frame, height=height)
        if not all(held(grown.corners, pixels(grown, shown))):
            return grown
    return frame


def pixels(frame: Frame, shown: np.ndarray) -> np.ndarray:
    """Return where points given by longitude and latitude stand, x and y: `at` for thousands of them."""
    lon, lat = np.radians(shown).T
    up = np.log(np.tan(np.pi / 4 + lat / 2)) - plane(frame.middle[1])
    across = lon - math.radians(frame.middle[0])
    return np.column_stack([frame.width / 2 + across * frame.scale, frame.height / 2 - up * frame.scale])


def held(boxes: Iterable[Box], points: np.ndarray) -> list[bool]:
    """Tell which rectangles hold one of some points."""
    x, y = points.T
    return [bool(((x > left) & (x < right) & (y > top) & (y < bottom)).any()) for left, top, right, bottom in boxes]
