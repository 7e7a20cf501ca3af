"""Filters on a page, kept in step with the address: a change writes codes to the URL, an address sets the controls."""

from dataclasses import replace
from functools import partial

import streamlit as st

from components.address import query, valid
from components.figures.plotted import place_name
from components.numbers import period
from components.reader import Reader, current
from components.words import Words
from data.load import record, tables
from data.select import Selection


def filters(reader: Reader, *names: str) -> Selection:
    """Show a search field and one multiple choice for each filter named; return the selection they make."""
    words = reader.words
    with st.container(key="filters"):
        _keep("search", reader.view.selection.search)
        st.text_input(
            words("filter.search"), key="filter-search", placeholder=words("filter.search.hint"), on_change=_write
        )
        columns = st.columns(len(names))
        for column, name in zip(columns, names, strict=True):
            _keep(name, list(getattr(reader.view.selection, name)))
            column.multiselect(
                words(f"parameter.{name}"),
                valid()[name],
                format_func=partial(label, name, words=words),
                key=f"filter-{name}",
                placeholder=words("filter.all"),
                on_change=_write,
            )
    return reader.view.selection


def _keep(name: str, value: str | list[str]) -> None:
    """Let the address win over what the control held before."""
    if st.session_state.get(f"filter-{name}") != value:
        st.session_state[f"filter-{name}"] = value


def _write() -> None:
    """Write what the controls hold to the address, from its first page."""
    view = current().view
    chosen = {
        name: tuple(st.session_state[f"filter-{name}"])
        for name in Selection.filters()
        if f"filter-{name}" in st.session_state
    }
    selection = replace(view.selection, **chosen, search=st.session_state["filter-search"].strip())
    st.query_params.from_dict(query(replace(view, selection=selection, page=1, observation="")))


def label(name: str, code: str, words: Words) -> str:
    """Return what a filter's code is called in the reader's language."""
    if name == "place":
        return place_name(code, words)
    if name == "source":
        return words.of(record(tables().sources, code), "title")
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
