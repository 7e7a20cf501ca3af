"""What so many readers need: replicas, processors, memory, bandwidth, money. From measured costs and stated habits; pure.

A replica is one process and works on one processor at a time. Nothing here is measured: `Costs` are what a run of
`make bench-scale` found, `Habits` and `Prices` are assumptions that stand in docs/operations.md.
"""

from dataclasses import dataclass
from math import ceil

HOUR = 3600.0
GIGABYTE = 1000.0  # MB


@dataclass(frozen=True)
class Costs:
    """What one run measured on one machine."""

    view: float  # processor seconds of a replica for a view
    arrival: float  # processor seconds for the files of a reader whose browser and whose CDN hold none
    view_bytes: float  # of messages
    arrival_bytes: float  # of these files
    base: float  # MB of a replica without readers
    session: float  # MB of a session more


@dataclass(frozen=True)
class Habits:
    """What readers do in the hour when most of them come."""

    views: float = 6.0  # a visit
    minutes: float = 4.0  # a visit lasts, with its session open
    burst: float = 2.0  # the busiest minute against the hour's mean
    cached: float = 0.95  # the share of a visit's files that a CDN answers
    busy: float = 0.6  # how much of a processor may be in use, so that a view does not queue
    sessions: int = 800  # a replica holds; it opens a thousand
    least: int = 2  # replicas, so that one may die


@dataclass(frozen=True)
class Prices:
    """Money, in US dollars: assumptions in the order of a large provider's list prices, to be replaced by one's own."""

    core: float = 0.04  # a processor for an hour
    gigabyte: float = 0.005  # of memory for an hour
    origin: float = 0.09  # a GB sent by the replicas
    edge: float = 0.04  # a GB sent by the CDN


@dataclass(frozen=True)
class Needs:
    """What so many readers in one hour need."""

    readers: int
    views: float  # a second, in the busiest minute
    sessions: int  # open at once, in the busiest minute
    replicas: int
    memory: float  # GB
    origin: float  # Mbit a second from the replicas, in the busiest minute
    edge: float  # Mbit a second from the CDN
    money: float  # dollars for the hour


def needs(readers: int, costs: Costs, habits: Habits, prices: Prices) -> Needs:
    """Return what so many readers in one hour need."""
    arrivals = readers / HOUR * habits.burst
    views = arrivals * habits.views
    sessions = ceil(arrivals * habits.minutes * 60)
    work = views * costs.view + arrivals * costs.arrival * (1 - habits.cached)
    replicas = max(habits.least, ceil(work / habits.busy), ceil(sessions / habits.sessions))
    memory = (replicas * costs.base + sessions * costs.session) / GIGABYTE
    origin = views * costs.view_bytes + arrivals * costs.arrival_bytes * (1 - habits.cached)
    edge = arrivals * costs.arrival_bytes * habits.cached
    sent = (origin * prices.origin + edge * prices.edge) * HOUR / habits.burst / 1e9
    money = replicas * prices.core + memory * prices.gigabyte + sent
    return Needs(readers, views, sessions, replicas, memory, origin * 8 / 1e6, edge * 8 / 1e6, money)


def views_a_second(replicas: int, cores: int, replica: float, beside: float) -> float:
    """Return how many views so many replicas make on a machine with so many processors.

    `replica` are the processor seconds a replica spends on a view, `beside` those that balancer and driver spend on the
    same machine. A replica fills one processor, and all of them together no more than there are.
    """
    return min(replicas / replica, cores / (replica + beside))
