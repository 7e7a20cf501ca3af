"""Figures, and pages, that cannot be made: what the rest does without them.

A Figure that raises costs its own place and no more. It is counted each time, logged once under an id, and the id stands in
its place, so that a reader can name it and an operator can find it.
"""

import logging
import secrets
from collections.abc import Mapping
from threading import Lock
from typing import Final

from components.figures.catalogue import figure
from components.figures.figure import Figure
from components.web.operations import logs, metrics
from components.words import words

KEPT: Final = 200  # different faults remembered
_NOTED: Final[dict[tuple[str, str], str]] = {}
_LOCK: Final = Lock()


def note(id: str, error: Exception, where: str = "figure") -> str:
    """Count a fault of a Figure or of a page, log it where it is new, and return the id under which it stands in the log."""
    metrics.ERRORS.labels(where).inc()
    key = (id, repr(error)[:500])
    with _LOCK:
        if key in _NOTED:
            return _NOTED[key]
        if len(_NOTED) >= KEPT:
            _NOTED.clear()
        mark = _NOTED[key] = secrets.token_hex(6)
    logs.event(f"{where} failed, id {mark}", logging.ERROR, error, **{where: id})
    return mark


def made(id: str, lang: str, parameters: Mapping[str, str]) -> Figure | None:
    """Return a Figure, or None where it cannot be built; the fault is noted."""
    try:
        return figure(id, lang, **parameters)
    except Exception as error:  # whatever it is, the other Figures are sound
        note(id, error)
        return None


def title(id: str, lang: str, parameters: Mapping[str, str]) -> str:
    """Return a Figure's finding, or that it cannot be shown."""
    shown = made(id, lang, parameters)
    return shown.title if shown else words(lang)("faulty.title")
