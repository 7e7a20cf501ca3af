"""The same wild requests over real connections: byte for byte as they are, past any client that would tidy them up."""

import re
import socket
import time
from collections import Counter
from dataclasses import dataclass, field
from itertools import islice
from typing import Final
from urllib.parse import urlsplit

import psutil

from tests.fuzz.addresses import Asked, requests
from tests.fuzz.asking import ALLOWED, INSIDE

PATIENCE: Final = 60.0  # seconds one answer may take on a busy machine
STREAMS: Final = (b"/stage/follow",)  # answers that never end: their beginning is enough
STATUS: Final = re.compile(rb"HTTP/1\.1 (\d\d\d) ")
ENOUGH: Final = 2**20  # bytes of an answer that are looked at


@dataclass
class Found:
    """What came of it."""

    statuses: Counter[int] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    memory: list[int] = field(default_factory=list)  # bytes of the server: before, and at the end
    seconds: float = 0.0


def attack(url: str, pid: int, count: int, seed: int) -> Found:
    """Send `count` requests to the server at `url`, whose process is `pid`, each over a connection of its own."""
    found, began, process = Found(), time.perf_counter(), psutil.Process(pid)
    where = (urlsplit(url).hostname or "", urlsplit(url).port or 0)
    found.memory.append(process.memory_info().rss)
    for asked in islice(requests(seed), count):
        try:
            said = ask(where, asked)
        except TimeoutError:
            found.faults.append(f"hangs: {asked}")
            continue
        status = STATUS.match(said)
        if not status:  # closed without an answer: a request that is none
            found.statuses[0] += 1
            continue
        code = int(status[1])
        found.statuses[code] += 1
        if code >= 500 and code not in ALLOWED.get(asked.path.rstrip(b"/"), ()):
            found.faults.append(f"status {code}: {asked}")
        if INSIDE.search(said):
            found.faults.append(f"the inside stands in the answer: {asked}")
    found.memory.append(process.memory_info().rss)
    found.seconds = time.perf_counter() - began
    return found


def ask(where: tuple[str, int], asked: Asked) -> bytes:
    """Send one request as it is and return what is answered; raises TimeoutError where nothing comes."""
    target = asked.path + (b"?" + asked.query if asked.query else b"")
    headers = b"".join(name + b": " + value + b"\r\n" for name, value in asked.headers)
    with socket.create_connection(where, PATIENCE) as line:
        line.settimeout(PATIENCE)
        said = b""
        try:
            line.sendall(
                asked.method.encode()
                + b" "
                + target
                + b" HTTP/1.1\r\n"
                + headers
                + b"connection: close\r\n\r\n"
                + asked.body
            )
            while len(said) < ENOUGH and (part := line.recv(65536)):
                said += part
                if asked.path.startswith(STREAMS):
                    break
        except ConnectionError:
            return said
        return said
