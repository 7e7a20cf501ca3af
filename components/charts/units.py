"""The unit chart: an amount as so many squares, each standing for the same, so that it can be counted.

Plotted table in (components/figures/plotted.py), and for each row the pieces its squares are made of; Altair chart out.
Squares fill column by column, so that a longer block is a larger amount; what remains is a narrower square. How many
stand above each other and how large they are follows the width of the screen; the height does not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

import pandas as pd

from components import typeset
from components.charts.later import alt, layered
from components.charts.rows import HEADING, NARROWEST, PHONE
from components.theme import LABEL, NARROW, SMALL, VALUE, Look
from data.load import Row, records

LINE = 1.35
BESIDE = 10  # px between a label and its value
STRIP, STAGE_STRIP = 84.0, 46.0  # px a block of squares may be high; on a stage, where type is large and height short
AFTER = 22.0  # px below a block
STEPS = (NARROWEST, 430, NARROW, 680, 860, 1100, 1400)  # px: a layout is made for each and serves up to the next


@dataclass(frozen=True)
class Piece:
    """A run of squares: how many (not always whole), their colour, and whether they are only outlines."""

    squares: float
    colour: str
    hollow: bool = False


@dataclass(frozen=True)
class Grid:
    """How many squares stand above each other, how many such columns the longest block takes, and the largest side."""

    depth: int
    columns: int
    side: float

    @classmethod
    def of(cls, squares: float, width: float, height: float, even: bool = False) -> Grid:
        """Choose the depth that makes the squares largest in the room there is; `even`: one that fills every column."""
        whole = ceil(squares)
        depths = [depth for depth in range(1, whole + 1) if not even or whole % depth == 0]
        grids = [cls(depth, ceil(whole / depth), height / depth) for depth in depths]
        return max(grids, key=lambda grid: min(grid.side, width / grid.columns))


def draw(
    table: pd.DataFrame,
    look: Look,
    pieces: Sequence[Sequence[Piece]],
    strip: float = STRIP,
    even: bool = False,
) -> alt.LayerChart:
    """Draw a plotted table with its column `colour`; `pieces` stand in the order of its rows, `strip` px high.

    `even` keeps the squares a full rectangle, where the longest block allows it.
    """
    strip = min(strip, STAGE_STRIP) if look.stage and len(table) > 2 else strip
    blocks = place_blocks(table, strip)
    runs = _runs(blocks, pieces)
    longest = float(runs.groupby("block")["end"].max().max())
    grids = [Grid.of(longest, width, strip, even) for width in STEPS]
    squares = _squares(runs, grids)
    layers = [
        *(_rects(squares, runs, hollow, look) for hollow in (False, True) if (runs["hollow"] == hollow).any()),
        *_texts(blocks, look),
    ]
    return layered(layers, height=float(blocks["bottom"].max()) - AFTER / 2)


def place_blocks(table: pd.DataFrame, strip: float) -> pd.DataFrame:
    """Give every row its heading, label, value and detail above its block, each with its y, and the block's own y."""
    new_panel = table["panel"] != table["panel"].shift()
    placed, y = [], 0.0
    for row, first in zip(records(table), new_panel, strict=True):
        heading = "\n".join(typeset.wrap(row["panel"], SMALL, PHONE, bold=True)) if first and row["panel"] else ""
        y += HEADING - 14 + heading.count("\n") * SMALL * LINE if heading else 0.0
        placed.append(
            {**_block(row, y), "heading": heading, "heading_y": y - 8, "colour": row["colour"], "tip": row["tip"]}
        )
        placed[-1]["bottom"] = y = placed[-1]["y"] + strip + AFTER
    return pd.DataFrame(placed)


def _block(row: Row, top: float) -> Row:
    """Write label and value in one line where a phone has room for both, else below each other; then the detail."""
    label, detail = (typeset.wrap(row[name], size, PHONE) for name, size in (("label", LABEL), ("detail", SMALL)))
    beside = typeset.text_width(label[-1], LABEL) + BESIDE
    fits = beside + typeset.text_width(row["text"], VALUE, bold=True) <= PHONE
    value_line = len(label) - 1 if fits else len(label)
    detail_y = top + (value_line + 1) * LABEL * LINE
    return {
        "label": "\n".join(label), "label_y": top, "text": row["text"], "value_x": beside if fits else 0,
        "value_y": top + value_line * LABEL * LINE, "detail": "\n".join(detail), "detail_y": detail_y,
        "y": detail_y + (len(detail) * SMALL * LINE if row["detail"] else 0) + 5,
    }  # fmt: skip


def _runs(blocks: pd.DataFrame, pieces: Sequence[Sequence[Piece]]) -> pd.DataFrame:
    """List the runs of squares of every block, each from where the one before it ends."""
    found = []
    for (number, block), parts in zip(enumerate(records(blocks)), pieces, strict=True):
        start = 0.0
        for part in parts:
            end = float(f"{start + part.squares:.12g}")
            found.append({"block": number, "top": block["y"], "start": start, "end": end, "colour": part.colour,
                          "hollow": part.hollow, "tip": block["tip"]})  # fmt: skip
            start = end
    return pd.DataFrame(found)


def _by_step(values: Sequence[object]) -> str:
    """Write a Vega expression that chooses among the layouts' values by the width of the screen."""
    narrower = [f"width < {limit} ? {value} : " for limit, value in zip(STEPS[1:], values, strict=False)]
    return "".join(narrower) + str(values[-1])


def _squares(runs: pd.DataFrame, grids: Sequence[Grid]) -> alt.Chart:
    """Let the drawing itself unfold runs into squares: the file carries a row for each run, not for each square."""
    side = _by_step([f"min({grid.side}, width / {grid.columns})" for grid in grids])
    squares: alt.Chart = (
        alt.Chart(runs)
        .transform_calculate(number="sequence(floor(datum.start), ceil(datum.end))")
        .transform_flatten(["number"])
        .transform_calculate(depth=_by_step([grid.depth for grid in grids]), side=side)
        .transform_calculate(gap="max(1, datum.side * 0.14)")
        .transform_calculate(ink="datum.side - datum.gap", inset="datum.hollow ? 1.4 : 0")  # a stroke reaches outward
        .transform_calculate(
            left="floor(datum.number / datum.depth) * datum.side",
            top_edge="datum.top + datum.number % datum.depth * datum.side",
        )
        .transform_calculate(
            x="datum.left + max(datum.start - datum.number, 0) * datum.ink + datum.inset",
            x2="datum.left + min(datum.end - datum.number, 1) * datum.ink - datum.inset",
            y="datum.top_edge + datum.inset",
            y2="datum.top_edge + datum.ink - datum.inset",
        )
    )
    return squares


def _rects(squares: alt.Chart, runs: pd.DataFrame, hollow: bool, look: Look) -> alt.Chart:
    colour = alt.Color("colour:N", scale=None, legend=None)
    stroke = alt.Stroke("colour:N", scale=None, legend=None)
    shown = squares.copy()
    shown.data = runs[runs["hollow"] == hollow]
    rect = shown.mark_rect(fill=look.paper, strokeWidth=1.3) if hollow else shown.mark_rect()
    rects: alt.Chart = rect.encode(
        x=alt.X("x:Q", scale=None, axis=None), x2="x2:Q", y=alt.Y("y:Q", scale=None, axis=None), y2="y2:Q",
        tooltip=alt.Tooltip("tip:N", title=" "), **({"stroke": stroke} if hollow else {"color": colour}),
    )  # fmt: skip
    return rects


def _texts(blocks: pd.DataFrame, look: Look) -> list[alt.Chart]:
    """Write headings, labels, values in their colour, and details in quiet."""
    written = []
    for name, size, bold, colour in (
        ("heading", SMALL, True, look.quiet), ("label", LABEL, False, look.ink), ("detail", SMALL, False, look.quiet)
    ):  # fmt: skip
        rows = blocks[blocks[name] != ""]
        if len(rows):
            text = alt.Chart(rows).mark_text(
                align="left", baseline="bottom" if name == "heading" else "top", x=0, fontSize=size,
                fontWeight="bold" if bold else "normal", color=colour, lineBreak="\n", lineHeight=size * LINE,
            )  # fmt: skip
            written.append(text.encode(y=alt.Y(f"{name}_y:Q", scale=None, axis=None), text=f"{name}:N"))
    value = alt.Chart(blocks).mark_text(align="left", baseline="top", fontSize=VALUE, fontWeight="bold")
    return [
        *written,
        value.encode(
            x=alt.X("value_x:Q", scale=None, axis=None), y=alt.Y("value_y:Q", scale=None, axis=None), text=alt.Text("text:N"),
            color=alt.Color("colour:N", scale=None, legend=None),
        ),
    ]  # fmt: skip
