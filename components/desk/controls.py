"""The desk's controls, kept in step with the address: a change writes a code to it, the address sets what they show."""

import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any, Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st

from components.address import MANY, View, query, valid
from components.controls import label
from components.desk.wanted import PICTURES, USUAL, Pairs
from components.export.asked import OPTIONS
from components.export.sizes import NATURAL, SIDES, SIZES
from components.figures.catalogue import CATALOGUE
from components.navigation import OWN_LANGUAGE_NAMES
from components.reader import Reader, current
from components.theme import LOOKS
from components.words import LANGUAGES, Words
from data.load import record, tables

FREE: Final = "free"  # a size in px of the reader's own
SCALES: Final = ("", "1", "2", "3", "4")
RESOLUTIONS: Final = ("", "72", "144", "300", "600")
FEW: Final = 4  # so many alternatives stand beside each other, more are folded into a list
Change = Callable[[View, Any], View]


def site() -> str:
    """Return the address of the site, for texts that leave it: as PUBLIC_ADDRESS names it, else as the reader sees it."""
    named = os.environ.get("PUBLIC_ADDRESS", "").strip().rstrip("/")
    parts = urlsplit(st.context.url or "")
    return named or (f"{parts.scheme}://{parts.netloc}" if parts.netloc else "")


def today() -> str:
    """Return the day it is where the reader is; where that is not known, by universal time."""
    try:
        there = ZoneInfo(st.context.timezone or "UTC")
    except (ValueError, ZoneInfoNotFoundError):  # what a browser sends may be anything
        there = ZoneInfo("UTC")
    return datetime.now(there).date().isoformat()


def _shared(key: str, value: Any, change: Change) -> dict[str, Any]:
    """Let a control show what the address says, and write to the address what it is set to."""
    st.session_state[key] = value

    def write() -> None:
        st.query_params.from_dict(query(change(current().view, st.session_state[key])))

    return {"key": key, "on_change": write}


def _with(pairs: Pairs, **changes: str) -> Pairs:
    """Return settings or parameters with some of them changed; an empty one is left out."""
    return tuple((name, value) for name, value in {**dict(pairs), **changes}.items() if value)


def gallery_filters(reader: Reader) -> None:
    """Show the search and the filters of the gallery."""
    words, chosen = reader.words, reader.view.selection

    def searched(view: View, text: str) -> View:
        return replace(view, selection=replace(view.selection, search=text.strip()))

    with st.container(key="desk-filters", horizontal=True):
        st.text_input(
            words("filter.search"),
            placeholder=words("filter.search.hint"),
            **_shared("desk-search", chosen.search, searched),
        )
        for name in ("place", "theme"):
            st.multiselect(
                words(f"parameter.{name}"), valid()[name], placeholder=words("filter.all"), select_all=False,
                format_func=partial(label, name, words=words),
                **_shared(f"desk-{name}", list(getattr(chosen, name)), _filtered(name)),
            )  # fmt: skip


def _filtered(name: str) -> Change:
    def filtered(view: View, codes: Sequence[str]) -> View:
        kept: dict[str, Any] = {name: tuple(code for code in valid()[name] if code in codes)}
        return replace(view, selection=replace(view.selection, **kept))

    return filtered


def parameters(reader: Reader) -> None:
    """Show a control for each of the Figure's own parameters."""
    definition = CATALOGUE[reader.view.figure]
    if not definition.parameters:
        return
    shown = {**definition.defaults, **dict(reader.view.parameters)}
    with st.container(key="desk-parameters", horizontal=True):
        for name, codes in definition.parameters.items():
            _parameter(reader, name, codes, shown[name], definition.many.get(name, 1))


def _parameter(reader: Reader, name: str, codes: Sequence[str], value: str, most: int) -> None:
    words = reader.words

    def changed(view: View, code: Any) -> View:
        # One more than may be shown lets go of the first; the last one stays.
        text = code if isinstance(code, str) else MANY.join(code[-most:]) or value
        return replace(view, parameters=_with(view.parameters, **{name: text}))

    key = f"desk-{reader.view.figure}-{name}"
    shared: dict[str, Any] = {"format_func": lambda code: code_name(name, code, words)}
    if most > 1:
        several = words.count("desk.most", most, name=words(f"parameter.{name}"))
        st.multiselect(several, codes, select_all=False, **shared, **_shared(key, value.split(MANY), changed))
    elif len(codes) <= FEW:
        shared |= _shared(key, value, changed)
        st.segmented_control(words(f"parameter.{name}"), codes, required=True, **shared)
    else:
        st.selectbox(words(f"parameter.{name}"), codes, **shared, **_shared(key, value, changed))


def code_name(name: str, code: str, words: Words) -> str:
    """Return what a parameter's code is called in the reader's language."""
    if name == "indicator":
        return words.of(record(tables().indicators, code), "name")
    if name == "field":
        return words.of(record(tables().tasks, code), "name")
    return label(name, code, words)


def settings(reader: Reader) -> None:
    """Show how the picture can be made; only what its format takes."""
    words, held = reader.words, dict(reader.view.settings)
    ending = held.get("format", PICTURES[0])
    with st.container(key="desk-settings", horizontal=True):
        _beside(reader, "format", PICTURES, str.upper)
        _beside(reader, "in", LANGUAGES, OWN_LANGUAGE_NAMES.__getitem__, reader.view.lang)
        _beside(reader, "look", tuple(LOOKS), lambda code: words(f"desk.look.{code}"))
        _size(reader)
        if "scale" in OPTIONS[ending]:
            _folded(reader, "scale", SCALES)
            _folded(reader, "ppi", RESOLUTIONS)
        if "text" in OPTIONS[ending]:
            _beside(reader, "text", ("text", "outlines"), lambda code: words(f"desk.text.{code}"))
        st.checkbox(
            words("parameter.transparent"),
            **_shared("desk-transparent", held.get("transparent") == "1", _set("transparent")),
        )


def _set(name: str) -> Change:
    """Return what writes one setting; its usual value is left out."""

    def changed(view: View, value: Any) -> View:
        text = {True: "1", False: "", None: ""}.get(value, str(value)) if not isinstance(value, str) else value
        usual = view.lang if name == "in" else USUAL.get(name)
        return replace(view, settings=_with(view.settings, **{name: "" if text == usual else text}))

    return changed


def _beside(reader: Reader, name: str, codes: Sequence[str], named: Callable[[str], str], usual: str = "") -> None:
    value = dict(reader.view.settings).get(name, usual or USUAL.get(name, codes[0]))
    shared = _shared(f"desk-{name}", value, _set(name))
    st.segmented_control(reader.words(f"parameter.{name}"), codes, format_func=named, required=True, **shared)


def _folded(reader: Reader, name: str, codes: Sequence[str]) -> None:
    """Show a list of alternatives; a value that only the address has is offered too."""
    words, value = reader.words, dict(reader.view.settings).get(name, "")
    offered = list(dict.fromkeys([*codes, value]))
    st.selectbox(
        words(f"parameter.{name}"), offered, width=200,
        format_func=lambda code: words(f"desk.{name}", n=code) if code else words("desk.automatic"),
        **_shared(f"desk-{name}", value, _set(name)),
    )  # fmt: skip


def _size(reader: Reader) -> None:
    """Show the sizes by name, and two fields where the reader sets their own."""
    words, held = reader.words, dict(reader.view.settings)
    free = any(name in held for name in ("width", "height"))

    def changed(view: View, code: str) -> View:
        width = str(NATURAL.width) if code == FREE else ""
        sizes = {"size": "" if code == FREE else code, "width": width, "height": ""}
        return replace(view, settings=_with(view.settings, **sizes))

    st.selectbox(
        words("parameter.size"), ("", *SIZES, FREE), width=300, format_func=lambda code: size_name(code, words),
        **_shared("desk-size", FREE if free else held.get("size", ""), changed),
    )  # fmt: skip
    for name in ("width", "height") if free else ():
        number = int(held[name]) if name in held else None
        st.number_input(
            words(f"parameter.{name}"), *SIDES, step=10, placeholder=words("desk.automatic"), width=170,
            **_shared(f"desk-{name}", number, _set(name)),
        )  # fmt: skip


def size_name(code: str, words: Words) -> str:
    """Call a size by what it is for, with its px."""
    if code not in SIZES:
        return words("desk.size.free" if code else "desk.size.natural")
    size = SIZES[code]
    return words(f"desk.size.{code}", width=size.width, height=size.height or "")
