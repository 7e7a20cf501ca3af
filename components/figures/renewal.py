"""Started is not finished: three years of Guiyang's housing renewal, counted out household by household in squares."""

from functools import partial
from typing import TYPE_CHECKING

import pandas as pd

from components import numbers
from components.charts import units
from components.figures.figure import Brief, Definition, Figure
from components.figures.plotted import plot, spoken
from components.theme import Look
from data.select import statements

if TYPE_CHECKING:
    from altair import LayerChart

PLACE, PER = "guiyang", 1000  # one square is so many households
# Each kind of renewal: begun, then done.
KINDS = (
    ("shantytown-renewal-started", "shantytown-renewal-completed"),
    ("old-estate-renewal-started", "old-estate-renewal-completed"),
)


def build(brief: Brief) -> Figure:
    """Draw what was begun as outlines and what was finished as filled squares, a panel for each kind of renewal."""
    words, tables = brief.words, brief.tables
    steps = {code: (kind[0], step) for kind in KINDS for code, step in zip(kind, ("started", "done"), strict=True)}
    rows = pd.concat([statements(tables, code, place=PLACE, kind="result") for code in steps])
    table = plot(
        rows, tables, words,
        panel=lambda row: words(f"renewal.{steps[row['indicator']][0]}"),
        label=lambda row: words(f"renewal.{steps[row['indicator']][1]}"),
    )  # fmt: skip
    table["speaks"] = [steps[code][1] == "done" for code in rows["indicator"]]
    done = table.loc[table["speaks"], "text"]
    title = words("renewal.title", first=done.iloc[0], second=done.iloc[-1])
    return brief.figure(
        title=title,
        subtitle=words("renewal.subtitle", n=numbers.amount(PER, "户", words)),
        alt=spoken(table, title, words),
        table=table,
        observations=tuple(rows["id"]),
        draw=partial(_draw, table),
        notes=(words("renewal.note"),),
    )


def _draw(table: pd.DataFrame, look: Look) -> "LayerChart":
    colour = look.place(PLACE)
    pieces = [
        [units.Piece(amount / PER, colour, hollow=not done)]
        for amount, done in zip(table["amount"], table["speaks"], strict=True)
    ]
    return units.draw(table.assign(colour=colour), look, pieces)


DEFINITION = Definition("renewal", build)
