"""A talk as plain JSON: what the stage, its offline file and the speaker's view all show.

Every slide comes in both languages, so that the other one is a key away, and in one look of the stage.
"""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from components import theme
from components.export import specification
from components.export.deck.slides import Slide, slides
from components.figures.plotted import published
from components.theme import STAGES, Look
from components.words import LANGUAGES, words
from data.load import version

# What the stage says by itself, in both languages.
SPOKEN = (
    "next", "previous", "first", "last", "overview", "jump", "black", "full", "help", "proof", "table", "language",
    "qr", "speaker", "close", "lost", "offline", "elapsed", "planned", "clock", "upcoming", "notes", "end", "more",
    "slide", "question", "printed", "paragraph", "restart",
)  # fmt: skip


def talk(look: str = "dark", steps: Iterable[str] = (), drawn: bool = True) -> dict[str, Any]:
    """Return the talk of some steps (none: all) in a look of the stage; an unknown step raises KeyError.

    Without `drawn` the charts are left out, each to be had by `drawing`: all that a talk says is there in no time.
    """
    wanted = list(steps)
    told = {lang: slides(lang, wanted) for lang in LANGUAGES}
    dress = STAGES[look]
    return {
        "version": version(),
        "look": look,
        "paper": dress.paper,
        "words": {lang: _words(lang) for lang in LANGUAGES},
        "slides": [
            {
                "id": one.id,
                "number": one.number,
                "seconds": one.seconds,
                **{
                    lang: _said(told[lang][index])
                    | ({"specification": _specification(told[lang][index], dress)} if drawn else {})
                    for lang in LANGUAGES
                },
            }
            for index, one in enumerate(told[LANGUAGES[0]])
        ],
    }


def _words(lang: str) -> dict[str, str]:
    speech = words(lang)
    return {name: speech(f"stage.{name}") for name in SPOKEN} | {"product": speech("product.name")}


def drawing(step: str, look: str) -> dict[str, Any]:
    """Return the chart of one step in both languages; an unknown step raises KeyError."""
    return {lang: _specification(slides(lang, [step])[0], STAGES[look]) for lang in LANGUAGES}


def _specification(slide: Slide, look: Look) -> dict[str, Any]:
    return {**specification.chart(slide.figure, look), "config": theme.vega_config(look)}


def _said(slide: Slide) -> dict[str, Any]:
    table = published(slide.figure.table)
    speech = words(slide.figure.lang)
    return {
        "chapter": slide.chapter,
        "title": slide.figure.title,
        "subtitle": slide.figure.subtitle,
        "text": slide.text,
        "question": slide.question,
        "notes": slide.notes,
        "alt": slide.figure.alt,
        "credits": list(slide.credits),
        "address": slide.address,
        "proofs": [{name: value for name, value in asdict(card).items() if name in PROVEN} for card in slide.proofs],
        "columns": [speech(f"column.{name}") for name in table],
        "rows": table.astype(object).where(table.notna(), "").to_numpy().tolist(),
    }


PROVEN = ("observation", "name", "number", "place", "period", "kind", "printed", "title", "issuer", "date", "paragraph")
