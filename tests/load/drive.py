"""Plays many readers at once against a site on this machine, counts what came of it, and weighs the processes meanwhile.

A `Drive` keeps so many readers reading for so many seconds: one that leaves is followed by another. Their number and
their time are bounded. A view that began while it measured counts however long it took.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from random import Random
from statistics import quantiles
from typing import Final

import httpx
import psutil

from tests.load.journeys import Draw
from tests.load.session import LOST, Failed, Reader, Run

MOST: Final = 900  # readers at once: a process of the product opens a thousand sessions
LONGEST: Final = 180.0  # seconds of one drive
MEGABYTE: Final = 1e6
REST: Final = 0.2  # seconds after an error


@dataclass
class Tally:
    """What came of a drive."""

    readers: int = 0
    seconds: float = 0.0
    views: list[float] = field(default_factory=list)  # seconds from the reader's act to the view's last message
    journeys: int = 0  # that came to their end
    bytes: int = 0
    messages: int = 0
    returns: list[float] = field(default_factory=list)  # seconds from a lost connection until the view is back
    errors: list[str] = field(default_factory=list)
    cores: float = 0.0  # processors that the watched processes kept busy
    own: float = 0.0  # and the driver itself

    def percentile(self, part: int) -> float:
        """Return how many ms so many in a hundred views took at most."""
        if len(self.views) < 2:
            return 1000 * sum(self.views)
        return 1000 * quantiles(self.views, n=100, method="inclusive")[part - 1]

    def holds(self, limit: float) -> bool:
        """Tell whether nothing failed or broke, and 95 of 100 views took at most so many ms."""
        return not self.errors and not self.returns and len(self.views) > 0 and self.percentile(95) <= limit

    @property
    def rate(self) -> float:
        """Views a second."""
        return len(self.views) / self.seconds

    @property
    def work(self) -> float:
        """Processor seconds a view."""
        return self.cores / max(self.rate, 1e-9)


class Meter:
    """Processor time and memory of processes, and the processor time of this one."""

    def __init__(self, *pids: int) -> None:
        self._processes = [psutil.Process(pid) for pid in pids]
        self.begin()

    def begin(self) -> None:
        """Count processor time from now on."""
        self._from, self._own, self._began = self._worked(), time.process_time(), time.perf_counter()

    def worked(self) -> float:
        """Return the processor seconds of the processes."""
        return self._worked() - self._from

    def cores(self) -> float:
        """Return how many processors the processes kept busy."""
        return self.worked() / (time.perf_counter() - self._began)

    def own(self) -> float:
        """Return how many processors this process kept busy."""
        return (time.process_time() - self._own) / (time.perf_counter() - self._began)

    def memory(self) -> float:
        """Return the resident MB of the processes."""
        return float(sum(process.memory_info().rss for process in self._processes)) / MEGABYTE

    def _worked(self) -> float:
        return float(sum(sum(process.cpu_times()[:2]) for process in self._processes))


@dataclass
class Drive:
    """Readers at a site: how many, for how long, what they do, and how many seconds they think (the mean)."""

    site: str
    draw: Draw
    readers: int
    seconds: float
    think: float = 0.0
    settle: float = 0.0  # seconds before anything counts; readers come one after the other in them
    seed: int = 7

    def __post_init__(self) -> None:
        if not (0 < self.readers <= MOST and 0 < self.seconds + self.settle <= LONGEST):
            raise ValueError(f"at most {MOST} readers for {LONGEST:.0f} s, not {self.readers} for {self.seconds:.0f} s")
        self._tally = Tally(self.readers, self.seconds)
        self._from = self._until = 0.0

    async def go(self, meter: Meter, beside: Callable[[], Awaitable[None]] | None = None) -> Tally:
        """Let the readers read, until their time is over or what happens `beside` them has ended."""
        self._from = time.perf_counter() + self.settle
        self._until = self._from + self.seconds
        everyone = [asyncio.create_task(self._live(number)) for number in range(self.readers)]
        await asyncio.sleep(self.settle)
        meter.begin()
        if beside is None:
            await asyncio.sleep(self._until - time.perf_counter())
        else:
            await asyncio.wait_for(beside(), self.seconds)
            self._until = time.perf_counter()
            self._tally.seconds = self._until - self._from
        self._tally.cores, self._tally.own = meter.cores(), meter.own()
        await asyncio.gather(*everyone)
        return self._tally

    async def _live(self, number: int) -> None:
        chance = Random(f"{self.seed} {number}")  # noqa: S311 - no secret, a seed to repeat
        await asyncio.sleep(chance.random() * self.settle)
        while not self._over():
            await self._journey(chance)

    async def _journey(self, chance: Random) -> None:
        journey = self.draw(chance)
        try:
            async with Reader(self.site, digests=False) as reader:
                await self._view(reader, reader.open(journey.address))
                for act in journey.acts:
                    await self._think(reader, chance)
                    if self._over():
                        return
                    await self._view(reader, act.do(reader))
        except (Failed, *LOST) as error:
            self._tally.errors.append(f"{journey.address}: {error!r}")
            await asyncio.sleep(REST)
        else:
            self._tally.journeys += self._counts(time.perf_counter())

    async def _view(self, reader: Reader, asked: Awaitable[Run]) -> None:
        """Wait for a view and count it; where the session breaks meanwhile, come back as a page does."""
        began = time.perf_counter()
        try:
            run = await asked
        except httpx.HTTPError:
            raise  # a page that is refused is an error, not a session that broke
        except LOST:
            await self._return(reader)
            return
        if self._counts(began):
            self._tally.views.append(time.perf_counter() - began)
            self._tally.bytes += run.bytes
            self._tally.messages += run.messages

    async def _think(self, reader: Reader, chance: Random) -> None:
        seconds = chance.expovariate(1 / self.think) if self.think else 0.0
        seconds = min(seconds, self._until - time.perf_counter())
        if seconds > 0 and await reader.lost_within(seconds):
            await self._return(reader)

    async def _return(self, reader: Reader) -> None:
        began = time.perf_counter()
        await reader.reconnect()
        self._tally.returns.append(time.perf_counter() - began)

    def _counts(self, moment: float) -> bool:
        return self._from <= moment < self._until

    def _over(self) -> bool:
        return time.perf_counter() >= self._until


@dataclass
class Search:
    """Finds the largest number that holds: by doubling or halving until one holds and one does not, then by halves."""

    next: int  # to try; 0 where the search is over
    finer: int = 3  # halves
    most: int = MOST
    held: int = 0
    failed: int = 0

    def told(self, held: bool) -> None:
        """Hear how the number tried last went."""
        if held:
            self.held = self.next
        else:
            self.failed = self.next
        if self.held and self.failed:
            middle = (self.held + self.failed) // 2
            self.next = middle if self.finer > 0 and middle > self.held else 0
            self.finer -= 1
        elif held:
            self.next = min(self.next * 2, self.most) if self.next < self.most else 0
        else:
            self.next //= 2
