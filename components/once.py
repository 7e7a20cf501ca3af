"""A memo that many ask at once: what is kept is handed out at once, what is not is made once, and by one at a time.

`functools.lru_cache` would make the same thing again for each who asks before it is made; a lock around it would keep
those who ask for what is there waiting for what somebody else is having made.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import update_wrapper
from threading import Lock, RLock
from typing import Final, Generic, NamedTuple, ParamSpec, TypeVar, cast

P = ParamSpec("P")
Made = TypeVar("Made")
NONE: Final = object()


class Info(NamedTuple):
    """How a memo does, named as `functools` names it."""

    hits: int
    misses: int
    maxsize: int
    currsize: int


class Once(Generic[P, Made]):
    """Calls a function once for each set of arguments; the one asked for longest ago goes first."""

    def __init__(self, make: Callable[P, Made], maxsize: int) -> None:
        self._make = make
        self._maxsize = maxsize
        self._hits = self._misses = 0
        self._kept: OrderedDict[Hashable, object] = OrderedDict()
        self._lock = Lock()
        self._making = RLock()  # what is made may ask for something else that is made here
        update_wrapper(self, make)

    def __call__(self, *about: P.args, **no: P.kwargs) -> Made:
        """Return what the function makes of its arguments, which stand in order; what it raises is not kept."""
        found = self._get(about)
        if found is NONE:
            with self._making:
                found = self._get(about)
                if found is NONE:
                    found = self._put(about, self._make(*about, **no))
        return cast(Made, found)

    def knows(self, *about: P.args, **_: P.kwargs) -> bool:
        """Tell whether something is made already."""
        with self._lock:
            return about in self._kept

    def cache_info(self) -> Info:
        """Say how often something was kept and how often not."""
        with self._lock:
            return Info(self._hits, self._misses, self._maxsize, len(self._kept))

    def cache_clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._kept.clear()

    def _get(self, about: Hashable) -> object:
        with self._lock:
            if about not in self._kept:
                return NONE
            self._kept.move_to_end(about)
            self._hits += 1
            return self._kept[about]

    def _put(self, about: Hashable, made: Made) -> object:
        with self._lock:
            self._misses += 1
            self._kept[about] = made
            if len(self._kept) > self._maxsize:
                self._kept.popitem(last=False)
        return made


def once(maxsize: int) -> Callable[[Callable[P, Made]], Once[P, Made]]:
    """Keep so many results of a function, whose arguments are given in order."""
    return lambda make: Once(make, maxsize)
