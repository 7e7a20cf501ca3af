"""A real server on its bad days: a wrong clock, tables that are broken under it, and its end in the middle of a download.

It runs from a copy of the product, whose tables may be broken, and with a clock that the tests set. The order matters: it
starts in 1970 and is killed in the end.
"""

import ast
import asyncio
import json
import shutil
import struct
import subprocess
import sys
import time
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from components.web.front import MIDDLEWARE, ROUTES
from components.web.limits import Buckets
from data.load import version
from tests.browser.serve import PATIENCE, ROOT, server
from tests.load.session import Reader

pytestmark = pytest.mark.slow
PRODUCT = ("app.py", "pages", "components", "data", "geo", ".streamlit", "LICENSE", "NOTICE")
CLOCK = Path(__file__).with_name("clock.c")
PAGE = "/goals?lang=en"
YEARS = (1971, 2100, 2001)  # the first is that of the start; after the second the clock jumps back
# For each year files that nobody asked for before: each is made under that clock.
FILES = {year: (f"/figures/growth-2023.png?lang=en&width={400 + number}", f"/figures/{figure}.xlsx?lang=zh",
                f"/figures/{figure}.pdf?lang=en", f"/figures/{figure}.csv?lang=zh")
         for number, (year, figure) in enumerate(zip(YEARS, ("growth-2023", "gdp-share", "income-gap"), strict=True))}  # fmt: skip
STATED = (
    "/data/v1/tables/observations.csv",
    "/api/v1/observations?limit=3&search=GDP",
    "/observations.csv?place=bijie",
)
CODE = sorted(path for name in ("components", "data", "geo", "pages") for path in (ROOT / name).rglob("*.py"))
ASKS_THE_CLOCK = {
    "components/desk/controls.py": {"now"},  # the day on which a reader cites, as GB/T 7714 wants it
    "components/desk/workbench.py": {"today"},
    "components/web/shelf.py": {"time"},  # how old a folder is that a killed process left
}


class Clock:
    """The clock of the server."""

    def __init__(self, file):
        self.file = file
        self.set(0)

    def set(self, year):
        """Set it to the middle of a year; 0: to what it is."""
        shift = int(datetime(year, 7, 1, tzinfo=UTC).timestamp() - time.time()) if year else 0
        with self.file.open("r+b" if self.file.exists() else "wb") as file:
            file.write(struct.pack("q", shift))


@pytest.fixture(scope="module")
def clock(tmp_path_factory):
    folder = tmp_path_factory.mktemp("clock")
    if not sys.platform.startswith("linux") or not shutil.which("cc"):
        yield None
        return
    subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", str(folder / "clock.so"), str(CLOCK), "-ldl"], check=True)
    made = Clock(folder / "shift")
    made.set(YEARS[0])
    yield made


@pytest.fixture(scope="module")
def product(tmp_path_factory, clock):
    """A running copy of the product, in the first of the years."""
    folder = tmp_path_factory.mktemp("product")
    for name in PRODUCT:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, folder / name)
    settings = {"TABLES_SECONDS": "0.2", "LOG_FORMAT": "json", "STREAMLIT_LOGGER_ENABLE_RICH": "false"}
    if clock:
        settings |= {"LD_PRELOAD": str(clock.file.with_name("clock.so")), "CLOCK_SHIFT": str(clock.file)}
    with server(folder, **settings) as running:
        until(lambda: ask(running, "/readyz").status_code == 200)
        yield folder, running


def ask(running, address):
    return httpx.get(running.url + address, timeout=PATIENCE, trust_env=False)


def dated(answer):
    return parsedate_to_datetime(answer.headers["date"]).year


def until(true):
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, "it does not come true"
        time.sleep(0.05)


@pytest.fixture(scope="module")
def here():
    """The product in this process, under the true clock."""
    return TestClient(Starlette(routes=ROUTES, middleware=MIDDLEWARE), base_url="http://localhost")


def seen(run):
    return run.title, run.shown


# The clock


@pytest.mark.fault(
    "the clock says 1971, 2100, jumps back to 2001", "nothing: pages, sessions, files and their tags are the same"
)
def test_no_clock_changes_what_is_served(product, clock, here):
    if clock is None:
        pytest.skip("needs Linux and a C compiler, to set the clock of one process")
    _, running = product

    async def through_the_years():
        async with Reader(running.url) as reader:
            first = seen(await reader.open(PAGE))
            for year in YEARS:
                clock.set(year)
                until(lambda year=year: dated(ask(running, "/healthz")) == year)  # the server believes it
                answers = [ask(running, address) for address in FILES[year]]
                for address, answer in zip(FILES[year], answers, strict=True):
                    true = here.get(address)
                    assert (answer.status_code, answer.content) == (200, true.content), (year, address)
                    assert answer.headers["etag"] == true.headers["etag"]
                    assert httpx.get(running.url + address, headers={"If-None-Match": true.headers["etag"]},
                                     trust_env=False).status_code == 304  # fmt: skip
                assert seen(await reader.run(PAGE)) == first  # the session goes on through the jump
                async with Reader(running.url) as newcomer:
                    assert seen(await newcomer.open(PAGE)) == first
                assert ask(running, "/readyz").status_code == 200
        clock.set(0)

    asyncio.run(through_the_years())
    assert '"level":"error"' not in running.output()


def calls(path):
    """Return what of a module asks which day it is."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute) and node.attr in (
            "now",
            "today",
            "utcnow",
            "gmtime",
            "localtime",
            "time_ns",
        ):
            found.add(node.attr)
        if isinstance(node, ast.ImportFrom) and node.module == "time":
            found |= {one.name for one in node.names} - {"monotonic", "perf_counter", "sleep"}
    return found


def test_nothing_asks_which_day_it_is():
    asking = {path.relative_to(ROOT).as_posix(): found for path in CODE if (found := calls(path))}
    assert asking == ASKS_THE_CLOCK
    assert Buckets()._clock is time.monotonic  # limits of rates do not care about the day


# Tables


def measure(running, name):
    text = ask(running, "/metrics").text
    return float(next(line.rsplit(" ", 1)[1] for line in text.splitlines() if line.startswith(f"{name} ")))


def warnings(running):
    return ask(running, "/readyz").json().get("warnings", {})


def misspelt(table):
    return table.replace(b",guiyang,", b",guiyangg,", 1)


@pytest.mark.fault(
    "a table breaks under the running server", "nothing: the last good version goes on; the operator hears each fault"
)
@pytest.mark.parametrize(
    ("broken", "said"),
    [
        (misspelt, "column place: 'guiyangg' is not in places.csv. did you mean guiyang?"),
        (lambda table: table[: len(table) // 2], "observations.csv"),
        (lambda table: table.decode().encode("gb18030"), "is not UTF-8"),
        (lambda table: b"", "is empty"),
        (lambda table: None, "cannot be opened"),
    ],
    ids=["misspelt", "half", "GBK", "empty", "gone"],
)
def test_a_broken_table_is_not_served_and_shouted(product, here, broken, said):
    folder, running = product
    file = folder / "data" / "tables" / "observations.csv"
    sound = file.read_bytes()
    before = len(running.output())
    made = broken(sound)
    if made is None:
        file.unlink()
    else:
        file.write_bytes(made)
    try:
        until(lambda: "faults" in warnings(running).get("tables on disk", ""))
        assert measure(running, "guizhou_table_faults") >= 1 and measure(running, "guizhou_tables_outdated") == 1
        faults = [line for line in running.output()[before:].splitlines() if "the last good ones go on serving" in line]
        assert said in json.loads(faults[0])["event"] and json.loads(faults[0])["level"] == "error"
        for address in STATED:
            assert ask(running, address).content == here.get(address).content, address
        answer = ask(running, "/readyz")
        assert (answer.status_code, answer.json()["ready"]) == (200, True)
        assert ask(running, "/data/v1/tables/observations.csv").headers["x-data-version"] == version()
    finally:
        file.write_bytes(sound)
    until(lambda: not warnings(running))
    assert measure(running, "guizhou_table_faults") == measure(running, "guizhou_tables_outdated") == 0


def test_new_tables_that_are_sound_wait_for_the_next_start(product, here):
    folder, running = product
    file = folder / "data" / "tables" / "mentions.csv"
    sound = file.read_bytes()
    head, *rows = sound.splitlines(keepends=True)
    file.write_bytes(b"".join([head, *rows[:-2], rows[-1], rows[-2]]))
    try:
        until(lambda: warnings(running) == {"tables on disk": "changed: restart to serve them"})
        assert measure(running, "guizhou_table_faults") == 0 and measure(running, "guizhou_tables_outdated") == 1
        assert ask(running, "/data/v1/tables/mentions.csv").content == sound
    finally:
        file.write_bytes(sound)
    until(lambda: not warnings(running))


# The end


@pytest.mark.fault(
    "the server is killed in the middle of a download", "the download breaks off, and is not taken for whole"
)
def test_a_download_that_is_cut_off_is_no_file(product):
    _, running = product
    taken = b""
    with (
        pytest.raises(httpx.HTTPError),
        httpx.stream("GET", f"{running.url}/figures/growth-2023.zip", timeout=PATIENCE, trust_env=False) as answer,
    ):
        assert answer.status_code == 200
        for piece in answer.iter_raw():
            taken += piece
            running.process.kill()
    assert taken.startswith(b"PK") and b"SHA256SUMS" not in taken
