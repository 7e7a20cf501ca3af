"""Where the words of a map stand, so that none runs into another, into a symbol or out of the picture.

Every label tries the spots around its point, the near ones first, then those reached by a leader line; each is charged
for what it covers, and the cheapest arrangement stays. The same design always gives the same places.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import product
from typing import Final

import numpy as np

from components import typeset
from components.maps.crowd import CLEAR, Array, Crowd, Spots, near, shared
from components.maps.design import Design, Label, Symbol, point
from components.maps.frame import PAGES, Box, Frame, Sizes, frames
from components.maps.ground import AIR, Ground, apart, corner, ground, meets
from components.theme import LABEL, SMALL, TINY, TITLE

# px of the name on a card, of its number and of what follows; where symbols speak beside it, and where it speaks alone
BESIDE: Final = (TITLE - 5, LABEL, SMALL)
ALONE: Final = (TITLE - 2, LABEL + 2, LABEL)
LINE: Final = 1.36
CARD: Final = 240  # px a card's line may take before it breaks
PASSES: Final = 4
FEW: Final = 30  # labels up to which several orders are tried: the first label to be put takes the best spot
# px a name may move about its point before it needs a leader line
NUDGES: Final = tuple((12.0 * across, 5.0 * down) for across in range(-3, 4) for down in range(-4, 5) if across or down)
FAR: Final = (22, 38, 56, 78, 104, 134, 168, 206, 250)  # px a leader line may be long
TURNS: Final = tuple(
    (math.cos(part * math.tau / 24), math.sin(part * math.tau / 24)) for part in range(24)
)  # all round
GROUND: Final = 7.0  # charged for a label that stands wholly on other places' coloured ground
CARD_GROUND: Final = (
    250.0  # charged for a card wholly on coloured ground, its own too: it is read clear of what it names
)
CLOSE: Final = 18.0  # px about a place within which another's name seems to be its own
STRANGE: Final = 40.0  # charged for a label that touches what marks another place, less the farther it stands
HIDDEN: Final = 12.0  # charged for a label that hides all of the coloured shape it names
STRAYED: Final = 3.0  # times as much for a name without a leader line, where no symbol is near
ASIDE: Final = 0.32  # of its width, how far a label above or below its symbol may stand to the side
LONG: Final = 60.0  # px from which a leader line costs more than its length
ARROW: Final = 22  # px an open arrow reaches past its symbol


@dataclass(frozen=True)
class Line:
    """One line of a label: its size and what it is (name, number, detail)."""

    text: str
    size: float
    part: str

    @property
    def width(self) -> float:
        """Return the px it takes."""
        return typeset.text_width(self.text, self.size, bold=self.part != "detail")


@dataclass(frozen=True)
class Spot:
    """A place for a label: where its near edge stands, which way its text runs, and its leader line's two ends."""

    x: float
    y: float
    align: str
    cost: float
    leader: tuple[float, float, float, float] | None = None


NOWHERE: Final = Spot(0, 0, "center", 0)
NOLINE: Final = (math.nan,) * 4
STARTS: Final = {"left": 0.0, "center": 0.5, "right": 1.0}  # of a label's width, how much lies left of its spot


@dataclass(frozen=True)
class Placed:
    """A label at one size of the map, with its lines and its spot."""

    label: Label
    lines: tuple[Line, ...]
    spot: Spot

    @cached_property
    def width(self) -> float:
        """Return the px of its longest line."""
        return max(line.width for line in self.lines)

    @cached_property
    def height(self) -> float:
        """Return the px of all its lines."""
        return sum(line.size * LINE for line in self.lines)

    def down(self, number: int) -> float:
        """Return the px from the label's middle to the middle of one of its lines."""
        above = sum(line.size * LINE for line in self.lines[:number])
        return above + self.lines[number].size * LINE / 2 - self.height / 2

    @cached_property
    def box(self) -> Box:
        """Return the rectangle it takes."""
        left = self.spot.x - self.width * STARTS[self.spot.align]
        return left, self.spot.y - self.height / 2, left + self.width, self.spot.y + self.height / 2


@dataclass(frozen=True)
class Layout:
    """One size of a map with everything in its place; `unit` is what 1 of the symbols' unit takes, in px."""

    frame: Frame
    unit: float
    placed: tuple[Placed, ...]
    corner: Box  # of the scale bar and the north mark


@lru_cache(maxsize=256)
def layouts(design: Design, sizes: Sizes = PAGES) -> tuple[Layout, ...]:
    """Place the labels of a design at every size of its map."""
    found = enumerate(frames(design, sizes))
    return tuple(_layout(design, frame, cards=number >= sizes.cards) for number, frame in found)


def reach(place: str, symbols: tuple[Symbol, ...]) -> float:
    """Return how far the symbols of a place reach from its point, in the symbols' unit."""
    return max((math.hypot(s.dx, s.dy) + s.radius for s in symbols if s.place == place), default=0.0)


def unit_of(design: Design, frame: Frame) -> float:
    """Return the px of the symbols' unit: as large as the design allows without two places' symbols touching."""
    found = {symbol.place: reach(symbol.place, design.symbols) for symbol in design.symbols}
    spots = [(frame.at(*point(place)), far) for place, far in found.items()]
    close = [
        (math.dist(one, other) - AIR) / (far + near)
        for number, (one, far) in enumerate(spots)
        for other, near in spots[number + 1 :]
    ]
    return min([design.unit * min(1.0, 0.45 + 0.55 * frame.width / 696), *close])


def _layout(design: Design, frame: Frame, cards: bool) -> Layout:
    coloured = ground(design, frame)
    unit = unit_of(design, frame)
    discs = {label.place: _disc(label, design, frame, unit) for label in design.labels}
    discs |= {s.place: (*frame.at(*point(s.place)), reach(s.place, design.symbols) * unit) for s in design.symbols}
    place = corner(design, frame, coloured, _circles(design, frame, unit))
    scene = Scene(frame, coloured, discs, place, _arrows(design, frame, unit))
    labels = [Placed(label, lines(label, cards, bool(design.symbols)), NOWHERE) for label in design.labels]
    return Layout(frame, unit, tuple(_arranged(labels, scene)), place)


def _arranged(labels: list[Placed], scene: "Scene") -> list[Placed]:
    """Give every label the cheapest of its places beside the others', the large ones first, until nothing moves."""
    if not labels:
        return []
    choices = [scene.choices(one) for one in labels]
    crowd = Crowd([spots for _, spots in choices])
    numbers = range(len(labels))
    east = [scene.discs[one.label.place][0] for one in labels]
    begun = [
        sorted(numbers, key=lambda number: (-labels[number].height, number)),
        sorted(numbers, key=east.__getitem__),
        sorted(numbers, key=east.__getitem__, reverse=True),
        [*numbers],
        [*reversed(numbers)],
    ]
    found = [_settled(crowd, order) for order in (begun if len(labels) <= FEW else begun[:1])]
    _, chosen = min(found, key=lambda one: one[0])
    return [replace(one, spot=choices[number][0][chosen[number]]) for number, one in enumerate(labels)]


def _settled(crowd: Crowd, order: list[int]) -> tuple[float, dict[int, int]]:
    """Move labels one by one in an order to where each costs least, until nothing moves; what that costs, and where."""
    chosen: dict[int, int] = {}
    for _ in range(PASSES):
        before = dict(chosen)
        for number in order:
            if (best := crowd.cheapest(number)) != chosen.get(number):
                if number in chosen:
                    crowd.put(number, chosen[number], -1)
                crowd.put(number, best)
                chosen[number] = best
        if chosen == before:
            break
    cost = crowd.cost(chosen)
    for number, spot in chosen.items():
        crowd.put(number, spot, -1)  # the next order begins anew
    return cost, chosen


def lines(label: Label, cards: bool, beside: bool) -> tuple[Line, ...]:
    """Break a label into its lines: a card's name, number and detail where there is room, else a short name."""
    if not label.number:
        plain = SMALL if cards else TINY
        text = label.name if cards else label.short or label.name
        return (Line(text, LABEL if label.colour else plain, "name" if label.colour else "detail"),)
    if not cards:
        return (Line(label.short, LABEL, "name"),)
    name, large, small = BESIDE if beside else ALONE
    number = [Line(text, large, "number") for text in typeset.wrap(label.number, large, CARD, bold=True)]
    details = [Line(text, small, "detail") for part in label.details for text in typeset.wrap(part, small, CARD)]
    return (Line(label.name, name, "name"), *number, *details)


def _arrows(design: Design, frame: Frame, unit: float) -> list[Box]:
    """Return the rectangles of the open arrows beside symbols."""
    boxes = []
    for symbol in design.symbols:
        x, y = frame.at(*point(symbol.place))
        x, y, radius = x + symbol.dx * unit, y + symbol.dy * unit, symbol.radius * unit
        if symbol.bound == "at_least":
            boxes.append((x + radius, y - 5, x + radius + ARROW, y + 5))
        elif symbol.bound == "at_most":
            boxes.append((x - radius - ARROW, y - 5, x - radius, y + 5))
    return boxes


def _circles(design: Design, frame: Frame, unit: float) -> list[tuple[float, float, float]]:
    """Return the circles of all symbols, each by itself, and the points of labels without one."""
    found = [(*frame.at(*point(label.place)), 0.0) for label in design.labels]
    for symbol in design.symbols:
        x, y = frame.at(*point(symbol.place))
        found.append((x + symbol.dx * unit, y + symbol.dy * unit, symbol.radius * unit))
    return found


def _disc(label: Label, design: Design, frame: Frame, unit: float) -> tuple[float, float, float]:
    return (*frame.at(*point(label.place)), reach(label.place, design.symbols) * unit)


@dataclass(frozen=True)
class Scene:
    """What labels must keep clear of, and what it costs not to."""

    frame: Frame
    ground: Ground
    discs: dict[str, tuple[float, float, float]]
    corner: Box
    arrows: list[Box]

    def spots(self, one: Placed) -> Iterator[Spot]:
        """Yield the spots around a label's point: on it, beside it, then along leader lines in all directions."""
        x, y, far = self.discs[one.label.place]
        card = len(one.lines) > 1
        half, gap = one.height / 2, far + AIR + 2
        if not far and not card:
            yield Spot(x, y, "center", 0)
            for across, down in NUDGES:
                yield Spot(x + across, y + down, "center", 0.6 + math.hypot(across, down) / 10)
        if not card or far:
            yield Spot(x + gap, y, "left", 1 + 3 * card)
            yield Spot(x - gap, y, "right", 1.2 + 3 * card)
            yield Spot(x, y - gap - half, "center", 1.1 + 3 * card)
            yield Spot(x, y + gap + half, "center", 1.3 + 3 * card)
        if far and not card:
            for side, down in product((-ASIDE, ASIDE), (-1, 1)):
                yield Spot(x + side * one.width, y + down * (gap + half), "center", 1.8)
        for length in FAR:
            for turn in TURNS:
                yield self._led(one, (x, y, far), turn, length)

    def _led(self, one: Placed, disc: tuple[float, float, float], turn: tuple[float, float], length: float) -> Spot:
        """Return the spot at the end of a leader line."""
        x, y, far = disc
        across, down = turn
        start = (x + far * across, y + far * down)
        end = (x + (far + length) * across, y + (far + length) * down)
        cost = 4 + length / 12 + 3 * (length / LONG) ** 2
        if abs(across) > 0.35:
            side = 1 if across > 0 else -1
            return Spot(end[0] + side * AIR, end[1], "left" if side > 0 else "right", cost, (*start, *end))
        side = 1 if down > 0 else -1
        return Spot(end[0], end[1] + side * (one.height / 2 + 1), "center", cost, (*start, *end))

    def choices(self, one: Placed) -> tuple[list[Spot], Spots]:
        """List a label's spots, each charged for what it covers whatever the others do, the cheap ones first."""
        tried = [*self.spots(one)]
        boxes = _boxes(one, tried)
        leaders = np.array([spot.leader or NOLINE for spot in tried])
        card = bool(one.label.number)
        charge = (CARD_GROUND if card else GROUND) / (one.width * one.height)
        about = boxes + np.array([-1, -1, 1, 1]) * (CLEAR if card else 0)
        covered = charge * self.ground.under(about, "" if card else one.label.place)
        if not self.discs[one.label.place][2]:  # then only where it stands says what a name belongs to
            covered = covered * np.where(np.isnan(leaders[:, 0]), STRAYED, 1)
        if one.label.colour and not card:
            covered = covered + HIDDEN * self.ground.hidden(boxes, one.label.place) ** 2
        costs = self._alone(one, np.array([spot.cost for spot in tried]), boxes, leaders) + covered
        order = np.argsort(costs, kind="stable")
        return [tried[number] for number in order], Spots(boxes[order], leaders[order], costs[order], card)

    def _alone(self, one: Placed, costs: Array, boxes: Array, leaders: Array) -> Array:
        """Charge a label for leaving the picture, for symbols it covers or its leader runs through, for its ground."""
        left, top, right, bottom = boxes.T
        out = (left < 1) | (top < 1) | (right > self.frame.width - 1) | (bottom > self.frame.height - 1)
        costs = costs + 900 * out + 600 * shared(boxes, np.array([self.corner]))[:, 0]
        symbols = [disc for disc in self.discs.values() if disc[2]]
        if symbols:
            costs = costs + 300.0 * meets(boxes, np.array(symbols)).sum(axis=1)
        if self.arrows:
            costs = costs + 300.0 * shared(boxes, np.array(self.arrows)).sum(axis=1)
        if others := [disc for place, disc in self.discs.items() if place != one.label.place]:
            costs = costs + 120 * near(leaders, np.array(others)).sum(axis=1)
        marked = [disc for place, disc in self.discs.items() if disc[2] and place != one.label.place]
        if marked and one.label.place in self.discs:
            away = apart(boxes, np.array(marked)).min(axis=1)
            own = apart(boxes, np.array([self.discs[one.label.place]]))[:, 0]
            costs = costs + STRANGE * (away < own) * np.clip(1 - away / CLOSE, 0, 1)
        return costs


def _boxes(one: Placed, spots: list[Spot]) -> Array:
    """Return the rectangles that a label takes at some spots."""
    x, y, start = np.array([(spot.x, spot.y, STARTS[spot.align]) for spot in spots]).T
    left = x - one.width * start
    return np.column_stack([left, y - one.height / 2, left + one.width, y + one.height / 2])
