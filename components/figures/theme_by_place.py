"""What each place's numbers are about: goals or results, counted by field and place."""

import pandas as pd

from components.charts import matrix
from components.figures.counting import count_table, place_order
from components.figures.figure import Brief, Definition, Figure
from components.figures.plotted import place_name, spoken
from components.words import Words
from data.load import record, records
from data.measures import by_theme_and_place
from data.vocabulary import THEMES
from geo.load import places

KINDS = ("goal", "result")
ENOUGH = 5  # statements from which a place's most frequent field says something of it


def build(brief: Brief) -> Figure:
    """Draw how many goals (or results) each place has in each field; the finding names the field where each has most."""
    words, tables, kind = brief.words, brief.tables, brief.parameters["kind"]
    counted = by_theme_and_place(tables, kind)
    columns = _columns(list(counted["place"]), words)
    order = [column.code for column in columns]
    counted = counted.sort_values(["theme", "place"], key=lambda codes: codes.map([*THEMES, *order].index))
    table = count_table(
        words, f"count.{kind}s", list(counted["count"]),
        label=[words(f"theme.{theme}") for theme in counted["theme"]],
        detail=[place_name(place, words) for place in counted["place"]],
        place=list(counted["place"]), kind=kind,
    )  # fmt: skip
    table["speaks"] = _tops(counted, set(tables.sources["place"]))
    table["tip"] = table["label"] + " · " + table["detail"] + " · " + table["spoken"]
    title = _title(table, order, kind, words)
    within = words("theme-by-place.within", place="{place}")
    rows = tables.observations
    return brief.figure(
        title=title,
        subtitle=words(f"theme-by-place.subtitle.{kind}"),
        alt=spoken(table, title, words),
        table=table,
        observations=tuple(rows.index[(rows["kind"] == kind) & (rows["repeats"] == "")]),
        draw=lambda look: matrix.draw(table.assign(colour=table["place"].map(look.place)), look, columns, within),
        notes=(words("theme-by-place.note"), words("note.nested")),
    )


def _columns(found: list[str], words: Words) -> list[matrix.Column]:
    """Order the places as the story does, those inside another place right behind it."""
    order = place_order(found)
    parents = {code: record(places(), code)["parent"] for code in order}
    within = {code: parents[code] for code in order if parents[code] in order and parents[code] != code}
    outer = [code for code in order if code not in within]
    # What lies inside a place comes where the first such place stands in the story.
    nested = [code for code in order if code in within]
    first = min((order.index(code) for code in nested), default=0)
    ordered = [code for code in outer if order.index(code) < first]
    ordered += [*nested, *(code for code in outer if code not in ordered)]
    return [
        matrix.Column(code, place_name(code, words), place_name(within[code], words) if code in within else "")
        for code in ordered
    ]


def _tops(counted: pd.DataFrame, told: set[str]) -> list[bool]:
    """Mark the one cell in which each place that has a document of its own has most, if it is one and has enough."""
    top = counted.groupby("place")["count"].transform("max") == counted["count"]
    alone = top.groupby(counted["place"]).transform("sum") == 1
    return (top & alone & counted["place"].isin(told) & (counted["count"] >= ENOUGH)).tolist()


def _title(table: pd.DataFrame, order: list[str], kind: str, words: Words) -> str:
    """Say where a place has most; where none stands out, how widely the numbers spread."""
    if not table["speaks"].any():
        spread = {"places": table["place"].nunique(), "themes": table["label"].nunique()}
        return words(
            "theme-by-place.title.even", said=words.count(f"count.{kind}s", int(table["value"].sum())), **spread
        )
    return words(f"theme-by-place.title.{kind}", list=_most(table[table["speaks"]], order, words))


def _most(tops: pd.DataFrame, order: list[str], words: Words) -> str:
    """Say of each place in which field it has most."""
    found = {row["place"]: row for row in records(tops)}
    said = [
        words("theme-by-place.part", place=row["detail"], theme=row["label"].lower(), n=row["value"])
        for row in (found[code] for code in order if code in found)
    ]
    return words("theme-by-place.separator").join(said)


DEFINITION = Definition("theme-by-place", build, {"kind": KINDS})
