"""Unit charts: the squares drawn are the amount, whole ones and the remainder, at every width."""

import pandas as pd
import pytest

from components import typeset
from components.charts import units
from components.charts.units import Grid, Piece
from components.export.painting import converter
from components.theme import LIGHT

TABLE = pd.DataFrame(
    {"panel": ["", ""], "label": ["One", "Other"], "detail": ["", "said more"], "text": ["12.5", "3"],
     "tip": ["one", "other"], "colour": "#0b6e69"}
)  # fmt: skip
PIECES = [[Piece(12.5, "#0b6e69")], [Piece(2.25, "#b93f29"), Piece(0.75, "#dfded9", hollow=True)]]


def rectangles(width):
    """The drawn squares by colour, as (x, y, width, height)."""
    chart = units.draw(TABLE, LIGHT, PIECES).properties(width=width)
    found: dict[str, list[tuple[float, ...]]] = {}

    def walk(mark):
        for item in mark.get("items", ()):
            if mark.get("marktype") == "rect" and item.get("width"):
                colour = item.get("stroke") or item["fill"]
                found.setdefault(colour, []).append(tuple(item[name] for name in ("x", "y", "width", "height")))
            walk(item)

    walk(converter(str(typeset.FONTS)).vegalite_to_scenegraph(chart.to_dict())["scenegraph"])
    return found


@pytest.mark.parametrize("width", [340, 520, 760, 1600])
def test_the_squares_drawn_add_up_to_the_amount(width):
    drawn = rectangles(width)
    side = drawn["#0b6e69"][0][3]
    areas = {colour: sum(across * down for _, _, across, down in rects) / side**2 for colour, rects in drawn.items()}
    assert areas["#0b6e69"] == pytest.approx(12.5)
    assert areas["#b93f29"] == pytest.approx(2.25)
    assert len(drawn["#0b6e69"]) == 13 and len(drawn["#b93f29"]) == 3
    assert len(drawn["#dfded9"]) == 1  # the outline of what fills the third square
    assert all(x >= 0 and x + across <= width for rects in drawn.values() for x, _, across, _ in rects)


@pytest.mark.parametrize("width", [340, 760])
def test_no_square_lies_on_another(width):
    rects = [rect for found in rectangles(width).values() for rect in found]
    for number, (x, y, across, down) in enumerate(rects):
        for left, top, wide, high in rects[number + 1 :]:
            apart = (
                left >= x + across - 0.01 or x >= left + wide - 0.01 or top >= y + down - 0.01 or y >= top + high - 0.01
            )
            assert apart


@pytest.mark.parametrize(
    ("squares", "width", "height", "expected"),
    [(100, 100, 100, (10, 10)), (147, 330, 84, (6, 25)), (1, 300, 84, (1, 1)), (0.4, 300, 84, (1, 1))],
)
def test_the_grid_makes_the_squares_as_large_as_they_can_be(squares, width, height, expected):
    grid = Grid.of(squares, width, height)
    assert (grid.depth, grid.columns) == expected
    assert grid.depth * grid.side == pytest.approx(height) and grid.depth * grid.columns >= squares


@pytest.mark.parametrize("width", [338, 520, 760, 1100])
def test_an_even_grid_is_a_full_rectangle(width):
    grid = Grid.of(100, width, 170, even=True)
    assert grid.depth * grid.columns == 100
