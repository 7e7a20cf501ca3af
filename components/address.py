"""URL ⇄ view: the one parser and the one builder of addresses. All state that matters stands in the query as codes.

`parse` takes any query, however wild, and returns the view it names together with the problems it found;
`query` writes a view back, leaving out what is default. No Streamlit here.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as made
from functools import lru_cache
from typing import Any, Final
from urllib.parse import urlencode

from components.desk import wanted
from components.desk.wanted import Pairs
from components.figures.catalogue import CATALOGUE
from components.figures.moved import MOVED
from components.words import LANGUAGES
from data import vocabulary
from data.compare import stated
from data.judge import VERDICTS
from data.load import tables
from data.near import near
from data.select import SORTS, Selection
from data.story import story
from geo.load import ids, places

PAGES: Final = ("story", "places", "results", "goals", "compare", "data", "sources", "desk", "present", "about")
HOME: Final = PAGES[0]
MAPS: Final = ("who", "numbers", "mentions", "goals")  # what the map of the places page shows; the first unless asked
MANY: Final = ","  # joins several codes of one filter
NUMBERS: Final = {"paragraph": 0, "page": 1}  # whole numbers and their defaults, which are also the least
SINGLE: Final = ("lang", "observation", "field", "step", "at", "map", "figure", "talk", "stage")  # one code each
LARGEST: Final = 10**6
STAGES: Final = ("dark", "light")  # the looks of a talk; the first unless asked
KEY: Final = re.compile(r"[A-Za-z0-9_-]{6,40}")  # what pairs the windows of a talk
LONGEST: Final = 4000  # characters of a value that are looked at


@dataclass(frozen=True)
class Problem:
    """Something in an address that names nothing: which parameter, what it said, what comes near."""

    parameter: str
    value: str
    nearest: str = ""


@dataclass(frozen=True)
class View:
    """What an address asks for, whatever the page."""

    lang: str = LANGUAGES[0]
    selection: Selection = made(default_factory=Selection)
    observation: str = ""
    indicator: str = ""  # one code; on the page that compares several, joined by MANY
    field: str = ""
    step: str = ""  # of the story; none: its opening
    at: str = ""  # the place whose profile is read; none: the province
    map: str = MAPS[0]
    paragraph: int = 0  # of the one document selected; 0: none
    page: int = 1
    figure: str = ""  # on the desk; none: all of them
    parameters: Pairs = ()  # that Figure's own; none: its defaults
    settings: Pairs = ()  # how its file shall be made
    steps: tuple[str, ...] = ()  # of a talk; none: the whole story
    talk: str = ""  # the language of a talk; none: the page's
    stage: str = STAGES[0]
    pair: str = ""  # the key that leads a talk

    @property
    def indicators(self) -> tuple[str, ...]:
        """Return the indicators to compare."""
        return tuple(filter(None, self.indicator.split(MANY)))


@lru_cache(maxsize=1)
def valid() -> dict[str, tuple[str, ...]]:
    """List what each parameter may hold, computed from the tables."""
    rows = tables().observations
    return {
        "lang": LANGUAGES,
        "place": tuple(dict.fromkeys(rows["place"])),
        "source": tuple(tables().sources.index),
        "theme": vocabulary.THEMES,
        "kind": vocabulary.KINDS,
        "bound": vocabulary.BOUNDS,
        "period": tuple(sorted(set(rows["period"]))),
        "due": tuple(sorted({period[-4:] for period in rows["period"]})),
        "department": tuple(tables().departments.index),
        "verdict": VERDICTS,
        "reason": vocabulary.PAIR_REASONS,
        "sort": SORTS,
        "observation": tuple(rows.index),
        "indicator": stated(tables()),
        "field": CATALOGUE["results-2023"].parameters["field"],
        "step": tuple(position.step.id for position in story().steps()),
        "at": ids(places().index),
        "map": MAPS,
        "figure": tuple(CATALOGUE),
        "steps": tuple(position.step.id for position in story().steps()),
        "talk": LANGUAGES,
        "stage": STAGES,
    }


def parse(query: Mapping[str, str]) -> tuple[View, list[Problem]]:
    """Read a query into a view; what names nothing is left out and reported.

    Where it names a Figure, that Figure's parameters are its own: `place` then is no filter of rows.
    """
    problems: list[Problem] = []
    asked = {name: str(value)[:LONGEST] for name, value in query.items()}
    asked["figure"] = MOVED.get(asked.get("figure", ""), asked.get("figure", ""))
    desk = _desk(asked, problems)
    own = CATALOGUE[asked["figure"]].parameters if desk else ()
    read = {name: _codes(name, value, problems) for name, value in asked.items() if name in valid() and name not in own}
    filters = {name: read.get(name, ()) for name in Selection.filters()}
    single: dict[str, Any] = {name: read[name][0] for name in SINGLE if read.get(name)}
    single["indicator"] = MANY.join(read.get("indicator", ()))
    sort = read.get("sort", SORTS[:1])[:1] or SORTS[:1]
    selection = Selection(**filters, search=asked.get("search", "").strip(), sort=sort[0])
    paragraph, page = (_number(name, query, problems) for name in ("paragraph", "page"))
    single["steps"] = tuple(read.get("steps", ()))
    single["pair"] = _key(asked.get("pair", ""), problems)
    return View(selection=selection, paragraph=paragraph, page=page, **single, **desk), problems


def _desk(asked: Mapping[str, str], problems: list[Problem]) -> dict[str, Any]:
    """Read what a Figure named by its id is asked to show, and how its file shall be made."""
    if asked["figure"] not in CATALOGUE:
        return {}
    parameters, unknown = wanted.parameters(asked["figure"], asked)
    settings, refused = wanted.settings(asked["figure"], asked)
    problems += [Problem(*fault) for fault in (*unknown, *refused)]
    return {"parameters": parameters, "settings": settings}


def _codes(name: str, text: str, problems: list[Problem]) -> tuple[str, ...]:
    known = _numbers(name)
    asked = dict.fromkeys(part.strip() for part in text.split(MANY) if part.strip())
    for part in asked:
        if part not in known:
            problems.append(Problem(name, part, next(iter(near(part, valid()[name])), "")))
    return tuple(sorted((part for part in asked if part in known), key=known.__getitem__))


@lru_cache(maxsize=64)
def _numbers(name: str) -> dict[str, int]:
    """Return the place of each code in the order of what a parameter may hold."""
    return {code: number for number, code in enumerate(valid()[name])}


def _key(text: str, problems: list[Problem]) -> str:
    if not text or KEY.fullmatch(text):
        return text
    problems.append(Problem("pair", text))
    return ""


def _number(name: str, query: Mapping[str, str], problems: list[Problem]) -> int:
    default = NUMBERS[name]
    text = str(query.get(name, "") or default)[:LONGEST]
    if text.isascii() and text.isdigit() and default <= int(text) < LARGEST:
        return int(text)
    problems.append(Problem(name, text, str(default)))
    return default


def query(view: View) -> dict[str, str]:
    """Write a view as a query of codes; defaults are left out, so that the shortest address is the usual one."""
    desk = {"figure": view.figure, **dict((*view.parameters, *view.settings))} if view.figure else {}
    filters = {name: MANY.join(getattr(view.selection, name)) for name in Selection.filters()}
    others = {
        **filters,
        "search": view.selection.search,
        "sort": view.selection.sort if view.selection.sort != SORTS[0] else "",
        "observation": view.observation,
        "indicator": view.indicator,
        "field": view.field,
        "step": view.step,
        "at": view.at,
        "map": view.map if view.map != MAPS[0] else "",
        "steps": MANY.join(view.steps),
        "talk": view.talk,
        "stage": view.stage if view.stage != STAGES[0] else "",
        "pair": view.pair,
        **{name: str(getattr(view, name)) for name, default in NUMBERS.items() if getattr(view, name) != default},
    }
    lang = {"lang": view.lang if view.lang != LANGUAGES[0] else ""}
    written = {**lang, **desk, **{name: value for name, value in others.items() if name not in desk}}
    return {name: value for name, value in written.items() if value}


def link(page: str, view: View) -> str:
    """Write the address of a page with a view, from the site's root."""
    path = "/" if page == HOME else f"/{page}"
    text = urlencode(query(view))
    return f"{path}?{text}" if text else path
