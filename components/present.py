"""The page from which a talk is given: what is told, in which language and look; its windows, its files, its keys.

The address holds all of it, with the key that pairs the windows of a talk: made at random once, then kept there.
"""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode, urlsplit

import segno
import streamlit as st

from components import faulty, show
from components.address import MANY, STAGES, View, query
from components.desk.controls import site
from components.export.deck.talk import KEYS
from components.navigation import OWN_LANGUAGE_NAMES
from components.reader import Reader, current
from components.web.pairing import code_of
from components.words import LANGUAGES
from data.story import Chapter, Step, story

TROUBLES = 4  # what may go wrong, and what then
ALONE = ("localhost", "127.0.0.1", "::1", "0.0.0.0")  # noqa: S104 - hosts that no phone in the hall can reach


def with_key(reader: Reader) -> Reader:
    """Return the reader once the address has a key for the windows of their talk; without one it gets one and runs anew."""
    if not reader.view.pair:
        st.query_params.from_dict(query(replace(reader.view, pair=secrets.token_urlsafe(12))))
        st.rerun()
    return reader


def told(view: View) -> tuple[Step, ...]:
    """Return the steps of a talk in the story's order."""
    return tuple(at.step for at in story().steps() if not view.steps or at.step.id in view.steps)


def minutes(steps: Sequence[Step]) -> int:
    """Return the time planned for some steps, in whole minutes, at least one."""
    return max(1, round(sum(step.seconds for step in steps) / 60))


def of_chapters(view: View, chosen: Sequence[str]) -> tuple[str, ...]:
    """Return the steps of a talk after its chapters were changed: what is kept of a chapter stays as it was chosen."""
    before = set(chapters(view))
    kept: list[str] = []
    for chapter in story().chapters:
        ids = [step.id for step in chapter.steps]
        if chapter.id in chosen:
            kept += [id for id in ids if not view.steps or id in view.steps or chapter.id not in before]
    return whole(kept)


def whole(steps: Sequence[str]) -> tuple[str, ...]:
    """Return steps as the address says them: nothing for all of them, nor for none."""
    ids = tuple(at.step.id for at in story().steps())
    chosen = tuple(id for id in ids if id in steps)
    return () if chosen == ids else chosen


def chapters(view: View) -> tuple[str, ...]:
    """Return the chapters that a talk takes something from."""
    return tuple(chapter.id for chapter in story().chapters if {step.id for step in chapter.steps} & _ids(view))


def _ids(view: View) -> set[str]:
    return {step.id for step in told(view)}


def show_choice(reader: Reader) -> None:
    """Show what a talk can be: its language, its look, its chapters, and step by step what is told."""
    words, view = reader.words, reader.view
    with st.container(key="present-choice"):
        with st.container(key="present-look", horizontal=True):
            language = _kept("talk", view.talk or view.lang, lambda view, code: replace(view, talk=code))
            st.segmented_control(
                words("parameter.talk"),
                LANGUAGES,
                format_func=OWN_LANGUAGE_NAMES.__getitem__,
                required=True,
                **language,
            )
            look = _kept("stage", view.stage, lambda view, code: replace(view, stage=code))
            st.segmented_control(
                words("parameter.stage"),
                STAGES,
                format_func=lambda code: words(f"present.look.{code}"),
                required=True,
                **look,
            )
        titles = {chapter.id: words.of(vars(chapter), "title") for chapter in story().chapters}
        st.pills(
            words("present.chapters"), list(titles), selection_mode="multi", format_func=titles.__getitem__,
            **_kept("chapters", list(chapters(view)), lambda view, ids: replace(view, steps=of_chapters(view, ids))),
        )  # fmt: skip
        with st.expander(words("present.one-by-one")):
            for chapter in story().chapters:
                _steps(reader, chapter, titles[chapter.id])


def _steps(reader: Reader, chapter: Chapter, title: str) -> None:
    ids, lang = [step.id for step in chapter.steps], reader.view.lang
    findings = {step.id: faulty.title(step.figure, lang, step.parameters) for step in chapter.steps}

    def changed(view: View, chosen: list[str]) -> View:
        return replace(view, steps=whole([*(_ids(view) - set(ids)), *chosen]))

    st.pills(
        title, ids, selection_mode="multi", format_func=findings.__getitem__,
        **_kept(f"steps-{chapter.id}", [id for id in ids if id in _ids(reader.view)], changed),
    )  # fmt: skip


def _kept(name: str, value: Any, change: Callable[[View, Any], View]) -> dict[str, Any]:
    """Let a control show what the address says, and write to the address what it is set to."""
    key = f"present-{name}"
    st.session_state[key] = value

    def write() -> None:
        st.query_params.from_dict(query(change(current().view, st.session_state[key])))

    return {"key": key, "on_change": write}


def show_talk(reader: Reader) -> None:
    """Show how long the talk is, its windows, the audience's address, its files, its keys, and the way out of trouble."""
    view, words, steps = reader.view, reader.words, told(reader.view)
    audience = site() + address(view, follow=code_of(view.pair))
    show.html(
        "present", reader, length=words.count("present.length", len(steps), minutes=minutes(steps)),
        stage=address(view, pair=view.pair), speaker=address(view, pair=view.pair, view="speaker"),
        audience=audience, code=segno.make(audience, error="m").svg_data_uri(border=3, scale=6),
        alone=urlsplit(audience).hostname in ALONE, files=files(reader),
        keys=[(pressed.split(" "), words(f"stage.{name}")) for pressed, name in KEYS],
        trouble=[words(f"present.trouble.{nth}") for nth in range(1, TROUBLES + 1)],
    )  # fmt: skip


def asked(view: View) -> dict[str, str]:
    """Return a talk as the stage and the files of a talk are asked for it."""
    steps = {"steps": MANY.join(view.steps)} if view.steps else {}
    return {"lang": view.talk or view.lang, "look": view.stage, **steps}


def address(view: View, /, **more: str) -> str:
    """Return the address of a window of a talk, from the site's root."""
    return f"/stage?{urlencode({**asked(view), **more}, safe=MANY)}"


def files(reader: Reader) -> list[dict[str, str]]:
    """Name the files a talk can be taken along as."""
    talk, words = asked(reader.view), reader.words
    deck, steps = f"/decks/{talk['lang']}-{talk['look']}", {"steps": talk["steps"]} if "steps" in talk else {}
    named = [("HTML", "html", {}), ("PPTX", "pptx", {}), *((f"PDF {shape}", "pdf", {"shape": shape}) for shape in ("16:9", "4:3")),
             (words("present.handout"), "pdf", {"shape": "handout"})]  # fmt: skip
    texts = ("html", "pptx", "wide", "narrow", "handout")
    return [
        {"name": name, "text": words(f"present.file.{text}"),
         "address": f"{deck}.{ending}" + (f"?{urlencode({**steps, **shape}, safe=f'{MANY}:')}" if steps or shape else "")}
        for (name, ending, shape), text in zip(named, texts, strict=True)
    ]  # fmt: skip
