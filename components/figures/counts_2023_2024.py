"""Guiyang's counts and amounts: what 2023 reached and what 2024 asks for, each on a scale of its own, in its own unit."""

from functools import partial
from typing import TYPE_CHECKING

import pandas as pd

from components.charts import pairs as pairs_chart
from components.figures.figure import Brief, Definition, Figure
from components.figures.plotted import head_first, plot, spoken
from components.theme import Look
from components.words import Words
from data.load import Tables, record, records
from data.measures import comparable_pairs
from data.select import with_indicators

if TYPE_CHECKING:
    from altair import LayerChart

PLACE, HELD_AGAINST = "guiyang", ("same", "similar")
OTHERS = ("growth", "ratio", "index", "rank")  # these have charts of their own
GROUPS = ("lower", "higher", "open")


def build(brief: Brief) -> Figure:
    """Draw result and goal of every comparable pair; the finding counts the goals below what had been reached."""
    words, tables = brief.words, brief.tables
    pairs = comparable_pairs(tables, PLACE, HELD_AGAINST)
    pairs = pairs[~pairs["indicator"].map(tables.indicators["stat"]).isin(OTHERS)]
    zero = pairs[(pairs["goal_value"] == 0) & (pairs["result_value"] == 0)]
    pairs = pairs.drop(zero.index).sort_index()  # in the order of the document: unlike units are never ranked
    pairs = pairs.assign(group=[_group(pair) for pair in records(pairs)])
    pairs = pairs.sort_values("group", key=lambda codes: codes.map(GROUPS.index), kind="stable")
    table = _table(pairs, tables, words)
    lower = int((pairs["group"] == "lower").sum())
    title = words.count("counts-2023-2024.title", lower, all=words.number_word(len(pairs)))
    return brief.figure(
        title=title,
        subtitle=words("counts-2023-2024.subtitle"),
        alt=spoken(table, title, words),
        table=table,
        observations=tuple(table["observation"]),
        draw=partial(_draw, table),
        notes=tuple([words("note.target-not-forecast"), *_similar(pairs, tables, words), *_zero(zero, tables, words)]),
    )


def _group(pair: dict[str, object]) -> str:
    """Tell where the goal lies; two floors leave it open, as nobody knows how far the result went beyond its own."""
    if pair["result_bound"] != "exact":
        return "open"
    return "lower" if pair["change"] < 0 else "higher"  # type: ignore[operator]


def _table(pairs: pd.DataFrame, tables: Tables, words: Words) -> pd.DataFrame:
    """Plot each pair as two rows in the panel of its group; only those below what had been reached speak."""
    ids = [code for pair in records(pairs) for code in (pair["result"], pair["goal"])]
    groups = [group for group in pairs["group"] for _ in "rg"]
    names = dict(zip(ids, groups, strict=True))
    rows = with_indicators(tables, tables.observations.loc[ids])
    table = plot(rows, tables, words, panel=lambda row: words(f"counts-2023-2024.{names[row['id']]}"))
    return head_first(table, words).assign(
        speaks=[group == "lower" for group in groups], line=[goal for goal in pairs["goal"] for _ in "rg"]
    )


def _draw(table: pd.DataFrame, look: Look) -> "LayerChart":
    """Draw each pair on its own scale: from 0 to the larger of its two numbers."""
    colour = pd.Series(look.context, index=table.index).mask(table["speaks"], look.place(PLACE))
    colour = colour.mask(table["speaks"] & table["kind"].eq("goal"), look.accent)
    lines = {str(line): pairs_chart.Line(top) for line, top in table.groupby("line")["amount"].max().items()}
    return pairs_chart.draw(table.assign(colour=colour), look, lines)


def _similar(pairs: pd.DataFrame, tables: Tables, words: Words) -> list[str]:
    return [
        words("counts-2023-2024.similar", name=_name(row["indicator"], tables, words), note=words.of(row, "note"))
        for row in records(pairs[pairs["comparable"] == "similar"])
    ]


def _zero(pairs: pd.DataFrame, tables: Tables, words: Words) -> list[str]:
    names = words.join([_name(code, tables, words) for code in pairs["indicator"]])
    return [words("counts-2023-2024.zero", names=names)] if names else []


def _name(code: str, tables: Tables, words: Words) -> str:
    return words.of(record(tables.indicators, code), "name")


DEFINITION = Definition("counts-2023-2024", build)
