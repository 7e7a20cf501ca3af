"""Wudang's overall goals for 2025, panel by panel: shares on one scale, the others each on its own."""

from components.charts import rows as chart
from components.figures.figure import Brief, Definition, Figure
from components.figures.plotted import by_place, plot, spoken
from components.figures.standing import marks_note
from data.measures import disagreements
from data.select import with_indicators

LEAD = range(6, 12)  # the paragraphs of the plan that state its overall goals
ANNEX = range(72, 84)  # the rows of its annex that list them again


def build(brief: Brief) -> Figure:
    """Draw the twelve goals; the finding counts those that name a floor instead of a number to hit."""
    words, tables = brief.words, brief.tables
    rows = with_indicators(tables)
    rows = rows[(rows["source"] == "wudang-action-plan") & rows["paragraph"].isin(LEAD) & rows["value"].notna()]
    rows = rows[rows["repeats"] == ""]
    share = rows["unit"] == "%"
    rows = rows.assign(share=share).sort_values(["share", "value"], ascending=[False, False], kind="stable")
    shares, others = words("wudang-goals.shares"), words("wudang-goals.others")
    table = plot(rows, tables, words, panel=lambda row: shares if row["share"] else others)
    table["speaks"] = table["bound"] == "at_least"
    floors = int((rows["bound"] == "at_least").sum())
    title = words.count("wudang-goals.title", floors, total=len(rows), all=words.number_word(len(rows)))
    differ = disagreements(tables)
    again = differ["again"].map(tables.observations["paragraph"]).isin(ANNEX)
    differ = differ[again & differ["first"].isin(rows["id"]) & (differ["field"] == "bound")]
    return brief.figure(
        title=title,
        subtitle=words("wudang-goals.subtitle"),
        alt=spoken(table, title, words),
        table=table,
        observations=tuple(rows["id"]),
        draw=lambda look: chart.draw(
            by_place(table, look), look, chart.Scale(shared=False, unscaled=frozenset([others]))
        ),
        notes=(words.count("wudang-goals.annex", len(differ)), *marks_note(table[table["panel"] == shares], words)),
    )


DEFINITION = Definition("wudang-goals", build)
