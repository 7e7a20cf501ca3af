"""The four places on the map of Guizhou: two cities, and two places that lie inside one of them."""

from typing import TYPE_CHECKING

import pandas as pd

from components import numbers
from components.figures.figure import Brief, Definition, Figure
from components.figures.plotted import place_name, plot, spoken
from components.theme import Look
from components.words import Words
from data.load import records
from data.select import statements

if TYPE_CHECKING:
    from altair import LayerChart
    from pydeck import Deck

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
    table = table.assign(
        line=[f"{name}　{number}" for name, number in zip(table["name"], table["number"], strict=True)]
    )
    title = words("four-places.title")
    return brief.figure(
        title=title,
        subtitle=words("four-places.subtitle"),
        alt=spoken(table.assign(panel=table["name"]), title, words),
        table=table,
        observations=tuple(rows["id"]),
        draw=lambda look: _drawn(table, look),
        deck=lambda look: _deck(table, look, words),
        notes=(words("note.nested"),),
    )


def _drawn(table: pd.DataFrame, look: Look) -> "LayerChart":
    from components.maps import drawn

    return drawn.draw(table, look)


def _deck(table: pd.DataFrame, look: Look, words: Words) -> "Deck":
    from components.maps import deck  # pydeck is imported when a reader asks for the interactive map

    return deck.make(table, look, words)


DEFINITION = Definition("four-places", build)
