"""One measure where it belongs: a circle at each place, by its area, with value, year, kind and bound.

Areas of the map are never coloured by totals: a large county would look like a large number.
"""

import math

import pandas as pd

from components import numbers
from components.figures.figure import Brief, Definition, Figure
from components.figures.mapping import COLOURED, PROVINCE, both, cities, land, map_figure, scale_words
from components.figures.plotted import place_name, plot, spoken
from components.maps.design import Area, Design, Label, Symbol
from components.words import Words
from data.load import Row, record, records
from data.select import last_year, statements
from geo.load import ancestors, contains, places

# Levels, not growth, that at least two places with a boundary state in one unit and for comparable spans of time.
INDICATORS = (
    "gdp", "resident-population", "industrial-output", "built-up-area", "talent-total", "forest-cover",
    "urbanisation-rate", "good-air-days-share", "green-economy-share", "agri-processing-rate",
)  # fmt: skip
SHARE = "%"
CITIES = ("guiyang", "bijie")
BESIDE = 0.14  # between two circles of one place, in the symbols' unit
AIR = 78.0


def build(brief: Brief) -> Figure:
    """Draw what the documents state of one indicator, each number at its place.

    The map shows the cities with a number in them, and the one that it is framed on whether it has a number or not.
    """
    words, indicator = brief.words, brief.parameters["indicator"]
    stated = statements(brief.tables, indicator)
    rows = stated[stated["place"].isin(_with_shape())]
    rows = rows.assign(year=last_year(rows["period"]), order=rows["place"].map(_order))
    rows = rows.sort_values(["order", "year"], kind="stable")
    table = plot(
        rows, brief.tables, words,
        label=lambda row: place_name(row["place"], words, short=False),
        detail=lambda row: _when(row, words),
    )  # fmt: skip
    name = words.of(record(brief.tables.indicators, indicator), "name")
    title = words("numbers-by-place.title", name=name, parts=_told(rows, words))
    left_out, without = len(stated) - len(rows), [place for place in COLOURED if place not in set(rows["place"])]
    share = "share" if rows["unit"].iloc[0] == SHARE else "amount"
    return map_figure(
        brief,
        _design(table, brief),
        title=title,
        subtitle=words(
            f"numbers-by-place.subtitle.{share}",
            unit=numbers.unit_name(rows["unit"].iloc[0], words),
            marks=words.join(_marks(table, words)),
        ),
        alt=spoken(table, title, words),
        table=table,
        observations=tuple(rows["id"]),
        notes=(
            words("note.nested"),
            *([words.count("numbers-by-place.left-out", left_out)] if left_out else []),
            *([words("numbers-by-place.without", places=_short(without, words))] if without else []),
        ),
    )


def _marks(table: pd.DataFrame, words: Words) -> list[str]:
    """Name the marks that this map shows, and no others."""
    stretched = table["amount_high"].notna()
    bounds = set(table.loc[~stretched, "bound"]) - {"exact"}
    keys = [kind for kind in ("result", "goal") if kind in set(table["kind"])] + ["stretch"] * bool(stretched.any())
    keys += [bound for bound in ("at_least", "at_most", "about") if bound in bounds]
    return [words(f"numbers-by-place.mark.{key}") for key in keys]


def _with_shape() -> list[str]:
    return [str(place) for place in places().index[places()["polygon"]]]


def _short(codes: list[str], words: Words) -> str:
    return both([place_name(place, words) for place in codes], words)


def _order(place: str) -> int:
    return COLOURED.index(place) if place in COLOURED else len(COLOURED)


def _when(row: Row, words: Words) -> str:
    """Say a number's year and kind, and what part of the place it covers if not all of it."""
    when = words(f"head.{row['kind']}", year=row["period"][-4:])
    return words("detail.separator").join(filter(None, (when, words.of(row, "scope"))))


def _told(rows: pd.DataFrame, words: Words) -> str:
    """Say of every place which year's result or goal it states."""
    groups: dict[tuple[int, str], list[str]] = {}
    for row in records(rows.sort_values("year", kind="stable")):
        groups.setdefault((row["year"], row["kind"]), []).append(place_name(row["place"], words))
    parts = [
        words(f"numbers-by-place.{kind}", year=year, places=both(names, words))
        for (year, kind), names in groups.items()
    ]
    return words("numbers-by-place.separator").join(parts)


def _design(table: pd.DataFrame, brief: Brief) -> Design:
    words = brief.words
    found = {str(place): records(rows) for place, rows in table.groupby("place", sort=False)}
    framed = [*found, brief.parameters["place"]]
    shown = [city for city in CITIES if any(place == city or contains(city, place) for place in framed)]
    without = [place for place in COLOURED if place not in found and {place, *ancestors(place)} & set(shown)]
    return Design(
        areas=(*land(*shown), *cities(*shown), *(Area(city, city, outline=True) for city in shown)),
        labels=(
            *(_card(place, rows, words) for place, rows in found.items()),
            *(_bare(place, words) for place in without),
        ),
        symbols=tuple(symbol for rows in found.values() for symbol in _circles(rows, _largest(table))),
        air=AIR,
        scale_words=scale_words(words),
    )


def _card(place: str, rows: list[Row], words: Words) -> Label:
    return Label(
        place,
        name=place_name(place, words, short=False),
        short=place_name(place, words),
        number=words.join([numbers.qualified({**row, "value_high": None}, words) for row in rows]),
        details=tuple(_with_stretch(row, words) for row in rows),
        colour=place,
    )


def _bare(place: str, words: Words) -> Label:
    """Name a place that the map shows and the documents give no number for: missing is never zero."""
    short, name = place_name(place, words), place_name(place, words, short=False)
    said, listed = (words("numbers-by-place.none", name=one) for one in (short, name))
    return Label(place, said, short, missing=listed)


def _with_stretch(row: Row, words: Words) -> str:
    """Say a number's year and kind and, since the card's number goes without it, its stretch."""
    head = words(f"head.{row['kind']}", year=row["period"][-4:])
    return numbers.when(row, words) + str(row["detail"]).removeprefix(head)


def _largest(table: pd.DataFrame) -> float:
    """Return the amount that fills a circle of radius 1: for shares the whole, else the largest there is."""
    if (table["unit"] == SHARE).all():
        return float((table["amount"] / table["value"]).iloc[0]) * 100
    return float(table[["amount", "amount_high"]].max().max())


def _circles(rows: list[Row], largest: float) -> list[Symbol]:
    """Make the circles of one place, side by side in the order of their years."""
    radii = [math.sqrt(row["amount"] / largest) for row in rows]
    rooms = [1.0 if row["unit"] == SHARE else radius for row, radius in zip(rows, radii, strict=True)]
    start = -(sum(rooms) * 2 + BESIDE * (len(rows) - 1)) / 2
    symbols = []
    for row, radius, room in zip(rows, radii, rooms, strict=True):
        dx = start + room
        start += 2 * room + BESIDE
        at = {"place": row["place"], "dx": dx, "tip": row["tip"]}
        stretch = not numbers.missing(row["amount_high"])
        if row["unit"] == SHARE:
            symbols.append(Symbol(form="whole", radius=1.0, **at))
        if stretch:
            symbols.append(Symbol(form="ghost", radius=math.sqrt(row["amount_high"] / largest), **at))
        form = "dot" if row["kind"] == "result" else "ring"
        symbols.append(Symbol(form=form, radius=radius, bound="exact" if stretch else row["bound"], **at))
    return symbols


DEFINITION = Definition(
    "numbers-by-place",
    build,
    {"indicator": INDICATORS, "place": (PROVINCE, "bijie")},  # its frame; that of Guiyang is in every one
    examples=(
        *({"indicator": indicator, "place": PROVINCE} for indicator in INDICATORS),
        {"indicator": INDICATORS[0], "place": "bijie"},  # which has no such number
    ),
)
