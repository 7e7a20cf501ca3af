"""The story as data: chapters in order, each with its steps; one step is one finding, one Figure, a few sentences.

The page, the talk and the decks read it here. A step has no title of its own: its title is its Figure's finding, computed
from the tables, so that it can never say something else than the Figure shows.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path

FILE = Path(__file__).parent / "story.toml"
CHAPTERS = Path(__file__).parent / "chapters"


@dataclass(frozen=True)
class Step:
    """One step. {codes} in its texts stand for numbers: indicator@place, or indicator@place@kind.

    `question` is what a presenter asks before showing the answer, `notes` what they say; `seconds` is the time planned.
    `page` and `query` name a page that shows the whole of what the step shows a part of.
    """

    id: str
    figure: str
    text_zh: str
    text_en: str
    question_zh: str = ""
    question_en: str = ""
    notes_zh: str = ""
    notes_en: str = ""
    seconds: int = 45
    parameters: dict[str, str] = field(default_factory=dict, hash=False)
    page: str = ""
    query: dict[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Chapter:
    """One chapter: its title in both languages and its steps in order."""

    id: str
    title_zh: str
    title_en: str
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Position:
    """Where a step stands: its chapter, its number among all steps, and its chapter's number (both from 1)."""

    chapter: Chapter
    step: Step
    number: int
    chapter_number: int


@dataclass(frozen=True)
class Story:
    """The title, the opening's few sentences, its headline numbers (as codes), and the chapters in order."""

    title_zh: str
    title_en: str
    lead_zh: str
    lead_en: str
    headlines: tuple[str, ...]
    chapters: tuple[Chapter, ...]

    def steps(self) -> tuple[Position, ...]:
        """Return every step in order, with where it stands."""
        return self._positions

    @cached_property
    def _positions(self) -> tuple[Position, ...]:
        return tuple(self._told())

    def _told(self) -> Iterator[Position]:
        number = 0
        for chapter_number, chapter in enumerate(self.chapters, start=1):
            for step in chapter.steps:
                number += 1
                yield Position(chapter, step, number, chapter_number)

    def at(self, id: str) -> Position:
        """Return where a step stands; the first one where the id is empty. An unknown id raises KeyError."""
        for position in self.steps():
            if id in ("", position.step.id):
                return position
        raise KeyError(f"data/story has no step {id!r}")


@lru_cache(maxsize=1)
def story() -> Story:
    """Read the story once; an unknown or missing field raises TypeError, a step told twice ValueError; both name it."""
    read = tomllib.loads(FILE.read_text(encoding="utf-8"))
    chapters = tuple(_chapter(id) for id in read.pop("chapters"))
    told = Story(chapters=chapters, headlines=tuple(read.pop("headlines")), **read)
    ids = [position.step.id for position in told.steps()]
    if twice := sorted({id for id in ids if ids.count(id) > 1}):
        raise ValueError(f"data/story: the step {twice[0]!r} is told twice; give each step an id of its own")
    return told


def _chapter(id: str) -> Chapter:
    read = tomllib.loads((CHAPTERS / f"{id}.toml").read_text(encoding="utf-8"))
    steps = tuple(Step(**step) for step in read.pop("step"))
    return Chapter(id=id, steps=steps, **read)
