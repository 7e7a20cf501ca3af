"""How long a page's script runs, in this process.

AppTest opens the page, but what is timed is a runtime hook inside it: the one call in which Streamlit's ScriptRunner
executes the script. That holds everything the product does for a page (frame, rows, chart, markup, messages made) and
neither the thread AppTest starts nor its reading back of the messages, which no reader waits for. Beside the time that
passes stands the time the processor worked on it, which a busy machine does not lengthen much.

`python -m tests.bench.scripts <page>` is the cold measurement: one page in a process of its own, after the start.
"""

import subprocess
import sys
import threading
import time
from collections.abc import Callable
from statistics import median
from typing import Any, Final
from unittest.mock import patch

from streamlit import config
from streamlit.logger import set_log_level
from streamlit.runtime.scriptrunner import script_runner
from streamlit.runtime.scriptrunner.exec_code import exec_func_with_error_handling
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from components.address import HOME, PAGES
from components.web.start import ready
from tests.browser.serve import PATIENCE, ROOT

WARM_UPS: Final = 3
TARGET: Final = 60.0  # ms of a warm run


class Stopwatch:
    """Times every execution of a script by Streamlit while it is in place."""

    def __init__(self) -> None:
        self.found: list[tuple[float, float]] = []
        self.inner = exec_func_with_error_handling

    def __call__(self, script: Callable[[], Any], context: Any) -> Any:
        """Run the script; keep how many ms passed, and how many of them its thread worked."""
        began, worked = time.perf_counter(), time.thread_time()
        try:
            return self.inner(script, context)
        finally:
            self.found.append(((time.perf_counter() - began) * 1000, (time.thread_time() - worked) * 1000))


def runs(page: str, times: int) -> list[tuple[float, float]]:
    """Run a page so many times; return the ms and the ms of work of each run."""
    stopwatch = Stopwatch()
    with patch.object(script_runner, "exec_func_with_error_handling", stopwatch):
        for _ in range(times):
            test = AppTest.from_file(str(ROOT / "components" / "shell.py"), default_timeout=PATIENCE)
            test._page_hash = calc_hash("" if page == HOME else page)
            test.run()
            if test.exception:
                raise RuntimeError(f"{page}: {test.exception[0].message}")
    return stopwatch.found


def cold(page: str) -> float:
    """Return the ms of a page's first run in a fresh process, as measured there."""
    command = [sys.executable, "-m", "tests.bench.scripts", page]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return float(done.stdout.split()[-1])


def measure(times: int) -> list[tuple[str, ...]]:
    """Return a row for each page: warm, cold, target."""
    rows: list[tuple[str, ...]] = []
    for page in PAGES:
        warm, worked = (median(found) for found in zip(*runs(page, WARM_UPS + times)[WARM_UPS:], strict=True))
        verdict = "yes" if warm < TARGET else "NO"
        rows.append((page, f"{warm:.0f}", f"{worked:.0f}", f"{TARGET:.0f}", verdict, f"{cold(page):.0f}"))
    return rows


def started() -> None:
    """Do what the application does before its first reader, and let it end; without Streamlit's word on each run."""
    config.set_option("logger.level", "error")
    set_log_level("ERROR")
    ready()
    for thread in threading.enumerate():
        if thread.name == "warm-up":
            thread.join()


if __name__ == "__main__":
    started()
    print(f"{runs(sys.argv[1], 1)[0][0]:.1f}")
