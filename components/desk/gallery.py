"""The gallery: a card for every Figure of the catalogue, found by words, by place and by theme.

A filter by place or theme also sets the parameter of a Figure that has one, so that its card shows what was asked for.
"""

from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlencode

from components import faulty, show
from components.address import View, link
from components.desk import controls
from components.figures.catalogue import CATALOGUE, figure
from components.figures.figure import Definition
from components.reader import Reader
from components.words import LANGUAGES, Words
from data.load import tables
from data.search import LATIN, spell
from data.select import Selection

MANY = (
    100  # a Figure on more observations than this is about all of them, and is not found by what each of them measures
)
WIDTH = 400  # px the small pictures are drawn for


@dataclass(frozen=True)
class About:
    """What a Figure is about: its places and themes as codes, its words in both languages, their pinyin."""

    places: frozenset[str]
    themes: frozenset[str]
    titles: str
    others: str


@lru_cache(maxsize=256)
def _spelled(text: str) -> str:
    return "\n".join(spell(line) for line in text.split("\n"))


@lru_cache(maxsize=256)
def about(id: str) -> About:
    """Say what a Figure of the catalogue is about, as it is by default."""
    shown = [figure(id, lang) for lang in LANGUAGES]
    rows = tables().observations.loc[list(shown[0].observations)]
    measured = tables().indicators.loc[rows["indicator"].unique()]
    listed = measured if len(rows) <= MANY else measured.head(0)
    return About(
        places=frozenset(rows["place"]),
        themes=frozenset(measured["theme"]),
        titles="\n".join([id, *(text for one in shown for text in (one.title, one.subtitle))]).casefold(),
        others="\n".join([*listed["name_zh"], *listed["name_en"]]).casefold(),
    )


def chosen(selection: Selection) -> list[tuple[str, dict[str, str]]]:
    """Return the ids and parameters of the Figures that hold every word and one of the places and themes asked for.

    Those whose title holds the words come first.
    """
    found = []
    for id, definition in CATALOGUE.items():
        try:
            parameters = asked(definition, selection)
            if parameters is not None and (rank := _rank(id, selection.search)):
                found.append((rank, id, parameters))
        except Exception as error:  # the others are found all the same
            faulty.note(id, error)
    return [(id, parameters) for _, id, parameters in sorted(found, key=lambda one: one[0])]


def asked(definition: Definition, selection: Selection) -> dict[str, str] | None:
    """Return the parameters with which a Figure is about the places and themes selected, or None where it is not."""
    parameters: dict[str, str] = {}
    for name, has in (("place", "places"), ("theme", "themes")):
        codes: tuple[str, ...] = getattr(selection, name)
        own = () if name in definition.many else definition.parameters.get(name, ())
        if settable := [code for code in codes if code in own]:
            parameters[name] = settable[0]
        elif codes and not set(codes) & getattr(about(definition.id), has):
            return None
    return parameters


def _rank(id: str, search: str) -> int:
    """Return 1 where the title holds every word, 2 where all that names the Figure does, 0 where one is missing."""
    words = search.casefold().replace("’", "'").split()
    if not words:
        return 1
    one = about(id)
    if all(_held(word, one.titles) for word in words):
        return 1
    return 2 if all(_held(word, one.titles) or _held(word, one.others) for word in words) else 0


def _held(word: str, text: str) -> bool:
    """Tell whether a text holds a word as it is written, or spelled in Latin letters."""
    return word in text or (bool(LATIN.fullmatch(word)) and word.replace("'", "") in _spelled(text))


def show_gallery(reader: Reader) -> None:
    """Show the search, the filters and a card for each Figure found."""
    words = reader.words
    show.html("desk_head", reader, at="desk", title=words("nav.desk"), text=words("desk.lead", n=len(CATALOGUE)))
    controls.gallery_filters(reader)
    found = chosen(reader.view.selection)
    cards = (card(reader, id, parameters) for id, parameters in found)
    show.html("desk_gallery", reader, cards=[one for one in cards if one])


def card(reader: Reader, id: str, parameters: dict[str, str]) -> dict[str, str] | None:
    """Return what a card shows: the finding, what is measured, the chart alone in small, and where it leads.

    None where the Figure cannot be made.
    """
    lang, words = reader.view.lang, reader.words
    if (shown := faulty.made(id, lang, parameters)) is None:
        return None
    small = {**shown.parameters, "lang": lang, "look": reader.look.name, "width": WIDTH}
    return {
        "id": id,
        "title": shown.title,
        "subtitle": shown.subtitle,
        "picture": f"/embed/{id}.svg?{urlencode(small)}",
        "varies": varies(CATALOGUE[id], words),
        "address": link("desk", View(lang=lang, figure=id, parameters=tuple(parameters.items()))),
    }


def varies(definition: Definition, words: Words) -> str:
    """Say by what a Figure can be varied, if by anything."""
    names = [words(f"parameter.{name}") for name in definition.parameters]
    return words("desk.varies", names=words.join(names)) if names else ""
