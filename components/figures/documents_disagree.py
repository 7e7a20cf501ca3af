"""Where a document says a thing twice and not the same way: every restatement that differs, under what it restates."""

import pandas as pd

from components.charts import rows as chart
from components.figures.figure import Brief, Definition, Figure
from components.figures.plotted import by_place, plot, spoken
from components.figures.standing import marks_note
from components.words import Words
from data.load import Row, Tables
from data.measures import disagreements
from data.select import with_indicators

ANNEX = "annex"  # how the parts of a document begin that are its annex


def build(brief: Brief) -> Figure:
    """Draw each first statement with its differing restatements below it; the finding says what differs."""
    words, tables = brief.words, brief.tables
    differ = disagreements(tables)
    rows = with_indicators(tables)
    rows = rows.loc[_together(differ)].assign(
        first=lambda found: found["repeats"].where(found["repeats"] != "", found["id"])
    )
    table = plot(
        rows, tables, words, label=lambda row: _where(row, tables, words),
        panel=lambda row: words.of(tables.indicators.loc[row["indicator"]], "name"),
    )  # fmt: skip
    table["speaks"] = (rows["repeats"] != "").tolist()
    again = len(set(differ["again"]))
    key = "documents-disagree.title-bounds" if set(differ["field"]) == {"bound"} else "documents-disagree.title"
    title = words.count(key, again, total=int((tables.observations["repeats"] != "").sum()))
    return brief.figure(
        title=title,
        subtitle=words("documents-disagree.subtitle"),
        alt=spoken(table, title, words),
        table=table,
        observations=tuple(rows["id"]),
        draw=lambda look: chart.draw(by_place(table, look), look, chart.Scale(shared=False)),
        notes=(words("documents-disagree.note"), *marks_note(table, words)),
    )


def _together(differ: pd.DataFrame) -> list[str]:
    """List the ids so that what differs follows what it restates, each once."""
    return [
        id
        for first, restated in differ.groupby("first", sort=False)["again"]
        for id in (str(first), *dict.fromkeys(restated))
    ]


def _where(row: Row, tables: Tables, words: Words) -> str:
    """Say in which part of its document a number stands."""
    in_annex = str(tables.tasks["part"].get(row["task"], "")).startswith(ANNEX)
    return words("documents-disagree.annex" if in_annex else "documents-disagree.body", paragraph=row["paragraph"])


DEFINITION = Definition("documents-disagree", build)
