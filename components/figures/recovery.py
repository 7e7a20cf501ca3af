"""Guiyang's tourism in 2023 against 2019: an index, not a growth rate, with the level that each index belongs to."""

from functools import partial
from typing import TYPE_CHECKING

import pandas as pd

from components.charts import gaps
from components.figures.figure import Brief, Definition, Figure
from components.figures.plotted import by_place, plot, spoken
from components.theme import Look
from data.load import Row, record
from data.select import statements

if TYPE_CHECKING:
    from altair import LayerChart

BASE = 100  # 2019 = 100
# What each index is the index of: kept apart from it, as detail, because a level is no per cent.
LEVELS = {
    "overnight-visits-recovery": "overnight-visits",
    "tourism-visits-recovery": "tourism-visits",
    "tourism-spending-recovery": "tourism-spending-per-visitor",
}


def build(brief: Brief) -> Figure:
    """Draw the indices from 2019's line on, the highest first, each with its level of the same year and place."""
    words, tables = brief.words, brief.tables
    rows = statements(
        tables, *tables.indicators.query("stat == 'index' and theme == 'consumption'").index, kind="result"
    )
    rows = rows[rows["unit"] == "%"].sort_values("value", ascending=False, kind="stable")
    levels = statements(tables, *LEVELS.values(), kind="result")
    stated = dict(
        zip(levels[["indicator", "place", "period"]].itertuples(index=False, name=None),
            plot(levels, tables, words)["text"], strict=True)
    )  # fmt: skip

    def level(row: Row) -> str:
        number = stated.get((LEVELS.get(row["indicator"], ""), row["place"], row["period"]))
        return words("recovery.level", year=row["period"], number=number) if number else ""

    def name(row: Row) -> str:
        own: str = row["indicator"]
        code = LEVELS.get(own, own)
        return words.of(record(tables.indicators, code), "name")

    table = plot(rows, tables, words, label=name, detail=level)
    above = int((rows["value"] > BASE).sum())
    top = table["label"].iloc[0]
    key = "recovery.title-all" if above == len(rows) else "recovery.title"
    title = words.count(
        key, above, total=words.number_word(len(rows)), name=top[:1].lower() + top[1:], top=table["text"].iloc[0]
    )
    return brief.figure(
        title=title,
        subtitle=words("recovery.subtitle"),
        alt=spoken(table, title, words),
        table=table,
        observations=(*rows["id"], *levels["id"]),
        draw=partial(_draw, table, words("recovery.base", n=BASE)),
        notes=(words("recovery.note"),),
    )


def _draw(table: pd.DataFrame, name: str, look: Look) -> "LayerChart":
    return gaps.draw(by_place(table, look), look, BASE, name)


DEFINITION = Definition("recovery", build)
