"""One, two and four replicas behind HAProxy: how many views they make, and what readers notice when replicas die."""

import asyncio
import signal
from dataclasses import dataclass
from os import cpu_count
from statistics import median
from typing import Final

from tests.bench.__main__ import show
from tests.cluster.cluster import MISSING, Cluster, Replica, cluster, haproxy_path
from tests.load.applications import SPEEDS, every_page, say, speeds, until_quiet
from tests.load.drive import Drive, Meter, Tally
from tests.load.journeys import product
from tests.load.model import views_a_second

READERS: Final = 16  # without a pause
THINK: Final = 2.0  # seconds, of the readers whose replica dies
AFTER: Final = 4.0  # seconds between a reader's loss and the next blow
UP: Final = 80.0  # seconds in which a replica must be back


@dataclass(frozen=True)
class Point:
    """So many replicas, every reader asking without a pause."""

    replicas: int
    tally: Tally
    work: float  # processor seconds of the replicas for a view
    balancer: float  # and of HAProxy

    @property
    def beside(self) -> float:
        """Processor seconds that HAProxy and the driver spend on a view."""
        return self.balancer + self.tally.own / max(self.tally.rate, 1e-9)


@dataclass(frozen=True)
class Scaled:
    """What replicas came to."""

    points: list[Point]
    killed: Tally  # readers whose replicas died, one after the other
    kills: int

    def gain(self, replicas: int) -> float:
        """Return how many times the views of one replica so many make."""
        return self._at(replicas).tally.rate / self._at(1).tally.rate

    def net_gain(self, replicas: int) -> float:
        """Return the same for each processor second that the replicas got: what it costs that others use the machine."""
        return replicas * self._at(1).work / self._at(replicas).work

    def predicted(self, replicas: int) -> float:
        """Return the views a second that the model expects, from what one replica was measured to cost."""
        one = self._at(1)
        return views_a_second(replicas, cpu_count() or 1, one.work, one.beside)

    def _at(self, replicas: int) -> Point:
        return next(point for point in self.points if point.replicas == replicas)


def measure(seconds: float, quick: bool) -> Scaled | None:
    """Measure four replicas, two, one, and readers whose replicas are killed; None, with the reason, without HAProxy.

    A quick measurement begins with two, and kills one.
    """
    if not haproxy_path():
        print(f"\nno replicas: {MISSING}")
        return None
    most = 2 if quick else 4
    say(f"{most} replicas: starting")
    with cluster(most) as site:
        for replica in site.replicas:
            asyncio.run(every_page(replica.url))
        points = [] if quick else [_point(site, 4, seconds)]
        _leave(site, 2)
        points.append(_point(site, 2, seconds))
        first, second = site.replicas
        say("two replicas: one after the other is killed under its readers")
        killed = asyncio.run(_killed(site, [first] if quick else [first, second], 12 if quick else 24))
        _leave(site, 1)
        points.append(_point(site, 1, seconds))
    return Scaled(points[::-1], killed, 1 if quick else 2)


def _leave(site: Cluster, count: int) -> None:
    """End all replicas but so many."""
    for replica in site.replicas[count:]:
        replica.end(signal.SIGKILL)
        site.wait_until(replica, "DOWN")
    del site.replicas[count:]


def _point(site: Cluster, count: int, seconds: float) -> Point:
    pids = [replica.process.pid for replica in site.replicas if replica.process]
    meter, balancer = Meter(*pids), Meter(site.balancer)
    until_quiet(meter)
    say(f"{count} replicas: {READERS} readers without a pause")
    balancer.begin()
    tally = asyncio.run(Drive(site.url, product, READERS, seconds, settle=2).go(meter))
    return Point(count, tally, tally.work, balancer.cores() / max(tally.rate, 1e-9))


async def _killed(site: Cluster, victims: list[Replica], readers: int) -> Tally:
    async def blows() -> None:
        await asyncio.sleep(AFTER)
        for victim in victims:
            await asyncio.to_thread(victim.end, signal.SIGKILL)
            await asyncio.sleep(AFTER)
            victim.start()
            await asyncio.to_thread(site.wait_until, victim, "UP")
        await asyncio.sleep(AFTER)

    drive = Drive(site.url, product, readers, seconds=UP * len(victims), think=THINK, settle=2)
    return await drive.go(Meter(), blows)


def tables(found: Scaled) -> None:
    """Print what replicas came to."""
    show(
        f"Replicas behind HAProxy on {cpu_count()} processors, which the driver shares; {READERS} readers without a pause",
        ("replicas", *SPEEDS, "HAProxy cores", "gain", "gain for the processor time they got", "views/s expected"),
        [(str(one.replicas), *speeds(one.tally), f"{one.balancer * one.tally.rate:.2f}", f"{found.gain(one.replicas):.2f}",
          f"{found.net_gain(one.replicas):.2f}", f"{found.predicted(one.replicas):.1f}") for one in found.points],
    )  # fmt: skip
    killed, returns = found.killed, found.killed.returns or [0.0]
    show(
        f"{found.kills} of 2 replicas killed under {killed.readers} readers, who think {THINK:.0f} s on average",
        ("views", "views/s", "p95 ms", "sessions broken", "back after s (median)", "back after s (slowest)", "other errors"),
        [(str(len(killed.views)), f"{killed.rate:.1f}", f"{killed.percentile(95):.0f}", str(len(killed.returns)),
          f"{median(returns):.2f}", f"{max(returns):.2f}", str(len(killed.errors)))],
    )  # fmt: skip
    for error in killed.errors[:5]:
        say(f"error: {error}")
