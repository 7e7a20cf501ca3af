"""Faults of the program: counted and logged under an id, which is all of them that a stranger hears."""

import logging
import secrets
import sys
from typing import Any, Final

from components.typeset import FontMissing
from components.web.operations import logs, metrics
from components.web.operations.caches import STORES

RETRY: Final = 60  # seconds after which to ask again where the machine had too little of something


class KitFailed(RuntimeError):
    """A press kit of which nothing could be sent."""


def note(error: BaseException) -> str:
    """Log a fault and return the id under which it stands there."""
    mark = secrets.token_hex(6)
    metrics.ERRORS.labels("request").inc()
    logs.event(f"request failed, id {mark}", logging.ERROR, error)
    if isinstance(error, MemoryError):
        give_back()
    return mark


def kind_of(error: Exception) -> tuple[str, dict[str, Any]]:
    """Return which sentence tells a fault, and what fills it: what a reader can do something about is told apart."""
    if isinstance(error, FontMissing):
        return "font", {"file": error.file, "seconds": RETRY}
    if isinstance(error, MemoryError):
        return "memory", {"seconds": RETRY}
    if isinstance(error, KitFailed):
        return "kit", {"seconds": RETRY}
    return "failure", {}


def give_back() -> None:
    """Let go of what the stores of finished bytes hold: it can be made again."""
    for module, name in STORES.values():
        if module in sys.modules:
            getattr(sys.modules[module], name).clear()
