"""Press kits of a chapter and of everything: asked for, made in the background, watched, taken.

The page never waits: a kit is made by the same workers as for its address, one at a time, kept on disk.
"""

from typing import Final

import streamlit as st

from components import show
from components.export.asked import Refused
from components.reader import Reader, current
from components.web.kits import named
from components.web.shelf import Build, shelf
from data.story import story

EVERYTHING: Final = "all"
HELD: Final = "desk-kit"  # the kit this reader is waiting for
LOOKING: Final = 1.0  # seconds between two looks at it
MEGABYTE: Final = 2**20


def show_kits(reader: Reader) -> None:
    """Show the choice of a kit, and how far the one asked for is."""
    words = reader.words
    show.html("chapter", reader, id="kits", number="", title=words("desk.kits"), text=words("desk.kits.text"))
    with st.container(key="desk-kits", horizontal=True, vertical_alignment="bottom"):
        names = {f"chapter-{chapter.id}": words.of(vars(chapter), "title") for chapter in story().chapters}
        names[EVERYTHING] = words("desk.kits.everything")
        chosen = st.selectbox(words("desk.kits.which"), list(names), format_func=names.__getitem__, key="desk-kit-name")
        if st.button(words("desk.kits.make"), key="desk-kit-make"):
            _begin(chosen, reader)
    build: Build | None = st.session_state.get(HELD)
    if build and build.done:
        _show_finished(reader, build, names[build.kit.name])
    elif build:
        st.fragment(_watch, run_every=LOOKING)(names[build.kit.name])


def _begin(name: str, reader: Reader) -> None:
    try:
        st.session_state[HELD] = shelf().build(named(name))
    except Refused as refused:
        st.session_state.pop(HELD, None)
        show.html("notices", reader, lines=[reader.words(f"refused.{refused.rule}", **refused.about)])


def _show_finished(reader: Reader, build: Build, title: str) -> None:
    """Show where the kit is and how large, or that it could not be made."""
    address = "" if build.failed else f"/kits/{build.kit.name}.zip?lang={reader.view.lang}"
    show.html("desk_kit", reader, title=title, address=address, size=f"{build.size / MEGABYTE:.1f}")


def _watch(title: str) -> None:
    """Show how far the kit is; at its end run the page, which then looks no more."""
    words, build = current().words, st.session_state[HELD]
    if build.done:
        st.rerun()
    done, total = build.progress[0], len(build.kit.views)
    st.progress(done / total, text=words("desk.kits.progress", title=title, n=done, of=total))
