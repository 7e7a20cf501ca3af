"""A talk as plain JSON: what the stage, its offline file and the speaker's view all show.

Every slide comes in both languages, so that the other one is a key away, and in one look of the stage.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Final

from components import theme
from components.credits import source_line
from components.export import evidence, specification
from components.export.deck.slides import Slide, slide, slides
from components.figures.figure import Figure
from components.proof import Proof
from components.theme import SMALL, STAGES, TINY, Look
from components.words import LANGUAGES, Words, words
from data.load import record, tables, version
from geo import notice

LOW: Final = 250.0  # px: the rows of a lower chart may stand further apart

# What a presenter presses, and the name of what it does; "stage." before it gives its words.
KEYS: Final = (
    ("→ PgDn ␣", "next"), ("← PgUp", "previous"), ("Home", "first"), ("End", "last"), ("O", "overview"), ("1…9 ↵", "jump"),
    ("S", "proof"), ("T", "table"), ("L", "language"), ("Q", "qr"), ("B .", "black"), ("F", "full"), ("V", "speaker"),
    ("?", "help"), ("Esc", "close"),
)  # fmt: skip
# What the stage says by itself, in both languages.
SPOKEN = (
    "next", "previous", "first", "last", "overview", "jump", "black", "full", "help", "proof", "table", "language",
    "qr", "speaker", "close", "lost", "elapsed", "planned", "clock", "notes", "end", "slide", "restart",
)  # fmt: skip


def talk(look: str = "dark", steps: Iterable[str] = (), drawn: bool = True) -> dict[str, Any]:
    """Return the talk of some steps (none: all) in a look of the stage; an unknown step raises KeyError.

    Without `drawn` the charts are left out, each to be had by `drawing`: all that a talk says is there in no time.
    """
    wanted = list(steps)
    dress = STAGES[look]
    told = {lang: slides(lang, wanted, dress if drawn else None) for lang in LANGUAGES}
    return {
        "version": version(),
        "look": look,
        "paper": dress.paper,
        "keys": KEYS,
        "words": {lang: _words(lang) for lang in LANGUAGES},
        "slides": [
            {
                **{name: getattr(same[0], name) for name in ("id", "number", "seconds")},
                **{
                    lang: said(slide) | ({"specification": _specification(slide, dress)} if drawn else {})
                    for lang, slide in zip(told, same, strict=True)
                },
            }
            for same in zip(*told.values(), strict=True)
        ],
    }


def _words(lang: str) -> dict[str, str]:
    speech = words(lang)
    return {name: speech(f"stage.{name}") for name in SPOKEN} | {"product": speech("product.name")}


def drawing(step: str, look: str) -> dict[str, Any]:
    """Return the chart of one step in both languages; raises what its Figure raises."""
    return {lang: _specification(slide(step, lang), STAGES[look]) for lang in LANGUAGES}


def _specification(slide: Slide, look: Look) -> dict[str, Any]:
    """Return a slide's chart with what the stage has to know of it: the words for the rows that are not drawn."""
    drawn = specification.chart(slide.figure, look)
    specification.taller(drawn, max(0.0, LOW - drawn["height"]))
    speech, left_out = words(slide.figure.lang), drawn.get("usermeta", {}).get("left_out", 0)
    said = {"more": speech.count("stage.more", left_out)} if left_out else {}
    larger(drawn)
    return {**drawn, "usermeta": {**drawn.get("usermeta", {}), **said}, "config": theme.vega_config(look)}


def larger(layer: dict[str, Any]) -> None:
    """Let no type of a chart be smaller than its next larger one: from far off the smallest cannot be read."""
    mark = layer.get("mark")
    if isinstance(mark, dict) and mark.get("fontSize") == TINY:
        mark["fontSize"] = SMALL
    for part in layer.get("layer", ()):
        larger(part)


def foot(figure: Figure) -> str:
    """Return what stands under a slide: its documents, if it rests on any, and under a map the notice of its boundaries."""
    return " ".join([*([_source(figure)] if figure.citations else []), *_boundaries(figure)])


def _source(figure: Figure) -> str:
    """Name the documents behind a slide, with paragraphs where there is one; the list of proofs has all."""
    speech, cited = words(figure.lang), figure.citations
    if len(cited) == 1:
        return source_line(figure)
    titles = [speech.of(record(tables().sources, one.source), "title") for one in cited]
    marked = [f"《{title}》" for title in titles] if figure.lang == "zh" else titles
    return speech("credit.source", sources=speech("credit.separator").join(marked))


def _boundaries(figure: Figure) -> list[str]:
    """Return the notice that must stand with every map."""
    return [notice.MAP_LINE_ZH if figure.lang == "zh" else notice.MAP_LINE_EN] if figure.is_map else []


def _proven(card: Proof, speech: Words) -> dict[str, Any]:
    return {**{name: getattr(card, name) for name in PROVEN}, "paragraph": speech("stage.paragraph", n=card.paragraph)}


@lru_cache(maxsize=256)
def said(slide: Slide) -> dict[str, Any]:
    """Return all that a slide says, its chart aside; made once, not to be changed."""
    table = evidence.readable(slide.figure)
    speech = words(slide.figure.lang)
    rest = len(slide.figure.observations) - len(slide.proofs)
    return {
        "chapter": slide.chapter,
        "title": slide.figure.title,
        "subtitle": slide.figure.subtitle,
        "text": slide.text,
        "question": slide.question,
        "notes": slide.notes,
        "alt": slide.figure.alt,
        "source": foot(slide.figure),
        "address": slide.address,
        "unproven": speech.count("stage.unproven", rest) if rest else "",
        "proofs": [_proven(card, speech) for card in slide.proofs],
        "columns": list(table.headings),
        "rows": [["" if cell is None else cell for cell in row] for row in table.rows],
    }


PROVEN = ("observation", "name", "number", "place", "period", "kind", "printed", "title", "issuer", "date")
