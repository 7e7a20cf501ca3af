"""Bijie's past five years beside the five to come: the same thing measured twice, each thing on its own scale."""

import pandas as pd

from components.charts import rows as chart
from components.figures.figure import Brief, Definition, Figure
from components.figures.plotted import goals_stand_out, plot, spoken
from components.numbers import period
from data.measures import comparable_pairs
from data.select import with_indicators

# Looks alike but is not: ten key industries behind, all industry ahead. Shown side by side and never joined.
UNLIKE = ("key-industries-output", "industrial-output")


def build(brief: Brief) -> Figure:
    """Draw each comparable pair, then industry's two unlike outputs, each in its own panel."""
    words, tables = brief.words, brief.tables
    pairs = comparable_pairs(tables, "bijie")
    ids = [code for pair in pairs.itertuples() for code in (pair.result, pair.goal)]
    rows = with_indicators(tables)
    industry = rows[(rows["place"] == "bijie") & rows["indicator"].isin(UNLIKE)]
    rows = pd.concat([rows.loc[ids], industry.sort_values("period")])
    industry_panel = words("bijie-five-and-five.industry")
    table = plot(
        rows, tables, words,
        panel=lambda row: industry_panel if row["indicator"] in UNLIKE else words.of(row, "name"),
        label=lambda row: words(f"bijie-five-and-five.{row['kind']}"),
        detail=lambda row: words.of(row, "name") if row["indicator"] in UNLIKE else period(row["period"], words),
    )  # fmt: skip
    jobs = pairs[pairs["indicator"] == "urban-new-jobs"].iloc[0]
    floor = jobs["goal_bound"] == "at_least"  # what is below a result is then the floor, not what may come of it
    goal = words("bijie-five-and-five.jobs.floor" if floor else "bijie-five-and-five.jobs")
    way = "lower" if jobs["change"] < 0 else "higher"
    title = words(f"bijie-five-and-five.title.{way}", goal=goal)
    return brief.figure(
        title=title,
        subtitle=words("bijie-five-and-five.subtitle"),
        alt=spoken(table, title, words),
        table=table,
        observations=tuple(rows["id"]),
        draw=lambda look: chart.draw(goals_stand_out(table, look), look, chart.Scale(shared=False)),
        notes=(words("bijie-five-and-five.unlike"),),
    )


DEFINITION = Definition("bijie-five-and-five", build)
