"""Ways between places, as plain links: where one is, what lies in it, what lies beside it.

The address names the place, so the browser's back button returns to the one before; the script assets/reader.js follows
these links without loading the page anew.
"""

from components import show
from components.address import View, link
from components.placecards import PROVINCE, areas, is_spoken_of, level, parts, spoken_of_above, summary, title
from components.reader import Reader
from data.load import tables
from data.places import stated
from geo.load import UNIONS, ancestors, contains

Way = dict[str, str]


def way(reader: Reader, place: str) -> Way:
    """Return the link to a place, its name and what is said of it; map, measure and language stay as they are."""
    view = reader.view
    there = View(lang=view.lang, at="" if place == PROVINCE else place, map=view.map, indicator=view.indicator)
    name, said = title(place, reader.words), summary(place, reader.words)
    return {"code": place, "name": name, "said": said, "address": link("places", there)}


def crumbs(reader: Reader, place: str) -> list[Way]:
    """Return the ways to the places above, from the province down."""
    return [way(reader, above) for above in reversed(ancestors(place))]


def up(reader: Reader, place: str) -> Way | None:
    """Return the way to the nearest place above with something on record, for a place that has no statement itself."""
    if is_spoken_of(place) and (level(place) != "county" or len(stated(tables(), place))):
        return None
    return way(reader, spoken_of_above(place))


def show_parts(reader: Reader, place: str) -> None:
    """List what lies in a place, each with what the documents hold on it; a place without parts has no list."""
    if not (inside := parts(place)):
        return
    words, kind = reader.words, level(place)
    heading = words("places.union") if kind == "area" else words("places.list", place=title(place, words))
    show.html(
        "place_parts",
        reader,
        heading=heading,
        text=words(f"places.list.{kind}"),
        spoken=[way(reader, part) for part in inside if is_spoken_of(part)],
        unspoken=[way(reader, part) for part in inside if not is_spoken_of(part)],
        areas=[way(reader, area) for area in areas()] if place == PROVINCE else [],
    )


def show_beside(reader: Reader, place: str) -> None:
    """List the places beside one with something on record: in the same unit above, and the union it belongs to."""
    above = next(iter(ancestors(place)), PROVINCE)
    unions = [union for union in UNIONS if contains(union, place)] if level(place) != "area" else areas()
    beside = [other for other in dict.fromkeys([*parts(above), *unions]) if other != place and is_spoken_of(other)]
    if beside:
        text = reader.words("places.beside.text", place=title(above, reader.words))
        show.html("place_beside", reader, text=text, beside=[way(reader, other) for other in beside])
