"""Talks of all replicas in step, through a Valkey or Redis: what one replica's windows say, the windows of all hear.

The rooms of the process come first: windows of one replica stay in step whatever the broker does. What could not be sent
waits, the newest place of each talk only, and is sent once the broker is back. A lost broker costs the pairing, never
the talk, and no request ever waits for it longer than `PATIENCE`.
"""

import asyncio
import json
import logging
from collections import OrderedDict
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing, suppress
from typing import Any, Final
from uuid import uuid4

from valkey.asyncio import Valkey
from valkey.exceptions import ValkeyError

from components.web.operations import logs, metrics
from components.web.pairing import TALKS, Place, Rooms

PREFIX: Final = "talk:"
KEPT: Final = 12 * 3600  # seconds that the broker remembers where a talk stands
PATIENCE: Final = 1.0  # seconds for one exchange with the broker
AGAIN: Final = 2.0  # seconds between two attempts to reach it
LOST: Final = (ValkeyError, OSError, TimeoutError)


class Shared:
    """The rooms of one process, joined with those of all others."""

    def __init__(self, address: str, rooms: Rooms, again: float = AGAIN) -> None:
        self._rooms, self._again = rooms, again
        self._valkey = Valkey.from_url(address, socket_connect_timeout=PATIENCE, health_check_interval=10)
        self._own = uuid4().hex  # marks what this process said itself
        self._unsent: OrderedDict[str, Place] = OrderedDict()
        self._more = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    def say(self, code: str, place: Place) -> None:
        """Tell the windows of this process now, those of all others as soon as the broker can."""
        self._begin()
        self._rooms.say(code, place)
        self._unsent[code] = place
        self._unsent.move_to_end(code)
        while len(self._unsent) > TALKS:
            self._unsent.popitem(last=False)
        self._more.set()

    async def follow(self, code: str) -> AsyncGenerator[Place | None, None]:
        """Yield what the rooms of this process yield, from where the talk stands with all replicas."""
        self._begin()
        with suppress(*LOST):
            await asyncio.wait_for(self._catch_up(code), PATIENCE)
        async with aclosing(self._rooms.follow(code)) as places:
            async for place in places:
                yield place

    def close(self) -> None:
        """End every window's answer, and leave the broker."""
        self._rooms.close()
        for task in self._tasks:
            task.cancel()

    def _begin(self) -> None:
        if not self._tasks:
            self._tasks = [asyncio.create_task(self._always(work)) for work in (self._listen, self._send)]

    async def _always(self, work: Callable[[], Awaitable[None]]) -> None:
        """Work for as long as the process lives; where the broker is lost, try again in a while."""
        while True:
            try:
                await work()
            except LOST as lost:
                metrics.BROKER.set(0)
                metrics.ERRORS.labels("broker").inc()
                logs.event("broker lost", logging.WARNING, error=lost)
            await asyncio.sleep(self._again)

    async def _listen(self) -> None:
        async with self._valkey.pubsub() as heard:
            await heard.psubscribe(f"{PREFIX}*")
            metrics.BROKER.set(1)
            for code in self._rooms.followed():  # what was said while the broker was lost
                await self._catch_up(code)
            async for message in heard.listen():
                if message["type"] == "pmessage":
                    self._hear(message["channel"].decode().removeprefix(PREFIX), message["data"])

    async def _send(self) -> None:
        while True:
            await self._more.wait()
            for code, place in list(self._unsent.items()):
                said = json.dumps({"from": self._own, "place": place})
                async with asyncio.timeout(PATIENCE), self._valkey.pipeline() as both:
                    await both.set(PREFIX + code, said, ex=KEPT).publish(PREFIX + code, said).execute()
                if self._unsent.get(code) is place:
                    del self._unsent[code]
            if not self._unsent:
                self._more.clear()

    async def _catch_up(self, code: str) -> None:
        if said := await self._valkey.get(PREFIX + code):
            self._hear(code, said)

    def _hear(self, code: str, said: bytes) -> None:
        """Pass on what another replica said; what this one said and could not send yet is newer."""
        message = _read(said)
        if message and message["from"] != self._own and code not in self._unsent:
            self._rooms.say(code, message["place"])


def _read(said: bytes) -> dict[str, Any] | None:
    with suppress(ValueError):
        message = json.loads(said)
        if isinstance(message, dict) and isinstance(message.get("place"), dict) and "from" in message:
            return message
    return None
