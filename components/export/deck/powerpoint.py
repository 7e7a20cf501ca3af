"""A deck as an editable presentation (PPTX): titles, native charts, tables and pictures, with what is to be said as notes.

In: a language, a look of the stage, ids of steps. Out: the file, byte for byte the same for the same data.
"""

from collections.abc import Callable, Iterable
from io import BytesIO
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from components.export.deck import forms, native, shapes, template
from components.export.deck.closing import Closing, closing, code
from components.export.deck.frame import (
    CHAPTER_AT,
    CODE,
    HEIGHT,
    MORE_SIZE,
    PROGRESS,
    SIDE,
    SMALL_SIZE,
    TITLE_SIZE,
    WIDTH,
    Area,
    Frame,
    chart_area,
    frame,
    notes,
    of_slide,
)  # fmt: skip
from components.export.deck.parts import part, same_bytes
from components.export.deck.slides import Slide, slides
from components.export.deck.template import CHAPTER, SOURCE, UNDER
from components.theme import LIGHT, STAGES, Look
from components.words import Words, words

Progress = Callable[[int, int], None]


def deck(
    lang: str, look: str, steps: Iterable[str] = (), progress: Progress | None = None, base: str | None = None
) -> bytes:
    """Write a presentation of some steps (none: all); an unknown step raises KeyError.

    `progress(done, total)` is called after each slide; `base` is the site's address for the code on the last slide.
    """
    dress, speech = STAGES[look], words(lang)
    told = slides(lang, steps, dress)
    shown = template.presentation(dress, speech, speech("product.name"))
    total = len(told) + 1
    for number, slide in enumerate(told, start=1):
        _slide(shown, slide, dress, speech, (number, len(told)))
        if progress:
            progress(number, total)
    _end(shown, closing(lang, told, base), dress, speech)
    template.dress_notes(shown, LIGHT, speech)
    _sections(shown, told, speech)
    file = BytesIO()
    shown.save(file)
    if progress:
        progress(total, total)
    return same_bytes(file.getvalue())


def _slide(shown: Any, slide: Slide, look: Look, speech: Words, place: tuple[int, int]) -> None:
    """Make one slide: words into their placeholders, the chart between them, notes behind."""
    form = forms.read(slide.figure, look)
    page, laid = shown.slides.add_slide(shown.slide_layouts[0]), of_slide(slide, drawn=None if form else look)
    _words(page, laid, speech)
    if slide.left_out:
        said, room = speech.count("stage.more", slide.left_out), laid.content
        box = Area(room.left, room.bottom - 16, room.width, 16)
        shapes.text(page, box, said, (MORE_SIZE, look.quiet), speech("deck.more"), look)
    if form:
        _content(page, slide, form, chart_area(slide, laid), look, speech)
    else:
        shapes.picture(page, slide.figure, chart_area(slide, laid), look, speech)
    shapes.number(page, speech, place)
    shapes.progress(page, Area(0, HEIGHT - PROGRESS, WIDTH * place[0] / place[1], PROGRESS), look, speech)
    shapes.notes(page, "\n".join(notes(slide, speech)), speech)


def _words(page: Any, laid: Frame, speech: Words) -> None:
    """Fill the placeholders and let them take the room they need."""
    held = {shape.placeholder_format.idx: shape for shape in page.placeholders}
    shapes.fill(held[0], laid.title, speech, laid.title_at, laid.title_size if laid.title_size != TITLE_SIZE else None)
    shapes.fill(held[CHAPTER], laid.chapter, speech, None if laid.chapter_at == CHAPTER_AT else laid.chapter_at)
    shapes.fill(held[UNDER], laid.subtitle, speech, laid.subtitle_at)
    if laid.source:
        size = laid.source_size if laid.source_size != SMALL_SIZE else None
        shapes.fill(held[SOURCE], laid.source, speech, laid.source_at, size)
    else:
        held[SOURCE]._element.getparent().remove(held[SOURCE]._element)


def _content(page: Any, slide: Slide, form: forms.Form, area: Area, look: Look, speech: Words) -> None:
    """Draw a slide's chart natively, in its form."""
    scheme, laid = template.scheme(look), shapes.stack(form.blocks, area, form.kind)
    size = shapes.type_size(form, laid)
    if size <= shapes.SMALLEST:
        form = form.on_one_line(speech("detail.separator"))
        size = shapes.type_size(form, laid)
    labels = native.label_column(
        [block for block in form.blocks if block.top is not None] or form.blocks, size, area.width
    )
    for nth, (block, own) in enumerate(zip(form.blocks, laid, strict=True), start=1):
        said = slide.figure.alt if nth == 1 else shapes.spoken(block, speech)
        if block.top is None:
            shapes.table(page, block, own, (size, look), speech, (nth, said))
            continue
        if block.heading:
            left = own.left + (labels if form.kind == "gaps" else 0)  # the name of a line stands above the line
            box, name = Area(left, own.top, own.width + own.left - left, 18), speech("deck.heading", n=nth)
            shapes.text(page, box, block.heading, (12.5, look.quiet), name, look, bold=True)
            own = Area(own.left, own.top + shapes.HEADING, own.width, own.height - shapes.HEADING)
        xml, book = native.chart(
            form.kind, block, native.Room(own.width, own.height, labels, size), look, speech, scheme
        )
        shapes.chart(page, xml, book, own, speech("deck.chart", n=nth), said)


def _end(shown: Any, last: Closing, look: Look, speech: Words) -> None:
    """Make the last slide: a code that leads to the story where its address is known, and the documents used."""
    page = shown.slides.add_slide(shown.slide_layouts[0])
    laid = frame(speech("product.name"), last.title, last.text)
    _words(page, laid, speech)
    area = laid.content
    left = area.left
    if last.address:
        side = min(CODE, area.height)
        ink, paper = (look.paper, look.ink) if template.is_dark(look) else (look.ink, look.paper)
        said = speech("deck.qr", address=last.address)
        box = Area(left, area.top, side, side)
        shapes.image(page, code(last.address, ink, paper), box, speech("deck.picture"), said)
        left += side + 40
        box = Area(left, area.top, WIDTH - SIDE - left, 30)
        shapes.text(page, box, last.address, (20, look.accent), speech("deck.address"), look)
    top = area.top + (52 if last.address else 0)
    listed, box = "\n".join([last.heading, *last.documents]), Area(left, top, WIDTH - SIDE - left, area.bottom - top)
    shapes.text(page, box, listed, (16, look.ink), speech("deck.documents"), look)
    shapes.number(page, speech, (len(shown.slides), len(shown.slides) - 1))
    shapes.progress(page, Area(0, HEIGHT - PROGRESS, WIDTH, PROGRESS), look, speech)


def _sections(shown: Any, told: tuple[Slide, ...], speech: Words) -> None:
    """Part the slides into sections by chapter; the last slide stands in the last one."""
    from pptx.oxml import parse_xml

    ids = [entry.get("id") for entry in shown.part._element.sldIdLst]
    chapters: dict[str, list[str]] = {}
    for slide, id in zip(told, ids, strict=False):
        chapters.setdefault(slide.chapter, []).append(id)
    chapters[told[-1].chapter].append(ids[-1])
    sections = [(f"{{{str(uuid5(NAMESPACE_URL, name)).upper()}}}", name, held) for name, held in chapters.items()]
    shown.part._element.append(parse_xml(part("sections", sections=sections)))
