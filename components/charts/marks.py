"""The marks of the product, the same in every chart.

result = solid dot; goal = ring; at least = an open arrow to the right; at most = to the left; about = a soft band;
stretch = a ghost ring at the end of a dashed line, which then takes the arrow's place. Sizes are in px.
"""

from __future__ import annotations

from functools import partial

import pandas as pd

from components.charts.later import alt
from components.theme import NARROW, TINY, VALUE, Look

DOT, RING = 150, 130  # areas, as Vega counts points
ARROW = 30  # from the mark's middle to the arrow's tip
BAND = 13  # by which a band reaches further than its mark, as Vega reckons its round ends


def gap(bound: str, side: str, stretched: bool) -> float:
    """Return the px between a mark's middle and its value: an arrow on that side needs more."""
    if not stretched and (bound, side) in (("at_least", "right"), ("at_most", "left")):
        return ARROW + 12.0
    return 19.0 if bound == "about" else 14.0


def y() -> alt.Y:
    """Read a mark's y as px from the top: the rows are placed before they are drawn."""
    return alt.Y("y:Q", scale=None, axis=None)


def _colour() -> alt.Color:
    return alt.Color("colour:N", scale=None, legend=None)


def _stroke() -> alt.Stroke:
    return alt.Stroke("colour:N", scale=None, legend=None)


def at(x: alt.X, field: str) -> alt.X:
    """Read the same scale from another field."""
    moved = x.copy()
    moved.shorthand = f"{field}:Q"
    return moved


def connections(placed: pd.DataFrame, x: alt.X, look: Look, joined: bool) -> list[alt.Chart]:
    """Draw the line from 0 to each mark, or between the marks of one row."""
    if placed.empty:
        return []
    if not joined:
        line = alt.Chart(placed.assign(zero=0)).mark_rule(strokeWidth=3, opacity=0.5)
        return [line.encode(x=x, x2=alt.X2("zero:Q"), y=y(), color=_colour())]
    ends = placed.groupby("y", as_index=False).agg(position=("position", "min"), other=("position", "max"))
    between = alt.Chart(ends[ends["position"] < ends["other"]])
    return [between.mark_rule(strokeWidth=4, color=look.quiet, opacity=0.5).encode(x=x, x2=alt.X2("other:Q"), y=y())]


def layers(placed: pd.DataFrame, x: alt.X, look: Look, below: bool) -> list[alt.Chart]:
    """Draw every mark with its bound, its stretch, its value and, in the first row, its name.

    `below`: on a phone the row's label stands above the line and takes the names' room, so they must go below it.
    """
    stretched = placed["amount_high"].notna()
    goals = placed["kind"].isin(["goal", "standard"])
    return [
        *_bands(placed[placed["bound"] == "about"], x),
        *_arrows(placed[(placed["bound"] == "at_least") & ~stretched], x, +1),
        *_arrows(placed[placed["bound"] == "at_most"], x, -1),
        *_stretches(placed[stretched], x, look),
        *_dots(placed[~goals], x),
        *_rings(placed[goals], x, look),
        *values(placed, x, look),
        *_names(placed[placed["head"] != ""], x, below),
    ]


def _dots(rows: pd.DataFrame, x: alt.X) -> list[alt.Chart]:
    if rows.empty:
        return []
    dots = alt.Chart(rows).mark_point(filled=True, shape="circle", size=DOT, opacity=1)
    return [dots.encode(x=x, y=y(), color=_colour(), tooltip=_tip())]


def _rings(rows: pd.DataFrame, x: alt.X, look: Look) -> list[alt.Chart]:
    if rows.empty:
        return []
    rings = alt.Chart(rows).mark_point(shape="circle", size=RING, strokeWidth=3, fill=look.paper, opacity=1)
    return [rings.encode(x=x, y=y(), stroke=_stroke(), tooltip=_tip())]


def _tip() -> alt.Tooltip:
    return alt.Tooltip("tip:N", title=" ")


def _bands(rows: pd.DataFrame, x: alt.X) -> list[alt.Chart]:
    if rows.empty:
        return []
    band = alt.Chart(rows).mark_rule(strokeWidth=22, strokeCap="round", opacity=0.22, xOffset=-5, x2Offset=5)
    return [band.encode(x=x, x2=alt.X2("position:Q"), y=y(), color=_colour())]


def _arrows(rows: pd.DataFrame, x: alt.X, direction: int) -> list[alt.Chart]:
    if rows.empty:
        return []
    shaft = alt.Chart(rows).mark_rule(strokeWidth=2.5, xOffset=direction * 7, x2Offset=direction * (ARROW - 4))
    head = alt.Chart(rows).mark_point(
        shape="triangle-right" if direction > 0 else "triangle-left",
        filled=True, size=75, opacity=1, xOffset=direction * (ARROW - 2),
    )  # fmt: skip
    return [
        shaft.encode(x=x, x2=alt.X2("position:Q"), y=y(), color=_colour()),
        head.encode(x=x, y=y(), color=_colour()),
    ]


def _stretches(rows: pd.DataFrame, x: alt.X, look: Look) -> list[alt.Chart]:
    if rows.empty:
        return []
    line = alt.Chart(rows).mark_rule(strokeWidth=1.5, strokeDash=[3, 3], opacity=0.8)
    ghost = alt.Chart(rows).mark_point(
        shape="circle", size=RING, strokeWidth=1.8, strokeDash=[3, 2], fill=look.paper, opacity=0.9
    )
    return [
        line.encode(x=x, x2=alt.X2("position_high:Q"), y=y(), color=_colour()),
        ghost.encode(x=at(x, "position_high"), y=y(), stroke=_stroke()),
    ]


def values(placed: pd.DataFrame, x: alt.X, look: Look) -> list[alt.Chart]:
    """Write the values, each on a halo of paper that keeps the guide line out of the text."""
    drawn = []
    for side, sign in (("right", 1), ("left", -1)):
        rows = placed[placed["side"] == side]
        if rows.empty:
            continue
        base = alt.Chart(rows).encode(x=at(x, "text_position"), y=y(), text=alt.Text("text:N"))
        text = partial(
            base.mark_text, align="left" if sign > 0 else "right", baseline="middle", fontSize=VALUE,
            fontWeight="bold", lineBreak="\n", lineHeight=VALUE * 1.2, dx=alt.ExprRef(expr=f"{sign} * datum.gap"),
        )  # fmt: skip
        halo = text(stroke=look.paper, strokeWidth=5, strokeJoin="round", color=look.paper)
        drawn += [halo, text().encode(color=_colour())]
    return drawn


def _names(rows: pd.DataFrame, x: alt.X, below: bool) -> list[alt.Chart]:
    """Name the marks on the first row: this takes the place of a legend."""
    if rows.empty:
        return []
    down = f"width < {NARROW} ? 25 : -12" if below else "-12"
    text = alt.Chart(rows).mark_text(
        fontSize=TINY, fontWeight="bold", baseline="bottom", dy=alt.ExprRef(expr=down),
        align=alt.ExprRef(expr="datum.side == 'left' ? 'right' : 'left'"),
        dx=alt.ExprRef(expr="datum.side == 'left' ? 2 : -2"),  # so near two names never meet
    )  # fmt: skip
    return [text.encode(x=x, y=y(), text=alt.Text("head:N"), color=_colour())]
