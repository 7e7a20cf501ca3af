"""Guiyang's tourism in 2023 as a per cent of 2019: an index, not a growth rate."""

from components.charts import rows as chart
from components.figures.figure import Brief, Definition, Figure
from components.figures.plotted import by_place, plot, spoken
from data.select import statements


def build(brief: Brief) -> Figure:
    """Draw the three indices, with the level each belongs to beside its name."""
    words, tables = brief.words, brief.tables
    rows = statements(
        tables, *tables.indicators.query("stat == 'index' and theme == 'consumption'").index, kind="result"
    )
    rows = rows[rows["unit"] == "%"].sort_values("value", ascending=False, kind="stable")
    table = plot(rows, tables, words)
    above = int((rows["value"] > BASE).sum())
    title = words.count(
        "recovery.title", above, total=len(rows), name=table["label"].iloc[0], top=table["text"].iloc[0]
    )
    return brief.figure(
        title=title,
        subtitle=words("recovery.subtitle"),
        alt=spoken(table, title, words),
        table=table,
        observations=tuple(rows["id"]),
        draw=lambda look: chart.draw(by_place(table, look), look),
        notes=(words("recovery.note"),),
    )


BASE = 100  # 2019 = 100
DEFINITION = Definition("recovery", build)
