"""Shows things on a page. The only module that hands Figures to Streamlit; pages call it and nothing below it."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import replace
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from components import credits, faulty, markup, navigation, prose
from components.address import View, link, query
from components.charts import page
from components.export import evidence
from components.export.formats import endings
from components.figures import catalogue
from components.figures.figure import Figure
from components.figures.plotted import place_name
from components.proof import Proof, proof
from components.reader import Reader
from components.words import Words
from data import documents
from data.load import tables
from data.measures import newest_result
from geo.load import places

if TYPE_CHECKING:  # pydeck is imported when a reader asks for the interactive map
    from components.maps.deck import Deck
    from components.theme import Look

FORMATS = ("png", "svg", "pdf", "csv", "xlsx", "json", "geojson")  # the rest is taken at the desk
NONE: Final[Mapping[str, str]] = {}
PICKED = "places"  # its layer of shapes that lead somewhere (components/maps/deck.py)
CLICKED = "map-clicked"
FEET = 256  # rendered feet kept, some 20 KB each
HEADS = 512  # rendered heads kept, and as many other parts of pages, some KB each
SHOWN = 120  # characters of a wrong value that a notice repeats
PROOFS = 24  # proof cards under one Figure; what is more stands on the data page


def figure(reader: Reader, id: str, /, text: str = "", more: Mapping[str, str] = NONE, **parameters: str) -> None:
    """Show a Figure with its finding, its chart or map, its sources, its table, its proofs and its downloads.

    `text` follows the finding; `more` (name, address) is a link at its end. A Figure that cannot be made leaves in its
    place who is to blame and an id.
    """
    try:
        shown = catalogue.figure(id, reader.view.lang, **parameters)
        with st.container(key=f"figure-{shown.name}", gap="xsmall"):
            st.html(_head(shown, text, tuple(more.items())))
            _drawing(shown, reader)
            st.html(_foot(shown, reader.words, documents.folder()))
    except Exception as error:  # the page is more than this Figure
        html("figure_faulty", reader, id=faulty.note(id, error))


def _drawing(shown: Figure, reader: Reader) -> None:
    sizes = ("phone",) if reader.phone else ("wide", "narrow")  # page.css shows the one there is room for
    if shown.deck and [size for size in sizes if _moves(shown, shown.deck, size, reader)]:
        return
    spec = page.specification(shown, reader.look.name)
    key = f"drawing-{shown.name}-{reader.view.lang}"
    st.vega_lite_chart(spec, width="stretch", theme=None, key=key, alt=shown.alt)


def _moves(shown: Figure, deck: "Callable[[Look, bool], Deck]", size: str, reader: Reader) -> bool:
    """Offer a map to move about; where it is asked for, show it, with what there was no room for on it, and say so."""
    name = f"{size}-{shown.name}-{reader.view.lang}"
    with st.container(key=f"map-{name}", gap="xsmall"):
        if not st.toggle(reader.words("map.interactive"), key=f"interactive-{name}"):
            return False
        made, key = deck(reader.look, size != "wide"), f"deck-{name}-{reader.view.at}"
        # The key holds the place: a map that is shown anew, after a click or on the way back, has nothing selected.
        picked = st.pydeck_chart(
            made.two_fingers() if reader.phone else made,
            height=made.tall, key=key, alt=shown.alt, on_select=partial(_clicked, key),
        )  # fmt: skip
        if made.listed:
            html("map_list", reader, listed=made.listed)
    if st.session_state.get(CLICKED) == key:
        del st.session_state[CLICKED]
        _follow(picked, reader)
    return True


def _clicked(key: str) -> None:
    """Remember that this run began with a click on a map: a selection that is merely still there leads nowhere."""
    st.session_state[CLICKED] = key


def _follow(picked: Any, reader: Reader) -> None:
    """Lead to the place whose shape was clicked on, as a link would."""
    shapes = picked.selection.get("objects", {}).get(PICKED, [])
    place = shapes[0]["properties"]["id"] if shapes else ""
    if place and place != reader.view.at:
        st.switch_page(navigation.FOLDER / "places.py", query_params=query(replace(reader.view, at=place, step="")))


@lru_cache(maxsize=HEADS)
def _head(shown: Figure, text: str, more: tuple[tuple[str, str], ...]) -> markup.Written:
    return markup.Written(markup.render("figure_head", figure=shown, text=text, more=dict(more)))


@lru_cache(maxsize=FEET)
def _foot(shown: Figure, speech: Words, folder: Path | None) -> markup.Written:
    """Render what stands under a Figure, once; `folder` is where the documents lie, whose paragraphs it may quote."""
    ids = shown.observations[:PROOFS]
    table = evidence.readable(shown)
    text = markup.render(
        "figure_foot",
        figure=shown,
        words=speech,
        credits=credits.credit_lines(shown),
        table=table,
        proofs=[proof(code, speech) for code in ids],
        more=len(shown.observations) - len(ids),
        downloads={name: credits.file_address(shown, name) for name in FORMATS if name in endings(shown)},
        desk=link("desk", View(lang=shown.lang, figure=shown.id, parameters=tuple(shown.parameters.items()))),
    )
    return markup.Written(text)


def proof_card(card: Proof, speech: Words) -> None:
    """Show one proof card by itself."""
    st.html(markup.render("proof", card=card, words=speech, open=True))


def notices(reader: Reader) -> None:
    """Say what of the address names nothing, and what is shown instead; its words are escaped, never markup."""
    lines = []
    for problem in reader.problems:
        key = "notice.near" if problem.nearest else "notice.unknown"
        name = reader.words(f"parameter.{problem.parameter}")
        nearest = (
            place_name(problem.nearest, reader.words, short=False)
            if problem.nearest in places().index
            else problem.nearest
        )
        lines.append(reader.words(key, name=name, value=problem.value[:SHOWN], nearest=nearest))
    if lines:
        html("notices", reader, lines=lines)


def html(template: str, reader: Reader, **values: object) -> None:
    """Show a template of components/templates with the reader's words at hand."""
    parts = tuple(values.items())
    st.html(_kept(template, reader.words, parts) if _lasting(parts) else _written(template, reader.words, parts))


def _lasting(parts: Hashable) -> bool:
    """Tell whether what a template is filled with can be known again: then its markup is made once."""
    try:
        hash(parts)
    except TypeError:  # a list or a dictionary
        return False
    return True


def _written(template: str, speech: Words, parts: tuple[tuple[str, object], ...]) -> markup.Written:
    return markup.Written(markup.render(template, words=speech, **dict(parts)))


_kept = lru_cache(maxsize=HEADS)(_written)


def about(reader: Reader) -> None:
    """Show what the product says of itself."""
    with st.container(key="prose", width=720):
        st.markdown(prose.about(reader.words))


def footer(reader: Reader) -> None:
    """Show what holds for every page: whose words these are, and how new the newest result is."""
    html("footer", reader, year=newest_result(tables()))
