"""A store of finished bytes, bounded by what they weigh: the oldest asked for goes first."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Final
from zlib import compress, decompress

FAST: Final = 1  # zlib: a text is packed and unpacked in a hundredth of the time that it takes to draw


class Store:
    """Keeps bytes by key up to `room` bytes in all; may be used from several threads."""

    def __init__(self, room: int) -> None:
        self.room = room
        self.weight = 0
        self.hits = 0  # asked for and kept
        self.made = 0  # asked for and not kept: made anew
        self._kept: OrderedDict[Hashable, bytes] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable) -> bytes | None:
        """Return what is kept under a key, or None."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                self.hits += 1
            return self._kept.get(key)

    def put(self, key: Hashable, made: bytes) -> bytes:
        """Keep bytes and return them; what alone is heavier than a quarter of the room is not kept."""
        with self._lock:
            self.made += 1
            if key not in self._kept and len(made) <= self.room // 4:
                self._kept[key] = made
                self.weight += len(made)
            while self.weight > self.room:
                self.weight -= len(self._kept.popitem(last=False)[1])
        return made

    def get_or_make(self, key: Hashable, make: Callable[[], bytes]) -> bytes:
        """Return what is kept under a key, else make it and keep it."""
        found = self.get(key)
        return found if found is not None else self.put(key, make())

    def get_or_write(self, key: Hashable, write: Callable[[], str]) -> str:
        """Return the text kept under a key, else write it and keep it, packed: drawings become a third of what they were."""
        return decompress(self.get_or_make(key, lambda: compress(write().encode(), FAST))).decode()

    @property
    def entries(self) -> int:
        """How many things are kept."""
        with self._lock:
            return len(self._kept)

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._kept.clear()
            self.weight = 0
