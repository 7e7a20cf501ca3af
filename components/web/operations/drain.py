"""The end of a replica: SIGTERM first makes it not ready, later lets the server stop, and bounds how long that takes.

Between the two it serves on, so that a balancer can turn readers away before anything closes. A second SIGTERM stops at
once. SIGINT, a developer's Ctrl+C, is left to the server.
"""

import asyncio
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Timer
from types import FrameType
from typing import Any, Final

from components.web.operations import logs
from components.web.operations.settings import settings
from components.web.operations.state import STATE

GRACE: Final = 5.0  # seconds after the bound until the process ends whatever still runs
OVERDUE: Final = 4  # exit code of a process that did not end in time
Handler = Callable[[int, FrameType | None], Any]


@contextmanager
def running() -> Iterator[None]:
    """Log as the settings say and take over SIGTERM for as long as the process serves."""
    chosen = settings()
    if chosen.log_format == "json":
        logs.write_json()
    server = signal.getsignal(signal.SIGTERM)
    taken = callable(server) and _take_over(Drain(server))
    logs.event("started", drain=chosen.drain_seconds, stop=chosen.stop_seconds, broker=bool(chosen.broker))
    try:
        yield
    finally:
        if taken:
            signal.signal(signal.SIGTERM, server)


def _take_over(drain: "Drain") -> bool:
    try:
        signal.signal(signal.SIGTERM, drain)
    except ValueError:  # not the main thread: an embedding program or a test has the signals
        return False
    return True


class Drain:
    """What SIGTERM does: begins to drain, and stops the server when that is over."""

    def __init__(self, stop: Handler) -> None:
        self._server = stop
        self._loop = asyncio.get_running_loop()

    def __call__(self, number: int, frame: FrameType | None) -> None:
        """Begin to drain; asked a second time, stop at once."""
        if STATE.draining:
            self._loop.call_soon_threadsafe(self.stop)
            return
        STATE.draining = True
        self._loop.call_soon_threadsafe(self._begin)

    def _begin(self) -> None:
        logs.event("draining", seconds=settings().drain_seconds)
        self._loop.call_later(settings().drain_seconds, self.stop)

    def stop(self) -> None:
        """Let the server close its doors and finish what is under way, within the bound."""
        seconds = settings().stop_seconds
        logs.event("stopping", seconds=seconds)
        STATE.leave()
        server: Any = getattr(self._server, "__self__", None)
        if hasattr(server, "config"):  # uvicorn, which otherwise waits for as long as answers take
            server.config.timeout_graceful_shutdown = seconds
        last = Timer(seconds + GRACE, os._exit, [OVERDUE])
        last.daemon = True
        last.start()
        self._server(signal.SIGTERM, None)
