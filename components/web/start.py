"""The start: tables checked, or the process ends with every fault listed; what the first reader needs is warmed up."""

import logging
import sys
from threading import Thread

from components.web import stage
from components.web.operations import logs, metrics
from components.web.operations.state import DRAWING, STATE, TABLES
from data.faults import TableFaults
from data.load import tables

TABLE_FAULTS = 3  # exit code


def ready() -> None:
    """Load and check the tables, then import what draws, beside the first request; raises SystemExit on a fault."""
    try:
        tables()
    except TableFaults as faults:
        print(f"The product does not start: {faults}", file=sys.stderr)
        raise SystemExit(TABLE_FAULTS) from None
    STATE.done(TABLES)
    Thread(target=_warm_up, name="warm-up", daemon=True).start()


def _warm_up() -> None:
    """Warm up, and tell how that ended: a replica that cannot draw the story is never ready for readers."""
    try:
        _draw_the_story()
    except Exception as error:
        STATE.failed(DRAWING)
        metrics.ERRORS.labels("warm-up").inc()
        logs.event("warm-up failed", logging.ERROR, error)
        raise
    STATE.done(DRAWING)
    logs.event("ready")
    stage.warm()


def _draw_the_story() -> None:
    """Make what the first reader of the story will ask for, while their browser is still loading its scripts.

    The charts of all steps in order, first in the first language: who reads one step has the next ones ready.
    """
    from components.charts import page
    from components.export.image import renderer
    from components.figures.catalogue import figure
    from components.theme import LIGHT
    from components.words import LANGUAGES
    from data.story import story

    for lang in LANGUAGES:
        for position in story().steps():
            page.specification(figure(position.step.figure, lang, **position.step.parameters), LIGHT.name)
        renderer()
