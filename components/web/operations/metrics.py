"""What is measured: the instruments of one process, and the text that Prometheus reads.

Names of pages, routes and formats are labels; nothing a reader typed is. docs/operations.md explains each measure.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter
from typing import Any, Final

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    Info,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)

from components.web.operations.caches import Caches

SPACE: Final = "guizhou"
QUICK: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
SLOW: Final = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 20.0)

disable_created_metrics()
REGISTRY: Final = CollectorRegistry()
_ABOUT: Final[dict[str, Any]] = {"namespace": SPACE, "registry": REGISTRY}

SESSIONS: Final = Gauge("sessions", "Readers' sessions that are open.", **_ABOUT)
OPENED: Final = Counter("sessions_opened", "Sessions opened since the start.", **_ABOUT)
RUNS: Final = Histogram("run_seconds", "Runs of a page's script.", ["page"], buckets=QUICK, **_ABOUT)
RUNNING: Final = Gauge("runs_in_work", "Runs of a page's script that are under way.", **_ABOUT)
RENDERINGS: Final = Histogram("rendering_seconds", "Files made.", ["format"], buckets=SLOW, **_ABOUT)
RENDERING: Final = Gauge("renderings_in_work", "Files that are being made.", **_ABOUT)
REFUSED: Final = Counter("renderings_refused", "Files not made because too many waited.", **_ABOUT)
REQUESTS: Final = Counter("requests", "Answers, by route and status.", ["route", "status"], **_ABOUT)
SECONDS: Final = Histogram("request_seconds", "Answers, until their last byte.", ["route"], buckets=QUICK, **_ABOUT)
ERRORS: Final = Counter("errors", "Faults of the program, by where they happened.", ["where"], **_ABOUT)
READY: Final = Gauge("ready", "1 while readers may come.", **_ABOUT)
DRAINING: Final = Gauge("draining", "1 after the process was asked to stop.", **_ABOUT)
WINDOWS: Final = Gauge("talk_windows", "Windows that follow a talk.", **_ABOUT)
BROKER: Final = Gauge("talk_broker_up", "1 while the broker of talks answers; 0 also where none is set.", **_ABOUT)
TABLE_FAULTS: Final = Gauge("table_faults", "Faults of the tables on disk, which are not those that run.", **_ABOUT)
OUTDATED: Final = Gauge("tables_outdated", "1 while the tables on disk are not those that run.", **_ABOUT)
DATA: Final = Info("data", "The version of the data that runs.", **_ABOUT)

REGISTRY.register(Caches(SPACE))
ProcessCollector(registry=REGISTRY)

for place in ("script", "request", "warm-up", "broker", "figure", "kit"):
    ERRORS.labels(place)  # a rate needs its zero


@contextmanager
def run(page: str) -> Iterator[None]:
    """Measure one run of a page's script."""
    began = perf_counter()
    with RUNNING.track_inprogress():
        try:
            yield
        finally:
            RUNS.labels(page).observe(perf_counter() - began)


def running() -> bool:
    """Tell whether a run of a page's script is under way."""
    return any(sample.value > 0 for measure in RUNNING.collect() for sample in measure.samples)


@contextmanager
def rendering(ending: str) -> Iterator[None]:
    """Measure the making of one file."""
    with RENDERING.track_inprogress(), RENDERINGS.labels(ending).time():
        yield


def text() -> bytes:
    """Write all measures as Prometheus reads them."""
    return generate_latest(REGISTRY)
