"""Looks whether the tables on disk are still those that run.

The product reads its tables once. Who changes a file under a running process is told what that file is worth: its faults in
the log, their number as a measure, a line at /readyz. What readers see stays the last good version until the next start.
"""

import logging
from pathlib import Path
from threading import Event, Thread
from typing import Final

from components.web.operations import logs, metrics
from components.web.operations.settings import settings
from components.web.operations.state import STATE
from data.faults import TableFaults
from data.kept import contents
from data.load import FOLDER, read

TOLD: Final = 20  # faults that have a line each
WARNING: Final = "tables on disk"
Signature = tuple[tuple[str, int, int], ...]


class Tables:
    """The tables of a folder, looked at again and again; those that run are `running`, by file name."""

    def __init__(self, folder: Path, running: dict[str, bytes]) -> None:
        self._folder, self._running = folder, running
        self._seen = self._signature()

    def _signature(self) -> Signature:
        found = ((path, path.stat()) for path in sorted(self._folder.glob("*.csv")))
        return tuple((path.name, stat.st_mtime_ns, stat.st_size) for path, stat in found)

    def look(self) -> None:
        """Check the tables where a file changed since the last look."""
        now = self._signature()
        if now == self._seen:
            return
        self._seen = now
        same = all(self._running.get(name) == (self._folder / name).read_bytes() for name, _, _ in now)
        outdated = not same or {name for name, _, _ in now} != {name for name in self._running if name.endswith(".csv")}
        faults = self._faults() if outdated else []
        metrics.OUTDATED.set(outdated)
        metrics.TABLE_FAULTS.set(len(faults))
        if not outdated:
            STATE.warnings.pop(WARNING, None)
            logs.event("tables on disk are again those that run")
        elif faults:
            STATE.warnings[WARNING] = f"{len(faults)} faults: do not restart before they are mended"
            for fault in faults[:TOLD]:
                logs.event(f"tables on disk are faulty, the last good ones go on serving: {fault}", logging.ERROR)
        else:
            STATE.warnings[WARNING] = "changed: restart to serve them"
            logs.event("tables on disk are sound and newer than those that run: restart to serve them", logging.WARNING)

    def _faults(self) -> list[object]:
        from data.check import find_faults  # pandera is heavy: imported when there is something to check

        try:
            return list(find_faults(read(self._folder)))
        except TableFaults as unreadable:
            return list(unreadable.faults)


def watch() -> None:
    """Look at the tables every so often for as long as the process lives, beside everything else."""
    tables, every = Tables(FOLDER, contents()), settings().tables_seconds
    if every:
        Thread(target=_look_for_ever, args=(tables, every), name="tables", daemon=True).start()


def _look_for_ever(tables: Tables, every: float) -> None:
    never = Event()
    while not never.wait(every):
        try:
            tables.look()
        except Exception as error:  # a file that vanishes while it is read, and whatever else: look again
            logs.event("tables on disk cannot be looked at", logging.ERROR, error)
