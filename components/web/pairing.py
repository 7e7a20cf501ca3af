"""Windows of one talk in step: who leads says where it stands, who follows hears it at once.

A talk's key leads; what follows from the key, its code, only listens: an audience can see and never steer. Nothing is
kept but the last place of each talk, and that no longer than the talks that come after leave room for.
"""

import asyncio
import json
from collections import OrderedDict
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Final

TALKS: Final = 500  # talks remembered; the one silent for longest goes first
LISTENERS: Final = 3000  # windows that follow, of all talks together
WAITING: Final = 4  # places a slow window may lag behind before it only gets the newest
HEARTBEAT: Final = 15.0  # seconds between signs of life


class Full(Exception):
    """No more windows can follow."""


@dataclass
class Talk:
    """A talk's last place and the windows that follow it."""

    place: dict[str, Any] | None = None
    listeners: set[asyncio.Queue[dict[str, Any]]] = field(default_factory=set)


class Rooms:
    """The talks of one process."""

    def __init__(self) -> None:
        self._talks: OrderedDict[str, Talk] = OrderedDict()

    def say(self, code: str, place: dict[str, Any]) -> None:
        """Let everyone who follows a talk know where it stands."""
        talk = self._talk(code)
        talk.place = place
        for queue in talk.listeners:
            while queue.qsize() >= WAITING:
                queue.get_nowait()
            queue.put_nowait(place)

    async def follow(self, code: str) -> AsyncIterator[dict[str, Any] | None]:
        """Yield a talk's place now (an empty one where it has not begun), then every new one; None as a sign of life."""
        if sum(len(talk.listeners) for talk in self._talks.values()) >= LISTENERS:
            raise Full
        talk, queue = self._talk(code), asyncio.Queue[dict[str, Any]]()
        talk.listeners.add(queue)
        try:
            yield talk.place or {}
            while True:
                try:
                    yield await asyncio.wait_for(queue.get(), HEARTBEAT)
                except TimeoutError:
                    yield None
        finally:
            talk.listeners.discard(queue)

    def _talk(self, code: str) -> Talk:
        talk = self._talks.setdefault(code, Talk())
        self._talks.move_to_end(code)
        for old in [name for name, other in self._talks.items() if not other.listeners][
            : max(0, len(self._talks) - TALKS)
        ]:
            del self._talks[old]
        return self._talks.setdefault(code, talk)


ROOMS: Final = Rooms()


def code_of(key: str) -> str:
    """Return the code that follows a key's talk; the key cannot be told from it."""
    return sha256(f"talk {key}".encode()).hexdigest()[:10]


def event(place: dict[str, Any] | None) -> str:
    """Write a place as a server-sent event, a sign of life as a comment."""
    return ": here\n\n" if place is None else f"data: {json.dumps(place)}\n\n"
