"""The map of the places page: one of a few themes, chosen in the address, framed on the place that is read."""

from collections.abc import Mapping
from typing import Any, Final

from components import controls, show
from components.address import MANY, MAPS
from components.figures.catalogue import CATALOGUE
from components.figures.plotted import place_name
from components.placecards import PROVINCE
from components.reader import Reader
from data.load import record, tables
from data.select import statements
from geo.load import UNIONS, ancestors

ACROSS: Final = "across-places"
MEASURE: Final = "indicator"
FIGURES: Final[Mapping[str, str]] = {
    "who": "who-is-who",
    "numbers": "numbers-by-place",
    "mentions": "mentions-by-county",
    "goals": "goals-by-place",
}


def show_map(reader: Reader, place: str) -> None:
    """Show the choice of themes and the map of the one chosen."""
    controls.choice(reader, "map", {code: reader.words(f"map.theme.{code}") for code in MAPS})
    figure = FIGURES[reader.view.map]
    allowed = CATALOGUE[figure].parameters
    given: dict[str, Any] = {}
    if MEASURE in allowed:
        measures = offered(place, figure)
        _show_measures(reader, measures)
        given = {MEASURE: _measure(reader, measures)}
    text = _without(place, given[MEASURE], reader) if given else ""
    for frame in _frames(place, allowed["place"]) if "place" in allowed else ("",):
        framed = given | {"place": frame} if frame else given
        show.figure(reader, figure, text, **framed)


def _frames(place: str, allowed: tuple[str, ...]) -> tuple[str, ...]:
    """Return what a map is framed on: the place, what it lies in, what it is taken together with; else every frame."""
    unions = [part for union, parts in UNIONS.items() if place in (union, *parts) for part in parts]
    near = (code for code in (place, *ancestors(place), *unions) if code in allowed)
    return tuple(near)[:1] or allowed


def offered(place: str, figure: str) -> tuple[str, ...]:
    """Return the measures that a Figure draws: first those with a number of the place, then those of what it lies in."""
    near = (place, *ancestors(place), *UNIONS.get(place, ()))
    drawn = CATALOGUE[figure].parameters[MEASURE]
    far = {code: min((near.index(at) for at in _stated(code) if at in near), default=len(near)) for code in drawn}
    return tuple(sorted(drawn, key=far.__getitem__))


def _stated(measure: str) -> set[str]:
    """Return the places that the documents give a number of a measure for."""
    return {str(place) for place in statements(tables(), measure)["place"]}


def _without(place: str, measure: str, reader: Reader) -> str:
    """Say that the documents give no such number for the place that is read, where they give none."""
    if place == PROVINCE or place in _stated(measure):
        return ""
    return reader.words("map.numbers.none", name=place_name(place, reader.words, short=False))


def _measure(reader: Reader, measures: tuple[str, ...]) -> str:
    """Return the first of some measures that the address names; else the first of them."""
    return next((code for code in reader.view.indicator.split(MANY) if code in measures), measures[0])


def _show_measures(reader: Reader, measures: tuple[str, ...]) -> None:
    controls.choice(
        reader, MEASURE, {code: reader.words.of(record(tables().indicators, code), "name") for code in measures}
    )


def show_across(reader: Reader) -> None:
    """Show one measure across places, with its choice unless the map above has it already."""
    words = reader.words
    show.html("chapter", reader, id="across", number="", title=words("places.across"), text=words("places.across.text"))
    measures = CATALOGUE[ACROSS].parameters[MEASURE]
    if MEASURE not in CATALOGUE[FIGURES[reader.view.map]].parameters:
        _show_measures(reader, measures)
    show.figure(reader, ACROSS, indicator=_measure(reader, measures))


def show_goals(reader: Reader) -> None:
    """Show the goals by place, unless the map above is theirs already."""
    if reader.view.map != "goals":
        show.figure(reader, FIGURES["goals"])
