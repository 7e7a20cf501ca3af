"""Guiyang's main targets for 2024, as its report lists them in one paragraph."""

from components.charts import rows as chart
from components.figures.figure import Brief, Definition, Figure
from components.figures.plotted import by_place, plot, spoken
from data.select import with_indicators

LIST = 24  # the paragraph of the report that lists the year's main targets


def build(brief: Brief) -> Figure:
    """Draw the growth targets, the highest first; the finding says how many are softened by 'about'."""
    words, tables = brief.words, brief.tables
    rows = with_indicators(tables)
    rows = rows[(rows["source"] == "guiyang-report-2024") & (rows["paragraph"] == LIST) & (rows["stat"] == "growth")]
    without = int(rows["value"].isna().sum())
    rows = rows[rows["value"].notna()].sort_values("value", ascending=False, kind="stable")
    table = plot(rows, tables, words)
    about = int((rows["bound"] == "about").sum())
    key = "targets-2024.title-all" if about == len(rows) else "targets-2024.title"
    title = words.count(key, about, total=len(rows), all=words.number_word(len(rows)))
    return brief.figure(
        title=title,
        subtitle=words("targets-2024.subtitle"),
        alt=spoken(table, title, words),
        table=table,
        observations=tuple(rows["id"]),
        draw=lambda look: chart.draw(by_place(table, look), look),
        notes=(words("note.about"), words.count("targets-2024.without", without)),
    )


DEFINITION = Definition("targets-2024", build)
