"""The slides of a deck: each step of the story with all that a talk needs, as plain data, the same for every format.

In: ids of steps (none: the whole story) and a language. Out: slides in the story's order. A step whose Figure cannot be made
keeps its slide, which says so.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from components import faulty
from components.address import HOME, View, link
from components.charts import rows
from components.credits import credit_lines
from components.export import specification
from components.figures import catalogue
from components.figures.figure import Figure
from components.proof import Proof, proof
from components.prose import fill
from components.theme import STAGE_ROWS, STAGES, Look
from components.words import words
from data import documents
from data.story import story

PROOFS = 12  # proof cards a slide carries; the page of its step has the others


@dataclass(frozen=True)
class Slide:
    """One slide. `number` is the step's in the whole story, `address` its page from the site's root.

    `question` may be empty.
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

    @property
    def left_out(self) -> int:
        """Count the rows of the table that the stage's chart does not draw, as the chart itself says."""
        drawn = specification.chart(self.figure, next(iter(STAGES.values())))
        return int(drawn.get("usermeta", {}).get("left_out", 0))


def slides(lang: str, steps: Iterable[str] = (), look: Look | None = None) -> tuple[Slide, ...]:
    """Make the slides of some steps, in the story's order; an unknown id raises KeyError that names it.

    A Figure that raises is noted and its slide says so; with a look, also one whose chart cannot be drawn in it.
    """
    wanted = set(steps)
    ids = [position.step.id for position in story().steps()]
    if missing := sorted(wanted - set(ids)):
        raise KeyError(f"the story has no step {missing[0]!r}")
    return tuple(_told(id, lang, look) for id in ids if not wanted or id in wanted)


def slide(id: str, lang: str) -> Slide:
    """Make the slide of one step, once for each language; raises what its Figure raises."""
    return _slide(id, lang, documents.folder())


def _told(id: str, lang: str, look: Look | None) -> Slide:
    try:
        made = slide(id, lang)
        if look:
            specification.chart(made.figure, look)  # kept for whoever draws it
        return made
    except Exception as error:  # the other slides are sound
        step = story().at(id).step
        mark = faulty.note(step.figure, error)
        shown = faulty.instead(step.figure, lang, step.parameters, mark)
        return _with(shown, id, lang)


@lru_cache(maxsize=256)
def _slide(id: str, lang: str, folder: Path | None) -> Slide:
    """Make one slide and keep it; `folder` is where the documents lie, whose paragraphs its proofs quote."""
    step = story().at(id).step
    return _with(catalogue.figure(step.figure, lang, **step.parameters), id, lang)


def _with(figure: Figure, id: str, lang: str) -> Slide:
    """Put a Figure and the words of its step together."""
    position, speech = story().at(id), words(lang)
    step, said = position.step, vars(position.step)
    return Slide(
        id=step.id,
        number=position.number,
        chapter=speech.of(vars(position.chapter), "title"),
        figure=figure,
        text=fill(speech.of(said, "text"), speech),
        question=fill(speech.of(said, "question"), speech),
        notes=fill(speech.of(said, "notes"), speech),
        seconds=step.seconds,
        credits=tuple(credit_lines(figure)) if figure.citations else (),
        proofs=tuple(proof(code, speech) for code in proven(figure)),
        address=link(HOME, View(lang=lang, step=step.id)),
    )


def proven(figure: Figure) -> list[str]:
    """Choose the observations a slide proves: those of the finding first, then what else the stage draws, then the rest."""
    table = figure.table
    if not {*rows.ROW_KEY, "observation"} <= set(table):
        return list(figure.observations[:PROOFS])
    drawn = rows.telling(table, STAGE_ROWS)
    speaks = drawn[drawn["speaks"]] if "speaks" in drawn else drawn
    codes = dict.fromkeys([*speaks["observation"], *drawn["observation"], *figure.observations])
    return [code for code in codes if code in set(figure.observations)][:PROOFS]
