"""The story as data: chapters in order, each with its words in both languages and the Figure it shows."""

import tomllib
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

FILE = Path(__file__).parent / "story.toml"


@dataclass(frozen=True)
class Chapter:
    """One chapter. {codes} in its texts stand for numbers: indicator@place, or indicator@place@kind."""

    id: str
    title_zh: str
    title_en: str
    text_zh: str
    text_en: str
    figure: str
    parameters: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Story:
    """The headline numbers (as codes) and the chapters, in order."""

    headlines: tuple[str, ...]
    chapters: tuple[Chapter, ...]


@lru_cache(maxsize=1)
def story() -> Story:
    """Read the story once; an unknown or missing field raises TypeError that names it."""
    with FILE.open("rb") as file:
        read = tomllib.load(file)
    return Story(tuple(read["headlines"]), tuple(Chapter(**chapter) for chapter in read["chapter"]))
