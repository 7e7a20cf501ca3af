"""Many labels at many spots at once: which of them run into each other, and where each costs least beside the others.

A label is moved some hundred times before a map with a hundred places is arranged. Each move asks all spots of all other
labels that lie near what they have to do with it, so that the cheapest spot of a label is known without asking again.
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from components.maps.ground import AIR

Array = np.ndarray[Any, np.dtype[np.float64]]
Truths = np.ndarray[Any, np.dtype[np.bool_]]
COVERED: Final = 700.0  # charged for a label that runs into another
CROSSED: Final = 260.0  # and for a leader line through one
TANGLED: Final = 320.0  # and for two leader lines that cross: each seems to lead to the other's place
CLEAR: Final = 6  # px between two cards
EDGE: Final = 2  # px that a leader line keeps from words
WIDE: Final = CLEAR + AIR + EDGE + 1  # px beyond which nothing has to do with anything


def shared(one: Array, other: Array) -> Truths:
    """Tell which of some rectangles share ground with others, or nearly: a row for each, a column for each other."""
    left, top, right, bottom = (one[:, side, None] for side in range(4))
    found: Truths = (left < other[:, 2] + AIR) & (other[:, 0] < right + AIR)
    found &= (top < other[:, 3] + 1) & (other[:, 1] < bottom + 1)
    return found


def near(leaders: Array, discs: Array) -> Truths:
    """Tell which lines run through which discs, or over the point of a place without one; no line runs nowhere."""
    x, y, u, v = (leaders[:, end, None] for end in range(4))
    length = (u - x) ** 2 + (v - y) ** 2
    with np.errstate(divide="ignore", invalid="ignore"):
        along = ((discs[:, 0] - x) * (u - x) + (discs[:, 1] - y) * (v - y)) / length
    along = np.where(length == 0, 0.0, np.maximum(0.0, np.minimum(1.0, along)))
    found: Truths = np.hypot(x + (u - x) * along - discs[:, 0], y + (v - y) * along - discs[:, 1]) < discs[:, 2] + AIR
    return found


def crosses(leaders: Array, boxes: Array) -> Truths:
    """Tell of each line whether it runs through the rectangle beside it: whether that cuts a piece off on all four sides."""
    first, last = np.zeros(len(leaders)), np.ones(len(leaders))
    for axis in (0, 1):
        start, step = leaders[:, axis], leaders[:, axis + 2] - leaders[:, axis]
        low, high = boxes[:, axis] - EDGE, boxes[:, axis + 2] + EDGE
        with np.errstate(divide="ignore", invalid="ignore"):
            one, other = (low - start) / step, (high - start) / step
        still, within = step == 0, (low < start) & (start < high)
        first = np.maximum(first, np.where(still, np.where(within, -np.inf, np.inf), np.minimum(one, other)))
        last = np.minimum(last, np.where(still, np.inf, np.maximum(one, other)))
    found: Truths = first < last
    return found


def tangled(leaders: Array, others: Array) -> Truths:
    """Tell of each line whether it crosses the line beside it: whether each has its ends on both sides of the other."""
    found: Truths = np.ones(len(leaders), dtype=bool)
    for line, other in ((leaders, others), (others, leaders)):
        x, y, u, v = line.T
        one, two = ((u - x) * (other[:, end + 1] - y) - (v - y) * (other[:, end] - x) for end in (0, 2))
        found &= one * two < 0  # never of a line that runs nowhere
    return found


@dataclass(frozen=True, eq=False)
class Spots:
    """All spots of one label, the cheap ones first: rectangles, leader lines (NaN for none), and what each costs alone."""

    boxes: Array
    leaders: Array
    costs: Array
    card: bool


class Crowd:
    """All labels at all their spots, and what each spot costs beside the labels that have one already."""

    def __init__(self, labels: list[Spots]) -> None:
        self._boxes = np.concatenate([one.boxes for one in labels])
        self._leaders = np.concatenate([one.leaders for one in labels])
        self._alone = np.concatenate([one.costs for one in labels])
        self._beside = np.zeros(len(self._alone))
        self._cards = np.repeat([one.card for one in labels], [len(one.costs) for one in labels])
        self._begins = np.concatenate([[0], np.cumsum([len(one.costs) for one in labels])])
        ends = np.stack([self._boxes[:, :2], self._boxes[:, 2:], self._leaders[:, :2], self._leaders[:, 2:]])
        self._left, self._top = np.fmin.reduce(ends).T.copy() - WIDE
        self._right, self._bottom = np.fmax.reduce(ends).T.copy() + WIDE

    def cheapest(self, label: int) -> int:
        """Return the number of a label's spot that costs least beside the others as they stand."""
        own = slice(self._begins[label], self._begins[label + 1])
        return int(np.argmin(self._alone[own] + self._beside[own]))

    def cost(self, stands: dict[int, int]) -> float:
        """Return what all labels cost as they stand: two that are in each other's way are charged once."""
        at = self._begins[[*stands]] + [*stands.values()]
        return float((self._alone[at] + self._beside[at] / 2).sum())

    def put(self, label: int, spot: int, sign: int = 1) -> None:
        """Put a label at a spot, or take it away with -1: the spots of all others cost more, or less, by that."""
        at = self._begins[label] + spot
        close = (self._left < self._right[at]) & (self._left[at] < self._right)
        close &= (self._top < self._bottom[at]) & (self._top[at] < self._bottom)
        close[self._begins[label] : self._begins[label + 1]] = False
        rows = np.flatnonzero(close)
        apart = np.where(self._cards[rows] & self._cards[at], CLEAR, 0)[:, None] * np.array([-1, -1, 1, 1])
        boxes, leaders = self._boxes[rows], self._leaders[rows]
        box, leader = (np.broadcast_to(part[at], (len(rows), 4)) for part in (self._boxes, self._leaders))
        covered = shared(boxes + apart, self._boxes[at : at + 1])[:, 0]
        crossed = crosses(leaders, box).astype(int) + crosses(leader, boxes)
        self._beside[rows] += sign * (COVERED * covered + CROSSED * crossed + TANGLED * tangled(leaders, leader))
