"""Words of several colours in lines: a year's total and its counts by place, measured and broken before they are drawn."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

import pandas as pd

from components import typeset
from components.charts.later import alt

YEARS, PITCH, NARROWEST = 46, 5.0, 338  # px for the years at the left, from dot to dot, the narrowest chart served
LINE, SPACE = 17, 9  # px of a line of words; between two of them
ALL = 10**4  # px: no limit to a line


@dataclass(frozen=True)
class Block:
    """A year's words: pieces (text, colour, size), set in lines no wider than `limit` px."""

    year: int
    dots: int
    pieces: tuple[tuple[str, str, float], ...]
    limit: float = NARROWEST - YEARS
    flush_right: bool = False

    def placed(self) -> list[tuple[float, int]]:
        """Return x and line of each piece, broken where the next would pass the limit."""
        spots, x, line = [], 0.0, 0
        for text, _, size in self.pieces:
            width = typeset.text_width(text, size, bold=True)
            if x and x + width > self.limit:
                x, line = 0.0, line + 1
            spots.append((x, line))
            x += width + SPACE
        return spots

    @property
    def width(self) -> float:
        """Return the px of its longest line."""
        pieces = zip(self.placed(), self.pieces, strict=True)
        return max(x + typeset.text_width(text, size, bold=True) for (x, _), (text, _, size) in pieces)

    @property
    def lines(self) -> int:
        """Count its lines."""
        return self.placed()[-1][1] + 1

    @property
    def needs(self) -> float:
        """Return the px from its first line to the end of its dots where the years run down."""
        return self.lines * LINE + ceil(self.dots / ((NARROWEST - YEARS) // PITCH)) * PITCH


def write(block: Block, x: str, y: str, shown: str) -> list[alt.Chart]:
    """Write a block's pieces; unseen words stand at the corner, for where they would fall they might ask for room."""
    spots = zip(block.pieces, block.placed(), strict=True)
    rows = pd.DataFrame(
        [{"text": text, "colour": colour, "size": size, "x": at, "line": line}
         for (text, colour, size), (at, line) in spots]
    )  # fmt: skip
    mark = alt.Chart(rows).mark_text(
        align="left", baseline="middle", fontWeight="bold", fontSize=alt.ExprRef(expr="datum.size"),
        opacity=alt.ExprRef(expr=f"{shown} ? 1 : 0"),
        x=alt.ExprRef(expr=f"{shown} ? {x} : 0"), y=alt.ExprRef(expr=f"{shown} ? {y} : {LINE}"),
    )  # fmt: skip
    return [mark.encode(text=alt.Text("text:N"), color=alt.Color("colour:N", scale=None, legend=None))]
