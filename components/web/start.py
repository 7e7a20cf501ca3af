"""The start: tables checked, or the process ends with every fault listed; what the first reader needs is warmed up."""

import ctypes
import gc
import logging
import sys
from contextlib import suppress
from itertools import product
from threading import Thread
from time import monotonic, sleep

from components import typeset
from components.web import package, stage
from components.web.operations import logs, metrics, outdated
from components.web.operations.state import DRAWING, STATE, TABLES, unless_stopping
from data.faults import TableFaults
from data.load import tables
from geo.load import boundary_faults

TABLE_FAULTS = 3  # exit code
MMAP_THRESHOLD, ARENA_MAX = -3, -8  # malloc.h
TURN = 0.001  # seconds a thread computes on while another waits for its turn
PAUSE = 0.02  # seconds between two looks
WAY = 2.0  # seconds that what is warmed up waits at most for readers' runs, each time


def ready() -> None:
    """Load and check the tables, then import what draws, beside the first request; raises SystemExit on a fault."""
    _spare_memory()
    sys.setswitchinterval(TURN)  # a page's files are many small answers, each of which would wait five times as long
    try:
        tables()
    except TableFaults as faults:
        print(f"The product does not start: {faults}", file=sys.stderr)
        raise SystemExit(TABLE_FAULTS) from None
    package.files()  # what is served byte for byte is what was checked
    outdated.watch()
    STATE.done(TABLES)
    Thread(target=_warm_up, name="warm-up", daemon=False).start()


def _spare_memory() -> None:
    """Have large pieces of memory go back to the system, and few threads' shares of it kept apart; only glibc knows how."""
    with suppress(AttributeError, OSError, TypeError):
        adjust = ctypes.CDLL(None).mallopt
        adjust(MMAP_THRESHOLD, 2**20)
        adjust(ARENA_MAX, 2)


def _look_around() -> None:
    """Tell of files that pages can do without and pictures cannot; such a replica serves, but is never ready."""
    try:
        typeset.check()
    except typeset.FontMissing as missing:
        _tell("fonts", str(missing))
    for fault in boundary_faults():
        _tell("boundaries", fault)


def _tell(part: str, what: str) -> None:
    print(f"The product starts, but without its {part}: {what}.", file=sys.stderr)
    STATE.failed(part)
    logs.event(f"{part} missing", logging.ERROR)


def _warm_up() -> None:
    """Warm up, and tell how that ended: a replica that cannot draw the story is never ready for readers."""
    _look_around()
    try:
        _draw_the_story()
    except Exception as error:
        STATE.failed(DRAWING)
        metrics.ERRORS.labels("warm-up").inc()
        logs.event("warm-up failed", logging.ERROR, error)
        raise
    _settle()
    STATE.done(DRAWING)
    logs.event("ready")
    _draw_the_pages()
    stage.warm()
    _settle()


def _settle() -> None:
    """Take what has been made so far out of the garbage collector's sight: it stays, and to walk it takes a fifth of a second."""
    gc.collect()
    gc.freeze()


def _make_way() -> None:
    """Let readers' runs of pages, which wait for an answer, go before what is only made in advance."""
    until = monotonic() + WAY
    unless_stopping()
    while metrics.running() and monotonic() < until:
        sleep(PAUSE)
        unless_stopping()


def _draw_the_pages() -> None:
    """Make what readers of the other pages will ask for, beside them: after every chart rest for as long as it took."""
    from components import faulty
    from components.charts import page
    from components.figures.catalogue import CATALOGUE, figure
    from components.theme import LIGHT
    from components.words import LANGUAGES

    for lang in LANGUAGES:
        for definition in CATALOGUE.values():
            for parameters in definition.first():
                _make_way()
                began = monotonic()
                try:
                    page.specification(figure(definition.id, lang, **parameters), LIGHT.name)
                except Exception as error:  # its place on a page says so
                    faulty.note(definition.id, error)
                sleep(monotonic() - began)


def _draw_the_story() -> None:
    """Make what the first reader of the story will ask for, while their browser is still loading its scripts.

    First the first chart, then all findings, which the list of steps names, then the charts in order, first in the first
    language: who reads one step has the next ones ready.
    """
    from components import faulty
    from components.charts import page
    from components.export.image import renderer
    from components.figures.catalogue import figure
    from components.theme import LIGHT
    from components.words import LANGUAGES
    from data.story import Step, story

    def draw(step: Step, lang: str) -> None:
        page.specification(figure(step.figure, lang, **step.parameters), LIGHT.name)

    def find(step: Step, lang: str) -> None:
        figure(step.figure, lang, **step.parameters)

    failed: dict[str, Exception] = {}
    steps = [position.step for position in story().steps()]
    order = [(draw, steps[0]), *((find, step) for step in steps), *((draw, step) for step in steps)]
    for lang, (make, step) in product(LANGUAGES, order):
        _make_way()
        try:
            make(step, lang)
        except Exception as error:  # the others are wanted all the same
            if step.figure not in failed:
                faulty.note(step.figure, error)
            failed[step.figure] = error
    renderer()
    if failed:
        raise next(iter(failed.values()))
