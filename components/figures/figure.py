"""The Figure: the only way for a chart to reach a reader.

Everything before it is arithmetic, everything after it is showing or saving.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import TYPE_CHECKING

import pandas as pd

from components.theme import Look
from components.words import Words
from data.load import Tables, tables

if TYPE_CHECKING:  # drawing is imported when something is drawn
    from altair import LayerChart

    from components.maps.deck import Deck
    from components.maps.design import Area


MANY = ","  # joins the codes of a parameter that takes several


@dataclass(frozen=True)
class Citation:
    """One document a Figure rests on, and the paragraphs its numbers stand in."""

    source: str
    paragraphs: tuple[int, ...]


@dataclass(frozen=True, eq=False)  # the catalogue makes each Figure once: the same request is the same object
class Figure:
    """One graphic in one language, ready to be shown or saved.

    `table` holds exactly what is plotted (raw numbers and codes beside the words), `observations` the ids behind it.
    `draw(look)` makes the chart. For maps, `deck(look, phone)` makes its interactive twin and `areas` are the shapes it shows.
    `cited` names what a Figure rests on beside observations, such as what the documents say of a county.
    """

    id: str
    parameters: Mapping[str, str]
    lang: str
    title: str
    subtitle: str
    alt: str
    table: pd.DataFrame
    observations: tuple[str, ...]
    draw: "Callable[[Look], LayerChart]"
    deck: "Callable[[Look, bool], Deck] | None" = None
    notes: tuple[str, ...] = ()
    areas: "tuple[Area, ...]" = ()
    cited: tuple[Citation, ...] = ()

    @property
    def is_map(self) -> bool:
        """Tell whether boundaries are drawn, so that their notice must stand with the Figure."""
        return self.deck is not None

    @property
    def name(self) -> str:
        """Return the Figure's name in keys and files: its id and its parameters' values."""
        return name_of(self.id, self.parameters)

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Return the documents behind the Figure, computed from what it rests on, in the order of the sources."""
        all_tables = tables()
        rows = all_tables.observations.loc[list(self.observations)]
        found: dict[str, set[int]] = {str(source): set(same) for source, same in rows.groupby("source")["paragraph"]}
        for one in self.cited:
            found[one.source] = found.get(one.source, set()) | set(one.paragraphs)
        known = [str(source) for source in all_tables.sources.index if source in found]
        return tuple(Citation(source, tuple(sorted(found[source]))) for source in known)


def name_of(id: str, parameters: Mapping[str, str]) -> str:
    """Return the name of a Figure, which need not be built for it; `parameters` are those of `catalogue.request`."""
    return "-".join([id, *(value.replace(MANY, "_") for value in parameters.values())])


Build = Callable[..., Figure]


class NothingStated(ValueError):
    """Every part of a request is valid, but the documents state nothing of them together."""


@dataclass(frozen=True)
class Definition:
    """An entry of the catalogue: an id, how to build it, the values each parameter may take (first: the default).

    `many` names the parameters that take several codes joined by commas, and how many at most. Where every combination
    would be too many, `examples` are the requests that stand for all of them, the first of them the default.
    """

    id: str
    build: Build
    parameters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    many: Mapping[str, int] = field(default_factory=dict)
    examples: tuple[Mapping[str, str], ...] = ()

    @property
    def defaults(self) -> dict[str, str]:
        """Return the parameters with their default values."""
        return dict(self.examples[0]) if self.examples else {name: of[0] for name, of in self.parameters.items()}

    def first(self) -> Iterator[dict[str, str]]:
        """Yield the requests that pages begin with: the defaults, and each place where that alone can be chosen."""
        if [*self.parameters] == ["place"]:
            yield from self.requests()
        else:
            yield self.defaults

    def requests(self) -> Iterator[dict[str, str]]:
        """Yield the examples, or else every combination of the parameters."""
        if self.examples:
            yield from map(dict, self.examples)
            return
        for values in product(*self.parameters.values()):
            yield dict(zip(self.parameters, values, strict=True))


@dataclass(frozen=True)
class Brief:
    """What a build function is given: the tables, the words of one language, and the Figure's parameters."""

    id: str
    tables: Tables
    words: Words
    parameters: Mapping[str, str]

    def figure(self, **parts: object) -> Figure:
        """Make the Figure of this brief from the parts that were built."""
        return Figure(id=self.id, parameters=dict(self.parameters), lang=self.words.lang, **parts)  # type: ignore[arg-type]
