"""What the documents say of a place in one computed sentence, and what a reader must know to read its numbers.

In: a place's id, words. Out: text. Nothing said is said in words; it is never zero.
"""

from functools import lru_cache

import pandas as pd

from components import numbers
from components.placecards import is_spoken_of, level, title
from components.words import Words
from data.load import record, tables
from data.places import counts, documents, mentions_within, stated
from data.select import last_year
from geo.load import UNIONS, ancestors, ids, places

KEPT = 256  # texts, for as many places and languages
GAP = {"zh": "", "en": " "}  # between two sentences


@lru_cache(maxsize=KEPT)
def sentence(place: str, words: Words) -> str:
    """Say how many documents speak of a place, and how many results, goals and mentions of it they hold."""
    total, name = words.number_word(len(tables().sources)), title(place, words)
    if not is_spoken_of(place):
        return words("profile.silent", total=total, place=name)
    found = len(documents(tables(), place))
    if not found:
        return GAP[words.lang].join((words("profile.no-own", total=total, place=name), _within(place, words)))
    parts = words("profile.separator").join(_parts(place, words))
    return words.count("profile.says", found, total=total, place=name, parts=parts)


def _parts(place: str, words: Words) -> list[str]:
    rows, own = stated(tables(), place), record(counts(tables()), place)
    results, goals = (rows.loc[rows["kind"] == kind, "period"] for kind in ("result", "goal"))
    said = []
    if len(results):
        said.append(words.count("profile.results", len(results), years=_years(results, words, begun=True)))
    if len(goals):
        said.append(words.count("profile.goals", len(goals), years=_years(goals, words)))
    if own["mentions"]:
        said.append(words.count("profile.mentions", int(own["mentions"])))
    return said or [words.count("count.statements", len(rows))]


def _years(periods: "pd.Series[str]", words: Words, begun: bool = False) -> str:
    """Say the years of some periods: those they run over if `begun`, else those they end in."""
    last = last_year(periods)
    first = periods.str[:4].astype(int) if begun else last
    span = (int(first.min()), int(last.max()))
    return numbers.period("/".join(map(str, dict.fromkeys(span))), words)


def _within(place: str, words: Words) -> str:
    rows = mentions_within(tables(), place)
    return words.count("profile.within", len(rows), places=rows["place"].nunique()) if len(rows) else ""


@lru_cache(maxsize=KEPT)
def notes(place: str, words: Words) -> tuple[str, ...]:
    """List what one must know of a place: what it is, what lies in it, what may not be added up."""
    row = record(places(), place)
    area = "" if numbers.missing(row["area_km2"]) else numbers.amount(row["area_km2"], "平方公里", words)
    found = [
        words("places.area", area=area) if area else "",
        words.of(row, "note"),
        words("profile.union") if place in UNIONS else "",
        _nesting(place, words),
    ]
    if level(place) == "prefecture" and len(documents(tables(), place)):
        found.append(_within(place, words))
    if is_spoken_of(place) and level(place) == "county" and not len(stated(tables(), place)):
        found.append(words("profile.no-numbers", place=title(place, words)))
    return tuple(filter(None, found))


def _nesting(place: str, words: Words) -> str:
    """Say whose numbers lie inside whose: they are neither added up nor ranked."""
    rows = tables().observations
    numbered = set(rows.loc[rows["value"].notna(), "place"])
    if place not in numbered:
        return ""
    name = title(place, words)
    if above := next((other for other in ancestors(place) if other in numbered), ""):
        return words("profile.nested", place=name, parent=title(above, words))
    inside = [title(other, words) for other in ids(places().index) if other in numbered and place in ancestors(other)]
    return words.count("profile.holds", len(inside), place=name, parts=words.join(inside)) if inside else ""
