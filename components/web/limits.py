"""How often one address may ask: a bucket of turns for each, refilled as time passes.

No address is kept. A bucket stands under a hash of it whose key is made at the start and never leaves the process, and it
is forgotten as soon as it is full again, which takes BURST / RATE seconds. Their number is bounded; the one not used for
longest goes first. Only addresses of the public internet are counted: whatever else asks is this machine, its network,
or a proxy that does not say for whom it asks and so must not be held back for all of them.
"""

import secrets
from collections import OrderedDict
from collections.abc import Callable
from hashlib import blake2b
from ipaddress import IPv6Address, ip_address
from time import monotonic
from typing import Final

BURST: Final = 600.0  # turns an address may take at once; a newsroom behind one address is many readers
RATE: Final = 20.0  # turns a second that it gets back
ROOM: Final = 20_000  # buckets


class Buckets:
    """The turns of every address."""

    def __init__(
        self, burst: float = BURST, rate: float = RATE, room: int = ROOM, clock: Callable[[], float] = monotonic
    ) -> None:
        self._burst, self._rate, self._room, self._clock = burst, rate, room, clock
        self._key = secrets.token_bytes(32)
        self._left: OrderedDict[bytes, tuple[float, float]] = OrderedDict()  # turns left, and when that was so

    def __len__(self) -> int:
        return len(self._left)

    def take(self, address: str, turns: float = 1.0) -> float:
        """Take turns for an address and return 0; where it has too few, the seconds until it has them again."""
        if not (counted := network(address)):
            return 0.0
        now, key = self._clock(), blake2b(counted.encode(), key=self._key, digest_size=16).digest()
        left, since = self._left.get(key, (self._burst, now))
        left = min(self._burst, left + (now - since) * self._rate)
        wait = max(0.0, (turns - left) / self._rate)
        self._left[key] = (left if wait else left - turns, now)
        self._left.move_to_end(key)
        self._forget(now)
        return wait

    def _forget(self, now: float) -> None:
        full_again = self._burst / self._rate
        while self._left:
            _, since = next(iter(self._left.values()))
            if now - since < full_again and len(self._left) <= self._room:
                return
            self._left.popitem(last=False)


def network(address: str) -> str:
    """Return what counts as one reader: an IPv4 address, the /64 of an IPv6 one; '' for what is not counted."""
    try:
        found = ip_address(address)
    except ValueError:
        return ""
    if isinstance(found, IPv6Address):
        if found.ipv4_mapped:
            return network(str(found.ipv4_mapped))
        return f"{int(found) >> 64:x}/64" if found.is_global else ""
    return str(found) if found.is_global else ""
