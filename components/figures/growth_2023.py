"""What grew how fast in 2023 in Guiyang, Gui'an and the two together: growth rates against each other."""

from functools import partial

from components import numbers
from components.charts import rows as chart
from components.figures.figure import Brief, Definition, Figure
from components.figures.plotted import by_place, place_name, plot, spoken
from components.figures.standing import scope_notes
from components.words import Words
from data.load import Row
from data.select import statements

HEADLINE, YEAR = "gdp-growth", "2023"
SCOPES = ("guiyang", "guian", "guiyang-guian")


def build(brief: Brief) -> Figure:
    """Draw every growth rate of 2023 that the report states, the fastest first."""
    words = brief.words
    rates = brief.tables.indicators.query("stat == 'growth'").index
    rows = statements(brief.tables, *rates, kind="result")
    rows = rows[(rows["period"] == YEAR) & (rows["unit"] == "%") & rows["place"].isin(SCOPES)]
    rows = rows.sort_values("value", ascending=False, kind="stable")
    city = rows[(rows["indicator"] == HEADLINE) & (rows["place"] == SCOPES[0])].iloc[0]
    faster = rows["value"] > city["value"]
    table = plot(rows, brief.tables, words, detail=partial(_detail, words))
    table = table.assign(speaks=list(faster), reference=list(rows.index == city.name))
    rate = numbers.amount(city["value"], city["unit"], words)
    title = words.count("growth-2023.title", int(faster.sum()), total=len(rows) - 1, rate=rate)
    return brief.figure(
        title=title,
        subtitle=words("growth-2023.subtitle"),
        alt=spoken(table, title, words),
        table=table,
        observations=tuple(table["observation"]),
        draw=lambda look: chart.draw(by_place(table, look), look),
        notes=tuple(scope_notes(rows, words)),
    )


def _detail(words: Words, row: Row) -> str:
    place = "" if row["place"] == SCOPES[0] else place_name(row["place"], words)
    return words("detail.separator").join(filter(None, (place, words.of(row, "scope"))))


DEFINITION = Definition("growth-2023", build)
