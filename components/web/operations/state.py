"""Where a replica stands: what it still waits for before readers may come, and whether it is about to leave."""

from collections.abc import Callable
from threading import main_thread
from typing import Final

TABLES: Final = "tables"  # loaded and checked
DRAWING: Final = "drawing"  # what draws is imported, the story's charts are made
PARTS: Final = (TABLES, DRAWING)


class State:
    """The readiness of one process; may be told and asked from several threads."""

    def __init__(self) -> None:
        self.draining = False
        self.warnings: dict[str, str] = {}  # what an operator should know of a replica that serves all the same
        self._open = dict.fromkeys(PARTS, "not yet")
        self._farewells: list[Callable[[], None]] = []

    def done(self, part: str) -> None:
        """Note that a part is ready."""
        self._open.pop(part, None)

    def failed(self, part: str) -> None:
        """Note that a part will never be ready: the process lives, but no reader should be sent to it."""
        self._open[part] = "failed"

    def before_leaving(self, farewell: Callable[[], None]) -> None:
        """Have something done before the server closes its doors: what would otherwise never end by itself."""
        self._farewells.append(farewell)

    def leave(self) -> None:
        """Do what is to be done before the server closes its doors."""
        for farewell in self._farewells:
            farewell()

    def reasons(self) -> dict[str, str]:
        """Return what stands against readiness, by part; empty when readers may come."""
        return {**self._open, **({"draining": "asked to stop"} if self.draining else {})}


STATE: Final = State()


def unless_stopping() -> None:
    """End the thread that asks, silently, once the process is about to end: one cut off in compiled code would abort it."""
    if not main_thread().is_alive():
        raise SystemExit
