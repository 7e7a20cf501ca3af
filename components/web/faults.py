"""Faults of the program: counted and logged under an id, which is all of them that a stranger hears."""

import logging
import secrets

from components.web.operations import logs, metrics


def note(error: BaseException) -> str:
    """Log a fault and return the id under which it stands there."""
    mark = secrets.token_hex(6)
    metrics.ERRORS.labels("request").inc()
    logs.event(f"request failed, id {mark}", logging.ERROR, error)
    return mark
