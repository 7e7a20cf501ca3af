"""What a reader's browser loads beside the session when it comes for the first time, and what sending it costs a replica."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from statistics import mean
from typing import Final
from urllib.parse import urlsplit

import httpx
from playwright.sync_api import Request

from components.address import PAGES, View, link
from tests.bench.loads import Traffic
from tests.browser.serve import browser, browser_path, opened, server, wait_until_drawn
from tests.load.applications import every_page, until_quiet
from tests.load.drive import Meter

PLACES: Final = (link("story", View()), link("places", View(lang="en")))


@dataclass(frozen=True)
class Arrival:
    """The files of one arrival, the means over some pages."""

    files: float
    bytes: float  # on the wire
    work: float  # processor seconds of the replica that sends them all


def measure(times: int) -> Arrival | None:
    """Measure what a browser without a cache loads and what a replica works for it; None where there is no browser."""
    if not browser_path():
        return None
    with server() as running:
        meter = Meter(running.process.pid)
        asyncio.run(every_page(running.url, PAGES[:2]))
        with browser() as chromium:
            loaded = []
            for address in PLACES:
                with opened(chromium) as page:
                    traffic, asked = Traffic(), list[str]()
                    traffic.watch(page.context.new_cdp_session(page))
                    page.on("request", _noted(asked))
                    page.goto(running.url + address)
                    wait_until_drawn(page)
                    loaded.append(([url for url in asked if _is_file(url, running.url)], traffic.http))
        until_quiet(meter)
        work = [_work(files, meter, times) for files, _ in loaded]
    return Arrival(mean(len(files) for files, _ in loaded), mean(sent for _, sent in loaded), mean(work))


def _noted(asked: list[str]) -> Callable[[Request], None]:
    return lambda request: asked.append(request.url)


def _is_file(url: str, site: str) -> bool:
    return url.startswith(f"{site}/") and urlsplit(url).path.rpartition("/")[2].count(".") > 0


def _work(files: list[str], meter: Meter, times: int) -> float:
    """Return the processor seconds the server works to send all files once."""
    meter.begin()
    with httpx.Client(trust_env=False) as client:
        for _ in range(times):
            for file in files:
                client.get(file).raise_for_status()
    return meter.worked() / times
