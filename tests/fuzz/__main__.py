"""`python -m tests.fuzz [ADDRESSES] [MESSAGES] [SEED]`: the long attack; prints the numbers, ends with 1 where anything was wrong.

Without numbers 100,000 addresses are asked and 10,000 messages sent, both with a seed of the day that is printed.
"""

import sys
import time
from collections.abc import Sequence
from typing import Final

import anyio

from tests.browser.serve import server
from tests.fuzz import asking, sessions

ADDRESSES: Final = 100_000
MESSAGES: Final = 10_000
GROWTH: Final = 250.0  # MB that a process may grow by after its caches are warm; their own bounds add up to less
SHOWN: Final = 20


def main(arguments: Sequence[str]) -> int:
    """Attack both ways; return the exit code."""
    given = [int(argument) for argument in arguments]
    addresses, messages, seed = (given + [ADDRESSES, MESSAGES, int(time.time()) // 86400][len(given) :])[:3]
    print(f"seed {seed}")
    wrong = over_addresses(addresses, seed) if addresses else []
    wrong += over_messages(messages, seed) if messages else []
    for line in wrong[:SHOWN]:
        print(f"  {line}")
    print(f"{len(wrong)} faults")
    return 1 if wrong else 0


def over_addresses(count: int, seed: int) -> list[str]:
    """Ask addresses of the whole application in this process."""
    from app import app

    found = anyio.run(asking.run, app, count, seed)
    statuses = ", ".join(f"{status}: {number:,}" for status, number in sorted(found.statuses.items()))
    print(f"{found.asked:,} addresses in {found.seconds:.0f} s; {statuses}")
    print(f"  slowest {found.slowest[0]:.2f} s: {found.slowest[1][:160]}")
    print(f"  memory after the first third {found.memory[0] / 2**20:.0f} MB, at the end {found.growth:+.0f} MB")
    return found.faults + grown(found.growth)


def over_messages(count: int, seed: int) -> list[str]:
    """Send messages to a real server."""
    with server() as running:
        found = sessions.attack(running.url, running.process.pid, count, seed)
        alive = running.process.poll() is None
    closes = ", ".join(f"{code}: {number:,}" for code, number in sorted(found.closes.items()))
    print(f"{found.sent:,} messages in {found.sessions:,} sessions, {found.seconds:.0f} s; closed with {closes}")
    print(f"  heard {found.heard / 2**20:.0f} MB; memory after the first third "
          f"{found.memory[0] / 2**20:.0f} MB, at the end {found.growth:+.0f} MB")  # fmt: skip
    return found.faults + grown(found.growth) + ([] if alive else ["the server ended"])


def grown(megabytes: float) -> list[str]:
    """Say whether memory grew beyond the bound."""
    return [f"memory grew by {megabytes:.0f} MB"] if megabytes > GROWTH else []


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
