"""How much the documents say of a place, as one line for every list of places; where they say nothing, that in words."""

from functools import lru_cache

from components.figures.plotted import place_name
from components.words import Words
from data.load import record, tables
from data.places import counts
from geo.load import ancestors, children, places

PROVINCE = "guizhou"


def level(place: str) -> str:
    """Return a place's level: province, prefecture, county, or area for what is no unit of government."""
    return str(places().at[place, "level"])


def areas() -> tuple[str, ...]:
    """List the places that have numbers but no boundary."""
    return tuple(str(place) for place in places().index[places()["level"] == "area"])


def parts(place: str) -> tuple[str, ...]:
    """List what a place is made of, most spoken of first; others keep the order of the administrative codes."""
    return tuple(sorted(children(place), key=lambda part: -_said(part)))


def _said(place: str) -> int:
    row = record(counts(tables()), place)
    return int(row["stated"] + row["mentions"] + row["within"])


def is_spoken_of(place: str) -> bool:
    """Tell whether any document says anything of a place or of a county in it."""
    return _said(place) > 0


def spoken_of_above(place: str) -> str:
    """Return the nearest place above of which something is said, the province at last."""
    return next((above for above in ancestors(place) if is_spoken_of(above)), PROVINCE)


@lru_cache(maxsize=256)
def summary(place: str, words: Words) -> str:
    """Say how many results, goals and mentions a place has; what there is none of is left out."""
    row = record(counts(tables()), place)
    said = [words.count(f"count.{name}", int(row[name])) for name in ("results", "goals", "mentions") if row[name]]
    if row["within"] and level(place) == "prefecture":
        said.append(words.count("places.within-parts", int(row["within"])))
    return words("detail.separator").join(said)


def title(place: str, words: Words) -> str:
    """Name a place in full."""
    return place_name(place, words, short=False)
