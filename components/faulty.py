"""Figures, and pages, that cannot be made: what the rest does without them.

A Figure that raises costs its own place and no more. It is counted each time, logged once under an id, and the id stands in
its place, so that a reader can name it and an operator can find it. What was made without it is not kept: the fault may pass.
"""

import logging
import secrets
from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from threading import Lock
from typing import Any, Final, Generic, TypeVar

import pandas as pd

from components.figures.catalogue import figure
from components.figures.figure import Figure
from components.theme import LABEL, Look
from components.web.operations import logs, metrics
from components.words import words

KEPT: Final = 200  # different faults remembered
_NOTED: Final[dict[tuple[str, str], str]] = {}
_LOCK: Final = Lock()
_WATCHED: Final[ContextVar[list[str] | None]] = ContextVar("faults noted", default=None)
Made = TypeVar("Made")


def note(id: str, error: Exception, where: str = "figure") -> str:
    """Count a fault of a Figure or of a page, log it where it is new, and return the id under which it stands in the log."""
    metrics.ERRORS.labels(where).inc()
    mark, new = _marked((id, repr(error)[:500]))
    if new:
        logs.event(f"{where} failed, id {mark}", logging.ERROR, error, **{where: id})
    if (faults := _WATCHED.get()) is not None:
        faults.append(mark)
    return mark


def _marked(fault: tuple[str, str]) -> tuple[str, bool]:
    """Return the id of a fault, and whether it is new."""
    with _LOCK:
        if fault in _NOTED:
            return _NOTED[fault], False
        if len(_NOTED) >= KEPT:
            _NOTED.clear()
        _NOTED[fault] = secrets.token_hex(6)
        return _NOTED[fault], True


@contextmanager
def watched() -> Iterator[list[str]]:
    """Collect the ids of the faults that are noted meanwhile, here and not in other threads."""
    outer, faults = _WATCHED.get(), list[str]()
    before = _WATCHED.set(faults)
    try:
        yield faults
    finally:
        _WATCHED.reset(before)
        if outer is not None:
            outer.extend(faults)


class _Unkept(Exception):
    """Carries past a cache what is not to be kept."""


class Kept(Generic[Made]):
    """A function that keeps what it returned, as lru_cache does, unless a fault was noted while that was made."""

    def __init__(self, make: Callable[..., Made], most: int) -> None:
        self._make = make
        self._sound = lru_cache(maxsize=most)(self._once)

    def __call__(self, *about: Hashable) -> Made:
        """Return what is kept, or make it."""
        try:
            return self._sound(*about)
        except _Unkept as unkept:
            made: Made = unkept.args[0]
            return made

    def _once(self, *about: Hashable) -> Made:
        with watched() as faults:
            made = self._make(*about)
        if faults:
            raise _Unkept(made)
        return made

    def clear(self) -> None:
        """Forget everything."""
        self._sound.cache_clear()


def kept(most: int) -> Callable[[Callable[..., Made]], Kept[Made]]:
    """Decorate a function whose results are kept, so many at most."""
    return lambda make: Kept(make, most)


def shown(id: str, lang: str, parameters: Mapping[str, str]) -> tuple[Figure, str]:
    """Return a Figure and ''; where it cannot be built, what stands in its place and the id of the fault, which is noted."""
    try:
        return figure(id, lang, **parameters), ""
    except Exception as error:  # whatever it is, the other Figures are sound
        mark = note(id, error)
        return instead(id, lang, parameters, mark), mark


def made(id: str, lang: str, parameters: Mapping[str, str]) -> Figure | None:
    """Return a Figure, or None where it cannot be built; the fault is noted."""
    found, fault = shown(id, lang, parameters)
    return None if fault else found


def title(id: str, lang: str, parameters: Mapping[str, str]) -> str:
    """Return a Figure's finding, or that it cannot be shown."""
    return shown(id, lang, parameters)[0].title


def instead(id: str, lang: str, parameters: Mapping[str, str], mark: str) -> Figure:
    """Return what stands in a Figure's place where nothing but a Figure can stand: it says so, and proves nothing."""
    said = words(lang)("faulty.stage", id=mark)

    def draw(look: Look) -> Any:
        from altair import LayerChart  # drawing is imported when something is drawn

        return LayerChart.from_dict(line(said, look))

    return Figure(id, dict(parameters), lang, words(lang)("faulty.title"), "", said, pd.DataFrame(), (), draw)


def fleeting(headers: dict[str, str]) -> dict[str, str]:
    """Return the headers of an answer in which something is missing: nobody is to keep it, nor to name it by a tag."""
    return {**{name: said for name, said in headers.items() if name != "ETag"}, "Cache-Control": "no-store"}


def line(text: str, look: Look) -> dict[str, Any]:
    """Return a chart that holds one line of text, as Vega-Lite."""
    mark = {"type": "text", "align": "left", "x": 0, "fontSize": LABEL, "color": look.quiet}
    drawn = {"data": {"values": [{"text": text}]}, "mark": mark, "encoding": {"text": {"field": "text"}}}
    return {"height": 120, "layer": [drawn]}
