"""Ways between places: where one is, what lies in it, what lies beside it. Links that load no page anew.

Every step writes the place to the address, so that the browser's back button returns to the place before.
"""

from dataclasses import replace

import streamlit as st
from streamlit.navigation.page import Page

from components import show
from components.address import query
from components.markup import render
from components.navigation import FOLDER
from components.placecards import PROVINCE, areas, is_spoken_of, level, parts, summary, title
from components.reader import Reader
from geo.load import UNIONS, ancestors, contains

TARGET = Page(FOLDER / "places.py", url_path="places")


def step(reader: Reader, place: str, label: str) -> None:
    """Show one link to a place's profile; map, measure and language stay as they are."""
    view = replace(reader.view, at="" if place == PROVINCE else place, observation="", page=1)
    st.page_link(TARGET, label=label, query_params=query(view))


def show_crumbs(reader: Reader, place: str) -> None:
    """Show the way from the province down to a place."""
    with st.container(key="crumbs", horizontal=True, gap="xxsmall", vertical_alignment="center"):
        for above in reversed(ancestors(place)):
            step(reader, above, title(above, reader.words))
            st.html(render("crumb"), width="content")
        st.html(render("crumb", here=title(place, reader.words)), width="content")


def show_parts(reader: Reader, place: str) -> None:
    """List what lies in a place, each with what the documents say of it; a place without parts has no list."""
    if not (inside := parts(place)):
        return
    words, kind = reader.words, level(place)
    heading = words("places.union") if kind == "area" else words("places.list", place=title(place, words))
    show.html("chapter", reader, id="parts", number="", title=heading, text=words(f"places.list.{kind}"))
    _list(reader, "parts", inside)
    if place == PROVINCE:
        st.caption(words("places.areas"))
        _list(reader, "areas", areas())


def _list(reader: Reader, name: str, inside: tuple[str, ...]) -> None:
    """List places with what is said of them, then, by name alone, those of which nothing is."""
    words = reader.words
    with st.container(key=f"places-{name}", gap="xxsmall"):
        for place in filter(is_spoken_of, inside):
            step(reader, place, f"**{title(place, words)}** {summary(place, words)}")
    if unspoken := [place for place in inside if not is_spoken_of(place)]:
        with st.container(key=f"unspoken-{name}", horizontal=True, gap="xxsmall", vertical_alignment="center"):
            st.caption(words("places.unspoken"), width="content")
            for place in unspoken:
                step(reader, place, title(place, words))


def show_beside(reader: Reader, place: str) -> None:
    """List the places beside one of which something is said: in the same unit above, and the union it belongs to."""
    above = next(iter(ancestors(place)), PROVINCE)
    unions = [union for union in UNIONS if contains(union, place)] if level(place) != "area" else areas()
    beside = [other for other in dict.fromkeys([*parts(above), *unions]) if other != place and is_spoken_of(other)]
    if not beside:
        return
    words = reader.words
    text = words("places.beside.text", place=title(above, words))
    show.html("chapter", reader, id="beside", number="", title=words("places.beside"), text=text)
    with st.container(key="beside", horizontal=True, gap="xsmall"):
        for other in beside:
            step(reader, other, title(other, words))


def show_way_up(reader: Reader, place: str) -> None:
    """Show the way to a place above."""
    with st.container(key="way-up"):
        step(reader, place, reader.words("profile.up", place=title(place, reader.words)))
