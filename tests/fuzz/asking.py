"""Asks the application in its own process, as a server would, and says what was wrong with each answer."""

import re
import time
from collections import Counter
from collections.abc import Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote

import anyio
import psutil
from starlette.types import ASGIApp, Message

from tests.fuzz.addresses import Asked, requests

ROOT: Final = Path(__file__).resolve().parents[2]
INSIDE: Final = re.compile(
    rb"Traceback \(most recent|File \"/|\.py\", line|site-packages|" + re.escape(str(ROOT).encode())
)
PATIENCE: Final = 60.0  # seconds one answer may take on a busy machine
READY: Final = Asked("GET", b"/readyz", b"", ((b"host", b"localhost"),), b"")
ALLOWED: Final = {b"/oembed": (501,)}  # what oEmbed prescribes for a format that is not offered
MEASURED: Final = 0.3  # of the requests are asked before memory is measured for the first time: caches fill


@dataclass
class Found:
    """What came of it: how many answers of each status, what was wrong, how long, how much memory."""

    statuses: Counter[int] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    slowest: tuple[float, str] = (0.0, "")
    memory: list[int] = field(default_factory=list)  # bytes: after a warm-up, and at the end
    seconds: float = 0.0

    @property
    def asked(self) -> int:
        """How many requests were answered."""
        return self.statuses.total()

    @property
    def growth(self) -> float:
        """MB that the process grew by after the warm-up."""
        return (self.memory[-1] - self.memory[0]) / 2**20


async def _called(app: ASGIApp, scope: Any, receive: Any, send: Any) -> None:
    await app(scope, receive, send)


@asynccontextmanager
async def living(app: ASGIApp) -> Any:
    """Start and stop an application as a server does."""
    said: list[str] = []
    send_in, receive_in = anyio.create_memory_object_stream[Message](2)
    started, ended = anyio.Event(), anyio.Event()

    async def send(message: Message) -> None:
        said.append(message["type"])
        (started if "startup" in message["type"] else ended).set()

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(
            _called, app, {"type": "lifespan", "asgi": {"version": "3.0"}, "state": {}}, receive_in.receive, send
        )
        await send_in.send({"type": "lifespan.startup"})
        await started.wait()
        assert said == ["lifespan.startup.complete"]
        yield
        await send_in.send({"type": "lifespan.shutdown"})
        with anyio.move_on_after(PATIENCE):
            await ended.wait()
        tasks.cancel_scope.cancel()
    send_in.close()
    receive_in.close()


async def ask(app: ASGIApp, asked: Asked) -> tuple[int, dict[bytes, bytes], bytes]:
    """Ask one thing; return status, headers and the beginning of the body. The client then goes away."""
    left = [{"type": "http.request", "body": asked.body, "more_body": False}]
    status, headers, body = 0, {}, b""

    async def receive() -> Message:
        if left:
            return left.pop()
        await anyio.sleep(0.02)  # nobody waits for an answer that never ends
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        nonlocal status, headers, body
        if message["type"] == "http.response.start":
            status, headers = message["status"], dict(message["headers"])
        elif len(body) < 2**20:
            body += message.get("body", b"")

    scope = {
        "type": "http", "asgi": {"version": "3.0", "spec_version": "2.3"}, "http_version": "1.1", "scheme": "http",
        "method": asked.method, "path": unquote(asked.path.decode("ascii")), "raw_path": asked.path,
        "query_string": asked.query, "root_path": "", "headers": list(asked.headers), "state": {},
        "client": ("127.0.0.1", 50000), "server": ("localhost", 8501),
    }  # fmt: skip
    await app(scope, receive, send)
    return status, headers, body


def judge(asked: Asked, status: int, headers: dict[bytes, bytes], body: bytes) -> list[str]:
    """Say what is wrong with an answer."""
    wrong = []
    if not 200 <= status < 500 and status not in ALLOWED.get(asked.path.rstrip(b"/"), ()):
        wrong.append(f"status {status}")
    if INSIDE.search(body) or INSIDE.search(b"\n".join(headers.values())):
        wrong.append("the inside stands in the answer")
    if headers.get(b"x-content-type-options") != b"nosniff" or b"content-security-policy" not in headers:
        wrong.append("headers are missing")
    if b"x-evil" in headers or any(mark in value for value in headers.values() for mark in (b"\r", b"\n", b"\x00")):
        wrong.append("a header was smuggled in")
    if b"evil.example" in headers.get(b"location", b"").split(b"?")[0]:
        wrong.append("leads to another site")
    return wrong


async def attack(app: ASGIApp, many: Iterable[Asked], count: int) -> Found:
    """Ask many things, one after the other, and judge every answer."""
    found, began, process = Found(), time.perf_counter(), psutil.Process()
    for number, asked in enumerate(islice(many, count)):
        if number == int(count * MEASURED):
            found.memory.append(process.memory_info().rss)
        start = time.perf_counter()
        try:
            with anyio.fail_after(PATIENCE):
                status, headers, body = await ask(app, asked)
        except Exception as error:  # what comes through here a server would answer with its own 500
            found.statuses[500] += 1
            found.faults.append(f"{type(error).__name__}: {error!s:.200}: {asked}")
            continue
        seconds = time.perf_counter() - start
        found.slowest = max(found.slowest, (seconds, str(asked)))
        if seconds > PATIENCE:  # a thread is not to be interrupted
            found.faults.append(f"took {seconds:.0f} s: {asked}")
        found.statuses[status] += 1
        found.faults += [f"{wrong}: {asked}" for wrong in judge(asked, status, headers, body)]
    found.memory.append(process.memory_info().rss)
    found.seconds = time.perf_counter() - began
    return found


async def run(app: ASGIApp, count: int, seed: int) -> Found:
    """Start the application and attack it."""
    async with living(app):
        with anyio.fail_after(10 * PATIENCE):
            while (await ask(app, READY))[0] != 200:
                await anyio.sleep(0.5)
        return await attack(app, requests(seed), count)
