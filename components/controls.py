"""Filters on a page, kept in step with the address: a change writes codes to the URL, an address sets the controls."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache, partial
from typing import Any

import streamlit as st

from components import show
from components.address import MANY, View, query, valid
from components.figures.plotted import place_name
from components.numbers import period
from components.reader import Reader, current
from components.words import Words
from data.load import record, tables
from data.select import SORTS, Selection

Within = Callable[[str], Collection[str]]  # the codes of a filter that are offered


def filters(reader: Reader, *names: str, elsewhere: Iterable[str] = (), within: Within | None = None) -> Selection:
    """Show a search field, one multiple choice for each filter named, and the order; return what they select.

    A filter that the address sets is always shown, named or not, unless the page shows it `elsewhere`. Only the codes
    that `within` names for a filter are offered, and those already chosen.
    """
    words, chosen = reader.words, reader.view.selection
    with st.container(key="filters"):
        _keep("search", chosen.search)
        hint = words("filter.search.hint")
        st.text_input(words("filter.search"), key="filter-search", placeholder=hint, on_change=_write)
        active = [name for name in Selection.filters() if getattr(chosen, name) and name not in (*names, *elsewhere)]
        fields = [*names, *active, "sort"]
        for column, name in zip(st.columns(len(fields)), fields, strict=True):  # page.css breaks them into rows
            with column:
                _field(name, chosen, words, within)
    return chosen


def _field(name: str, chosen: Selection, words: Words, within: Within | None) -> None:
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
        kept = valid()[name] if within is None else {*within(name), *value}
        offered = [code for code in valid()[name] if code in kept]
        st.multiselect(words(f"parameter.{name}"), offered, placeholder=words("filter.all"), select_all=False, **shared)


def pills(reader: Reader, name: str, counts: Mapping[str, int]) -> None:
    """Show a filter as a line of its codes with how many rows each would keep; a click takes one, or lets it go."""
    words, chosen = reader.words, getattr(reader.view.selection, name)
    offered = [code for code in valid()[name] if counts.get(code) or code in chosen]
    if not offered:
        return
    _keep(name, list(chosen))
    st.pills(
        words(f"parameter.{name}"),
        offered,
        selection_mode="multi",
        format_func=lambda code: words("filter.counted", name=words(f"{name}.{code}"), n=counts.get(code, 0)),
        key=f"filter-{name}",
        on_change=_write,
    )


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


@lru_cache(maxsize=1024)
def label(name: str, code: str, words: Words) -> str:
    """Return what a filter's code is called in the reader's language."""
    if name == "place":
        return place_name(code, words)
    if name == "source":
        return words.of(record(tables().sources, code), "title")
    if name == "department":
        return words.of(record(tables().departments, code), "name")
    return period(code, words) if name in ("period", "due") else words(f"{name}.{code}")


def choice(reader: Reader, name: str, labels: dict[str, str]) -> None:
    """Show a row of alternatives that writes one code to the address; the address decides which is on.

    A code that is valid but not offered here is named in a notice, and the first is shown.
    """
    key, asked = f"choice-{name}", getattr(reader.view, name)
    offered = next((code for code in asked.split(MANY) if code in labels), "")
    st.session_state[key] = offered or next(iter(labels))
    if asked and not offered:
        said = {"name": reader.words(f"parameter.{name}"), "shown": labels[st.session_state[key]]}
        show.html("notices", reader, lines=[reader.words("notice.not-here", value=asked[: show.SHOWN], **said)])

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


def several(name: str, label: str, labels: Mapping[str, str], chosen: Sequence[str], most: int, shown: View) -> None:
    """Show a choice of at most so many codes: one more lets go of the first. `shown` is the view that a change alters."""
    key = f"several-{name}"
    st.session_state[key] = list(chosen)

    def write() -> None:
        codes = [code for code in valid()[name] if code in st.session_state[key][-most:]]
        changed = with_codes(shown, name, codes)
        st.query_params.from_dict(query(replace(changed, lang=current().view.lang)))

    st.multiselect(label, list(labels), format_func=labels.__getitem__, key=key, on_change=write, select_all=False)


def with_codes(view: View, name: str, codes: Iterable[str]) -> View:
    """Return a view with other places, or other indicators, to compare."""
    if name == "indicator":
        return replace(view, indicator=MANY.join(codes))
    return replace(view, selection=replace(view.selection, place=tuple(codes)))
