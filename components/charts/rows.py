"""The chart of rows: one line a row, its label at the left, its marks along one scale.

Plotted table in (see components/figures/plotted.py for its columns), Altair chart out. Every position is a Vega
expression on the signal `width`, so one drawing serves a phone, a page and a file: where there is room the labels
stand in a column at the left, else above their line.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from components import typeset
from components.charts import marks
from components.charts.later import alt, layered
from components.theme import LABEL, NARROW, SMALL, TINY, VALUE, Look
from data.load import Row, records

ROW, COMPACT_ROW = 46, 32  # px a row takes with its label above the line; with a short label beside it
STAGE_ROW = 40  # px a row takes on a stage, which is always wide enough for labels beside their lines
HEADING, LINE = 40, 1.3
DETAIL_GAP = 8  # px between a label and the detail behind it
GAP, NARROWEST = 22, 338  # px between labels and scale; the narrowest chart served
VALUE_LINE = 200  # px a value may take before it breaks into two lines
PHONE = 300  # px of text that fits above a line on the narrowest screen served
LABEL_COLUMN = 290  # px the column of labels may take on a wide chart
SHORT = 104  # px: labels this short stand beside their line on every screen
NEAR = 0.14  # a mark this near 0 may reach past it with its arrow or its band


ROW_KEY = ["panel", "label", "detail"]  # what makes a row; marks that share it stand on one line


@dataclass(frozen=True)
class Scale:
    """How amounts become positions: from 0 to the largest amount of the chart, or of each panel if not `shared`.

    `joined` ties the marks of a row to each other instead of to 0. The rows of the panels in `unscaled` have units of
    their own: they get no scale and no marks, only their numbers, bound and all, as a list. Where not `shared`,
    panels that `alike` gives the same number share a scale all the same.
    """

    shared: bool = True
    joined: bool = False
    unscaled: frozenset[str] = frozenset()
    alike: Mapping[str, int] = field(default_factory=dict)

    def of(self, panel: str) -> int | str:
        """Return what the panels that share a scale have in common."""
        return self.alike.get(panel, panel)


def by_width(wide: object, narrow: object) -> alt.ExprRef:
    """Choose between two Vega expressions by the width that the reader's screen turns out to have."""
    return alt.ExprRef(expr=f"width < {NARROW} ? {narrow} : {wide}")


def draw(table: pd.DataFrame, look: Look, scale: Scale | None = None) -> alt.LayerChart:
    """Draw a plotted table with its column `colour`; the chart leaves its width to the page or the file."""
    scale = scale or Scale()
    whole, table = table, telling(table, look.rows)
    table = table.assign(text=["\n".join(typeset.wrap(text, VALUE, VALUE_LINE, bold=True)) for text in table["text"]])
    rows = place_rows(table, STAGE_ROW if look.stage else ROW)
    placed = place_marks(table, rows, scale)
    margins = Margins.of(rows, placed)
    x = alt.X("position:Q", axis=None, scale=alt.Scale(domain=[0, 1], range=[margins.start, margins.end]))
    on_scale, guided = placed[placed["scaled"]], rows[~rows["panel"].isin(scale.unscaled)]
    layers = [
        *guides(guided, margins, look),
        *labels(rows, margins, look),
        *headings(rows[rows["heading"] != ""], look),
        *marks.connections(on_scale, x, look, scale.joined),
        *marks.layers(on_scale, x, look, below=_names_below(rows, placed, margins)),
        *marks.values(placed[~placed["scaled"]], x, look),
    ]
    return layered(layers, height=float(rows["bottom"].max()), usermeta=on_stage(whole, table, look))


def telling(table: pd.DataFrame, most: int | None) -> pd.DataFrame:
    """Keep at most so many rows of a plotted table, in their order: those of the finding first, then those that come first.

    The rows that the finding is measured against (`reference`) always stay.
    """
    keys = table[ROW_KEY].agg("\n".join, axis=1)
    if most is None or keys.nunique() <= most:
        return table
    none = pd.Series(False, index=table.index)
    reference, speaks = (table.get(name, none) for name in ("reference", "speaks"))
    kept = set(pd.concat([keys[reference], keys[speaks], keys[~speaks]]).drop_duplicates().head(most))
    return table[keys.isin(kept)]


def on_stage(whole: pd.DataFrame, drawn: pd.DataFrame, look: Look) -> Any:
    """Return what a stage must know of a chart: its marks can come in phases, and so many rows of its table are not drawn."""
    return {"phased": True, "left_out": len(whole) - len(drawn)} if look.stage else alt.Undefined


@dataclass(frozen=True)
class Margins:
    """Room, in px, for the labels and for the values beside the outermost marks."""

    labels: float
    left: float
    right: float

    @classmethod
    def of(cls, rows: pd.DataFrame, placed: pd.DataFrame) -> Margins:
        """Measure what the texts of a chart need."""
        at_left = placed["side"] == "left"
        labels = float(rows["wide_width"].max())
        near = placed["scaled"] & (placed["position"] < NEAR)
        arrows, bands = near & (placed["bound"] == "at_most"), near & (placed["bound"] == "about")
        beyond = [marks.ARROW - 8] * bool(arrows.any()) + [marks.BAND] * bool(bands.any())  # marks near 0 reach past it
        left = max([0.0, *_needed(placed[at_left]), *beyond]) + 8
        room = NARROW - labels - GAP - left  # the least that a wide chart leaves; a phone leaves more or less
        room = min(room, NARROWEST - left - (labels + GAP if labels <= SHORT else 0))
        return cls(labels, left, right=_right(placed[~at_left], room) + 4)

    @property
    def beside(self) -> bool:
        """Tell whether the labels are short enough to stand beside their line on every screen."""
        return self.labels <= SHORT

    @property
    def start(self) -> alt.ExprRef:
        """Left end of the scale."""
        wide = round(self.labels + GAP + self.left)
        return by_width(wide, wide if self.beside else round(self.left + 2))

    @property
    def end(self) -> alt.ExprRef:
        """Right end of the scale."""
        return alt.ExprRef(expr=f"width - {round(self.right)}")


def _needed(placed: pd.DataFrame) -> list[float]:
    """Return the px that each mark's value and name take from the mark's middle outward."""
    texts = zip(placed["text"], placed["gap"], placed["head"], strict=True)
    return [
        max(typeset.text_width(text, VALUE, bold=True) + gap, typeset.text_width(head, TINY, bold=True))
        for text, gap, head in texts
    ]


def _right(placed: pd.DataFrame, room: float) -> float:
    """Return the margin at the right end that lets every value end inside a chart with `room` px for its scale.

    A mark at position p of a scale `room - margin` px long must leave its text's width: p (room - margin) + width <=
    room. So a long text at a short mark costs nothing, and only texts near the end push the scale back.
    """
    positions = placed["text_position"].clip(lower=0.01)
    margins = [min(need, room - (room - need) / p) for need, p in zip(_needed(placed), positions, strict=True)]
    return max(0.0, *margins) if margins else 0.0


def _names_below(rows: pd.DataFrame, placed: pd.DataFrame, margins: Margins) -> bool:
    """Tell whether the names of marks must go below their line on a phone, as the row's label stands where they would be."""
    named = placed[placed["head"] != ""]
    if margins.beside or named.empty:
        return False
    first = rows[rows["y"] == named["y"].iloc[0]].iloc[0]
    label = typeset.text_width(first["label_narrow"].split("\n")[-1], LABEL)
    detail = first["detail_x"] + typeset.text_width(first["detail_lines"], SMALL)
    start, end = margins.left + 2, NARROWEST - margins.right
    left = named[named["side"] == "left"]
    names = [typeset.text_width(head, TINY, bold=True) for head in left["head"]]
    begins = [start + at * (end - start) - wide for at, wide in zip(left["position"], names, strict=True)]
    return bool(min([end, *begins]) < max(label, detail) + GAP)


def place_rows(table: pd.DataFrame, row: float = ROW) -> pd.DataFrame:
    """List a table's rows once, in order, with the y of their line and their labels broken for both layouts.

    `row`: px a row takes where its label does not stand beside it on every screen.
    """
    more_lines = table["text"].str.count("\n").groupby([table[name] for name in ROW_KEY], sort=False).max()
    rows = more_lines.rename("more_lines").reset_index()
    rows = rows.join(pd.DataFrame([_broken(row) for row in records(rows)]))
    new_panel = rows["panel"] != rows["panel"].shift()
    rows["heading"] = [
        "\n".join(typeset.wrap(text, SMALL, PHONE, bold=True)) for text in rows["panel"].where(new_panel, "")
    ]
    step = COMPACT_ROW if rows["wide_width"].max() <= SHORT and not rows["detail"].any() else row
    lines = rows["narrow_lines" if row == ROW else "wide_lines"] - 1
    heights = step + lines * LABEL * LINE + rows["more_lines"] * VALUE
    before = (rows["heading"] != "") * (HEADING + rows["heading"].str.count("\n") * SMALL * LINE)
    start = 14.0 if (table["head"] != "").any() else 0.0  # the first row's names stand above its marks
    rows["bottom"] = start + (before + heights).cumsum()
    rows["y"] = rows["bottom"] - step / 2 + (4 if step == row else 0) - rows["more_lines"] * VALUE
    rows["heading_y"] = rows["bottom"] - heights - 8 - rows["heading"].str.count("\n") * SMALL * LINE
    return rows


def _broken(row: Row) -> dict[str, object]:
    wide = typeset.wrap(row["label"], LABEL, LABEL_COLUMN)
    narrow = typeset.wrap(row["label"], LABEL, PHONE)
    detail = typeset.wrap(row["detail"], SMALL, LABEL_COLUMN)
    last, detail_width = typeset.text_width(narrow[-1], LABEL), typeset.text_width("\n".join(detail), SMALL)
    # Where the detail does not fit behind the label it follows below.
    own_line = len(detail) > 1 or last + DETAIL_GAP + detail_width > PHONE
    widths = [typeset.text_width(line, LABEL) for line in wide] + [detail_width]
    return {
        "label_wide": "\n".join(wide),
        "label_narrow": "\n".join(narrow),
        "wide_lines": len(wide),
        "narrow_lines": len(narrow) + own_line + len(detail) - 1,
        "detail_lines": "\n".join(detail),
        "detail_up": (len(detail) - 1) * SMALL * LINE,
        "wide_width": max(widths),
        "detail_x": 0 if own_line else last + DETAIL_GAP,
    }


def place_marks(table: pd.DataFrame, rows: pd.DataFrame, scale: Scale) -> pd.DataFrame:
    """Give every mark its position between 0 and 1, its row's y, and the side and distance of its value."""
    placed = table.merge(rows[[*ROW_KEY, "y"]], on=ROW_KEY)
    top = placed[["amount", "amount_high"]].max(axis=1)
    top = (
        pd.Series(top.max(), index=top.index)
        if scale.shared
        else top.groupby(placed["panel"].map(scale.of)).transform("max")
    )
    top = top.where(top > 0, 1)  # a promise of zero stands at zero
    placed["scaled"] = ~placed["panel"].isin(scale.unscaled)
    placed["position"] = (placed["amount"] / top).where(placed["scaled"], 0)
    placed["position_high"] = (placed["amount_high"] / top).where(placed["scaled"])
    placed["side"] = _sides(placed)
    stretched = placed["amount_high"].notna()
    gaps = [marks.gap(*mark) for mark in zip(placed["bound"], placed["side"], stretched, strict=True)]
    placed["gap"] = pd.Series(gaps, index=placed.index).where(placed["scaled"], 0.0)
    placed["text_position"] = placed["position_high"].fillna(placed["position"])
    return placed


def _sides(placed: pd.DataFrame) -> list[str]:
    """Of two marks in a row the lower has its value at the left, so that the two texts part."""
    ranks = placed.groupby("y")["amount"].rank(method="first")
    counts = placed.groupby("y")["amount"].transform("size")
    return ["left" if count > 1 and rank == 1 else "right" for rank, count in zip(ranks, counts, strict=True)]


def guides(rows: pd.DataFrame, margins: Margins, look: Look) -> list[alt.Chart]:
    """Draw the line that each row's marks stand on."""
    if rows.empty:
        return []
    return [alt.Chart(rows).mark_rule(color=look.rule, x=margins.start, x2=margins.end).encode(y=marks.y())]


def labels(rows: pd.DataFrame, margins: Margins, look: Look) -> list[alt.Chart]:
    """Write each row's label, and its detail in quiet below it, or behind it where the label stands above the line."""
    half = LABEL * LINE / 2
    wide_y = f"(datum.detail == '' ? 0 : -9) - (datum.wide_lines - 1) * {half} - datum.detail_up / 2"
    narrow_y = f"-18 - (datum.narrow_lines - 1) * {LABEL * LINE}"
    place = by_width(wide_y, wide_y if margins.beside else narrow_y)
    label = alt.Chart(rows).mark_text(
        align="left", baseline="middle", x=0, dy=place, fontSize=LABEL, color=look.ink, lineBreak="\n",
        lineHeight=LABEL * LINE, text=by_width("datum.label_wide", "datum.label_narrow"),
    )  # fmt: skip
    with_detail = rows[rows["detail"] != ""]
    if with_detail.empty:
        return [label.encode(y=marks.y())]
    below = f"9 + (datum.wide_lines - 1) * {half} - datum.detail_up / 2"
    detail = alt.Chart(with_detail).mark_text(
        align="left", baseline="middle", fontSize=SMALL, color=look.quiet, lineBreak="\n", lineHeight=SMALL * LINE,
        x=by_width(0, 0 if margins.beside else "datum.detail_x"),
        dy=by_width(below, below if margins.beside else "-18 - datum.detail_up"),
    )  # fmt: skip
    return [label.encode(y=marks.y()), detail.encode(y=marks.y(), text=alt.Text("detail_lines:N"))]


def headings(rows: pd.DataFrame, look: Look) -> list[alt.Chart]:
    """Write the headings of panels."""
    if rows.empty:
        return []
    heading = alt.Chart(rows).mark_text(
        align="left", baseline="bottom", x=0, fontSize=SMALL, fontWeight="bold", color=look.quiet,
        lineBreak="\n", lineHeight=SMALL * LINE,
    )  # fmt: skip
    return [heading.encode(y=alt.Y("heading_y:Q", scale=None, axis=None), text=alt.Text("heading:N"))]
