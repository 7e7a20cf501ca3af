"""What Guiyang's report states with a number and what without, field by field: results of 2023, plans for 2024."""

import pandas as pd

from components.charts import tally
from components.figures.counting import count_table
from components.figures.figure import Brief, Definition, Figure
from components.figures.plotted import spoken
from components.theme import Look
from data.load import record, records
from data.measures import by_field

PARTS = {"result": "result-field", "goal": "plan-field"}
PLACE = "guiyang"


def build(brief: Brief) -> Figure:
    """Draw one dot a statement; the finding names the field with the most statements without a number."""
    words, tables, kind = brief.words, brief.tables, brief.parameters["kind"]
    fields = [
        {**row, "name": words.of(record(tables.tasks, row["field"]), "name")}
        for row in records(by_field(tables, PARTS[kind], kind))
    ]
    most = max(fields, key=lambda row: row["without_number"])
    long = [
        {"label": row["name"], "filled": column == "with_number", "count": row[column], "speaks": row is most}
        for row in fields
        for column in ("with_number", "without_number")
        if row[column]
    ]
    table = count_table(
        words, "count.statements", [row["count"] for row in long], label=[row["label"] for row in long],
        kind=kind, place=PLACE, filled=[row["filled"] for row in long],
        speaks=[row["speaks"] and not row["filled"] for row in long],
        detail=[words(f"claims-without-number.{'with' if row['filled'] else 'without'}") for row in long],
    )  # fmt: skip
    table["tip"] = table["label"] + " · " + table["detail"] + " · " + table["spoken"]
    bare = sum(row["without_number"] for row in fields)
    title = words.count(
        f"claims-without-number.title.{kind}", bare, total=sum(row["count"] for row in long), field=most["name"],
        most=most["without_number"],
    )  # fmt: skip
    rows = tables.observations
    tasks = {row["field"] for row in fields}
    field = rows["task"].where(rows["task"].isin(tasks), rows["task"].map(tables.tasks["parent"]))
    return brief.figure(
        title=title,
        subtitle=words(f"claims-without-number.subtitle.{kind}"),
        alt=spoken(table, title, words),
        table=table,
        observations=tuple(rows.index[field.isin(tasks) & (rows["kind"] == kind) & (rows["repeats"] == "")]),
        draw=lambda look: tally.draw(_coloured(table, look), look),
        notes=(words("claims-without-number.note"),),
    )


def _coloured(table: pd.DataFrame, look: Look) -> pd.DataFrame:
    """Give the place's colour to what has a number, the accent to the field of the finding, grey to the others."""
    colours = table["filled"].map({True: look.place(PLACE), False: look.context})
    return table.assign(colour=colours.mask(table["speaks"], look.accent))


DEFINITION = Definition("claims-without-number", build, {"kind": tuple(PARTS)})
