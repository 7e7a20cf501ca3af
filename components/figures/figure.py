"""The Figure: the only way for a chart to reach a reader.

Everything before it is arithmetic, everything after it is showing or saving.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pandas as pd

from components.theme import Look
from components.words import Words
from data.load import Tables, tables

if TYPE_CHECKING:  # drawing is imported when something is drawn
    from altair import LayerChart
    from pydeck import Deck


@dataclass(frozen=True)
class Citation:
    """One document a Figure rests on, and the paragraphs its numbers stand in."""

    source: str
    paragraphs: tuple[int, ...]


@dataclass(frozen=True, eq=False)  # the catalogue makes each Figure once: the same request is the same object
class Figure:
    """One graphic in one language, ready to be shown or saved.

    `table` holds exactly what is plotted (raw numbers and codes beside the words), `observations` the ids behind it.
    `draw(look)` makes the chart; `deck(look)`, for maps, its interactive twin. `wide` lets it outgrow the text column.
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
    deck: "Callable[[Look], Deck] | None" = None
    notes: tuple[str, ...] = ()

    @property
    def is_map(self) -> bool:
        """Tell whether boundaries are drawn, so that their notice must stand with the Figure."""
        return self.deck is not None

    @property
    def name(self) -> str:
        """Return the Figure's name in keys and files: its id and its parameters' values."""
        return "-".join([self.id, *self.parameters.values()])

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Return the documents behind the Figure, computed from its observations, in the order of the sources."""
        all_tables = tables()
        rows = all_tables.observations.loc[list(self.observations)]
        grouped = rows.groupby("source")["paragraph"]
        found = {str(source): tuple(sorted(set(paragraphs))) for source, paragraphs in grouped}
        return tuple(Citation(source, found[source]) for source in all_tables.sources.index if source in found)


Build = Callable[..., Figure]


@dataclass(frozen=True)
class Definition:
    """An entry of the catalogue: an id, how to build it, the values each parameter may take (first: the default)."""

    id: str
    build: Build
    parameters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def defaults(self) -> dict[str, str]:
        """Return the parameters with their default values."""
        return {name: values[0] for name, values in self.parameters.items()}


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
