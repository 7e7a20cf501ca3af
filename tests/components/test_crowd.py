"""Many labels at once say what two at a time would: which run into each other, and where each stands cheapest."""

import math
from itertools import combinations, product

import numpy as np
import pytest

from components.maps.crowd import CLEAR, COVERED, CROSSED, EDGE, TANGLED, Crowd, Spots, crosses, near, shared, tangled
from components.maps.ground import AIR

NOLINE = (math.nan,) * 4


def line_through(line, box):
    """Whether a line runs through a rectangle, by many points on it."""
    x, y, u, v = line
    points = [(x + (u - x) * part / 4000, y + (v - y) * part / 4000) for part in range(4001)]
    left, top, right, bottom = box[0] - EDGE, box[1] - EDGE, box[2] + EDGE, box[3] + EDGE
    return any(left < a < right and top < b < bottom for a, b in points)


@pytest.mark.parametrize(("line", "crossed"), [
    ((0, 0, 100, 100), True), ((0, 50, 100, 50), True), ((50, 0, 50, 100), True), ((45, 45, 46, 46), True),
    ((0, 0, 30, 30), False), ((0, 10, 100, 10), False), ((10, 0, 10, 100), False), ((0, 90, 30, 60), False),
    (NOLINE, False),
])  # fmt: skip
def test_a_line_crosses_a_rectangle_or_not(line, crossed):
    box = (40.0, 40.0, 60.0, 60.0)
    assert crosses(np.array([line]), np.array([box])).tolist() == [crossed]
    assert math.isnan(line[0]) or line_through(line, box) == crossed


def test_a_line_runs_near_a_point_or_not():
    discs = np.array([(50.0, 50.0, 0.0), (50.0, 80.0, 0.0), (130.0, 50.0, 0.0), (130.0, 50.0, 40.0)])
    lines = np.array([(0.0, 50.0, 100.0, 50.0), (50.0, 50.0, 50.0, 50.0), NOLINE])
    assert near(lines, discs).tolist() == [[True, False, False, True], [True, False, False, False], [False] * 4]


def test_two_lines_cross_or_not():
    line = np.array([(0.0, 0.0, 10.0, 10.0)] * 5)
    others = np.array([(0, 10, 10, 0), (10, 0, 0, 10), (0, 10, 3, 7), (2, 0, 12, 10), NOLINE], dtype=float)
    assert tangled(line, others).tolist() == tangled(others, line).tolist() == [True, True, False, False, False]


def test_rectangles_share_ground_with_air_between_them():
    one = np.array([(0.0, 0.0, 10.0, 10.0)])
    beside = np.array([(10.0 + AIR, 0, 20, 10), (9.9 + AIR, 0, 20, 10), (0, 11.0, 10, 20), (0, 10.9, 10, 20)])
    assert shared(one, beside).tolist() == [[False, True, False, True]]


def two(one, other):
    """What two labels cost each other, asked of them alone."""
    apart = CLEAR if one[2] and other[2] else 0
    grown = np.array([one[0]]) + apart * np.array([-1, -1, 1, 1])
    crossed = sum(int(crosses(np.array([a[1]]), np.array([b[0]]))[0]) for a, b in ((one, other), (other, one)))
    led = tangled(np.array([one[1]]), np.array([other[1]]))[0]
    return COVERED * bool(shared(grown, np.array([other[0]]))[0, 0]) + CROSSED * crossed + TANGLED * bool(led)


def test_each_label_is_offered_what_is_cheapest_beside_the_others_as_they_stand():
    chance = np.random.default_rng(7)
    labels = []
    for number in range(12):
        ends = chance.uniform(0, 200, (9, 2))
        boxes = np.column_stack([ends, ends + chance.uniform(10, 60, (9, 2))])
        leaders = np.where(chance.random(9)[:, None] < 0.4, math.nan, chance.uniform(0, 250, (9, 4)))
        labels.append(Spots(boxes, leaders, np.sort(chance.uniform(0, 400, 9)), card=number % 3 == 0))
    crowd = Crowd(labels)
    stands: dict[int, int] = {}
    for _, number in product(range(3), range(12)):

        def cost(spot, number=number):
            of = [
                (labels[at].boxes[at_spot], labels[at].leaders[at_spot], labels[at].card)
                for at, at_spot in ((number, spot), *((at, s) for at, s in stands.items() if at != number))
            ]
            return labels[number].costs[spot] + sum(two(of[0], other) for other in of[1:])

        best = min(range(9), key=cost)
        assert crowd.cheapest(number) == best
        if number in stands:
            crowd.put(number, stands[number], -1)
        crowd.put(number, best)
        stands[number] = best
    of = [(one.boxes[at], one.leaders[at], one.card) for one, at in ((labels[at], spot) for at, spot in stands.items())]
    alone = sum(labels[at].costs[spot] for at, spot in stands.items())
    assert crowd.cost(stands) == pytest.approx(alone + sum(two(*pair) for pair in combinations(of, 2)))
