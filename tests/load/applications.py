"""What one process bears: an empty application, one bare chart and this product, with the same server settings.

For each: every reader asking without a pause; sessions that only stay open; and, by search, the most readers at once with
whom 95 of 100 views stay below a limit.
"""

import asyncio
import shutil
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Final

from components.address import HOME, PAGES, View, link
from components.words import LANGUAGES
from tests.bench import apps
from tests.bench.__main__ import show
from tests.browser.serve import ROOT, server
from tests.load.drive import Drive, Meter, Search, Tally
from tests.load.journeys import Draw, plain, product
from tests.load.session import Reader

LIMIT: Final = 500.0  # ms that 95 of 100 views may take
QUIET: Final = 0.1  # processors that a server at rest may use
SPEEDS: Final = ("views/s", "journeys/s", "p50 ms", "p95 ms", "p99 ms", "errors", "server cores", "driver cores")


@dataclass(frozen=True)
class Scale:
    """How much is measured."""

    full: float  # seconds with every reader asking without a pause
    trial: float  # seconds of one try of a number of readers
    settle: float
    finer: int  # halves of a search
    held: tuple[int, int]  # sessions held, few and many
    starts: int  # cold starts
    think: float = 2.0
    crowd: int = 8  # readers that ask without a pause


@dataclass(frozen=True)
class Found:
    """What was measured of one application."""

    name: str
    full: Tally  # every reader asks without a pause
    best: Tally  # the most readers that it bears; none where readers is 0
    base: float  # MB without readers
    session: float  # MB
    idle: float  # processor ms a minute of an open session


def measure(folder: Path, scale: Scale) -> list[Found]:
    """Measure the applications one after the other; the product comes last."""
    return [_application(name, place, draw, scale) for name, place, draw in _applications(folder)]


def _applications(folder: Path) -> Iterator[tuple[str, Path, Draw]]:
    for name, place in apps.write(folder).items():
        shutil.copytree(ROOT / ".streamlit", place / ".streamlit")
        yield name, place, plain
    yield "product", ROOT, product


def _application(name: str, folder: Path, draw: Draw, scale: Scale) -> Found:
    with server(folder) as running:
        site, meter = running.url, Meter(running.process.pid)
        say(f"{name}: started")
        asyncio.run(every_page(site, PAGES if draw is product else (HOME,)))
        until_quiet(meter)
        base = meter.memory()
        session, idle = asyncio.run(_hold(site, draw, meter, scale))
        say(f"{name}: a session takes {session:.2f} MB; now {scale.crowd} readers without a pause")
        full = asyncio.run(Drive(site, draw, scale.crowd, scale.full, settle=1).go(meter))
        best = _most(name, site, draw, meter, scale, full.rate)
    return Found(name, full, best, base, session, idle)


def _most(name: str, site: str, draw: Draw, meter: Meter, scale: Scale, rate: float) -> Tally:
    """Return the drive with the most readers that holds, searched from what the rate without a pause promises."""
    search, best = Search(max(2, int(rate * scale.think * 0.7)), scale.finer), Tally(seconds=1)
    while search.next:
        tally = asyncio.run(Drive(site, draw, search.next, scale.trial, scale.think, scale.settle).go(meter))
        say(f"{name}: {search.next} readers: p95 {tally.percentile(95):.0f} ms, {len(tally.errors)} errors")
        best = tally if tally.holds(LIMIT) and tally.readers > best.readers else best
        search.told(tally.holds(LIMIT))
    return best


async def every_page(site: str, pages: tuple[str, ...] = PAGES) -> None:
    """Look at every page once in each language, so that nothing is made for the first time while it is measured."""
    for lang in LANGUAGES:
        for page in pages:
            async with Reader(site, digests=False) as reader:
                await reader.open(link(page, View(lang=lang)))


async def _hold(site: str, draw: Draw, meter: Meter, scale: Scale) -> tuple[float, float]:
    """Open sessions that stay; return the MB of one, and the processor ms that one takes in a minute."""
    few, many = scale.held
    async with _opened(site, draw, few):
        before = meter.memory()
        async with _opened(site, draw, many - few):
            each = (meter.memory() - before) / (many - few)
            meter.begin()
            await asyncio.sleep(scale.settle)
            return each, meter.cores() * 60_000 / many


@asynccontextmanager
async def _opened(site: str, draw: Draw, count: int) -> AsyncIterator[None]:
    """Keep so many sessions open, each at a view of its own."""
    chance = Random(count)  # noqa: S311 - no secret, a seed to repeat
    async with AsyncExitStack() as stack:
        for _ in range(count):
            reader = await stack.enter_async_context(Reader(site, digests=False))
            await reader.open(draw(chance).address)
        yield


def until_quiet(meter: Meter) -> None:
    """Return once the processes rest, or after a minute and a half in which they do not."""
    for _ in range(180):
        meter.begin()
        time.sleep(0.5)
        if meter.cores() < QUIET:
            return


def tables(found: list[Found], scale: Scale) -> None:
    """Print what the applications bear."""
    empty = found[0]
    show(
        f"The most readers at once with p95 ≤ {LIMIT:.0f} ms, who think {scale.think:.0f} s on average",
        ("application", "readers", "× empty", *SPEEDS),
        [(one.name, str(one.best.readers), f"{one.best.readers / max(1, empty.best.readers):.2f}", *speeds(one.best))
         for one in found],
    )  # fmt: skip
    show(
        f"{scale.crowd} readers without a pause",
        ("application", "× empty", *SPEEDS),
        [(one.name, f"{one.full.rate / empty.full.rate:.2f}", *speeds(one.full)) for one in found],
    )
    show(
        f"What a view and a session cost ({scale.held[1]} sessions held)",
        ("application", "processor ms a view", "× empty", "messages a view", "kB a view", "MB at rest", "MB a session",
         "above empty", "idle: ms a minute"),
        [_costs(one, empty) for one in found],
    )  # fmt: skip


def speeds(tally: Tally) -> tuple[str, ...]:
    """Return the columns SPEEDS of a drive."""
    for error in tally.errors[:3]:
        say(f"error: {error}")
    return (f"{tally.rate:.1f}", f"{tally.journeys / tally.seconds:.1f}",
            *(f"{tally.percentile(part):.0f}" for part in (50, 95, 99)), str(len(tally.errors)),
            f"{tally.cores:.2f}", f"{tally.own:.2f}")  # fmt: skip


def _costs(one: Found, empty: Found) -> tuple[str, ...]:
    full, views = one.full, max(1, len(one.full.views))
    return (one.name, f"{full.work * 1000:.1f}", f"{full.work / empty.full.work:.1f}", f"{full.messages / views:.0f}",
            f"{full.bytes / views / 1000:.0f}", f"{one.base:.0f}", f"{one.session:.2f}",
            f"{one.session - empty.session:+.2f}", f"{one.idle:.1f}")  # fmt: skip


def say(text: str) -> None:
    """Print how far it is."""
    print(f"{time.strftime('%H:%M:%S')} {text}", flush=True)
