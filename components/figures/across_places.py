"""One measure across places, every year and bound at its mark: never a ranking of a whole with its part."""

from components import numbers
from components.charts import rows as chart
from components.figures.figure import Brief, Definition, Figure
from components.figures.plotted import by_place, place_name, plot, spoken
from components.words import Words
from data.load import Row, record, records
from data.select import last_year, statements

INDICATORS = ("forest-cover", "urbanisation-rate", "resident-population", "gdp", "built-up-area", "talent-total")
FIRST = ("guiyang", "guiyang-guian", "bijie", "qingzhen", "wudang")  # in this order; then whatever places come


def build(brief: Brief) -> Figure:
    """Draw what the documents state of one indicator, by place and year."""
    words, indicator = brief.words, brief.parameters["indicator"]
    rows = statements(brief.tables, indicator)
    places = list(dict.fromkeys([*FIRST, *rows["place"]]))
    rows = rows.assign(order=rows["place"].map(places.index), year=last_year(rows["period"]))
    rows = rows.sort_values(["order", "year"], kind="stable")
    table = plot(
        rows, brief.tables, words,
        label=lambda row: place_name(row["place"], words, short=False),
        detail=lambda row: _detail(row, words),
    )  # fmt: skip
    name = words.of(record(brief.tables.indicators, indicator), "name")
    stated = rows["kind"].value_counts()
    counted = [words.count(f"count.{kind}s", int(stated[kind])) for kind in ("result", "goal") if kind in stated]
    # Rows stand in order of years, so the last of a place and kind is the latest: guiyang_result, wudang_goal.
    latest = {f"{row['place']}_{row['kind']}".replace("-", "_"): row["spoken"] for row in records(table)}
    title = words(f"across-places.title.{indicator}", **latest)
    return brief.figure(
        title=title,
        subtitle=words("across-places.subtitle", name=name, unit=numbers.unit_name(rows["unit"].iloc[0], words)),
        alt=spoken(table, title, words),
        table=table,
        observations=tuple(rows["id"]),
        draw=lambda look: chart.draw(by_place(table, look), look),
        notes=(words("across-places.count", counted=words.join(counted)), words("note.nested")),
    )


def _detail(row: Row, words: Words) -> str:
    when = words(f"head.{row['kind']}", year=row["period"][-4:])
    return words("detail.separator").join(filter(None, (when, words.of(row, "scope"))))


DEFINITION = Definition("across-places", build, {"indicator": INDICATORS})
