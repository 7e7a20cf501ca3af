"""What an address of a Figure's file asks for: a query in, a checked request out, or a refusal that names the way out."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Final

from components.export import sizes
from components.export.sizes import NATURAL, SIZES, Size
from components.figures.catalogue import CATALOGUE
from components.figures.figure import MANY, Definition
from components.theme import LOOKS
from components.words import LANGUAGES

PICTURE: Final = ("size", "width", "height", "look", "transparent")
# Which parameters each format takes beside the Figure's own and `lang`.
OPTIONS: Final[dict[str, tuple[str, ...]]] = {
    "png": (*PICTURE, "scale", "ppi"),
    "svg": (*PICTURE, "text"),
    "pdf": PICTURE,
    "csv": ("bom",),
    "xlsx": (),
    "json": ("look", "width"),
    "geojson": (),
    "html": ("look",),
    "zip": (),
}
SWITCH: Final = ("0", "1")
TEXTS: Final = ("text", "outlines")
WHOLE: Final = re.compile(r"[0-9]{1,4}", re.ASCII)
DECIMAL: Final = re.compile(r"[0-9](\.[0-9]{1,2})?", re.ASCII)
NEAR: Final = 3  # valid values that come near to a wrong one
LISTED: Final = 50  # valid values that a refusal lists
SHOWN: Final = 120  # characters of a wrong value that a refusal repeats


class Refused(Exception):
    """Something in an address that cannot be answered: `rule` is a key of the words, `about` fills its sentence."""

    def __init__(
        self,
        rule: str,
        parameter: str = "",
        value: str = "",
        valid: Sequence[str] = (),
        status: int = 422,
        **about: Any,
    ) -> None:
        super().__init__(rule)
        self.rule, self.status = rule, status
        self.parameter, self.value = printable(parameter), printable(value)
        self.nearest = get_close_matches(value[:SHOWN], valid, n=NEAR, cutoff=0.5)
        self.valid, self.about = list(valid)[:LISTED], about


@dataclass(frozen=True)
class Asked:
    """A request for a Figure's file, with every value checked."""

    id: str
    ending: str
    lang: str = LANGUAGES[0]
    parameters: tuple[tuple[str, str], ...] = ()
    look: str = "light"
    size: Size = NATURAL
    scale: float | None = None
    ppi: int | None = None
    transparent: bool = False
    outlined: bool = False
    mark: bool = True
    named: str = ""  # the size as its address names it

    @property
    def title(self) -> str:
        """Name the file in plain letters."""
        values = [value.replace(MANY, "_") for _, value in self.parameters]
        look = "" if self.look == "light" else self.look
        return "-".join(filter(None, (self.id, *values, self.named, look, self.lang)))


def printable(text: str) -> str:
    """Return the beginning of what was sent, as text that can be written anywhere."""
    return text[:SHOWN].encode("utf-8", "replace").decode()


def read(id: str, ending: str, query: Mapping[str, str]) -> Asked:
    """Read an address; raises Refused."""
    if ending not in OPTIONS:
        raise Refused("format", value=ending, valid=list(OPTIONS), status=404)
    parameters = own(id, query, ("lang", *OPTIONS[ending]))
    look = one("look", query, tuple(LOOKS))
    named, size = _size(query)
    return Asked(
        id=id,
        ending=ending,
        lang=one("lang", query, LANGUAGES),
        parameters=parameters,
        look=look,
        size=size,
        scale=_scale(query, 1.0 if named else None),
        ppi=_number("ppi", query, sizes.RESOLUTIONS) if "ppi" in query else None,
        transparent=one("transparent", query, SWITCH) == "1",
        outlined=one("text", query, TEXTS) == TEXTS[1],
        mark=one("bom", query, SWITCH[::-1]) == "1",
        named=named,
    )


def own(id: str, query: Mapping[str, str], beside: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Read a Figure's own parameters from a query that may hold others `beside` them; raises Refused."""
    if id not in CATALOGUE:
        raise Refused("figure", value=id, valid=list(CATALOGUE), status=404)
    named = CATALOGUE[id].parameters
    for name in query:
        if name not in (valid := [*named, *beside]):
            raise Refused("parameter", name, name, valid)
    return tuple((name, _codes(CATALOGUE[id], name, query[name])) for name in named if name in query)


def one(name: str, query: Mapping[str, str], valid: Sequence[str]) -> str:
    """Read a parameter that takes one of a few values, the first where it is not named; raises Refused."""
    value = query.get(name, valid[0])
    if value not in valid:
        raise Refused("value", name, value, valid)
    return value


def _codes(definition: Definition, name: str, value: str) -> str:
    """Check a parameter of a Figure, which may take several codes; written in the catalogue's order, each once."""
    valid, most = definition.parameters[name], definition.many.get(name, 1)
    parts = [part.strip() for part in value.split(MANY)] if name in definition.many else [value]
    for part in parts:
        if part not in valid:
            raise Refused("value", name, part, valid)
    chosen = [code for code in valid if code in parts]
    if len(chosen) > most:
        raise Refused("many", name, value, most=most)
    return MANY.join(chosen)


def _number(name: str, query: Mapping[str, str], limits: tuple[int, int]) -> int:
    text = query[name]
    if not WHOLE.fullmatch(text) or not limits[0] <= int(text) <= limits[1]:
        raise Refused("range", name, text, low=limits[0], high=limits[1])
    return int(text)


def _size(query: Mapping[str, str]) -> tuple[str, Size]:
    """Read a named size, or a free one; also how the file's name says it."""
    free = [name for name in ("width", "height") if name in query]
    if "size" in query:
        if free:
            raise Refused("both", free[0], query[free[0]], one="size")
        named = one("size", query, tuple(SIZES))
        return named, SIZES[named]
    if not free:
        return "", NATURAL
    width, height = (_number(name, query, sizes.SIDES) if name in query else None for name in ("width", "height"))
    return "x".join(str(side) for side in (width, height) if side), Size(width or NATURAL.width, height)


def _scale(query: Mapping[str, str], default: float | None) -> float | None:
    """Read how many pixels a px gets; a picture of a named or given size has exactly that size unless told otherwise."""
    if "scale" not in query:
        return default
    text, (low, high) = query["scale"], sizes.SCALES
    if not DECIMAL.fullmatch(text) or not low <= float(text) <= high:
        raise Refused("range", "scale", text, low=round(low), high=round(high))
    return float(text)
