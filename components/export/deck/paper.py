"""A deck as printed pages (PDF): slides in 16:9 or 4:3, or a handout on A4 with the notes; real text, fonts embedded, tagged.

In: a language, a look of the stage, ids of steps, a shape. Out: the file, byte for byte the same for the same data.
"""

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, Final

import segno

from components import typeset
from components.export.deck import drawing, frame
from components.export.deck.closing import Closing, closing
from components.export.deck.slides import Slide, slides
from components.theme import FAMILY, PRINT, STAGES, Look
from components.words import Words, words

Progress = Callable[[int, int], None]
SHAPES: Final = {"16:9": frame.HEIGHT, "4:3": frame.WIDTH * 3 / 4}  # pt of a page's height; its width is the same
HANDOUT: Final = "handout"
TEMPLATES: Final = Path(__file__).parent / "print"
STANDARD: Final = "ua-1"  # PDF for everyone: tagged, titled, every picture described
PAPER: Final = (595.28, 841.89)  # pt of A4
EDGE, FOOT = 46.0, 54.0  # pt around the text of the handout
SHARE: Final = 0.54  # of the height of a page that a chart of the handout may take
BACKGROUND: Final = re.compile(r"(<svg\b[^>]*>)<rect\b[^>]*/>")


def deck(
    lang: str,
    look: str,
    steps: Iterable[str] = (),
    shape: str = "16:9",
    progress: Progress | None = None,
    base: str | None = None,
) -> bytes:
    """Write the pages of some steps (none: all); an unknown step raises KeyError, an unknown shape ValueError.

    The handout is always on white, with all rows of every chart. `progress(done, total)` is called after each chart;
    `base` is the site's address for the code on the last page.
    """
    if shape not in (*SHAPES, HANDOUT):
        raise ValueError(f"There is no shape {shape!r}. Valid: {', '.join((*SHAPES, HANDOUT))}.")
    dress, speech = PRINT if shape == HANDOUT else STAGES[look], words(lang)
    told = slides(lang, steps, dress)
    pages, files = [], {}
    for number, slide in enumerate(told, start=1):
        made = _handout(slide, speech) if shape == HANDOUT else _slide(slide, speech, dress, SHAPES[shape])
        drawn = drawing.svg(slide.figure, dress, made.pop("ratio"))
        files[f"{number}.svg"] = BACKGROUND.sub(r"\1", drawn, count=1).encode()
        pages.append(_measured(made, drawn) if shape == HANDOUT else made)
        if progress:
            progress(number, len(told) + 1)
    data = _shared(speech, dress, shape) | {
        "pages": pages,
        "last": _last(closing(lang, told, base), speech, shape, files),
    }
    printed = _compiled("handout" if shape == HANDOUT else "slides", data, files)
    if progress:
        progress(len(told) + 1, len(told) + 1)
    return printed


def _compiled(name: str, data: dict[str, Any], files: dict[str, bytes]) -> bytes:
    """Let Typst set a template with its data and pictures; no font of the machine is looked at."""
    import typst

    typeset.check()
    held = {"main.typ": (TEMPLATES / f"{name}.typ").read_bytes(), **files, "data.json": json.dumps(data).encode()}
    compile: Callable[..., bytes] = typst.compile  # its own types do not know files that lie in memory
    return compile(
        held, format="pdf", font_paths=[str(typeset.FONTS)], ignore_system_fonts=True, pdf_standards=[STANDARD]
    )


def _shared(speech: Words, look: Look, shape: str) -> dict[str, Any]:
    """Return what all pages share: language, fonts, colours, sizes."""
    kind = speech("deck.subject.handout" if shape == HANDOUT else "deck.subject.slides")
    colours = {name: getattr(look, name) for name in ("paper", "ink", "quiet", "rule", "accent")}
    return {
        "lang": speech.lang, "region": "CN" if speech.lang == "zh" else "GB", "font": FAMILY, "colours": colours,
        "product": speech("product.name"), "title": f"{speech('product.name')} · {kind}",
        "width": frame.WIDTH, "height": SHAPES.get(shape, 0.0), "side": frame.SIDE, "progress": frame.PROGRESS,
        "chapter_size": frame.CHAPTER_SIZE, "subtitle_size": frame.SUBTITLE_SIZE,
        "more_size": frame.MORE_SIZE, "below": frame.BELOW, "small_size": frame.SMALL_SIZE, "edge": EDGE, "foot": FOOT,
    }  # fmt: skip


def _slide(slide: Slide, speech: Words, look: Look, height: float) -> dict[str, Any]:
    """Return one page of slides: its words with their places."""
    laid = frame.of_slide(slide, height, look)
    content = frame.chart_area(slide, laid)
    more = speech.count("stage.more", slide.left_out) if slide.left_out else ""
    return {
        **asdict(replace(laid, content=content)), "more": more, "more_top": laid.content.bottom - 16, "alt": slide.figure.alt,
        "ratio": content.width / content.height,
    }  # fmt: skip


def _handout(slide: Slide, speech: Words) -> dict[str, Any]:
    """Return one step of the handout: its words in the order they are read."""
    return {
        "chapter": slide.chapter, "title": slide.figure.title, "subtitle": slide.figure.subtitle, "text": slide.text,
        "question": speech("deck.question", text=slide.question) if slide.question else "",
        "notes": [part for part in slide.notes.split("\n") if part], "alt": slide.figure.alt, "ratio": None,
        "credits": [*slide.credits, *frame.observations(slide, speech)],
    }  # fmt: skip


def _measured(made: dict[str, Any], drawn: str) -> dict[str, Any]:
    """Say how wide a chart stands on the handout: the whole width, unless it would be too high."""
    width, height = drawing.size(drawn)
    room, high = PAPER[0] - 2 * EDGE, PAPER[1] * SHARE
    return {**made, "wide": min(room, high * width / height)}


def _last(last: Closing, speech: Words, shape: str, files: dict[str, bytes]) -> dict[str, Any]:
    """Return the last page; its code is a drawing beside the charts."""
    if last.address:
        files["code.svg"] = (
            segno.make(last.address, error="m").svg_inline(border=3, omitsize=False, scale=4, light="white").encode()
        )
    laid = frame.frame(speech("product.name"), last.title, last.text, height=SHAPES.get(shape, frame.HEIGHT))
    return {**asdict(laid), **asdict(last), "code": frame.CODE, "alt": speech("deck.qr", address=last.address)}
