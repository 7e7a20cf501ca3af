"""The ranks that Guiyang's report claims for 2023, those where a late place is better apart."""

import pandas as pd

from components.charts import ranks as chart
from components.figures.figure import Brief, Definition, Figure
from components.figures.plotted import by_place, place_name, plot, spoken
from components.words import Words
from data.load import Row
from data.load import records as every
from data.select import with_indicators

REPORT, YEAR = "guiyang-report-2024", "2023"
RECORDS = ("industry-growth-record-high", "retained-graduates-record")  # claims of the highest value in years, or ever


def build(brief: Brief) -> Figure:
    """Draw every rank that has a number; the finding counts those that name an exact place, the notes the others."""
    words, rows = brief.words, with_indicators(brief.tables)
    rows = rows[
        (rows["source"] == REPORT) & (rows["period"] == YEAR) & (rows["kind"] == "result") & (rows["repeats"] == "")
    ]
    ranked = rows[rows["stat"] == "rank"]
    records = rows[rows["indicator"].isin(RECORDS)]
    numbered = ranked[ranked["value"].notna()].sort_values("value", kind="stable")
    # A congestion index ranks the worst first: there a later place is the better one.
    numbered = numbered.assign(late=numbered["better"] == "up").sort_values("late", kind="stable")
    panels = {False: words("ranks-2023.first"), True: words("ranks-2023.late")}
    table = plot(
        numbered, brief.tables, words, panel=lambda row: panels[row["late"]], detail=lambda row: _detail(row, words)
    )  # fmt: skip
    table["speaks"] = (numbered["bound"] == "exact").tolist()
    exact = int(table["speaks"].sum())
    title = words.count("ranks-2023.title", exact, total=len(ranked), all=words.number_word(len(ranked)))
    unnumbered = _names(ranked[ranked["value"].isna()], words)
    notes = [
        words.count("ranks-2023.without", len(unnumbered), names=words.join(unnumbered)),
        words.count("ranks-2023.records", len(records), names=words.join(_names(records, words))),
    ]
    return brief.figure(
        title=title,
        subtitle=words("ranks-2023.subtitle", year=YEAR),
        alt=spoken(table, title, words),
        table=table,
        observations=(*ranked["id"], *records["id"]),
        draw=lambda look: chart.draw(by_place(table, look), look),
        notes=tuple(notes),
    )


def _names(rows: pd.DataFrame, words: Words) -> list[str]:
    return [words.of(row, "name") for row in every(rows)]


def _detail(row: Row, words: Words) -> str:
    """Say whose rank it is and among whom, as far as the report says."""
    place = "" if row["place"] == "guiyang" else place_name(row["place"], words)
    return words("detail.separator").join(filter(None, (place, words.of(row, "note"))))


DEFINITION = Definition("ranks-2023", build)
