"""The line between a reader and the server: dropped, refused, silent, slept through. What is on the screen stays, a quiet line
says so, and the reader is back at the same view without doing anything. The server forgets a session after a second."""

import re
import time
from contextlib import ExitStack
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from components.words import words
from data.story import story
from tests.browser.fixtures import chromium
from tests.browser.proxy import cable
from tests.browser.serve import drawn, opened, server, wait_until_drawn

__all__ = ["chromium"]
pytestmark = pytest.mark.browser
MARK, WINDOW = ".line-mark", ".stDialog"
STEP = [at.step.id for at in story().steps()][3]
DATA = "/data?place=bijie&lang="
SCROLLED = 400
MANY = 7  # attempts of Streamlit after which it would put a window over the page


@pytest.fixture(scope="module")
def site():
    """A server that forgets a reader who is away for more than a second; its own `site` would remember two minutes."""
    with server(STREAMLIT_SERVER_DISCONNECTED_SESSION_TTL="1") as running:
        yield running.url


@pytest.fixture
def laid(site):
    with cable(urlsplit(site).port) as found:
        yield found


@pytest.fixture
def to(chromium, laid):
    """Open an address at the other end of the cable."""
    with ExitStack() as kept:
        yield lambda address, **options: kept.enter_context(
            drawn(chromium, f"http://localhost:{laid.port}{address}", **options)
        )


def view(page):
    """Return what a reader has before them: the address, the text, how far they have read."""
    return page.url, page.locator(".stMain").inner_text(), page.evaluate("document.querySelector('.stMain').scrollTop")


def connected(page):
    page.locator('.stApp[data-test-connection-state="CONNECTED"]').wait_for()
    expect(page.locator(MARK)).to_have_count(0)


def told(page, lang):
    expect(page.locator(MARK)).to_be_visible()
    assert page.locator(MARK).inner_text() == words(lang)("line.lost")
    assert page.locator(MARK).get_attribute("role") == "status"
    expect(page.locator(WINDOW)).to_have_count(0)


def goes_on(page):
    """Say that the next thing the reader does works: the step after this one."""
    before = page.url
    page.keyboard.press("ArrowRight")
    page.wait_for_function("old => location.href !== old", arg=before)
    wait_until_drawn(page)


@pytest.mark.parametrize(
    ("seconds", "lang"),
    [
        (1, "zh"),
        (1, "en"),
        pytest.param(30, "zh", marks=pytest.mark.long),
        pytest.param(300, "en", marks=pytest.mark.long),
    ],
)
@pytest.mark.fault(
    "the connection drops for 1 s, 30 s, 5 min", "all stays, a quiet line says so; then the same view, by itself"
)
def test_a_dropped_connection_costs_nothing(to, laid, seconds, lang):
    page = to(f"{DATA}{lang}")
    page.wait_for_load_state("networkidle")  # the controls are there, and push nothing down any more
    page.evaluate(f"document.querySelector('.stMain').scrollTo(0, {SCROLLED})")
    before, began = view(page), time.monotonic()
    laid.cut()
    told(page, lang)
    assert view(page) == before
    time.sleep(max(0.0, seconds - (time.monotonic() - began)))
    told(page, lang)
    laid.plug()
    connected(page)
    assert view(page) == before


@pytest.mark.fault("the server is gone for a while", "no window over the page; the first key after it counts")
def test_streamlits_own_window_stays_away(to, laid):
    page, lang = to(f"/?step={STEP}&lang=zh"), "zh"
    tries, before = [], view(page)
    page.on("requestfailed", lambda request: tries.append(request.url) if "health" in request.url else None)
    laid.refuse()
    told(page, lang)
    while len(tries) < MANY:
        page.wait_for_timeout(100)
        assert not page.locator(WINDOW).is_visible()
    told(page, lang)
    assert view(page) == before
    laid.plug()
    connected(page)  # in a session of its own: the server has forgotten the first one
    assert view(page) == before
    goes_on(page)


@pytest.mark.fault("the network goes silent, then another one is there", "the dead line is noticed, and left")
def test_a_silent_line_is_left(to, laid):
    page = to(f"/?step={STEP}&lang=en")
    before = view(page)
    laid.pull()
    page.evaluate("dispatchEvent(new Event('online'))")  # as a browser says when it changes networks
    told(page, "en")
    assert view(page) == before
    laid.plug()
    connected(page)
    assert view(page) == before
    goes_on(page)


@pytest.mark.long
def test_an_answer_keeps_the_line(to):
    page = to(f"{DATA}en")
    page.evaluate("dispatchEvent(new Event('online'))")
    page.wait_for_timeout(5500)  # longer than the answer may take
    expect(page.locator(MARK)).to_have_count(0)
    assert page.locator('.stApp[data-test-connection-state="CONNECTED"]').count() == 1


@pytest.mark.fault("the browser is offline", "told at once; gone at once when it is back")
def test_a_browser_that_is_offline_says_so(to):
    page = to(f"{DATA}zh")
    page.context.set_offline(True)
    told(page, "zh")
    page.context.set_offline(False)
    connected(page)


@pytest.mark.fault("the browser sleeps, and the server hangs up meanwhile", "awake, the reader is at the same view")
def test_a_browser_that_slept_comes_back(to, laid):
    page = to(f"/?step={STEP}&lang=zh")
    before, device = view(page), page.context.new_cdp_session(page)
    device.send("Page.setWebLifecycleState", {"state": "frozen"})
    laid.cut()
    time.sleep(2)  # the server forgets the session
    laid.plug()
    device.send("Page.setWebLifecycleState", {"state": "active"})
    connected(page)
    assert view(page) == before
    goes_on(page)


@pytest.mark.fault("the first connection does not come", "after eight seconds the same quiet line; then the page")
@pytest.mark.long
def test_a_page_that_finds_nobody_says_so(chromium, laid):
    with opened(chromium) as page:
        page.route(re.compile("_stcore"), lambda route: route.abort())
        page.goto(f"http://localhost:{laid.port}/?lang=en")
        told(page, "en")
        page.unroute(re.compile("_stcore"))
        wait_until_drawn(page)
        connected(page)
