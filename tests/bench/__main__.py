"""`make bench`: measures scripts, page loads, bytes, memory, files and the start, and prints them beside their targets.

Ratios compare what was measured in this run, on this machine; a number alone says little about another one.
`--quick` measures less often, `--only` one part.
"""

import argparse
import os
import platform
import tempfile
import unicodedata
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from playwright.sync_api import Browser

from tests.bench import apps, cold, exports, loads, memory, scripts, serving, stage
from tests.browser.serve import browser, browser_path, server

Rows = list[tuple[str, ...]]


def main() -> None:
    """Measure what was asked for and print a table for each part."""
    asked = argparse.ArgumentParser(prog="make bench", description=__doc__)
    asked.add_argument("--quick", action="store_true", help="measure less often")
    asked.add_argument("--only", choices=PARTS, help="one part")
    given = asked.parse_args()
    print(f"{platform.platform()}, Python {platform.python_version()}, {os.cpu_count()} processors")
    for name, part in PARTS.items():
        if given.only in (None, name):
            part(given.quick)


def measure_scripts(quick: bool) -> None:
    """Time every page's script."""
    scripts.started()
    head = ("page", "warm ms", "processor ms", "target <", "met", "cold ms")
    show("Script of a page: warm (median) and first in a process", head, scripts.measure(5 if quick else 15))


def measure_loads(quick: bool) -> None:
    """Time every page in a browser, beside the bare applications."""
    if not browser_path():
        print("\nno page loads: no browser found")
        return
    with ExitStack() as stack:
        folders = apps.write(Path(stack.enter_context(tempfile.TemporaryDirectory())))
        servers = {name: stack.enter_context(server(folder)) for name, folder in folders.items()}
        servers["product"] = stack.enter_context(server())
        rows = loads.measure(stack.enter_context(browser()), servers, 2 if quick else 5)
    head = ("page", "ms", "range", "× bare chart", f"≤ {loads.TARGET}", "requests", "HTTP kB", "websocket kB")
    show("Until the last Figure is drawn, cold browser cache (median), and what was sent", head, rows)


def measure_start(quick: bool) -> None:
    """Time the start of the process until the first page is drawn."""
    if not browser_path():
        print("\nno start: no browser found")
        return
    with tempfile.TemporaryDirectory() as folder, browser() as running:
        rows = cold.measure(warmed(running), apps.write(Path(folder)), 2 if quick else 5)
    head = ("application", "s to answer", "s to first page", "× bare", f"≤ {cold.TARGET}")
    show("Cold start (median)", head, rows)


def warmed(running: Browser) -> Browser:
    """Let the browser start its own processes before the clock runs."""
    running.new_page().close()
    return running


def measure_memory(quick: bool) -> None:
    """Weigh the server."""
    del quick
    show("Memory of the server (resident)", ("state", "MB"), memory.measure())


def measure_exports(quick: bool) -> None:
    """Time the files of some Figures."""
    head = ("format", "ms (median)", "ms (slowest)", "vl-convert alone ms", "×", "Figures")
    show("Files of the Figures, warm", head, exports.measure(1 if quick else 3, 12 if quick else 5))


def measure_serving(quick: bool) -> None:
    """Count the cached files that a process sends."""
    if not serving.tool():
        print("\nno files a second: wrk is not installed")
        return
    with server() as running:
        rows = serving.measure(running.url, 2 if quick else 10)
    head = ("file", "kB", "a second", "ms (p99)", "× fewer", f"≤ {serving.TARGET}")
    show(f"Cached files from one process, {serving.CONNECTIONS} connections", head, rows)


def measure_stage(quick: bool) -> None:
    """Time the stage from key to picture."""
    if not browser_path():
        print("\nno stage: no browser found")
        return
    with server() as running, browser() as chromium:
        rows = stage.measure(chromium, running.url, 1 if quick else 3)
    head = ("deck", "ms (median)", "ms (p95)", "ms (slowest)", "×", f"< {stage.TARGET:.0f}", "keys")
    show("From key to picture, 1920 × 1080, everything drawn", head, rows)


PARTS: dict[str, Callable[[bool], None]] = {
    "scripts": measure_scripts,
    "loads": measure_loads,
    "start": measure_start,
    "memory": measure_memory,
    "exports": measure_exports,
    "serving": measure_serving,
    "stage": measure_stage,
}


def show(title: str, head: tuple[str, ...], rows: Rows) -> None:
    """Print a table: the first column to the left, numbers to the right."""
    widths = [max(width(row[column]) for row in (head, *rows)) for column in range(len(head))]
    print(f"\n{title}")
    for row in (head, *rows):
        cells = [" " * (size - width(cell)) + cell for cell, size in zip(row, widths, strict=True)]
        print("  ".join([row[0] + " " * (widths[0] - width(row[0])), *cells[1:]]), flush=True)


def width(text: str) -> int:
    """Return how many columns a text takes in a terminal, where Chinese signs take two."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


if __name__ == "__main__":
    main()
