"""The story one step at a time: where the address stands in it, the step's Figure, and the ways on from there.

The address alone decides: a button writes the code of another step to it, and the page is run again.
"""

from dataclasses import replace
from functools import lru_cache
from threading import Thread
from typing import Final, NamedTuple

import streamlit as st

from components import faulty, headlines, show
from components.address import View, link, parse, query
from components.charts import page
from components.figures.catalogue import figure
from components.prose import fill, story_title
from components.reader import Reader, current
from data.story import Position, Step, story

# Keys of the keyboard that Streamlit listens for. Page up and page down scroll as everywhere; where a page ends, the
# script assets/reader.js lets them step on.
BUTTONS: Final = {"previous": "Left", "next": "Right"}
ENDS: Final = {"first": "Home", "last": "End"}


class Item(NamedTuple):
    """A step as the list of all steps shows it."""

    title: str
    address: str
    here: bool


def show_story(reader: Reader) -> None:
    """Show the step that the address names; an address without one gets the opening and the first step beneath it."""
    at = story().at(reader.view.step)
    with st.container(key="opening"):
        _opening(reader, at)
    with st.container(key="step", gap="xsmall"):
        _step(reader, at)
    with st.container(key="step-bar", horizontal=True, vertical_alignment="center", gap="small"):
        _bar(reader, at)
    with st.container(key="step-list", gap="xsmall"):
        _list(reader, at)
    _make_near(reader, at)


def _opening(reader: Reader, at: Position) -> None:
    words = reader.words
    if reader.view.step:
        show.html("story_name", reader, title=story_title(words), address=address(reader, ""))
    else:
        lead = fill(words.of(vars(story()), "lead"), words)
        show.html("lead", reader, title=story_title(words), text=lead)
        headlines.show_row(reader, story().headlines)


def _step(reader: Reader, at: Position) -> None:
    chapters = story().chapters
    staged = f"/stage?lang={reader.view.lang}#{at.step.id}.0.{reader.view.lang}"
    show.html(
        "step", reader, at=at, staged=staged, title=reader.words.of(vars(at.chapter), "title"), chapters=len(chapters)
    )
    text = fill(reader.words.of(vars(at.step), "text"), reader.words)
    show.figure(reader, at.step.figure, text=text, more=_more(reader, at.step), **at.step.parameters)


def _more(reader: Reader, step: Step) -> dict[str, str]:
    """Name the page that a step leads on to, and its address with the step's filters."""
    if not step.page:
        return {}
    view, _ = parse(step.query)
    title = reader.words(f"nav.{step.page}")
    return {
        "name": reader.words("step.more", page=title),
        "address": link(step.page, replace(view, lang=reader.view.lang)),
    }


def _bar(reader: Reader, at: Position) -> None:
    steps = [position.step.id for position in story().steps()]
    _button(reader, "previous", at.number - 1, steps, BUTTONS)
    show.html("progress", reader, at=at, chapters=story().chapters, total=len(steps))
    _button(reader, "next", at.number + 1, steps, BUTTONS)


def _list(reader: Reader, at: Position) -> None:
    told: dict[str, list[Item]] = {}
    for position in story().steps():
        step = position.step
        title = faulty.title(step.figure, reader.view.lang, step.parameters)
        item = Item(title, address(reader, step.id), position.number == at.number)
        told.setdefault(reader.words.of(vars(position.chapter), "title"), []).append(item)
    show.html("step_list", reader, told=tuple((chapter, tuple(items)) for chapter, items in told.items()))
    steps = [position.step.id for position in story().steps()]
    with st.container(key="step-ends", horizontal=True, gap="small"):
        _button(reader, "first", 1 if at.number > 1 else 0, steps, ENDS)
        _button(reader, "last", len(steps) if at.number < len(steps) else 0, steps, ENDS)


def _button(reader: Reader, name: str, number: int, steps: list[str], keys: dict[str, str]) -> None:
    there = 1 <= number <= len(steps)
    st.button(
        reader.words(f"step.{name}"),
        key=f"step-{name}",
        shortcut=keys[name],
        disabled=not there,
        on_click=_go,
        args=(steps[number - 1] if there else "",),
    )


def _go(step: str) -> None:
    st.query_params.from_dict(query(replace(current().view, step=code(step))))


def code(step: str) -> str:
    """Return what the address says of a step: the first one stands beneath the opening, which has no code."""
    return "" if step == story().at("").step.id else step


def address(reader: Reader, step: str) -> str:
    """Return the address of a step in the reader's language."""
    return _address(reader.view.lang, step)


@lru_cache(maxsize=256)
def _address(lang: str, step: str) -> str:
    return link("story", View(lang=lang, step=step))


def _make_near(reader: Reader, at: Position) -> None:
    """Make the chart of the next step, then of the one before, while this one is being read; where both are there, nothing."""
    around = story().steps()[max(0, at.number - 2) : at.number + 1]
    near = [position.step for position in reversed(around) if position.number != at.number]
    lang, look = reader.view.lang, reader.look.name
    if all(_drawn(step, lang, look) for step in near):
        return
    # Of its own accord it would be a daemon like the thread it is started from, and a daemon cut off in compiled code aborts.
    Thread(target=_make, args=(near, lang, look), name="next-step", daemon=False).start()


def _drawn(step: Step, lang: str, look: str) -> bool:
    try:
        return page.drawn(figure(step.figure, lang, **step.parameters), look)
    except Exception:  # told where it is to be made
        return False


def _make(steps: list[Step], lang: str, look: str) -> None:
    for step in steps:
        try:
            page.specification(figure(step.figure, lang, **step.parameters), look)
        except Exception as error:  # the reader may never go there
            faulty.note(step.figure, error)
