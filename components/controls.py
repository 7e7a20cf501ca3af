"""Filters on a page, kept in step with the address: a change writes codes to the URL, an address sets the controls."""

from dataclasses import replace
from functools import partial
from typing import Any

import streamlit as st

from components.address import query, valid
from components.figures.plotted import place_name
from components.numbers import period
from components.reader import Reader, current
from components.words import Words
from data.load import record, tables
from data.select import SORTS, Selection

PER_ROW = 4  # controls beside each other; on a phone they go two by two


def filters(reader: Reader, *names: str) -> Selection:
    """Show a search field, one multiple choice for each filter named, and the order; return what they select."""
    words, chosen = reader.words, reader.view.selection
    with st.container(key="filters"):
        _keep("search", chosen.search)
        hint = words("filter.search.hint")
        st.text_input(words("filter.search"), key="filter-search", placeholder=hint, on_change=_write)
        fields = [*names, "sort"]
        for row in range(0, len(fields), PER_ROW):
            columns = st.columns(PER_ROW)
            for column, name in zip(columns, fields[row : row + PER_ROW], strict=False):
                with column:
                    _field(name, chosen, words)
    return chosen


def _field(name: str, chosen: Selection, words: Words) -> None:
    value = getattr(chosen, name)
    _keep(name, value if name == "sort" else list(value))
    shared: dict[str, Any] = {
        "format_func": partial(label, name, words=words),
        "key": f"filter-{name}",
        "on_change": _write,
    }
    if name == "sort":
        st.selectbox(words("parameter.sort"), SORTS, **shared)
    else:
        st.multiselect(words(f"parameter.{name}"), valid()[name], placeholder=words("filter.all"), **shared)


def _keep(name: str, value: str | list[str]) -> None:
    """Let the address win over what the control held before."""
    if st.session_state.get(f"filter-{name}") != value:
        st.session_state[f"filter-{name}"] = value


def _write() -> None:
    """Write what the controls hold to the address, from its first page."""
    view, held = current().view, st.session_state
    chosen: dict[str, Any] = {
        name: tuple(held[f"filter-{name}"]) for name in Selection.filters() if f"filter-{name}" in held
    }
    selection = replace(view.selection, **chosen, search=held["filter-search"].strip(), sort=held["filter-sort"])
    st.query_params.from_dict(query(replace(view, selection=selection, page=1, observation="")))


def label(name: str, code: str, words: Words) -> str:
    """Return what a filter's code is called in the reader's language."""
    if name == "place":
        return place_name(code, words)
    if name == "source":
        return words.of(record(tables().sources, code), "title")
    if name == "department":
        return words.of(record(tables().departments, code), "name")
    return period(code, words) if name == "period" else words(f"{name}.{code}")


def choice(reader: Reader, name: str, labels: dict[str, str]) -> None:
    """Show a row of alternatives that writes one code to the address; the address decides which is on."""
    key = f"choice-{name}"
    st.session_state[key] = getattr(reader.view, name) or next(iter(labels))

    def write() -> None:
        st.query_params.from_dict(query(replace(current().view, **{name: st.session_state[key]})))

    st.segmented_control(
        reader.words(f"parameter.{name}"),
        list(labels),
        format_func=labels.__getitem__,
        key=key,
        required=True,
        on_change=write,
    )
