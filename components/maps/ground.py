"""The ground of a map at one size: what its colours cover, and what lies in the way of words."""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from components.maps.design import Design, borders, inside
from components.maps.frame import Box, Frame, held, pixels
from geo.load import nested

AIR: Final = 4  # px between words and whatever else


@dataclass(frozen=True, eq=False)
class Ground:
    """Coloured areas as points in px, each standing for so many px² of the place it lies in."""

    points: np.ndarray
    px: np.ndarray
    places: np.ndarray

    def under(self, boxes: np.ndarray, spare: str = "") -> np.ndarray:
        """Return the px² of each rectangle that lie on coloured areas; at home is `spare`, its parts and its wholes."""
        away = [place for place in np.unique(self.places) if not spare or not (place == spare or nested(place, spare))]
        return self._under(boxes, np.isin(self.places, away))

    def hidden(self, boxes: np.ndarray, place: str) -> np.ndarray:
        """Return what share of a place lies under each rectangle; of one that has no shape of its own, nothing."""
        own = self.places == place
        return self._under(boxes, own) / max(float(self.px[own].sum()), 1.0)

    def _under(self, boxes: np.ndarray, kept: np.ndarray) -> np.ndarray:
        (x, y), px = self.points[kept].T, self.px[kept]
        left, top, right, bottom = (side[:, None] for side in boxes.T)
        found: np.ndarray = ((x > left) & (x < right) & (y > top) & (y < bottom)) @ px
        return found


def ground(design: Design, frame: Frame) -> Ground:
    """Return what other places' labels, and cards altogether, had better leave free."""
    points: list[tuple[float, float]] = []
    px: list[float] = []
    found: list[str] = []
    for area in design.areas:
        if area.tint:
            spread = inside(area.place)
            first, second = np.unique(spread[:, 0])[:2]
            step = math.radians(second - first) * frame.scale
            points += [frame.at(lon, lat) for lon, lat in spread]
            px += [step * step] * len(spread)
            found += [area.place] * len(spread)
    return Ground(np.array(points), np.array(px), np.array(found))


def corner(design: Design, frame: Frame, coloured: Ground, discs: list[tuple[float, float, float]]) -> Box:
    """Choose the corner that covers least of what the map shows for the scale bar and the north mark."""
    boxes = frame.corners
    charged = coloured.under(np.array(boxes)) + 1e3 * np.array(held(boxes, pixels(frame, borders(design))))
    charged += 1e4 * meets(np.array(boxes), np.array(discs).reshape(-1, 3)).sum(axis=1)
    return boxes[int(np.argmin(charged))]


def meets(boxes: np.ndarray, discs: np.ndarray) -> np.ndarray:
    """Tell which rectangles share ground with which discs: a row for each, a column for each disc."""
    found: np.ndarray = apart(boxes, discs) < AIR
    return found


def apart(boxes: np.ndarray, discs: np.ndarray) -> np.ndarray:
    """Return the px between rectangles and discs: a row for each, a column for each disc."""
    x, y, far = discs.T
    across = np.maximum(np.maximum(boxes[:, 0, None] - x, 0), x - boxes[:, 2, None])
    down = np.maximum(np.maximum(boxes[:, 1, None] - y, 0), y - boxes[:, 3, None])
    found: np.ndarray = np.hypot(across, down) - far
    return found
