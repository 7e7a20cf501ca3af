"""A hundred squares for the province's economy, and how many of them are the capital's."""

from functools import partial
from typing import TYPE_CHECKING

from components.charts import units
from components.charts.units import Piece
from components.figures.figure import Brief, Definition, Figure
from components.figures.plotted import place_name, plot, spoken
from components.theme import Look
from data.select import statements

if TYPE_CHECKING:
    import pandas as pd
    from altair import LayerChart

INDICATOR, LEVEL, FULL, STRIP = "primacy-ratio", "gdp", 100, 200


def build(brief: Brief) -> Figure:
    """Draw the latest share of the province's GDP; the finding puts it into words per hundred."""
    words, tables = brief.words, brief.tables
    rows = statements(tables, INDICATOR, kind="result").sort_values("period", kind="stable").tail(1)
    row = rows.iloc[0]
    gdp = statements(tables, LEVEL, place=row["place"], kind="result").query("period == @row.period")
    level = plot(gdp, tables, words)["text"]
    table = plot(
        rows, tables, words,
        panel=lambda row: words("gdp-share.panel", full=FULL),
        detail=lambda row: words("gdp-share.level", number=level.iloc[0]) if len(level) else "",
        label=lambda row: words("gdp-share.row", place=place_name(row["place"], words), year=row["period"]),
    )  # fmt: skip
    title = words("gdp-share.title", place=place_name(row["place"], words), share=f"{row['value']:g}", full=FULL)
    return brief.figure(
        title=title,
        subtitle=words("gdp-share.subtitle", year=row["period"]),
        alt=spoken(table, title, words),
        table=table,
        observations=(*rows["id"], *gdp["id"]),
        draw=partial(_draw, table),
        notes=(words("gdp-share.note"), words("note.guian-apart")),
    )


def _draw(table: "pd.DataFrame", look: Look) -> "LayerChart":
    own, colour = float(table["amount"].iloc[0]), look.place(table["place"].iloc[0])
    pieces = [[Piece(own, colour), Piece(FULL - own, look.rule)]]
    return units.draw(table.assign(colour=colour), look, pieces, strip=STRIP, even=True)


DEFINITION = Definition("gdp-share", build)
