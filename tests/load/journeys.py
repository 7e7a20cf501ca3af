"""What readers do, drawn from a seed: come by a deep link, step through the story or filter a list, think, leave.

A journey is an address and a list of acts; `product()` draws one of this product, `plain()` one of as many views for an
application that has a single page and no controls.
"""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Final

from components.address import HOME, View, link
from components.words import LANGUAGES
from data.story import story
from tests.load.session import Reader, Run

PARTS: Final = {"story": 6, "goals": 2, "data": 1, "places": 1}  # of ten readers
PLACES: Final = ("guiyang", "qingzhen", "wudang", "bijie")
WORDS: Final = ("GDP", "森林", "roads", "数字经济", "25")  # what readers look for


@dataclass(frozen=True)
class Act:
    """One thing a reader does with a control: press it, write into it, or pick an alternative; without one, ask again."""

    key: str = ""
    text: str = ""
    number: int = -1

    async def do(self, reader: Reader) -> Run:
        """Do it, and wait for the view that it leads to."""
        if not self.key:
            return await reader.run(reader.address)
        if self.text:
            return await reader.write(self.key, self.text)
        return await (reader.pick(self.key, self.number) if self.number >= 0 else reader.press(self.key))


@dataclass(frozen=True)
class Journey:
    """Where a reader comes in, and what they do from there."""

    address: str
    acts: tuple[Act, ...] = ()

    @property
    def views(self) -> int:
        """How many views it asks for."""
        return 1 + len(self.acts)


Draw = Callable[[Random], Journey]


def product(chance: Random) -> Journey:
    """Draw a journey through this product."""
    part = chance.choices([*PARTS], [*PARTS.values()])[0]
    lang = chance.choice(LANGUAGES)
    return {"story": _story, "goals": _goals, "data": _data, "places": _places}[part](chance, lang)


def plain(chance: Random) -> Journey:
    """Draw a journey with as many views through an application of one page."""
    return Journey("/", (Act(),) * len(product(chance).acts))


def _story(chance: Random, lang: str) -> Journey:
    steps = [position.step.id for position in story().steps()]
    acts = chance.randrange(3, 9)
    start = chance.choice(["", *steps[: len(steps) - acts - 1]])
    return Journey(link(HOME, View(lang=lang, step=start)), (Act("step-next"),) * acts)


def _goals(chance: Random, lang: str) -> Journey:
    verdict = Act("filter-verdict", number=chance.randrange(3))
    return Journey(link("goals", View(lang=lang)), (verdict, Act("filter-search", chance.choice(WORDS))))


def _data(chance: Random, lang: str) -> Journey:
    words = chance.sample(WORDS, chance.randrange(1, 4))
    return Journey(link("data", View(lang=lang)), tuple(Act("filter-search", word) for word in words))


def _places(chance: Random, lang: str) -> Journey:
    return Journey(link("places", View(lang=lang, at=chance.choice(PLACES))), (Act(),) * chance.randrange(1, 3))
