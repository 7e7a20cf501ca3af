"""Labels of a slope chart: moved apart, no further than needed, in their order."""

from itertools import pairwise

import pytest

from components.charts.slopes import APART, dodge


@pytest.mark.parametrize(
    ("wanted", "heights", "expected"),
    [
        ([], [], []),
        ([50], [20], [50]),
        ([50, 100], [20, 20], [50, 100]),  # apart already: nothing moves
        ([50, 50], [20, 20], [50 - 10 - APART / 2, 50 + 10 + APART / 2]),  # each gives way by half
        ([100, 50], [20, 20], [100, 50]),  # the order given does not matter
        ([2], [20], [10]),  # never above the room
        ([199], [20], [190]),  # never below it
    ],
)
def test_labels_move_as_little_as_they_must(wanted, heights, expected):
    assert dodge(wanted, heights, 0, 200) == pytest.approx(expected)


def test_many_labels_at_one_place_all_find_room_in_their_order():
    heights = [20.0, 40, 20, 60, 20]
    middles = dodge([90, 91, 92, 93, 180], heights, 0, 200)
    edges = [(y - h / 2, y + h / 2) for y, h in zip(middles, heights, strict=True)]
    assert all(after[0] - before[1] >= APART - 1e-9 for before, after in pairwise(edges))
    assert edges[0][0] >= 0 and edges[-1][1] <= 200


def test_a_block_that_grows_meets_the_next_one():
    middles = dodge([50, 52, 76], [20, 20, 20], 0, 200)
    assert middles == sorted(middles)
    assert min(b - a for a, b in pairwise(middles)) == pytest.approx(20 + APART)
