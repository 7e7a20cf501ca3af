"""The four places on the map of Guizhou: two cities, and two places that lie inside one of them."""

import pandas as pd

from components import numbers
from components.figures.figure import Brief, Definition, Figure
from components.figures.mapping import CLEAR, cities, land, map_figure, scale_words
from components.figures.plotted import place_name, plot, spoken
from components.maps.design import Area, Design, Label
from data.load import records
from data.select import statements

# The one number by which each place introduces itself.
HEADLINES = {
    "guiyang": ("gdp", "result"),
    "bijie": ("industrial-output", "goal"),
    "wudang": ("gdp", "goal"),
    "qingzhen": ("gdp", "goal"),
}


def build(brief: Brief) -> Figure:
    """Draw the places with their headline numbers, each with its year, its kind and its bound."""
    words, tables = brief.words, brief.tables
    rows = pd.concat(
        [statements(tables, name, place=place, kind=kind).head(1) for place, (name, kind) in HEADLINES.items()]
    )
    table = plot(
        rows, tables, words, label=lambda row: words.of(row, "name"), detail=lambda row: numbers.when(row, words)
    )
    table = table.assign(
        name=[place_name(place, words, short=False) for place in table["place"]],
        short=[place_name(place, words) for place in table["place"]],
    )
    first = [numbers.qualified({**row, "value_high": None}, words) for row in records(table)]
    table = table.assign(number=[f"{label} {text}" for label, text in zip(table["label"], first, strict=True)])
    title = words("four-places.title")
    return map_figure(
        brief,
        _design(table, brief),
        title=title,
        subtitle=words("four-places.subtitle"),
        alt=spoken(table.assign(panel=table["name"]), title, words),
        table=table,
        observations=tuple(rows["id"]),
        notes=(words("note.nested"),),
    )


def _design(table: pd.DataFrame, brief: Brief) -> Design:
    labels = [
        Label(row["place"], row["name"], row["short"], row["number"], (row["detail"],), row["place"])
        for row in records(table)
    ]
    areas = (*land("guiyang", "bijie"), *cities("guiyang", "bijie", tint=CLEAR), Area("guizhou", outline=True))
    return Design(areas, tuple(labels), scale_words=scale_words(brief.words))


DEFINITION = Definition("four-places", build)
