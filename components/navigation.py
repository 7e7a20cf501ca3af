"""The navigation: the pages, declared by absolute path, and the bar on top of each of them."""

from dataclasses import replace
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import Page

from components.address import HOME, PAGES, View, link, query
from components.markup import render
from components.reader import Reader
from components.words import LANGUAGES

FOLDER = Path(__file__).resolve().parent.parent / "pages"
OWN_LANGUAGE_NAMES = {"zh": "中文", "en": "English"}


def pages(reader: Reader) -> tuple[Page, dict[str, Page]]:
    """Declare the pages in the reader's language; return the one the address names, and all by name."""
    declared = {
        name: st.Page(
            FOLDER / f"{name}.py",
            title=_title(name, reader),
            url_path="" if name == HOME else name,
            default=name == HOME,
        )
        for name in PAGES
    }
    return st.navigation(list(declared.values()), position="hidden"), declared


def _title(name: str, reader: Reader) -> str:
    product = reader.words("product.name")
    return product if name == HOME else f"{reader.words(f'nav.{name}')} · {product}"


def bar(reader: Reader, page: Page, declared: dict[str, Page]) -> None:
    """Show the links to all pages and, last, the same view in the other language.

    The language is a plain link: a page loaded anew says its language to browsers and screen readers from the start.
    """
    kept = query(View(lang=reader.view.lang))
    with st.container(key="navigation", horizontal=True, gap="small", vertical_alignment="center"):
        for name, target in declared.items():
            st.page_link(target, label=reader.words(f"nav.{name}"), query_params=kept)
        other = LANGUAGES[1 - LANGUAGES.index(reader.view.lang)]
        here = next(name for name, target in declared.items() if target is page)
        address = link(here, replace(reader.view, lang=other))
        st.html(render("language", lang=other, name=OWN_LANGUAGE_NAMES[other], address=address), width="content")
