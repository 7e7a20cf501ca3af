"""The page that holds places and measures against each other: choose, see, read what must not be compared and why."""

from dataclasses import replace

import pandas as pd

from components import controls, numbers, show
from components.address import MANY, View, link
from components.figures.comparison import DEFAULT, detail
from components.figures.plotted import place_name
from components.reader import Reader
from components.words import Words
from data.compare import (
    INDICATORS,
    PLACES,
    Found,
    compared,
    completed,
    elsewhere,
    known_places,
    places_of,
    reasons,
    shared,
    stated,
)
from data.load import Row, record, tables
from data.select import Selection

MOST = {"place": PLACES, "indicator": INDICATORS}
SUGGESTED = 8  # other measures


def show_comparison(reader: Reader) -> None:
    """Show the choice, the Figure of what was chosen, what must not be compared, and what could be instead."""
    places, indicators = asked(reader)
    view = View(lang=reader.view.lang, selection=Selection(place=places), indicator=MANY.join(indicators))
    _show_choice(reader, view)
    rows = compared(tables(), places, indicators)
    if rows.empty:
        show.html("compare_nothing", reader)
    else:
        show.figure(reader, "comparison", place=MANY.join(places), indicator=MANY.join(indicators))
        _show_reasons(reader, rows)
    _show_suggestions(reader, view)


def asked(reader: Reader) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the places and indicators to compare; say so where the address names too many, fill in what it leaves out."""
    known = known_places(tables())
    named = {
        "place": [code for code in reader.view.selection.place if code in known],
        "indicator": list(reader.view.indicators),
    }
    words = reader.words
    if lines := [words.count(f"compare.too-many.{name}", MOST[name]) for name in MOST if len(named[name]) > MOST[name]]:
        show.html("notices", reader, lines=lines)
    cut = {name: codes[: MOST[name]] for name, codes in named.items()}
    return completed(tables(), cut["place"], cut["indicator"], DEFAULT)


def _show_choice(reader: Reader, view: View) -> None:
    words = reader.words
    places = {code: place_name(code, words, short=False) for code in known_places(tables())}
    label = words.count("compare.choose.place", PLACES)
    controls.several("place", label, places, view.selection.place, PLACES, view)
    label = words.count("compare.choose.indicator", INDICATORS)
    controls.several("indicator", label, options(words), view.indicators, INDICATORS, view)


def options(words: Words) -> dict[str, str]:
    """Name every indicator with the number of places that state it; those that most places state come first."""
    counts = {code: len(found) for code, found in places_of(tables()).items()}
    order = sorted(stated(tables()), key=lambda code: -counts[code])
    return {code: words.count("compare.option", counts[code], name=_name(code, words)) for code in order}


def _name(indicator: str, words: Words) -> str:
    return words.of(record(tables().indicators, indicator), "name")


def _show_reasons(reader: Reader, rows: pd.DataFrame) -> None:
    """Show what forbids a common scale and what must be kept in mind, each with an example from what is shown."""
    found = reasons(tables(), list(rows["id"]))
    show.html("compare_reasons", reader, alone=len(rows) == 1, groups=[
        (reader.words(f"compare.{name}"), [_reason(one, reader.words) for one in found if one.refuses == refuses])
        for name, refuses in (("refused", True), ("explained", False))
        if any(one.refuses == refuses for one in found)
    ])  # fmt: skip


def _reason(found: Found, words: Words) -> dict[str, str]:
    one, other = (said(record(tables().observations, code), words) for code in (found.one, found.other))
    return {
        "text": words(f"compare.reason.{found.reason}"),
        "example": words("compare.example", one=one, other=other),
        "pairs": words.count("compare.pairs", found.pairs),
    }


def said(row: Row, words: Words) -> str:
    """Name one number in full: place, measure, amount with its bound, years, kind and scope."""
    return words(
        "compare.number",
        place=place_name(row["place"], words),
        name=_name(row["indicator"], words),
        number=numbers.qualified(row, words, spoken=True),
        when=detail(row, words),
    )


def _show_suggestions(reader: Reader, view: View) -> None:
    """Show links to what else these places share, and to the other places that state a chosen measure."""
    words, places = reader.words, view.selection.place
    lines = []
    if others := [code for code in shared(tables(), places) if code not in view.indicators][:SUGGESTED]:
        ways = {_name(code, words): link("compare", replace(view, indicator=code)) for code in others}
        lines.append((words("compare.instead.shared"), ways))
    for indicator in view.indicators:
        if more := elsewhere(tables(), indicator, places):
            kept = [code for code in places if indicator in _states(code)]
            ways = {place_name(code, words): link("compare", _with(view, indicator, [*kept, code])) for code in more}
            lines.append((words("compare.instead.elsewhere", name=_name(indicator, words)), ways))
    show.html("compare_instead", reader, lines=lines)


def _states(place: str) -> set[str]:
    return {code for code, found in places_of(tables()).items() if place in found}


def _with(view: View, indicator: str, places: list[str]) -> View:
    """Return a view of one measure with a place more, which takes the room of the first where there is no more."""
    codes = [code for code in known_places(tables()) if code in places[-PLACES:]]
    return replace(view, indicator=indicator, selection=Selection(place=tuple(codes)))
