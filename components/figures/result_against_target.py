"""What Guiyang had reached in 2023 beside what it promised for 2024, for each pair that may be compared."""

import pandas as pd

from components.charts import rows as chart
from components.figures.figure import Brief, Definition, Figure
from components.figures.plotted import goals_stand_out, head_first, plot, spoken
from components.words import Words
from data.load import records
from data.measures import comparable_pairs
from data.select import with_indicators

UNIT = "%"


def build(brief: Brief) -> Figure:
    """Draw result and target of every comparable growth rate; the finding counts the lower targets."""
    words, tables = brief.words, brief.tables
    pairs = comparable_pairs(tables, "guiyang")
    pairs = pairs[pairs["goal_period"] == pairs["goal_period"].max()]
    pairs = pairs[(pairs["unit"] == UNIT) & pairs["indicator"].map(tables.indicators["stat"]).eq("growth")]
    ids = [code for pair in pairs.itertuples() for code in (pair.goal, pair.result)]
    table = head_first(plot(with_indicators(tables, tables.observations.loc[ids]), tables, words), words)
    lower = int((pairs["change"] < 0).sum())
    years = {"goal_year": pairs["goal_period"].iloc[0], "result_year": pairs["result_period"].max()}
    title = words.count("result-against-target.title", lower, all=words.number_word(len(pairs)), **years)
    return brief.figure(
        title=title,
        subtitle=words("result-against-target.subtitle"),
        alt=spoken(_with_kind(table, words), title, words),
        table=table,
        observations=tuple(ids),
        draw=lambda look: chart.draw(goals_stand_out(table, look), look, chart.Scale(joined=True)),
        notes=(words("note.about"), words("note.target-not-forecast")),
    )


def _with_kind(table: pd.DataFrame, words: Words) -> pd.DataFrame:
    """Say for each mark whether it is the result or the target: the eye sees it, the ear must be told."""
    return table.assign(detail=[words(f"head.{row['kind']}", year=row["period"][-4:]) for row in records(table)])


DEFINITION = Definition("result-against-target", build)
