"""The map of the places page: one of a few themes, chosen in the address, framed on the place that is read."""

from collections.abc import Mapping
from typing import Any, Final

from components import controls, show
from components.address import MANY, MAPS
from components.figures.catalogue import CATALOGUE
from components.reader import Reader
from data.load import record, tables
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
    if MEASURE in allowed:
        _show_measures(reader, figure)
    given: dict[str, Any] = {MEASURE: _measure(reader, figure)} if MEASURE in allowed else {}
    for frame in _frames(place, allowed["place"]) if "place" in allowed else ("",):
        framed = given | {"place": frame} if frame else given
        show.figure(reader, figure, **framed)


def _frames(place: str, allowed: tuple[str, ...]) -> tuple[str, ...]:
    """Return what a map is framed on: the place, what it lies in, what it is taken together with; else every frame."""
    unions = [part for union, parts in UNIONS.items() if place in (union, *parts) for part in parts]
    near = (code for code in (place, *ancestors(place), *unions) if code in allowed)
    return tuple(near)[:1] or allowed


def _measure(reader: Reader, figure: str) -> str:
    """Return the measure that the address names, where a Figure draws it; else the Figure's first."""
    drawn = CATALOGUE[figure].parameters.get(MEASURE, ("",))
    return next((code for code in reader.view.indicator.split(MANY) if code in drawn), drawn[0])


def _show_measures(reader: Reader, figure: str) -> None:
    names = {
        code: reader.words.of(record(tables().indicators, code), "name")
        for code in CATALOGUE[figure].parameters[MEASURE]
    }
    controls.choice(reader, MEASURE, names)


def show_across(reader: Reader) -> None:
    """Show one measure across places, with its choice unless the map above has it already."""
    words = reader.words
    show.html("chapter", reader, id="across", number="", title=words("places.across"), text=words("places.across.text"))
    if MEASURE not in CATALOGUE[FIGURES[reader.view.map]].parameters:
        _show_measures(reader, ACROSS)
    show.figure(reader, ACROSS, indicator=_measure(reader, ACROSS))


def show_goals(reader: Reader) -> None:
    """Show the goals by place, unless the map above is theirs already."""
    if reader.view.map != "goals":
        show.figure(reader, FIGURES["goals"])
