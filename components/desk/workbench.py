"""One Figure on the desk: choose and set, see the very file, take it, its texts and what proves its numbers."""

from typing import Final
from urllib.parse import urlencode

from components import faulty, show
from components.address import View, link
from components.desk import controls, files, texts
from components.desk.wanted import figure_of
from components.figures.figure import Figure
from components.reader import Reader

PARTS: Final = ("texts", "evidence", "cite", "formats")


def show_figure(reader: Reader) -> None:
    """Show the desk with the Figure that the address names, or in its place that it cannot be made."""
    try:
        _show_figure(reader)
    except Exception as error:
        show.html("figure_faulty", reader, id=faulty.note(reader.view.figure, error))


def _show_figure(reader: Reader) -> None:
    view, words, settings = reader.view, reader.words, dict(reader.view.settings)
    shown = figure_of(view.figure, settings.get("in", view.lang), view.parameters)
    back = link("desk", View(lang=view.lang))
    if not shown:
        show.html("desk_head", reader, at=view.figure, title=words("nav.desk"), text=words("desk.nothing"), back=back)
        controls.parameters(reader)
        return
    head = figure_of(view.figure, view.lang, view.parameters) or shown
    show.html("desk_head", reader, at=head.id, title=head.title, text=head.subtitle, back=back)
    controls.parameters(reader)
    controls.settings(reader)
    _show_picture(reader, shown)
    _show_texts(reader, shown)
    show.html("desk_formats", reader, formats=files.others(shown, settings, words))


def _show_picture(reader: Reader, shown: Figure) -> None:
    words, settings = reader.words, dict(reader.view.settings)
    ending, (width, height) = files.picture(settings), files.shape(settings)
    note = {"png": "", "svg": settings.get("text", "text")}.get(ending, ending)
    show.html(
        "desk_picture", reader, figure=shown, address=files.address(shown, ending, settings),
        preview=files.preview(shown, settings), name=files.name(ending, words), width=width, height=height,
        note=words(f"desk.about.{note}") if note else "", clear=settings.get("transparent") == "1",
        parts={id: words(f"desk.jump.{id}") for id in PARTS},
    )  # fmt: skip


def _show_texts(reader: Reader, shown: Figure) -> None:
    words = reader.words
    items = texts.copied(shown, controls.site(), reader.view.settings, words)
    show.html("desk_texts", reader, id="texts", title=words("desk.texts"), items=items)
    _show_proofs(reader, shown)
    items = texts.cited(shown, controls.site(), words, controls.today())
    show.html("desk_texts", reader, id="cite", title=words("desk.cite"), items=items)


def _show_proofs(reader: Reader, shown: Figure) -> None:
    book = f"/figures/{shown.id}.xlsx?{urlencode({**shown.parameters, 'lang': reader.view.lang})}"
    cards = texts.proofs(shown, reader.words)
    links = {
        card.observation: link("data", View(lang=reader.view.lang, observation=card.observation)) for card in cards
    }
    more = len(shown.observations) - len(cards)
    show.html("desk_proofs", reader, cards=cards, links=links, more=more, book=book, total=len(shown.observations))
