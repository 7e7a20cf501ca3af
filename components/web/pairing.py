"""Windows of one talk in step: who leads says where it stands, who follows hears it at once.

A talk's key leads; what follows from the key, its code, only listens: an audience can see and never steer. Nothing is
kept but the last place of each talk, and that no longer than the talks that come after leave room for. Windows meet
within the process, or, where the setting TALK_BROKER names a Valkey, across all replicas (broker.py).
"""

import asyncio
import json
from collections import OrderedDict
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Final, Protocol

from components.web.operations import metrics
from components.web.operations.settings import settings
from components.web.operations.state import STATE

TALKS: Final = 500  # talks remembered; the one silent for longest goes first
LISTENERS: Final = 3000  # windows that follow, of all talks together
WAITING: Final = 4  # places a slow window may lag behind before it only gets the newest
HEARTBEAT: Final = 15.0  # seconds between signs of life


Place = dict[str, Any]  # where a talk stands: step, phase, language, what lies over the screen
END: Final[Place] = {}  # known by identity: nothing more will come


class Broker(Protocol):
    """Where the windows of a talk meet."""

    def say(self, code: str, place: Place) -> None:
        """Let everyone who follows a talk know where it stands."""

    def follow(self, code: str) -> AsyncGenerator[Place | None, None]:
        """Yield a talk's place now (an empty one where it has not begun), then every new one; None as a sign of life."""

    def close(self) -> None:
        """End every window's answer: the process is about to stop, and windows come back by themselves."""


class Full(Exception):
    """No more windows can follow."""


@dataclass
class Talk:
    """A talk's last place and the windows that follow it."""

    place: Place | None = None
    listeners: set[asyncio.Queue[Place]] = field(default_factory=set)


class Rooms:
    """The talks of one process."""

    def __init__(self) -> None:
        self._talks: OrderedDict[str, Talk] = OrderedDict()

    def say(self, code: str, place: Place) -> None:
        """Let everyone in this process who follows a talk know where it stands."""
        talk = self._talk(code)
        talk.place = place
        for queue in talk.listeners:
            while queue.qsize() >= WAITING:
                queue.get_nowait()
            queue.put_nowait(place)

    async def follow(self, code: str) -> AsyncGenerator[Place | None, None]:
        """Yield a talk's place now, then every new one; raises Full where too many windows follow already."""
        if sum(len(talk.listeners) for talk in self._talks.values()) >= LISTENERS:
            raise Full
        talk, queue = self._talk(code), asyncio.Queue[Place]()
        talk.listeners.add(queue)
        metrics.WINDOWS.inc()
        try:
            yield talk.place or {}
            while True:
                try:
                    place = await asyncio.wait_for(queue.get(), HEARTBEAT)
                except TimeoutError:
                    yield None
                    continue
                if place is END:
                    return
                yield place
        finally:
            metrics.WINDOWS.dec()
            talk.listeners.discard(queue)

    def close(self) -> None:
        """End every window's answer."""
        for talk in self._talks.values():
            for queue in talk.listeners:
                queue.put_nowait(END)

    def followed(self) -> list[str]:
        """Return the codes of the talks that windows of this process follow."""
        return [code for code, talk in self._talks.items() if talk.listeners]

    def _talk(self, code: str) -> Talk:
        talk = self._talks.setdefault(code, Talk())
        self._talks.move_to_end(code)
        for old in [name for name, other in self._talks.items() if not other.listeners][
            : max(0, len(self._talks) - TALKS)
        ]:
            del self._talks[old]
        return self._talks.setdefault(code, talk)


def chosen(address: str) -> Broker:
    """Return the rooms of this process, joined through the broker at an address where there is one."""
    if not address:
        return Rooms()
    from components.web.broker import Shared

    return Shared(address, Rooms())


ROOMS: Final = chosen(settings().broker)
STATE.before_leaving(ROOMS.close)


def code_of(key: str) -> str:
    """Return the code that follows a key's talk; the key cannot be told from it."""
    return sha256(f"talk {key}".encode()).hexdigest()[:10]


def event(place: Place | None) -> str:
    """Write a place as a server-sent event, a sign of life as one of its own kind."""
    return "event: here\ndata: 1\n\n" if place is None else f"data: {json.dumps(place)}\n\n"
