"""Observations in, plotted table out: the one form that every chart of rows draws and every file carries.

Columns: panel, label, detail (words) · head (name of the mark, on the first row) · kind, place, period, bound, unit
(codes) · value, value_high (as printed) · amount, amount_high (base units: what is drawn) · text (the qualified number
in the reader's language) · tip · colour · observation (id).
"""

from collections.abc import Callable
from functools import lru_cache

import pandas as pd

from components import numbers
from components.theme import Look
from components.words import Words
from data.load import Row, Tables, record, records
from data.measures import in_base_units
from geo.load import places

Text = Callable[[Row], str]
# These columns serve the drawing alone; readers get the others, in tables and files.
DRAWING = (
    "panel", "head", "amount", "amount_high", "tip", "spoken", "speaks", "colour", "short", "line",
    "start", "end", "filled", "nth", "shade", "note", "reference",
)  # fmt: skip


@lru_cache(maxsize=1024)
def place_name(code: str, words: Words, short: bool = True) -> str:
    """Return a place's name in the reader's language."""
    return words.of(record(places(), code), "short" if short else "name")


def plot(
    rows: pd.DataFrame,
    tables: Tables,
    words: Words,
    label: Text | None = None,
    detail: Text | None = None,
    panel: Text | None = None,
) -> pd.DataFrame:
    """Turn observations (with their indicator's columns) into a plotted table, in the order given."""
    rows = in_base_units(rows, tables.units)
    found = records(rows)
    label = label or (lambda row: words.of(row, "name"))
    detail = detail or (lambda row: "")
    return pd.DataFrame(
        {
            "panel": [panel(row) if panel else "" for row in found],
            "label": [label(row) for row in found],
            "detail": [detail(row) for row in found],
            "head": "",
            **{name: [row[name] for row in found] for name in
               ("kind", "place", "period", "bound", "unit", "value", "value_high", "amount", "amount_high")},
            "text": [numbers.qualified(row, words) for row in found],
            "spoken": [numbers.qualified(row, words, spoken=True) for row in found],
            "tip": [tip(row, words) for row in found],
            "observation": [row["id"] for row in found],
        }
    )  # fmt: skip


def tip(row: Row, words: Words) -> str:
    """Return what a pointer over a mark reads: what, where, when, how much."""
    return words(
        "tip.observation",
        name=words.of(row, "name"),
        place=place_name(row["place"], words),
        period=numbers.period(row["period"], words),
        number=numbers.qualified(row, words, spoken=True),
    )


def by_place(table: pd.DataFrame, look: Look) -> pd.DataFrame:
    """Colour every mark by its place; where the table has `speaks`, only the finding's rows: the rest is context."""
    colours = table["place"].map(look.place)
    return table.assign(colour=colours.where(table["speaks"], look.context) if "speaks" in table else colours)


def goals_stand_out(table: pd.DataFrame, look: Look) -> pd.DataFrame:
    """Colour results by their place and goals in the accent: for charts that hold one against the other."""
    goal = table["kind"] == "goal"
    return by_place(table, look).assign(colour=lambda t: t["colour"].mask(goal, look.accent))


def published(table: pd.DataFrame) -> pd.DataFrame:
    """Return the columns of a plotted table that readers get."""
    return table[[name for name in table if name not in DRAWING]]


def spoken(table: pd.DataFrame, title: str, words: Words, limit: int = 20) -> str:
    """Put a plotted table into words for those who cannot see it: the finding, then every row with its qualifier."""
    rows = [
        words(
            "alt.row", label=" ".join(filter(None, (row["panel"], row["label"], row["detail"]))), number=row["spoken"]
        )
        for row in records(table.head(limit))
    ]
    more = len(table) - len(rows)
    tail = [words.count("alt.more", more)] if more else []
    return words("alt.figure", title=title, rows=words("alt.separator").join(rows + tail))


def head_first(table: pd.DataFrame, words: Words, key: str = "head") -> pd.DataFrame:
    """Name the marks of the first row, in place of a legend: 2023 result, 2024 target."""
    first = (table["label"] == table["label"].iloc[0]) & (table["panel"] == table["panel"].iloc[0])
    names = [words(f"{key}.{row['kind']}", year=row["period"][-4:]) for row in records(table)]
    return table.assign(head=[name if is_first else "" for name, is_first in zip(names, first, strict=True)])
