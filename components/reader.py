"""Who is reading: the view their address asks for, their language, their look. Read anew in every run, kept nowhere."""

from dataclasses import dataclass

import streamlit as st

from components.address import Problem, View, parse
from components.theme import DARK, LIGHT, Look
from components.words import Words, words


@dataclass(frozen=True)
class Reader:
    """One reader in one run of a page."""

    view: View
    problems: tuple[Problem, ...]
    words: Words
    look: Look


def current() -> Reader:
    """Return the reader of this run, from the address and the browser's colour scheme."""
    view, problems = parse(st.query_params.to_dict())
    dark = st.context.theme.type == "dark"
    return Reader(view, tuple(problems), words(view.lang), DARK if dark else LIGHT)
