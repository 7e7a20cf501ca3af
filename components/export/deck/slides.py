"""The slides of a deck: each step of the story with all that a talk needs, as plain data, the same for every format.

In: ids of steps (none: the whole story) and a language. Out: slides in the story's order.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from components.address import HOME, View, link
from components.charts import rows
from components.credits import credit_lines
from components.figures import catalogue
from components.figures.figure import Figure
from components.proof import Proof, proof
from components.prose import fill
from components.theme import STAGE_ROWS
from components.words import Words, words
from data.story import Position, story

PROOFS = 12  # proof cards a slide carries; the page of its step has the others


@dataclass(frozen=True)
class Slide:
    """One slide. `number` is the step's in the whole story, `address` its page from the site's root.

    `left_out` counts the rows of the table that the stage does not draw; `question` may be empty.
    """

    id: str
    number: int
    chapter: str
    figure: Figure
    text: str
    question: str
    notes: str
    seconds: int
    credits: tuple[str, ...]
    proofs: tuple[Proof, ...]
    address: str
    left_out: int


def slides(lang: str, steps: Iterable[str] = ()) -> tuple[Slide, ...]:
    """Make the slides of some steps, in the story's order; an unknown id raises KeyError that names it."""
    wanted = set(steps)
    positions = [position for position in story().steps() if not wanted or position.step.id in wanted]
    if missing := sorted(wanted - {position.step.id for position in positions}):
        raise KeyError(f"the story has no step {missing[0]!r}")
    return tuple(_slide(position, words(lang)) for position in positions)


def _slide(position: Position, speech: Words) -> Slide:
    step = position.step
    figure = catalogue.figure(step.figure, speech.lang, **step.parameters)
    said = vars(step)
    return Slide(
        id=step.id,
        number=position.number,
        chapter=speech.of(vars(position.chapter), "title"),
        figure=figure,
        text=fill(speech.of(said, "text"), speech),
        question=fill(speech.of(said, "question"), speech),
        notes=fill(speech.of(said, "notes"), speech),
        seconds=step.seconds,
        credits=tuple(credit_lines(figure)),
        proofs=tuple(proof(code, speech) for code in figure.observations[:PROOFS]),
        address=link(HOME, View(lang=speech.lang, step=step.id)),
        left_out=len(figure.table) - len(rows.telling(figure.table, STAGE_ROWS)) if "panel" in figure.table else 0,
    )
