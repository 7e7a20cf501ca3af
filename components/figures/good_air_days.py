"""A year of days in squares: how many were not of good air, and how many a floor leaves room for."""

from calendar import isleap
from functools import partial
from typing import TYPE_CHECKING

import pandas as pd

from components.charts import units
from components.charts.units import Piece
from components.figures.figure import Brief, Definition, Figure
from components.figures.plotted import place_name, plot, spoken
from components.theme import Look
from data.load import Row, records
from data.select import statements

if TYPE_CHECKING:
    from altair import LayerChart

INDICATOR = "good-air-days-share"
FULL, STRIP = 100, 92


def build(brief: Brief) -> Figure:
    """Draw a square for every day of the year each share speaks of; the finding counts the days without good air."""
    words, tables = brief.words, brief.tables
    rows = statements(tables, INDICATOR).sort_values("period", kind="stable")
    days = {row["id"]: days_without(row["value"], row["period"]) for row in records(rows)}
    table = plot(
        rows, tables, words,
        label=lambda row: words(
            "good-air-days.row", place=place_name(row["place"], words),
            head=words(f"head.{row['kind']}", year=row["period"][-4:]),
        ),
        detail=lambda row: words.count(
            f"good-air-days.{row['kind']}", days[row["id"]], all=year_length(row["period"])
        ),
    )  # fmt: skip
    count = table["observation"].map(days)
    title = words(
        "good-air-days.title", place=place_name(table["place"].iloc[0], words), year=table["period"].iloc[0],
        number=words.count("good-air-days.days", int(count.iloc[0])),
        others=words.join([_allowed(row, days[row["observation"]], brief) for row in records(table.iloc[1:])]),
    )  # fmt: skip
    return brief.figure(
        title=title,
        subtitle=words("good-air-days.subtitle"),
        alt=spoken(table, title, words),
        table=table,
        observations=tuple(rows["id"]),
        draw=partial(_draw, table, list(count)),
        notes=(words("good-air-days.note"), words("note.nested")),
    )


def year_length(year: str) -> int:
    """Return the days of a year."""
    return 366 if isleap(int(year)) else 365


def days_without(share: float, year: str) -> int:
    """Return the days of a year that a share leaves, to the nearest whole day."""
    return round((FULL - share) / FULL * year_length(year))


def _allowed(row: Row, days: int, brief: Brief) -> str:
    return brief.words.count(
        "good-air-days.allowed", days, place=place_name(row["place"], brief.words), year=row["period"]
    )


def _draw(table: pd.DataFrame, without: list[int], look: Look) -> "LayerChart":
    """Draw good days pale and the others in the colour that speaks, as outlines where a goal only leaves room for them."""
    rows = table.assign(colour=table["place"].map(look.place))
    pieces = [
        [
            Piece(year_length(row["period"]) - days, look.rule),
            Piece(days, look.accent, hollow=row["kind"] != "result"),
        ]
        for row, days in zip(records(table), without, strict=True)
    ]
    return units.draw(rows, look, pieces, strip=STRIP)


DEFINITION = Definition("good-air-days", build)
