"""The slope chart: two poles, a year each, and a line from what was reached to what is asked for.

Plotted table in (components/figures/plotted.py) with two rows a `line`, a result and a goal; Altair chart out. Labels are
moved apart by computed positions, and a thin leader leads back to the mark where one had to move.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

import pandas as pd

from components import typeset
from components.charts import marks
from components.charts.later import alt, layered
from components.charts.rows import NARROWEST, by_width
from components.theme import LABEL, NARROW, TINY, VALUE, Look
from data.load import records

TOP, SPAN, BOTTOM = 44.0, 400.0, 24.0  # px above, along and below the poles
GAP, INNER = 22, 8  # px between pole and value; between value and name
NAME_WIDE = 290  # px a name may take on a wide chart
NEAREST, FARTHEST = 84, 640  # px that the poles are apart, at least and at most
LEADING = 1.25
APART = 5.0  # px between two labels
ARROW = 21.0  # px from a mark's middle to the tip of its arrow
LAYOUTS = ("wide", "narrow")
KEPT = 62  # area of the marks of a line that is not the finding


def dodge(wanted: Sequence[float], heights: Sequence[float], low: float, high: float) -> list[float]:
    """Move labels apart: return the middles nearest to those wanted at which no two overlap, within low and high.

    Order is kept. Labels that would overlap form a block around the mean of what they want.
    """
    blocks: list[tuple[list[int], float]] = []  # who stands in it, and its top
    for number in sorted(range(len(wanted)), key=lambda n: wanted[n]):
        members = [number]
        top = _top(members, wanted, heights, low, high)
        while blocks and blocks[-1][1] + _height(blocks[-1][0], heights) + APART > top:
            members = blocks.pop()[0] + members
            top = _top(members, wanted, heights, low, high)
        blocks.append((members, top))
    middles = [0.0] * len(wanted)
    for members, top in blocks:
        for number in members:
            middles[number] = top + heights[number] / 2
            top += heights[number] + APART
    return middles


def _height(members: list[int], heights: Sequence[float]) -> float:
    return sum(heights[number] for number in members) + APART * (len(members) - 1)


def _top(members: list[int], wanted: Sequence[float], heights: Sequence[float], low: float, high: float) -> float:
    """Return the top of a block whose members stand, on the mean, where they want to."""
    before, pull = 0.0, 0.0
    for number in members:
        pull += wanted[number] - (before + heights[number] / 2)
        before += heights[number] + APART
    return max(low, min(pull / len(members), high - _height(members, heights)))


def draw(table: pd.DataFrame, look: Look, dashed: frozenset[str] = frozenset()) -> alt.LayerChart:
    """Draw a plotted table with its columns `colour`, `line` and `speaks`; lines in `dashed` join what is only similar."""
    placed = _heights(table)
    left, right = placed[placed["kind"] == "result"], placed[placed["kind"] != "result"]
    values = {"left": _widest(left["text"]), "right": _widest(right["text"])}
    start = ceil(values["left"]) + GAP + 4
    narrow = NARROWEST - NEAREST - start - GAP  # on a phone a name stands below its value
    names = pd.DataFrame({"wide": [_wrap(label, NAME_WIDE) for label in right["label"]],
                          "narrow": [_wrap(label, narrow) for label in right["label"]]}, index=right.index)  # fmt: skip
    indent = {"wide": values["right"] + INNER, "narrow": 0.0}
    room = {
        layout: GAP + max(indent[layout] + _widest(names[layout], bold=False), values["right"]) for layout in LAYOUTS
    }
    left = left.assign(label_wide=(at := _apart(left["y"], [VALUE * LEADING] * len(left))), label_narrow=at)
    right = right.assign(
        label_wide=_apart(right["y"], [_lines(text) for text in names["wide"]]),
        label_narrow=_apart(right["y"], [_lines(text) + VALUE * LEADING for text in names["narrow"]]),
        **{f"name_{layout}": names[layout] for layout in LAYOUTS},
    )
    right["label_narrow"] -= [_lines(text) / 2 for text in names["narrow"]]
    end = by_width(
        f"min(width - {round(room['wide'] + 4)}, {start + FARTHEST})", f"width - {round(room['narrow'] + 2)}"
    )
    x = alt.X("pole:Q", axis=None, scale=alt.Scale(domain=[0, 1], range=[start, end]))
    layers = [
        *_poles(x, table, look),
        *_lines_between(left, right, x, dashed),
        *_marks(left, x, look),
        *_marks(right, x, look),
        *_side(left, x, look, -1),
        *_side(right, x, look, +1),
        _names(right, x, indent["wide"], look),
    ]
    return layered(layers, height=TOP + SPAN + BOTTOM)


def _heights(table: pd.DataFrame) -> pd.DataFrame:
    """Give every mark its pole and its y: the largest share at the top of the poles, the smallest at their foot."""
    high, low = table["amount"].max(), table["amount"].min()
    y = TOP + (high - table["amount"]) / ((high - low) or 1) * SPAN
    return table.assign(pole=table["kind"].ne("result").astype(int), y=y)


def _widest(texts: Sequence[str] | pd.Series[str], bold: bool = True) -> float:
    return max(typeset.text_width(text, VALUE if bold else LABEL, bold) for text in texts)


def _wrap(text: str, room: float) -> str:
    return "\n".join(typeset.wrap(text, LABEL, room))


def _lines(text: str) -> float:
    return (text.count("\n") + 1) * LABEL * LEADING


def _apart(wanted: pd.Series[float], heights: Sequence[float]) -> list[float]:
    return dodge(list(wanted), heights, TOP - 12, TOP + SPAN + BOTTOM)


def _poles(x: alt.X, table: pd.DataFrame, look: Look) -> list[alt.Chart]:
    """Draw the two poles with the year and kind of number that each stands for."""
    heads = {row["kind"]: row["head"] for row in records(table[table["head"] != ""])}
    rows = pd.DataFrame(
        {"pole": [0, 1], "head": [heads["result"], heads["goal"]], "top": TOP - 14, "y": TOP + SPAN + 14}
    )
    pole = alt.Chart(rows).mark_rule(color=look.rule, strokeWidth=1.5)
    head = alt.Chart(rows).mark_text(
        fontSize=TINY, fontWeight="bold", color=look.quiet, y=12,
        align=alt.ExprRef(expr="datum.pole == 0 ? 'right' : 'left'"),
        dx=alt.ExprRef(expr="datum.pole == 0 ? 10 : -10"),
    )  # fmt: skip
    return [pole.encode(x=x, y=marks.y(), y2=alt.Y2("top:Q")), head.encode(x=x, text=alt.Text("head:N"))]


def _lines_between(left: pd.DataFrame, right: pd.DataFrame, x: alt.X, dashed: frozenset[str]) -> list[alt.Chart]:
    """Join each result with its goal; what speaks lies on top."""
    pairs = right.merge(left[["line", "y", "pole"]], on="line", suffixes=("", "_left"))
    drawn = []
    for loud, broken in ((False, False), (False, True), (True, False), (True, True)):
        rows = pairs[(pairs["speaks"] == loud) & (pairs["line"].isin(dashed) == broken)]
        if len(rows):
            rule = alt.Chart(rows).mark_rule(
                strokeWidth=3 if loud else 2, opacity=0.9 if loud else 0.6, strokeDash=[5, 4] if broken else [1, 0]
            )
            drawn.append(
                rule.encode(x=x, x2=alt.X2("pole_left:Q"), y=marks.y(), y2=alt.Y2("y_left:Q"), color=_colour())
            )
    return drawn


def _colour() -> alt.Color:
    return alt.Color("colour:N", scale=None, legend=None)


def _marks(rows: pd.DataFrame, x: alt.X, look: Look) -> list[alt.Chart]:
    """Draw results as dots and goals as rings, what speaks larger and on top, with their bounds."""
    drawn = [layer for bound, up in (("at_least", 1), ("at_most", -1)) for layer in _arrows(rows, x, bound, up)]
    about = rows[rows["bound"] == "about"]
    if len(about):
        band = alt.Chart(about).mark_point(shape="circle", filled=True, size=620, opacity=0.22)
        drawn.append(band.encode(x=x, y=marks.y(), color=_colour()))
    tip = alt.Tooltip("tip:N", title=" ")
    for loud in (False, True):
        shown = rows[rows["speaks"] == loud]
        dots, rings = shown[shown["kind"] == "result"], shown[shown["kind"] != "result"]
        if len(dots):
            dot = alt.Chart(dots).mark_point(filled=True, shape="circle", size=marks.DOT if loud else KEPT, opacity=1)
            drawn.append(dot.encode(x=x, y=marks.y(), color=_colour(), tooltip=tip))
        if len(rings):
            ring = alt.Chart(rings).mark_point(
                shape="circle", size=marks.RING if loud else KEPT, strokeWidth=3 if loud else 2, fill=look.paper,
                opacity=1,
            )  # fmt: skip
            stroke = alt.Stroke("colour:N", scale=None, legend=None)
            drawn.append(ring.encode(x=x, y=marks.y(), stroke=stroke, tooltip=tip))
    return drawn


def _arrows(rows: pd.DataFrame, x: alt.X, bound: str, up: int) -> list[alt.Chart]:
    rows = rows[rows["bound"] == bound]
    if rows.empty:
        return []
    base = alt.Chart(rows.assign(tip_y=rows["y"] - up * (ARROW - 4), head_y=rows["y"] - up * (ARROW - 2)))
    shaft = base.mark_rule(strokeWidth=2)
    head = base.mark_point(shape="triangle-up" if up > 0 else "triangle-down", filled=True, size=60, opacity=1)
    return [
        shaft.encode(x=x, y=marks.y(), y2=alt.Y2("tip_y:Q"), color=_colour()),
        head.encode(x=x, y=alt.Y("head_y:Q", scale=None, axis=None), color=_colour()),
    ]


def _moved(rows: pd.DataFrame) -> alt.Chart:
    """Give each label its y for the width that the reader's screen turns out to have."""
    chart: alt.Chart = alt.Chart(rows).transform_calculate(
        label_y=f"width < {NARROW} ? datum.label_narrow : datum.label_wide"
    )
    return chart


def _side(rows: pd.DataFrame, x: alt.X, look: Look, side: int) -> list[alt.Chart]:
    """Write the values of one pole, each led back to its mark by a thin line."""
    leader = _moved(rows.assign(other=rows["pole"])).mark_rule(
        strokeWidth=1, opacity=0.7, color=look.quiet, xOffset=side * 9, x2Offset=side * (GAP - 4)
    )
    text = _moved(rows).mark_text(
        align="right" if side < 0 else "left", baseline="middle", fontSize=VALUE, fontWeight="bold", dx=side * GAP
    )
    label_y = alt.Y("label_y:Q", scale=None, axis=None)
    return [
        leader.encode(x=x, x2=alt.X2("other:Q"), y=marks.y(), y2=alt.Y2("label_y:Q")),
        text.encode(x=x, y=label_y, text=alt.Text("text:N"), color=_colour()),
    ]


def _names(rows: pd.DataFrame, x: alt.X, indent: float, look: Look) -> alt.Chart:
    """Name each line behind its goal's value; on a phone below it."""
    rows = rows.assign(
        ink=rows["colour"].where(rows["speaks"], look.ink),
        rise=-rows["name_wide"].str.count("\n") * LABEL * LEADING / 2,
    )
    names: alt.Chart = _moved(rows).mark_text(
        align="left", baseline="middle", fontSize=LABEL, lineBreak="\n", lineHeight=LABEL * LEADING,
        dx=by_width(round(GAP + indent), GAP), dy=by_width("datum.rise", VALUE * LEADING),
        text=by_width("datum.name_wide", "datum.name_narrow"),
    )  # fmt: skip
    colour = alt.Color("ink:N", scale=None, legend=None)
    names = names.encode(x=x, y=alt.Y("label_y:Q", scale=None, axis=None), color=colour)
    return names
