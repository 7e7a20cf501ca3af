"""The driver of many readers: who it asks, how much it asks, what it does, and that it sees what goes wrong."""

import asyncio
from random import Random

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.browser.serve import server
from tests.load.drive import LONGEST, MOST, Drive, Meter, Search, Tally
from tests.load.journeys import Journey, plain, product
from tests.load.session import Failed, Reader, Run


@pytest.fixture(scope="module")
def running():
    with server() as one:
        yield one


@pytest.mark.parametrize("site", ["http://example.org", "http://10.0.0.1:8501", "http://127.0.0.1.example.org", ""])
def test_nobody_but_this_machine_is_asked(site):
    with pytest.raises(ValueError, match="not this machine"):
        Reader(site)


@pytest.mark.parametrize(("readers", "seconds"), [(0, 1), (MOST + 1, 1), (1, 0), (1, LONGEST + 1)])
def test_readers_and_time_are_bounded(readers, seconds):
    with pytest.raises(ValueError, match="at most"):
        Drive("http://127.0.0.1:1", plain, readers, seconds)


def journeys(draw, seed):
    chance = Random(seed)  # noqa: S311 - no secret, a seed to repeat
    return [draw(chance) for _ in range(200)]


def test_a_seed_repeats_its_journeys():
    assert journeys(product, 3) == journeys(product, 3) != journeys(product, 4)
    assert {one.address.split("?")[0] for one in journeys(product, 3)} == {"/", "/goals", "/data", "/places"}


def test_a_plain_application_is_asked_as_often():
    assert [one.views for one in journeys(plain, 3)] == [one.views for one in journeys(plain, 3)]
    few, many = sorted((sum(one.views for one in journeys(draw, 5))) for draw in (plain, product))
    assert many < 1.1 * few


async def visit(site, address, *does):
    async with Reader(site, digests=False) as reader:
        runs = [await reader.open(address)]
        addresses = [reader.address]
        for name, *given in does:
            runs.append(await getattr(reader, name)(*given))
            addresses.append(reader.address)
        return runs, addresses, reader.controls


def test_a_reader_steps_the_story(running):
    runs, addresses, _ = asyncio.run(visit(running.url, "/?lang=en", ("press", "step-next"), ("press", "step-next")))
    steps = [address.partition("step=")[2] for address in addresses]
    assert steps[0] == "" and len(set(steps)) == 3
    assert all(run.messages > 10 for run in runs)
    assert runs[2].bytes < runs[0].bytes  # the style is not sent again to a page that has it


def test_a_reader_filters(running):
    does = (("pick", "filter-verdict", 0), ("write", "filter-search", "GDP"))
    _, addresses, _ = asyncio.run(visit(running.url, "/goals?lang=en", *does))
    assert "verdict=" in addresses[1] and addresses[2].endswith("search=GDP")


def test_a_control_that_is_not_there_is_a_failure(running):
    with pytest.raises(Failed, match="no control step-nowhere"):
        asyncio.run(visit(running.url, "/about", ("press", "step-nowhere")))


def test_an_interrupted_run_is_no_part_of_the_view():
    """A session that comes back runs twice: what the first had begun to send is no longer on the page."""
    begins, part, run = ForwardMsg(), ForwardMsg(), Run()
    begins.new_session.name = "page"
    part.delta.new_element.html.body = "<p>a</p>"
    for message in (begins, part, part, begins, part):
        run.take(message, 1, digests=True)
    assert len(run.shown) == 1 and run.messages == 5


def test_a_drive_counts_views_and_no_errors(running):
    drive = Drive(running.url, lambda _: Journey("/about"), readers=2, seconds=0.5)
    tally = asyncio.run(drive.go(Meter(running.process.pid)))
    assert tally.errors == [] == tally.returns
    assert len(tally.views) >= 2 and tally.bytes > 1000 and tally.cores > 0


def test_a_drive_sees_what_fails():
    drive = Drive("http://127.0.0.1:1", plain, readers=1, seconds=0.1)
    tally = asyncio.run(drive.go(Meter()))
    assert tally.errors and "ConnectError" in tally.errors[0] and not tally.holds(1e9)


def test_percentiles():
    tally = Tally(seconds=2, views=[number / 1000 for number in range(101)])
    assert [tally.percentile(50), tally.percentile(95), tally.rate] == pytest.approx([50, 95, 50.5])
    assert tally.holds(95.1) and not tally.holds(94)


@pytest.mark.parametrize(("first", "bears"), [(8, 100), (8, 8), (300, 37), (64, 900), (500, 2000), (10, 3)])
def test_the_search_comes_near_the_largest_number_that_holds(first, bears):
    search, tried = Search(first, finer=5), []
    while search.next:
        tried.append(search.next)
        search.told(search.next <= bears)
    assert search.held <= min(bears, MOST) < search.held * 1.2 + 2
    assert len(tried) < 13 and max(tried) <= MOST


def test_a_search_where_nothing_holds_ends():
    search = Search(8)
    while search.next:
        search.told(False)
    assert search.held == 0
