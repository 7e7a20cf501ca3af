"""`python -m tests.fuzz [ADDRESSES] [MESSAGES] [SEED]`: the long attack; prints the numbers, ends with 1 where anything was wrong.

Without numbers 100,000 addresses are asked, a twentieth of them over real connections, and 10,000 messages sent, with a seed
of the day that is printed.
"""

import logging
import sys
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from typing import Final
from urllib.error import HTTPError
from urllib.request import urlopen

import anyio

from tests.browser.serve import Server, server
from tests.fuzz import asking, sessions, wire

ADDRESSES: Final = 100_000
MESSAGES: Final = 10_000
REAL: Final = 20  # one of so many addresses is asked over a real connection
GROWTH: Final = 250.0  # MB that a process may grow by after its caches are warm; their own bounds add up to less
SHOWN: Final = 20
TRACEBACK: Final = "Traceback (most recent call last)"


class Tracebacks(logging.Handler):
    """Counts the exceptions that are logged, and says nothing."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.count = 0

    def emit(self, record: logging.LogRecord) -> None:
        """Count a record of an exception."""
        self.count += bool(record.exc_info)


def main(arguments: Sequence[str]) -> int:
    """Attack in every way; return the exit code."""
    given = [int(argument) for argument in arguments]
    addresses, messages, seed = (given + [ADDRESSES, MESSAGES, int(time.time()) // 86400][len(given) :])[:3]
    print(f"seed {seed}", flush=True)
    real = addresses // REAL
    wrong = over_addresses(addresses - real, seed) if addresses else []
    if real or messages:
        with server() as running:
            wait_until_ready(running.url)
            wrong += over_wire(running, real, seed + 1) if real else []
            wrong += over_messages(running, messages, seed) if messages else []
            wrong += [] if running.process.poll() is None else ["the server ended"]
            tracebacks = running.output().count(TRACEBACK)
        print(f"server: tracebacks in its log {tracebacks}")
        wrong += [f"{tracebacks} tracebacks in the server's log"] if tracebacks else []
    for line in wrong[:SHOWN]:
        print(f"  {line}")
    print(f"{len(wrong)} faults")
    return 1 if wrong else 0


def over_addresses(count: int, seed: int) -> list[str]:
    """Ask addresses of the whole application in this process."""
    from app import app

    logging.root.addHandler(logged := Tracebacks())
    found = anyio.run(asking.run, app, count, seed)
    logging.root.removeHandler(logged)
    print(f"{found.asked:,} addresses in {found.seconds:.0f} s; {spelled(found.statuses)}")
    print(f"  {judged(found.faults)}, tracebacks logged {logged.count}")
    print(f"  slowest {found.slowest[0]:.2f} s: {found.slowest[1][:160]}")
    print(
        f"  memory after the first third {found.memory[0] / 2**20:.0f} MB, at the end {found.growth:+.0f} MB",
        flush=True,
    )
    return found.faults + grown(found.growth) + (["a traceback was logged"] if logged.count else [])


def wait_until_ready(url: str) -> None:
    """Return once readers may come: until then a 503 is the right answer."""
    for _ in range(600):
        with suppress(HTTPError), urlopen(f"{url}/readyz"):  # noqa: S310 - our own server
            return
        time.sleep(0.2)
    raise TimeoutError("the server is never ready")


def over_wire(running: Server, count: int, seed: int) -> list[str]:
    """Ask addresses of a real server, over connections of their own."""
    found = wire.attack(running.url, running.process.pid, count, seed)
    before, after = (memory / 2**20 for memory in found.memory)
    print(
        f"{found.statuses.total():,} addresses over real connections in {found.seconds:.0f} s; {spelled(found.statuses)}"
    )
    print(f"  {judged(found.faults)}; memory {before:.0f} MB, at the end {after - before:+.0f} MB", flush=True)
    return found.faults


def over_messages(running: Server, count: int, seed: int) -> list[str]:
    """Send messages to a real server."""
    found = sessions.attack(running.url, running.process.pid, count, seed)
    print(
        f"{found.sent:,} messages in {found.sessions:,} sessions, {found.seconds:.0f} s; closed with {spelled(found.closes)}"
    )
    print(f"  {judged(found.faults)}; heard {found.heard / 2**20:.0f} MB; memory after the first third "
          f"{found.memory[0] / 2**20:.0f} MB, at the end {found.growth:+.0f} MB", flush=True)  # fmt: skip
    return found.faults + grown(found.growth)


def spelled(codes: Counter[int]) -> str:
    """Write how often each code came; 0 is a connection that was closed without an answer."""
    return ", ".join(f"{code}: {number:,}" for code, number in sorted(codes.items()))


def judged(faults: Sequence[str]) -> str:
    """Count the faults by kind. The 501 that oEmbed prescribes for a format that is not offered is none."""
    kinds = {
        "5xx": ("status 5",),
        "hangs": ("hangs", "took", "TimeoutError", "not opened"),
        "inside told": ("the inside",),
    }
    counted = {name: sum(fault.startswith(marks) for fault in faults) for name, marks in kinds.items()}
    return ", ".join(
        f"{name} {number}" for name, number in {**counted, "others": len(faults) - sum(counted.values())}.items()
    )


def grown(megabytes: float) -> list[str]:
    """Say whether memory grew beyond the bound."""
    return [f"memory grew by {megabytes:.0f} MB"] if megabytes > GROWTH else []


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
