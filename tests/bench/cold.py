"""How long from the start of the process until a browser has drawn the first page."""

import time
from pathlib import Path
from statistics import median
from typing import Final

from playwright.sync_api import Browser

from tests.browser.serve import DRAWN, ROOT, opened, server

TARGET: Final = 1.5  # times the bare application


def measure(browser: Browser, folders: dict[str, Path], times: int) -> list[tuple[str, ...]]:
    """Return a row for the product's home page and for the bare application, started in turns."""
    starts: dict[str, list[tuple[float, float]]] = {"bare chart": [], "product": []}
    for _ in range(times):
        for name, found in starts.items():
            found.append(_start(browser, ROOT if name == "product" else folders[name]))
    whole = {name: median(total for _, total in found) for name, found in starts.items()}
    return [_row(name, found, whole[name] / whole["bare chart"]) for name, found in starts.items()]


def _start(browser: Browser, folder: Path) -> tuple[float, float]:
    """Return the seconds until the server answers, and until the home page is drawn."""
    began = time.perf_counter()
    with server(folder) as running:
        up = time.perf_counter() - began
        with opened(browser) as page:
            page.goto(running.url, wait_until="commit")
            page.wait_for_function(DRAWN)
            return up, time.perf_counter() - began


def _row(name: str, found: list[tuple[float, float]], ratio: float) -> tuple[str, ...]:
    up, drawn = median(first for first, _ in found), median(last for _, last in found)
    verdict = ("yes" if ratio <= TARGET else "NO") if name == "product" else ""
    return (name, f"{up:.2f}", f"{drawn:.2f}", f"{ratio:.2f}", verdict)
