"""Guiyang's shares and rates: what had been reached in 2023 and what is asked for in 2024, as slopes."""

from functools import partial
from typing import TYPE_CHECKING

import pandas as pd

from components.charts import slopes
from components.figures.figure import Brief, Definition, Figure
from components.figures.plotted import plot, spoken
from components.theme import Look
from components.words import Words
from data.load import Tables, record, records
from data.measures import comparable_pairs
from data.select import with_indicators

if TYPE_CHECKING:
    from altair import LayerChart

PLACE, UNIT, STAT = "guiyang", "%", "ratio"
HELD_AGAINST = ("same", "similar")


def build(brief: Brief) -> Figure:
    """Draw a slope for every pair of a result and a goal; the finding counts the goals below what had been reached."""
    words, tables = brief.words, brief.tables
    pairs = comparable_pairs(tables, PLACE, HELD_AGAINST)
    pairs = pairs[(pairs["unit"] == UNIT) & pairs["indicator"].map(tables.indicators["stat"]).eq(STAT)]
    moving, kept = pairs[pairs["change"] != 0], pairs[pairs["change"] == 0]
    table = _table(pd.concat([moving.sort_values("change"), kept]), tables, words)
    lower, alike = moving[moving["change"] < 0], moving[moving["comparable"] == "similar"]
    title = words.count(
        "shares-2023-2024.title", len(lower), all=words.number_word(len(pairs)), kept=words.number_word(len(kept))
    )
    notes = [words("shares-2023-2024.marks"), _kept(kept, tables, words), *_similar(alike, tables, words)]
    return brief.figure(
        title=title,
        subtitle=words("shares-2023-2024.subtitle"),
        alt=spoken(table, title, words),
        table=table,
        observations=tuple(code for pair in pairs.itertuples() for code in (pair.result, pair.goal)),
        draw=partial(_draw, table, frozenset(alike["goal"]), words),
        notes=(*notes, *_left_out(tables, words)),
    )


def _table(pairs: pd.DataFrame, tables: Tables, words: Words) -> pd.DataFrame:
    """Plot each pair as two rows, the result first; `line` ties them, `speaks` marks those that are to fall."""
    ids = [code for pair in pairs.itertuples() for code in (pair.result, pair.goal)]
    table = plot(
        with_indicators(tables, tables.observations.loc[ids]), tables, words,
        detail=lambda row: words(f"head.{row['kind']}", year=row["period"][-4:]),
    )  # fmt: skip
    table["line"] = [goal for goal in pairs["goal"] for _ in "rg"]
    table["speaks"] = [change < 0 for change in pairs["change"] for _ in "rg"]
    return table.assign(head=table["detail"].where(table["line"] == table["line"].iloc[0], ""))


def _draw(table: pd.DataFrame, dashed: frozenset[str], words: Words, look: Look) -> "LayerChart":
    """Draw rates that are kept at one and the same value as one line: they would lie on each other."""
    result, goal = (table[table["kind"] == kind].set_index("line")["amount"] for kind in ("result", "goal"))
    kept = goal[goal == result.reindex(goal.index)]
    alike = kept.groupby(kept).transform("size")
    said = {line: words.count("shares-2023-2024.kept", int(size)) for line, size in alike.items() if size > 1}
    names = {line: text[:1].upper() + text[1:] for line, text in said.items()}
    shown = table[~table["line"].isin(kept.index[kept.duplicated()])]
    shown = shown.assign(
        label=shown["line"].map(names).fillna(shown["label"]),
        colour=pd.Series(look.context, index=shown.index).mask(shown["speaks"], look.accent),
    )
    return slopes.draw(shown, look, dashed)


def _kept(kept: pd.DataFrame, tables: Tables, words: Words) -> str:
    names = [words.of(record(tables.indicators, code), "name") for code in kept["indicator"]]
    return words("shares-2023-2024.kept-names", names=words("alt.separator").join(names))


def _similar(pairs: pd.DataFrame, tables: Tables, words: Words) -> list[str]:
    """Say of each dashed line what makes its ends only similar, as the pairing has it."""
    return [
        words("shares-2023-2024.similar", name=words.of(record(tables.indicators, row["indicator"]), "name"),
              note=words.of(row, "note"))
        for row in records(pairs)
    ]  # fmt: skip


def _left_out(tables: Tables, words: Words) -> list[str]:
    """Name the shares that have a result and a goal which may not be held against each other."""
    goals, results = tables.observations.add_prefix("goal_"), tables.observations.add_prefix("result_")
    rows = tables.pairs[tables.pairs["comparable"] == "no"].join(goals, on="goal").join(results, on="result")
    rows = rows[(rows["goal_place"] == PLACE) & (rows["goal_unit"] == UNIT) & (rows["result_unit"] == UNIT)]
    rows = rows[rows["goal_indicator"].map(tables.indicators["stat"]).eq(STAT) & rows["goal_value"].notna()]
    rows = rows[rows["reason"] == "area_differs"]
    names = [words.of(record(tables.indicators, code), "name") for code in rows["goal_indicator"]]
    return [words("shares-2023-2024.left-out", names=words("alt.separator").join(names))] if names else []


DEFINITION = Definition("shares-2023-2024", build)
