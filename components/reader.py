"""Who is reading: the view their address asks for, their language, their look. Read anew in every run, kept nowhere."""

from dataclasses import dataclass
from typing import Final

import streamlit as st

from components.address import Problem, View, parse
from components.theme import DARK, LIGHT, Look
from components.words import Words, words

PHONE: Final = "Mobi"  # what browsers of phones call themselves


@dataclass(frozen=True)
class Reader:
    """One reader in one run of a page."""

    view: View
    problems: tuple[Problem, ...]
    words: Words
    look: Look
    phone: bool  # says the browser


def current() -> Reader:
    """Return the reader of this run, from the address, the browser's colour scheme and what the browser calls itself."""
    view, problems = parse(st.query_params.to_dict())
    dark = st.context.theme.type == "dark"
    phone = PHONE in st.context.headers.get("User-Agent", "")
    return Reader(view, tuple(problems), words(view.lang), DARK if dark else LIGHT, phone)
