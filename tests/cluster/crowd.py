"""Readers who look at pages gently while the cluster is being broken, and note whether they lost anything.

They live in a thread of their own, so that a browser may be driven beside them.
"""

import asyncio
from dataclasses import dataclass, field
from threading import Event, Thread
from time import monotonic
from typing import Any, Final, Self

from tests.load.session import LOST, Failed, Reader, Run

PAUSE: Final = 1.0  # seconds between two looks at a page
BEAT: Final = 0.25  # seconds between two files
WITHIN: Final = 60.0  # seconds in which a reader must be back


@dataclass(frozen=True)
class Return:
    """How one reader came back."""

    address: str
    before: str
    after: str
    seconds: float
    same: bool


@dataclass
class Crowd:
    """Readers, each at an address of their own, and one who takes files."""

    site: str
    addresses: list[str]
    files: list[str]
    returns: list[Return] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    runs: int = 0
    taken: int = 0
    lost: int = 0  # readers who did not come back, or not to their view
    replicas: dict[int, str] = field(default_factory=dict)

    def __enter__(self) -> Self:
        self._stop, self._arrived = Event(), Event()
        self._thread = Thread(target=lambda: asyncio.run(self._live()), daemon=True)
        self._thread.start()
        assert self._arrived.wait(WITHIN * 2) and len(self.replicas) == len(self.addresses), (
            self.faults or "nobody came"
        )
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join(WITHIN * 2)

    def at(self, replica: str) -> int:
        """Return how many readers a replica has."""
        return list(self.replicas.values()).count(replica)

    async def _live(self) -> None:
        everyone = asyncio.gather(*(self._reader(*one) for one in enumerate(self.addresses)), self._taker())
        while len(self.replicas) < len(self.addresses) and not everyone.done():
            await asyncio.sleep(0.1)
        self._arrived.set()
        try:
            await everyone
        except Exception as error:  # a fault of a reader is a finding like any other, told with the rest
            self.faults.append(repr(error))

    async def _reader(self, number: int, address: str) -> None:
        async with Reader(self.site) as reader:
            first = await reader.open(address)
            self.replicas[number] = reader.replica
            while not self._stop.is_set():
                try:
                    self._compare(first, await reader.run(address))
                    self.runs += 1
                    await asyncio.wait_for(reader.lost(), PAUSE)
                    await self._return(number, reader, first)
                except TimeoutError:
                    continue
                except LOST:
                    await self._return(number, reader, first)
                except Failed as failed:
                    self.faults.append(str(failed))

    def _compare(self, first: Run, now: Run) -> None:
        if (first.title, first.shown) != (now.title, now.shown):
            self.faults.append(f"{now.title}: shows something else than before ({_difference(first.shown, now.shown)})")

    async def _return(self, number: int, reader: Reader, first: Run) -> None:
        before, began = self.replicas[number], monotonic()
        try:
            run = await reader.reconnect(WITHIN)
        except (TimeoutError, Failed) as error:
            self.faults.append(f"{reader.address}: did not come back: {error!r}")
            self.lost += 1
            return
        self.replicas[number] = reader.replica
        same = (first.title, first.shown) == (run.title, run.shown)
        self.lost += not same
        self.returns.append(Return(reader.address, before, reader.replica, monotonic() - began, same))

    async def _taker(self) -> None:
        """Take one file after another; one that does not come is a fault."""
        async with Reader(self.site) as reader:
            while not self._stop.is_set():
                address = self.files[self.taken % len(self.files)]
                try:
                    await reader.get(address)
                except LOST as error:
                    self.faults.append(f"{address}: {error!r}")
                self.taken += 1
                await asyncio.sleep(BEAT)


def summary(crowd: Crowd) -> dict[str, Any]:
    """Return what a run of a crowd came to, for a report."""
    slowest = max((one.seconds for one in crowd.returns), default=0.0)
    return {"readers": len(crowd.addresses), "runs": crowd.runs, "files": crowd.taken, "came back": len(crowd.returns),
            "slowest": round(slowest, 1), "lost": crowd.lost, "faults": crowd.faults}  # fmt: skip


def _difference(before: list[str], now: list[str]) -> str:
    """Say where two views begin to differ, so that a fault that comes seldom can be found."""
    same = next((at for at, (one, other) in enumerate(zip(before, now, strict=False)) if one != other), "the end")
    return f"{len(before)} parts before, {len(now)} now, first other one: {same}"
