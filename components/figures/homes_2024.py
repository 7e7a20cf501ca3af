"""The homes promised for 2024, counted out in squares: what is to be handed over filled, what is to be begun as outlines."""

from functools import partial
from typing import TYPE_CHECKING

import pandas as pd

from components import numbers
from components.charts import units
from components.figures.figure import Brief, Definition, Figure
from components.figures.plotted import place_name, plot, spoken
from components.figures.standing import scope_notes
from components.theme import Look
from data.load import records
from data.select import statements

if TYPE_CHECKING:
    from altair import LayerChart

YEAR, PER = "2024", 500  # one square is so many homes, or so many households
# What is promised of each: only a home handed over has somebody to live in it.
STEPS = {
    "presold-homes-delivered": "delivered",
    "affordable-rental-homes-built": "built",
    "affordable-sale-homes-built": "built",
    "urban-village-renewal-started": "started",
    "old-estate-renewal-planned": "renewed",
}
DONE = ("delivered",)
PANELS = {"套": "homes", "万套": "homes", "户": "households", "万户": "households"}


def build(brief: Brief) -> Figure:
    """Draw each promise of the year in the panel of its unit; the finding counts those that promise a home handed over."""
    words, tables = brief.words, brief.tables
    rows = pd.concat([statements(tables, code, kind="goal").query("period == @YEAR") for code in STEPS])
    table = plot(
        rows, tables, words,
        panel=lambda row: words(f"homes-2024.{PANELS[row['unit']]}"),
        detail=lambda row: words(
            "homes-2024.row", place=place_name(row["place"], words), step=words(f"homes-2024.{STEPS[row['indicator']]}")
        ),
    )  # fmt: skip
    table["speaks"] = [STEPS[code] in DONE for code in rows["indicator"]]
    title = words.count(
        "homes-2024.title", int(table["speaks"].sum()), all=words.number_word(len(table)), year=YEAR,
        number=words.join(list(table.loc[table["speaks"], "text"])),
    )  # fmt: skip
    return brief.figure(
        title=title,
        subtitle=words("homes-2024.subtitle", n=numbers.amount(PER, "1", words)),
        alt=spoken(table, title, words),
        table=table,
        observations=tuple(rows["id"]),
        draw=partial(_draw, table),
        notes=(words("homes-2024.note"), *scope_notes(rows, words)),
    )


def _draw(table: pd.DataFrame, look: Look) -> "LayerChart":
    colour = pd.Series(look.context, index=table.index).mask(table["speaks"], look.accent)
    rows = table.assign(colour=colour)
    pieces = [[units.Piece(row["amount"] / PER, row["colour"], hollow=not row["speaks"])] for row in records(rows)]
    return units.draw(rows, look, pieces, strip=66)


DEFINITION = Definition("homes-2024", build)
