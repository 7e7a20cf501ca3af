"""Computing cards: what is reported and what is promised, two floors whose areas are not the same."""

from functools import partial
from typing import TYPE_CHECKING

from components.charts import columns
from components.figures.figure import Brief, Definition, Figure
from components.figures.plotted import by_place, place_name, plot, spoken
from components.figures.standing import scope_notes
from components.theme import Look
from data.load import records
from data.select import statements

if TYPE_CHECKING:
    import pandas as pd
    from altair import LayerChart

INDICATOR = "ai-computing-cards"


def build(brief: Brief) -> Figure:
    """Draw result and goal as columns with open tops; what the pairing says against holding them together is the note."""
    words, tables = brief.words, brief.tables
    rows = statements(tables, INDICATOR).sort_values("period", kind="stable")
    own = tables.sources["place"]
    table = plot(
        rows, tables, words,
        label=lambda row: words(f"head.{row['kind']}", year=row["period"][-4:]),
        # A number of the document's own place names no scope: only what is of another place says so itself.
        detail=lambda row: words("computing-power.no-scope")
        if row["place"] == own[row["source"]]
        else place_name(row["place"], words),
    )  # fmt: skip
    first, last = table.iloc[0], table.iloc[-1]
    pairs = tables.pairs[tables.pairs["goal"].isin(rows.index) & tables.pairs["result"].isin(rows.index)]
    key = "computing-power.title" if (pairs["comparable"] == "same").all() else "computing-power.title-unlike"
    title = words(key, year=first["period"], first=first["spoken"], last_year=last["period"], last=last["spoken"])
    reasons = [words("computing-power.reason", note=words.of(pair, "note")) for pair in records(pairs)]
    return brief.figure(
        title=title,
        subtitle=words("computing-power.subtitle"),
        alt=spoken(table, title, words),
        table=table,
        observations=tuple(rows["id"]),
        draw=partial(_draw, table),
        notes=(*reasons, *scope_notes(rows, words)),
    )


def _draw(table: "pd.DataFrame", look: Look) -> "LayerChart":
    return columns.draw(by_place(table, look), look)


DEFINITION = Definition("computing-power", build)
