"""Documents as strips: a cell a paragraph, as dark as the paragraph states much, the fullest one labelled.

In: a plotted table (label = the document, nth = the paragraph's number, value, shade from 0 to 1, speaks = it is part of
the finding, note = the label of the fullest, colour). Out: an Altair chart. All paragraphs are equally wide, so a strip is
as long as its document.
"""

from __future__ import annotations

import pandas as pd

from components import typeset
from components.charts.later import alt, layered
from components.theme import LABEL, SMALL, Look

STRIP, TITLE_UP, NOTE_DOWN, GAP = (
    30,
    10,
    12,
    26,
)  # px of a strip's height; from it to its title and its note; between two
TITLE_LINE = LABEL * 1.3
PALEST = 0.16  # opacity of a paragraph that states one thing
NARROWEST = 334  # px a title may take on the narrowest chart


def draw(table: pd.DataFrame, look: Look) -> alt.LayerChart:
    """Draw the strips one below the other, in the order in which the documents come in `label`."""
    labels = list(dict.fromkeys(table["label"]))
    titles = {label: typeset.wrap(label, LABEL, NARROWEST) for label in labels}
    tops, top = {}, 0.0
    for label in labels:
        top += len(titles[label]) * TITLE_LINE + TITLE_UP
        tops[label] = top
        top += STRIP + NOTE_DOWN + GAP
    cells = table.assign(top=table["label"].map(tops), start=table["nth"] - 0.96, end=table["nth"] - 0.04)
    cells = cells.assign(base=cells["top"] + STRIP, opacity=PALEST + (1 - PALEST) * cells["shade"])
    x = alt.X(
        "start:Q",
        axis=None,
        scale=alt.Scale(domain=[0, int(table["nth"].max())], range=[0, alt.ExprRef(expr="width - 2")]),
    )
    layers = [
        *_titles(labels, titles, tops, look),
        *_cells(cells, x, look),
        *_marked(cells[cells["speaks"]], x, look),
        *_notes(cells[cells["note"] != ""], x, look, int(table["nth"].max())),
    ]
    return layered(layers, height=top - GAP + 6)


def _titles(labels: list[str], titles: dict[str, list[str]], tops: dict[str, float], look: Look) -> list[alt.Chart]:
    rows = pd.DataFrame(
        {
            "text": ["\n".join(titles[label]) for label in labels],
            "y": [tops[label] - TITLE_UP - (len(titles[label]) - 0.5) * TITLE_LINE + 4 for label in labels],
        }
    )
    text = alt.Chart(rows).mark_text(
        align="left", baseline="middle", x=0, fontSize=LABEL, color=look.ink, lineBreak="\n", lineHeight=TITLE_LINE
    )
    return [text.encode(y=_px("y"), text=alt.Text("text:N"))]


def _cells(cells: pd.DataFrame, x: alt.X, look: Look) -> list[alt.Chart]:
    """Draw every paragraph: pale land where it states nothing, else the place's colour."""
    tip = alt.Tooltip("tip:N", title=" ")
    empty = alt.Chart(cells[cells["value"] == 0]).mark_rect(color=look.land)
    full = alt.Chart(cells[cells["value"] > 0]).mark_rect()
    colour = alt.Color("colour:N", scale=None, legend=None)
    opacity = alt.Opacity("opacity:Q", scale=None, legend=None)
    return [
        empty.encode(x=x, x2=alt.X2("end:Q"), y=_px("top"), y2=alt.Y2("base:Q"), tooltip=tip),
        full.encode(
            x=x, x2=alt.X2("end:Q"), y=_px("top"), y2=alt.Y2("base:Q"), color=colour, opacity=opacity, tooltip=tip
        ),
    ]


def _marked(cells: pd.DataFrame, x: alt.X, look: Look) -> list[alt.Chart]:
    """Put a line over the paragraphs of the finding."""
    line = alt.Chart(cells.assign(above=cells["top"] - 6, under=cells["top"] - 2)).mark_rect(color=look.accent)
    return [line.encode(x=x, x2=alt.X2("end:Q"), y=_px("above"), y2=alt.Y2("under:Q"))]


def _notes(rows: pd.DataFrame, x: alt.X, look: Look, last: int) -> list[alt.Chart]:
    """Point at the fullest paragraph of each document from below; words run towards the side with more room."""
    drawn = []
    for leftwards, part in ((False, rows[rows["nth"] <= last / 2]), (True, rows[rows["nth"] > last / 2])):
        if part.empty:
            continue
        part = part.assign(middle=part["nth"] - 0.5, foot=part["base"] + 5, note_y=part["base"] + NOTE_DOWN + 1)
        middle = x.copy()
        middle.shorthand = "middle:Q"
        tick = alt.Chart(part).mark_rule(color=look.ink, strokeWidth=1.2)
        text = alt.Chart(part).mark_text(
            align="right" if leftwards else "left", baseline="middle", fontSize=SMALL, fontWeight="bold",
            color=look.ink, dx=3 if leftwards else -3,
        )  # fmt: skip
        drawn += [
            tick.encode(x=middle, y=_px("base"), y2=alt.Y2("foot:Q")),
            text.encode(x=middle, y=_px("note_y"), text=alt.Text("note:N")),
        ]
    return drawn


def _px(field: str) -> alt.Y:
    return alt.Y(f"{field}:Q", scale=None, axis=None)
