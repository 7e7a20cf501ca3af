"""What an address asks of the desk: a Figure's own parameters, and how its file shall be made.

In: the id of a Figure and a query. Out: pairs of name and code that the Figure and the file addresses accept, and what was
not accepted. A file's setting is read by the very reader of file addresses, so that what the desk shows can be downloaded.
"""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Final

from components.export.asked import OPTIONS, Refused, read
from components.figures.catalogue import CATALOGUE, figure
from components.figures.figure import MANY, Definition, Figure
from components.words import LANGUAGES

Pairs = tuple[tuple[str, str], ...]
Fault = tuple[str, str, str]  # parameter, value, the nearest one that is valid
PICTURES: Final = ("png", "svg", "pdf")
CHOICES: Final = {"format": PICTURES, "in": LANGUAGES}  # settings of the desk alone; the first format is the default
# Settings of files, each with a format that takes it, and what an address need not say.
FILES: Final = {
    "size": "png", "width": "png", "height": "png", "look": "png", "scale": "png", "ppi": "png",
    "transparent": "png", "text": "svg",
}  # fmt: skip
USUAL: Final = {"format": PICTURES[0], "look": "light", "transparent": "0", "text": "text"}
SETTINGS: Final = (*CHOICES, *FILES)
SIDES: Final = ("width", "height")


def figure_of(id: str, lang: str, parameters: Pairs) -> Figure | None:
    """Return a Figure, or None where its parameters, each of them valid, hold no number together."""
    try:
        return figure(id, lang, **dict(parameters))
    except ValueError:
        return None


def parameters(id: str, query: Mapping[str, str]) -> tuple[Pairs, list[Fault]]:
    """Read a Figure's own parameters; what names nothing is left out and reported."""
    definition, faults, found = CATALOGUE[id], list[Fault](), []
    for name in definition.parameters:
        if text := query.get(name, ""):
            value, wrong = _codes(definition, name, text)
            faults += wrong
            found += [(name, value)] if value else []
    return tuple(found), faults


def _codes(definition: Definition, name: str, text: str) -> tuple[str, list[Fault]]:
    valid, most = definition.parameters[name], definition.many.get(name, 1)
    asked = list(dict.fromkeys(part.strip() for part in (text.split(MANY) if name in definition.many else [text])))
    faults: list[Fault] = [(name, part, nearest(part, valid)) for part in asked if part and part not in valid]
    chosen = [code for code in valid if code in asked]
    if len(chosen) > most:
        faults.append((name, MANY.join(chosen), MANY.join(chosen[:most])))
    return MANY.join(chosen[:most]), faults


def nearest(wrong: str, valid: Iterable[str]) -> str:
    """Return the valid code that is most like a wrong one, or nothing."""
    return next(iter(get_close_matches(wrong[:120], list(valid), n=1, cutoff=0.5)), "")


def settings(id: str, query: Mapping[str, str]) -> tuple[Pairs, list[Fault]]:
    """Read how a Figure's file shall be made; a size by name and one in px exclude each other, the name wins."""
    faults, found = list[Fault](), dict[str, str]()
    for name in SETTINGS:
        value = query.get(name, "")
        if not value or value == USUAL.get(name):
            continue
        if name in SIDES and "size" in found:
            faults.append((name, value, ""))
        elif near := _refused(id, name, value):
            faults.append((name, value, near.strip()))
        else:
            found[name] = value
    return tuple(found.items()), faults


def _refused(id: str, name: str, value: str) -> str:
    """Return the code nearest to a wrong value, a blank where none is near, nothing where the value is right."""
    if name in CHOICES:
        return "" if value in CHOICES[name] else nearest(value, CHOICES[name]) or " "
    try:
        read(id, FILES[name], {name: value})
    except Refused as refused:
        return next(iter(refused.nearest), " ")
    return ""


def taken(ending: str, settings: Mapping[str, str]) -> dict[str, str]:
    """Return the settings that a format's file address takes."""
    return {name: value for name, value in settings.items() if name in OPTIONS[ending]}
