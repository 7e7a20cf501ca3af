"""Times what readers ask of tables in a folder, in a process of its own: `python -m tests.growth.measure FOLDER`.

Prints one JSON object: seconds by what was done, `memory` and `peak` in bytes. What takes longer than PATIENCE, or is
refused, is a text that says so. `--tables` leaves out what draws, `--unstarted` the drawing of the whole story before.
"""

import json
import resource
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any, Final

import psutil

from data import load

PATIENCE: Final = 40  # seconds
DRAWN: Final = 150  # seconds, for the start
TIMES: Final = 3  # how often a question is asked
SLOW: Final = 3.0  # seconds from which twice is enough
WORDS: Final = ("增长", "亿", "guiyang", "gdp 2023", "shengchanzongzhi", "不会有的词", "a")
Found = dict[str, float | str]


def main(folder: Path, left_out: list[str]) -> Found:
    """Load a folder's tables as the product does, and time everything."""
    load.FOLDER = folder  # before anything else looks at it
    found: Found = {"load": _timed(load.tables)}
    draws = "--tables" not in left_out
    if draws and "--unstarted" not in left_out:
        found["start"] = _within(_start, DRAWN)
    found["memory"] = psutil.Process().memory_info().rss
    for name, (ask, ways) in _questions(draws).items():
        found[f"{name}, first"], found[name] = _asked(ask, ways)
    found["memory, used"] = psutil.Process().memory_info().rss
    found["peak"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return found


def _start() -> None:
    from tests.bench import scripts

    scripts.started()


def _questions(draws: bool) -> dict[str, tuple[Callable[[Any], Any], tuple[Any, ...]]]:
    """Return what is asked, and in which ways: the slowest way is what counts."""
    from components.address import PAGES
    from components.figures.catalogue import CATALOGUE
    from components.figures.figure import Brief
    from components.listing import PAGE
    from components.words import words
    from data.compare import compared, places_of, reasons
    from data.search import find
    from data.select import SORTS, Selection, positions, rows_at

    tables = load.tables()
    filters = (Selection(kind=("goal",)), Selection(theme=("economy",), place=("guiyang", "bijie"), bound=("at_least",)),
               Selection(due=("2025",), source=("bijie-five-years",)))  # fmt: skip
    sorts = tuple(Selection(sort=sort) for sort in SORTS)
    indicators = ("gdp", "resident-population", "forest-cover")
    places = places_of(tables)["gdp"][-4:]  # of sets that were made: these grow, the real ones do not
    asked: dict[str, tuple[Callable[[Any], Any], tuple[Any, ...]]] = {
        "search": (lambda words: find(tables, words), WORDS),
        "filter": (lambda selection: rows_at(tables, positions(tables, selection)[:PAGE]), filters),
        "sort": (lambda selection: rows_at(tables, positions(tables, selection)[-PAGE:]), sorts),
        "compare": (lambda _: reasons(tables, list(compared(tables, places, indicators)["id"])), (None,)),
    }
    if draws:
        briefs = tuple(
            Brief(id, tables, words("zh"), CATALOGUE[id].defaults) for id in ("goals-by-bound", "numbers-by-document")
        )
        asked["Figure"] = (lambda brief: CATALOGUE[brief.id].build(brief), briefs)
        asked |= {f"page {name}": (_page, (name,)) for name in PAGES}
    api = ("limit=100", "search=增长&limit=100&offset=200", "kind=goal&sort=value&format=csv")
    asked["API"] = (_get, tuple(f"/api/v1/observations?{query}" for query in api))
    asked |= {ending.upper(): (_file, (ending,)) for ending in ("csv", "json", "xlsx")}
    return asked


def _page(name: str) -> None:
    from tests.bench import scripts

    scripts.runs(name, 1)


def _file(ending: str) -> None:
    """Write all rows as a file and let every part go, as a server does that sends it."""
    from components.export import observations
    from components.web.tables import parts
    from data.select import Selection, positions

    chosen = positions(load.tables(), Selection())
    if ending == "xlsx" and len(chosen) > observations.MOST:
        raise Refused("refused")
    for _ in parts(ending, chosen, mark=True):
        pass


_CLIENT: list[Any] = []


def _get(address: str) -> None:
    """Ask the product's routes, without a network."""
    from starlette.applications import Starlette
    from starlette.testclient import TestClient

    from components.web import api

    if not _CLIENT:
        _CLIENT.append(TestClient(Starlette(routes=list(api.ROUTES))))
    answer = _CLIENT[0].get(address)
    if answer.status_code != 200:
        raise Refused(f"{answer.status_code}")


class Refused(Exception):
    """An answer that says why it is none."""


@contextmanager
def _patience(seconds: int) -> Iterator[None]:
    def late(*_: Any) -> None:
        raise TimeoutError(f"> {seconds} s")

    signal.signal(signal.SIGALRM, late)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)


def _timed(do: Callable[[], Any]) -> float:
    began = perf_counter()
    do()
    return perf_counter() - began


def _within(do: Callable[[], Any], seconds: int = PATIENCE) -> float | str:
    """Return how long something took, or why it did not end."""
    try:
        with _patience(seconds):
            return _timed(do)
    except (TimeoutError, Refused, MemoryError) as said:
        return str(said) or type(said).__name__
    except Exception as error:
        return type(error).__name__


def _asked(ask: Callable[[Any], Any], ways: tuple[Any, ...]) -> tuple[float | str, float | str]:
    """Return how long the first question took, and the slowest way's median once everything is warm."""
    first, again = (_within(lambda: ask(ways[0])) for _ in range(2))
    if isinstance(again, str) or isinstance(first, str) or again > SLOW:  # no need to be told several times
        return first, again
    found = [_within(lambda: ask(way)) for way in ways for _ in range(TIMES + 1)]  # noqa: B023 (called here)
    if said := [took for took in found if isinstance(took, str)]:
        return first, said[0]
    each = [median(map(float, found[at + 1 : at + TIMES + 1])) for at in range(0, len(found), TIMES + 1)]
    return first, max(each)


if __name__ == "__main__":
    json.dump(main(Path(sys.argv[1]), sys.argv[2:]), sys.stdout)
