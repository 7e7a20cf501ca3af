"""A cluster on this machine, broken in every way that loses a replica: no reader is lost with it.

Two replicas behind HAProxy, readers without a browser who look at pages all the while, and a browser or two.
"""

import asyncio
import signal
from concurrent.futures import ThreadPoolExecutor
from time import sleep

import httpx
import pytest
from playwright.sync_api import expect

from components.address import HOME, View, link
from data.story import story
from tests.browser.serve import browser, browser_path, opened, wait_until_drawn
from tests.cluster.cluster import MISSING, SETTINGS, cluster, haproxy_path, wait_for
from tests.cluster.crowd import Crowd, summary
from tests.load.session import Reader

pytestmark = [
    pytest.mark.cluster,
    pytest.mark.skipif(not haproxy_path(), reason=MISSING),
]
STEPS = [position.step.id for position in story().steps()]
PAGES = [
    "/goals?lang=en",
    "/places?lang=zh&at=qingzhen",
    link(HOME, View(lang="en", step=STEPS[3])),
    "/sources?lang=zh",
]
FILES = ["/figures/gdp-share.csv?lang=en", "/data/v1/tables/sources.csv", "/about?lang=en"]
READERS = 16
BACK = 10  # seconds in which every reader of a killed or drained replica is back
HUNG = 20  # seconds in which every reader of a hung one is
DRAIN = float(SETTINGS["DRAIN_SECONDS"])


@pytest.fixture(scope="module")
def running_cluster():
    with cluster(2) as running:
        yield running


@pytest.fixture
def site(running_cluster):
    """The cluster with all its replicas, whatever the test before left of it."""
    running_cluster.mend()
    return running_cluster


def crowd(site):
    return Crowd(site.url, [PAGES[number % len(PAGES)] for number in range(READERS)], FILES)


def reads_at(readers, replica):
    wait_for(f"readers at {replica.name}", lambda: readers.at(replica.name), within=5)


def drains(site, replica):
    """Wait until a replica and HAProxy both say that it drains; return how long the second took."""
    wait_for("it says that it drains", lambda: replica.readiness() == 503, within=2)
    return wait_for("HAProxy knows", lambda: site.state(replica) == "NOLB", within=DRAIN)


def ask(address):
    return httpx.get(address, timeout=60, trust_env=False)


def nobody_is_lost(readers, gone, within=BACK):
    """Say that all who were at a replica when it went are back elsewhere, at the same view, soon."""
    assert not readers.faults and not readers.lost, readers.faults
    assert {one.before for one in readers.returns} == {gone.name} != {one.after for one in readers.returns}
    assert all(one.same and one.seconds < within for one in readers.returns), readers.returns


async def _visits(url, count):
    seen = []
    for _ in range(count):
        async with Reader(url) as reader:
            await reader.open(PAGES[0])
            asked = [reader.replica]
            for address in PAGES:
                await reader.get(address)
                asked.append(reader.replica)
            seen.append(set(asked))
    return seen


def test_a_reader_keeps_to_one_replica(site):
    seen = asyncio.run(_visits(site.url, 6))
    assert all(len(replicas) == 1 for replicas in seen), seen
    assert set().union(*seen) == {replica.name for replica in site.replicas}


def test_what_is_for_operators_stays_inside(site):
    for address in ("/metrics", "/readyz", "/healthz", "/_stcore/metrics"):
        assert ask(site.url + address).status_code == 404, address


@pytest.mark.skipif(not browser_path(), reason="no browser found")
def test_a_killed_replica_costs_no_reader_their_view(site, capsys):
    address = link(HOME, View(lang="en", step=STEPS[3]))
    with browser() as running, opened(running) as page, crowd(site) as readers:
        page.goto(site.url + address)
        wait_until_drawn(page)
        here, heading = page.url, page.locator("#step-title, h2").first.inner_text()
        stage = page.context.new_page()
        stage.goto(f"{site.url}/stage?lang=en")
        stage.wait_for_selector("#stage :is(h1, h2, svg, canvas)", state="attached")
        gone = site.replica(page.request.get(site.url + "/about").headers["x-replica"])
        assert readers.at(gone.name)
        stayed = site.other(gone)
        gone.end(signal.SIGKILL)
        gone.start()  # the test after this one needs it
        page.bring_to_front()
        everyone = READERS + 1  # with the browser; a stage needs no session
        took = wait_for("the browser is back", lambda: stayed.measure("guizhou_sessions") == everyone, BACK + 20)
        wait_until_drawn(page)
        assert page.url == here and page.locator("#step-title, h2").first.inner_text() == heading
        page.keyboard.press("ArrowRight")
        page.wait_for_function("old => location.href !== old", arg=here)
        expect(page.locator(".site-foot")).to_be_attached()
        stage.bring_to_front()  # a page behind another one hears no keys
        shown = stage.evaluate("location.hash")
        stage.keyboard.press("ArrowRight")
        wait_for("the talk moves on", lambda: stage.evaluate("location.hash") != shown, within=BACK)
    with capsys.disabled():
        print("\nkilled:", summary(readers), f"browser back after {took:.1f} s")
    nobody_is_lost(readers, gone)


def test_all_replicas_are_restarted_one_by_one_and_nobody_notices(site, capsys):
    for replica in site.replicas:
        with crowd(site) as readers, ThreadPoolExecutor() as pool:
            reads_at(readers, replica)
            replica.send(signal.SIGTERM)
            # What is asked for now ends after the doors are closed.
            sleep(max(0, DRAIN - drains(site, replica) - 1))
            under_way = [
                pool.submit(ask, f"{replica.url}/figures/gdp-share.png?lang={lang}&width={width}")
                for lang in ("zh", "en") for width in (500, 700, 900)
            ]  # fmt: skip
            code = replica.end(signal.SIGCONT, within=float(SETTINGS["STOP_SECONDS"]) + 10)
            assert [answer.result().status_code for answer in under_way] == [200] * 6
            assert code in (0, -signal.SIGTERM)
            replica.start()
            site.wait_until_up()
        with capsys.disabled():
            print(f"\n{replica.name} restarted:", summary(readers))
        nobody_is_lost(readers, replica)


def test_a_hung_replica_is_taken_out_and_comes_back(site, capsys):
    hung = site.replicas[0]
    with crowd(site) as readers:
        reads_at(readers, hung)
        hung.send(signal.SIGSTOP)
        took = wait_for("HAProxy takes it out", lambda: site.state(hung) == "DOWN", within=HUNG)
        wait_for("its readers are elsewhere", lambda: not readers.at(hung.name), within=HUNG)
        hung.send(signal.SIGCONT)
        site.wait_until_up()
    with capsys.disabled():
        print(f"\nhung, taken out after {took:.1f} s:", summary(readers))
    nobody_is_lost(readers, hung, HUNG)


def test_the_other_replica_is_killed_as_well(site, capsys):
    """The last test: nobody starts it again."""
    last = site.replicas[1]
    with crowd(site) as readers:
        reads_at(readers, last)
        last.end(signal.SIGKILL)
        wait_for("its readers are elsewhere", lambda: not readers.at(last.name), within=BACK)
    with capsys.disabled():
        print("\nkilled as well:", summary(readers))
    nobody_is_lost(readers, last)
