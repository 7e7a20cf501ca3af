"""Guiyang, Gui'an New Area, and the two together: three scopes whose growth is easily mixed up."""

from components import numbers
from components.charts import rows as chart
from components.figures.figure import Brief, Definition, Figure
from components.figures.plotted import by_place, place_name, plot, spoken
from components.words import Words
from data.load import Row
from data.select import statements

SCOPES = ("guian", "guiyang-guian", "guiyang")


def build(brief: Brief) -> Figure:
    """Draw the growth of GDP in 2023 for each scope, with its level beside the name where one is stated."""
    words, tables = brief.words, brief.tables
    rows = statements(tables, "gdp-growth", kind="result").query("place in @SCOPES and period == '2023'")
    rows = rows.sort_values("value", ascending=False, kind="stable")
    levels = plot(
        statements(tables, "gdp", kind="result").query("place in @SCOPES and period == '2023'"), tables, words
    )
    stated = dict(zip(levels["place"], levels["text"], strict=True))
    table = plot(
        rows, tables, words,
        label=lambda row: _whose(row, words),
        detail=lambda row: _level(stated.get(row["place"], ""), words),
    )  # fmt: skip
    rate = rows.set_index("place")["value"]
    ahead = numbers.amount(round(rate["guiyang-guian"] - rate["guiyang"], 6), "个百分点", words)
    title = words("three-scopes.title", top=table["text"].iloc[0], points=ahead)
    return brief.figure(
        title=title,
        subtitle=words("three-scopes.subtitle"),
        alt=spoken(table, title, words),
        table=table,
        observations=(*rows["id"], *levels["observation"]),
        draw=lambda look: chart.draw(by_place(table, look), look),
        notes=(words("three-scopes.note"), words("note.guian-apart")),
    )


def _whose(row: Row, words: Words) -> str:
    place, scope = place_name(row["place"], words, short=False), words.of(row, "scope")
    return words("three-scopes.row", place=place, scope=scope) if scope else place


def _level(stated: str, words: Words) -> str:
    return words("three-scopes.level", level=stated) if stated else words("three-scopes.no-level")


DEFINITION = Definition("three-scopes", build)
