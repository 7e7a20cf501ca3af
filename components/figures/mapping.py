"""What map Figures share: the areas they draw, and the Figure made of a design, whose drawing is imported when needed."""

from typing import TYPE_CHECKING, Any

from components.figures.figure import Brief, Figure
from components.maps.design import Area, Design
from components.theme import Look
from components.words import Words
from geo.load import children, contains

if TYPE_CHECKING:
    from altair import LayerChart

    from components.maps.deck import Deck

PALE, CLEAR = 0.24, 0.42  # the share of a place's colour in its area: under symbols; where the area itself is shown
PART = 1.6  # by which a county stands out that has a colour of its own
COLOURED = ("guiyang", "bijie", "qingzhen", "wudang")  # the places that have a colour of their own
PROVINCE = "guizhou"


def land(*besides: str) -> tuple[Area, ...]:
    """Return the province's prefectures as pale land, but for those drawn by their counties."""
    return tuple(Area(place) for place in children(PROVINCE) if place not in besides)


def cities(*shown: str, tint: float = PALE) -> tuple[Area, ...]:
    """Return the counties of prefectures, each in the colour of the nearest place that has one."""
    return tuple(
        Area(place, colour_of(place), tint * PART if place in COLOURED else tint)
        for city in shown
        for place in children(city)
    )


def colour_of(place: str) -> str:
    """Name the place whose colour stands for a place: its own, else that of the city around it."""
    if place in COLOURED:
        return place
    return next((city for city in COLOURED if contains(city, place)), "")


def scale_words(words: Words) -> tuple[str, str]:
    """Return the words of the scale bar, with its {n} still to fill, and of the north mark."""
    return words("map.km", n="{n}"), words("map.north")


def both(names: list[str], words: Words) -> str:
    """Join names as a sentence does: Qingzhen and Bijie."""
    return words("map.separator").join(names)


def map_figure(brief: Brief, design: Design, **parts: Any) -> Figure:
    """Make the Figure of a design: drawn for pages and files, and to move about."""
    return brief.figure(
        draw=lambda look: _drawn(design, look),
        deck=lambda look, phone: _deck(design, look, brief.words, phone),
        areas=design.areas,
        **parts,
    )


def _drawn(design: Design, look: Look) -> "LayerChart":
    from components.maps import drawn

    return drawn.draw(design, look)


def _deck(design: Design, look: Look, words: Words, phone: bool) -> "Deck":
    from components.maps import deck  # pydeck is imported when a reader asks for the interactive map

    return deck.make(design, look, words, phone)
