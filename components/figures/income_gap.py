"""The urban–rural income ratio: what was reached, what is promised, and how far both are from equality."""

from functools import partial
from typing import TYPE_CHECKING

from components import numbers
from components.charts import gaps
from components.figures.figure import Brief, Definition, Figure
from components.figures.plotted import place_name, plot, spoken
from components.theme import Look
from data.judge import clean
from data.select import statements

if TYPE_CHECKING:
    import pandas as pd
    from altair import LayerChart

INDICATOR, PLACE, EQUAL = "urban-rural-income-ratio", "guiyang", 1.0


def build(brief: Brief) -> Figure:
    """Draw every ratio stated from equality on; the finding holds the year's ceiling against the last result."""
    words, tables = brief.words, brief.tables
    rows = statements(tables, INDICATOR).sort_values("period", kind="stable")
    table = plot(
        rows, tables, words,
        label=lambda row: words(
            "income-gap.row", place=place_name(row["place"], words),
            head=words(f"head.{row['kind']}", year=row["period"][-4:]),
        ),
    )  # fmt: skip
    table["speaks"] = table["place"] == PLACE
    city = rows[rows["place"] == PLACE]
    result, goal = (city[city["kind"] == kind].iloc[-1] for kind in ("result", "goal"))
    title = words(
        "income-gap.title", year=goal["period"][-4:], result_year=result["period"][-4:],
        less=numbers.plain(clean(result["value"] - goal["value"])), left=numbers.plain(clean(goal["value"] - EQUAL)),
    )  # fmt: skip
    return brief.figure(
        title=title,
        subtitle=words("income-gap.subtitle"),
        alt=spoken(table, title, words),
        table=table,
        observations=tuple(rows["id"]),
        draw=partial(_draw, table, words("income-gap.equal")),
        notes=(words("income-gap.marks"), words("note.nested")),
    )


def _draw(table: "pd.DataFrame", name: str, look: Look) -> "LayerChart":
    colour = table["place"].map(look.place).mask(table["speaks"] & table["kind"].eq("goal"), look.accent)
    return gaps.draw(table.assign(colour=colour), look, EQUAL, name)


DEFINITION = Definition("income-gap", build)
