"""Windows of one talk at different replicas: in step through a broker, each replica by itself without one."""

import asyncio
import shutil
import subprocess
import time
from typing import Any

import pytest

from components.web.broker import Shared
from components.web.pairing import Rooms, chosen
from tests.browser.serve import free_port

BROKERS = ("valkey-server", "redis-server")
HERE, THERE = {"id": "opening", "phase": 1}, {"id": "opening", "phase": 2}
SOON = 5  # seconds


class Broker:
    """A broker that can be lost and come back at the same address."""

    def __init__(self, path, folder):
        self.port, self._path, self._folder = free_port(), path, folder
        self.address = f"valkey://127.0.0.1:{self.port}/0"

    def start(self):
        command = [
            self._path,
            "--port",
            str(self.port),
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--dir",
            str(self._folder),
        ]
        self._process: Any = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        said = self._process.stdout
        while said and "Ready to accept connections" not in (line := said.readline()):
            assert line, "the broker does not start"

    def stop(self):
        self._process.kill()
        self._process.wait()


@pytest.fixture
def broker(tmp_path):
    path = next(filter(None, map(shutil.which, BROKERS)), None)
    if not path:
        pytest.skip(f"no broker found: looked for {', '.join(BROKERS)}")
    running = Broker(path, tmp_path)
    running.start()
    yield running
    running.stop()


async def until(places, place):
    """Return once a window hears a place; signs of life and older places go by."""
    async with asyncio.timeout(SOON):
        async for heard in places:
            if heard == place:
                return
    raise AssertionError("the talk ended before")


def replicas(address, count=2):
    return [Shared(address, Rooms(), again=0.1) for _ in range(count)]


def test_windows_at_two_replicas_are_in_step(broker):
    async def talk():
        one, other = replicas(broker.address)
        window = other.follow("code")
        await until(window, {})
        one.say("code", HERE)
        await until(window, HERE)
        late = other.follow("code")
        await until(late, HERE)
        other.say("code", THERE)
        await until(late, THERE)
        fresh = Shared(broker.address, Rooms(), again=0.1)
        await until(fresh.follow("code"), THERE)  # a replica that has just begun knows where the talk stands
        for replica in (one, other, fresh):
            replica.close()

    asyncio.run(talk())


def test_a_lost_broker_costs_the_pairing_and_its_return_brings_it_back(broker):
    async def talk():
        one, other = replicas(broker.address)
        near, far = one.follow("code"), other.follow("code")
        one.say("code", HERE)
        await until(near, HERE)
        await until(far, HERE)
        broker.stop()
        one.say("code", THERE)
        await until(near, THERE)  # windows of one replica stay in step
        broker.start()
        await until(far, THERE)
        for replica in (one, other):
            replica.close()

    asyncio.run(talk())


def test_without_an_answering_broker_a_talk_goes_on_at_once():
    async def talk():
        alone = Shared(f"valkey://127.0.0.1:{free_port()}/0", Rooms())
        began = time.monotonic()
        alone.say("code", HERE)
        assert time.monotonic() - began < 0.1
        await until(alone.follow("code"), HERE)
        assert time.monotonic() - began < SOON
        alone.close()

    asyncio.run(talk())


@pytest.mark.parametrize("address", ["", "valkey://127.0.0.1:1/0"])
def test_every_window_ends_before_the_process_does(address):
    async def talk():
        rooms = chosen(address)
        window = rooms.follow("code")
        assert await anext(window) == {}
        rooms.close()
        async with asyncio.timeout(SOON):
            assert [place async for place in window] == []

    asyncio.run(talk())


def test_what_is_no_place_is_passed_over(broker):
    async def talk():
        one, _ = replicas(broker.address)
        window = one.follow("code")
        await until(window, {})
        for wrong in (b"\xff", b"[]", b"{}", b'{"from": "x", "place": 3}'):
            one._hear("code", wrong)
        one.say("code", HERE)
        await until(window, HERE)
        one.close()

    asyncio.run(talk())
