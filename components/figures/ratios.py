"""Every percentage goal of a place on one scale from 0 to 100, with its bound."""

from components.charts import rows as chart
from components.figures.figure import Brief, Definition, Figure
from components.figures.plotted import by_place, place_name, plot, spoken
from components.figures.standing import marks_note
from data.select import with_indicators

PLACES = ("wudang", "guiyang", "bijie")


def build(brief: Brief) -> Figure:
    """Draw a place's goals that are shares or rates, the highest first; the finding counts the floors."""
    words, tables, place = brief.words, brief.tables, brief.parameters["place"]
    rows = with_indicators(tables)
    rows = rows[(rows["place"] == place) & (rows["kind"] == "goal") & (rows["repeats"] == "") & rows["value"].notna()]
    rows = rows[(rows["unit"] == "%") & (rows["stat"] == "ratio")].sort_values("value", ascending=False, kind="stable")
    table = plot(rows, tables, words, detail=lambda row: words.of(row, "scope"))
    table["speaks"] = table["bound"] == "at_least"
    name, year = place_name(place, words), rows["period"].str[-4:].max()
    title = words.count("ratio-goals.title", int(table["speaks"].sum()), total=len(rows), place=name)
    return brief.figure(
        title=title,
        subtitle=words("ratio-goals.subtitle", year=year),
        alt=spoken(table, title, words),
        table=table,
        observations=tuple(rows["id"]),
        draw=lambda look: chart.draw(by_place(table, look), look),
        notes=tuple(marks_note(table, words)),
    )


DEFINITION = Definition("ratio-goals", build, {"place": PLACES})
