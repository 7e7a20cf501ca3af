"""How many goals each place states: a ring by its area, filled in the middle by those that can be judged."""

import math

import pandas as pd

from components.figures.counting import count_table, place_order
from components.figures.figure import Brief, Definition, Figure
from components.figures.mapping import both, cities, colour_of, land, map_figure, scale_words
from components.figures.plotted import place_name, spoken
from components.maps.design import Area, Design, Label, Symbol
from components.words import Words
from data.load import records
from data.verdicts import verdicts
from geo.load import places

UNJUDGED = "cannot_judge"
CITIES = ("guiyang", "bijie")
AIR = 78.0


def build(brief: Brief) -> Figure:
    """Draw the number of goals of every place with a boundary; no number holds that of a part."""
    words = brief.words
    goals = verdicts(brief.tables).assign(place=brief.tables.observations["place"])
    drawn = [place for place in place_order(goals["place"]) if places().at[place, "polygon"]]
    found = {place: goals[goals["place"] == place] for place in drawn}
    table = count_table(
        words, "count.goals", [len(rows) for rows in found.values()],
        label=[place_name(place, words, short=False) for place in drawn],
        detail=[words("detail.separator").join(_details(rows, words)) for rows in found.values()],
        place=drawn, kind="goal",
        judged=[int((rows["verdict"] != UNJUDGED).sum()) for rows in found.values()],
    )  # fmt: skip
    title = words("goals-by-place.title", parts=_horizons(brief, found))
    without = goals[~goals["place"].isin(drawn)]
    return map_figure(
        brief,
        _design(table, words),
        title=title,
        subtitle=words("goals-by-place.subtitle"),
        alt=spoken(table, title, words),
        table=table,
        observations=tuple(str(code) for rows in found.values() for code in rows.index),
        notes=(
            words("goals-by-place.note"),
            *([words.count("goals-by-place.left-out", len(without))] if len(without) else []),
        ),
    )


def _details(rows: pd.DataFrame, words: Words) -> list[str]:
    """Say when most goals of a place fall due, and how many can be judged."""
    years = rows["due"].value_counts()
    judged = int((rows["verdict"] != UNJUDGED).sum())
    due = words("goals-by-place.due", n=int(years.max()), year=int(str(years.idxmax())))
    return [due, words("goals-by-place.judged", n=judged)]


def _horizons(brief: Brief, found: dict[str, pd.DataFrame]) -> str:
    """Say for the places that documents are about in which year most of their goals fall due."""
    words, subjects = brief.words, set(brief.tables.sources["place"])
    by_year: dict[int, list[str]] = {}
    for place, rows in found.items():
        if place in subjects:
            by_year.setdefault(int(rows["due"].mode().iloc[0]), []).append(place_name(place, words))
    parts = [words("goals-by-place.most", places=both(by_year[year], words), year=year) for year in sorted(by_year)]
    return words("goals-by-place.separator").join(parts)


def _design(table: pd.DataFrame, words: Words) -> Design:
    largest = float(table["value"].max())
    labels, symbols = [], []
    for row in records(table):
        place, radius = row["place"], math.sqrt(row["value"] / largest)
        colour, details = colour_of(place), row["detail"].split(words("detail.separator"))
        symbols.append(Symbol(place, "ring", radius, colour=colour, tip=row["tip"]))
        if row["judged"]:
            filled = math.sqrt(row["judged"] / largest)
            symbols.append(Symbol(place, "dot", filled, colour=colour, tip=row["detail"]))
        labels.append(Label(place, row["label"], place_name(place, words), row["spoken"], tuple(details), colour))
    return Design(
        areas=(*land(*CITIES), *cities(*CITIES), *(Area(city, city, outline=True) for city in CITIES)),
        labels=tuple(labels),
        symbols=tuple(symbols),
        air=AIR,
        scale_words=scale_words(words),
    )


DEFINITION = Definition("goals-by-place", build)
