"""What may be asked of a resource: each query parameter with its kind, its values or bounds, and its meaning.

One declaration serves the reading of a query, the words of a refusal and the description of the interface.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from components.words import LANGUAGES, words

MOST_ROWS, USUAL_ROWS = 1000, 100  # of one answer
LAST_OFFSET: Final = 1_000_000
LONGEST_SEARCH: Final = 200  # characters
MANY: Final = ","  # joins several codes of one filter
FORMATS: Final = ("json", "csv")


@dataclass(frozen=True)
class Parameter:
    """One query parameter. `kind`: codes (several), code (one), number, text. `enum` names its shared list of values."""

    name: str
    kind: str
    meaning: dict[str, str]
    values: tuple[str, ...] = ()
    enum: str = ""
    moved: Mapping[str, str] = field(default_factory=dict, compare=False)  # codes of old, and what they are now
    least: int = 0
    most: int = 0
    default: Any = None

    def bounds(self) -> dict[str, Any]:
        """Return the parameter's bounds by the names both pydantic and JSON Schema are told in."""
        if self.kind == "number":
            return {"ge": self.least, "le": self.most}
        return {"max_length": self.most} if self.kind == "text" else {}


@dataclass(frozen=True)
class Filter:
    """A filter of a resource's rows: the parameter's name, the column it looks at, the codes that column may hold."""

    name: str
    column: str
    values: tuple[str, ...]
    meaning: dict[str, str] = field(default_factory=dict)
    enum: str = ""
    split: bool = False  # the column holds several codes, joined
    moved: Mapping[str, str] = field(default_factory=dict, compare=False)  # codes of old, and what they are now

    def parameter(self) -> Parameter:
        """Return the filter as a parameter."""
        return Parameter(self.name, "codes", self.meaning, self.values, self.enum or self.name, self.moved)


def said(key: str, **values: Any) -> dict[str, str]:
    """Say the same in both languages."""
    speeches = [words(lang) for lang in LANGUAGES]
    return {speech.lang: speech(f"api.parameter.{key}", **values) for speech in speeches}


def paging(most: int, usual: int) -> tuple[Parameter, ...]:
    """Return limit and offset."""
    return (
        Parameter("limit", "number", said("limit", most=most), least=1, most=most, default=usual),
        Parameter("offset", "number", said("offset"), least=0, most=LAST_OFFSET, default=0),
    )


def form() -> tuple[Parameter, ...]:
    """Return what every answer may be asked for: language, format, byte order mark."""
    return (
        Parameter("lang", "code", said("lang"), LANGUAGES, "language", default=LANGUAGES[0]),
        Parameter("format", "code", said("format", json="JSON", csv="CSV"), FORMATS, "format"),
        Parameter("bom", "code", said("bom", csv="CSV"), ("0", "1"), "bom", default="0"),
    )


def search() -> Parameter:
    """Return the search over everything that names an observation."""
    return Parameter("search", "text", said("search"), most=LONGEST_SEARCH, default="")


def sort(values: tuple[str, ...], enum: str) -> Parameter:
    """Return the order of rows; the first value is the usual one."""
    return Parameter("sort", "code", said("sort"), values, enum, default=values[0] if values else None)


def geometry() -> Parameter:
    """Return whether places come with their boundaries."""
    return Parameter("geometry", "code", said("geometry"), ("full", "none"), "geometry", default="full")
