"""What Guiyang says it built in three years: totals of 2021 to 2023 in squares, never as a year's number."""

from functools import partial
from typing import TYPE_CHECKING

from components import numbers
from components.charts import units
from components.charts.units import Piece
from components.figures.figure import Brief, Definition, Figure
from components.figures.plotted import plot, spoken
from components.theme import Look
from data.load import records
from data.select import statements

if TYPE_CHECKING:
    import pandas as pd
    from altair import LayerChart

PLACE, SPAN, STRIP = "guiyang", "2021/2023", 66
# One square of each is so many: unlike things share no scale, so each has squares of its own worth.
PER = {
    "living-circles-built": 1,
    "produce-markets-built": 1,
    "back-lanes-renewed": 10,
    "public-parking-new": 1000,
}


def build(brief: Brief) -> Figure:
    """Draw every three-year total; the finding counts those for which no year's number is printed."""
    words, tables = brief.words, brief.tables
    stated = statements(tables, *PER, place=PLACE, kind="result")
    rows = stated[stated["period"] == SPAN]
    rows = rows.sort_values("indicator", key=lambda codes: codes.map(list(PER).index), kind="stable")
    yearly = set(stated.loc[~stated["period"].str.contains("/"), "indicator"])
    table = plot(
        rows, tables, words,
        detail=lambda row: words(
            "three-years-of-building.row", period=numbers.period(row["period"], words),
            n=numbers.amount(PER[row["indicator"]], row["unit"].removeprefix("万"), words),
        ),
    )  # fmt: skip
    without = int((~rows["indicator"].isin(yearly)).sum())
    key = "three-years-of-building.title-none" if without == len(rows) else "three-years-of-building.title"
    title = words.count(key, without, all=words.number_word(len(rows)))
    return brief.figure(
        title=title,
        subtitle=words("three-years-of-building.subtitle"),
        alt=spoken(table, title, words),
        table=table,
        observations=tuple(rows["id"]),
        draw=partial(_draw, table, [PER[code] for code in rows["indicator"]]),
        notes=(words("three-years-of-building.note"),),
    )


def _draw(table: "pd.DataFrame", per: list[int], look: Look) -> "LayerChart":
    colour = look.place(PLACE)
    pieces = [[Piece(row["amount"] / worth, colour)] for row, worth in zip(records(table), per, strict=True)]
    return units.draw(table.assign(colour=colour), look, pieces, strip=STRIP)


DEFINITION = Definition("three-years-of-building", build)
