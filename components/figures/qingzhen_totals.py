"""Qingzhen's three totals of 500: one is value added, two are gross output, and none adds to another."""

from components.charts import rows as chart
from components.figures.figure import Brief, Definition, Figure
from components.figures.plotted import by_place, plot, spoken
from data.select import statements

AMOUNT = 500  # 亿元: the figure the three goals share


def build(brief: Brief) -> Figure:
    """Draw the three goals on one scale, value added apart from gross output."""
    words = brief.words
    rows = statements(brief.tables, *brief.tables.indicators.index, place="qingzhen", kind="goal")
    rows = rows[(rows["unit"] == "亿元") & (rows["value"] == AMOUNT)]
    table = plot(
        rows, brief.tables, words,
        label=lambda row: words.of(row, "scope") or words.of(row, "name"),
        panel=lambda row: words("qingzhen-totals.added" if row["indicator"] == "gdp" else "qingzhen-totals.output"),
    )  # fmt: skip
    added = int((rows["indicator"] == "gdp").sum())
    counts = {"all": len(rows), "added": added, "output": len(rows) - added}
    title = words("qingzhen-totals.title", **{name: words.number_word(count) for name, count in counts.items()})
    return brief.figure(
        title=title,
        subtitle=words("qingzhen-totals.subtitle"),
        alt=spoken(table, title, words),
        table=table,
        observations=tuple(rows["id"]),
        draw=lambda look: chart.draw(by_place(table, look), look),
        notes=(words("note.output-not-value-added"),),
    )


DEFINITION = Definition("qingzhen-totals", build)
