"""The interactive map leads somewhere: a click on a shape opens that place, and the way back is the browser's own."""

from contextlib import suppress
from time import monotonic
from typing import Any

import pytest
from playwright.sync_api import TimeoutError

from components.figures.catalogue import figure
from components.maps.deck import PAGE
from components.maps.design import point
from components.maps.frame import frames
from components.words import words
from tests.browser.serve import PATIENCE, WIDTHS, opened, wait_until_drawn
from tests.browser.visit import address
from tests.components.test_maps import design_of

pytestmark = pytest.mark.browser
DECK = '[data-testid="stDeckGlJsonChart"]'


def on_map(page, place):
    """Where a place lies in the window: maps to move about open on the middle of what they show."""
    frame = frames(design_of(figure("who-is-who", "en", place="guizhou")))[PAGE]
    x, y = frame.at(*point(place))
    shown = page.locator(DECK).first
    shown.scroll_into_view_if_needed()
    box = shown.bounding_box()
    return box["x"] + box["width"] / 2 + x - frame.width / 2, box["y"] + box["height"] / 2 + y - frame.height / 2


def click(page, place, name):
    """Click on a place once the map says its name under the pointer, and again where a busy map took no notice."""
    told = page.locator(".deck-tooltip").get_by_text(name)
    deadline = monotonic() + PATIENCE
    while f"at={place}" not in page.url:
        assert monotonic() < deadline, f"a click on {name} led nowhere"
        x, y = on_map(page, place)
        page.mouse.move(x - 3, y)
        page.mouse.move(x, y)
        if told.is_visible():
            page.mouse.click(x, y, delay=80)
            with suppress(TimeoutError):
                page.wait_for_url(f"**at={place}**", timeout=3000)


def test_a_click_on_a_shape_opens_the_place_and_back_returns(site, chromium):
    speech = words("en")
    with opened(chromium, address(site, "places", lang="en")) as page:
        wait_until_drawn(page)
        page.get_by_text(speech("map.interactive")).first.click()
        page.locator(f"{DECK} canvas").first.wait_for()
        click(page, "zunyi", "Zunyi")
        assert "lang=en" in page.url
        page.get_by_role("heading", name="Zunyi", level=1).wait_for()
        page.go_back()
        page.wait_for_url(lambda url: "at=" not in url)
        page.get_by_role("heading", name=speech("nav.places"), level=1, exact=True).wait_for()
        wait_until_drawn(page)
        assert "at=" not in page.url


PHONE: dict[str, Any] = {
    "width": WIDTHS["phone"], "is_mobile": True, "has_touch": True,
    "user_agent": "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/130.0.0.0 Mobile Safari/537.36",
}  # fmt: skip


LEFT = "(element) => element.getBoundingClientRect().left"


def middle(shown):
    """Where in the window the middle of an element lies."""
    box = shown.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def finger(page, x, y, across, down):
    """Draw one finger over the screen, in steps as a hand makes them."""
    session = page.context.new_cdp_session(page)
    path = [{"x": x + across * part / 12, "y": y + down * part / 12} for part in range(13)]
    session.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": path[:1]})
    for point_ in path[1:]:
        session.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [point_]})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def test_one_finger_scrolls_the_page_over_a_map_on_a_phone(site, chromium):
    speech = words("zh")
    with opened(chromium, address(site, "places", map="goals"), **PHONE) as page:
        wait_until_drawn(page)
        page.get_by_text(speech("map.interactive")).first.click()
        page.locator(f"{DECK} canvas").first.wait_for()
        assert page.locator(DECK).count() == 1
        numbers = page.locator(".map-list li").all_inner_texts()
        labels = design_of(figure("goals-by-place", "zh")).cards
        assert [text.split("\n")[0] for text in numbers] == [label.listed for label in labels]
        page.locator(DECK).evaluate("(element) => element.scrollIntoView({block: 'center'})")
        x, y = middle(page.locator(DECK))
        main = page.locator('[data-testid="stMain"]')
        before = main.evaluate("(element) => element.scrollTop")
        finger(page, x, y, 0, -120)
        page.wait_for_function(
            "(before) => document.querySelector('[data-testid=stMain]').scrollTop > before + 60", arg=before
        )


def test_a_narrow_window_gets_the_map_that_fits_it(site, chromium):
    with opened(chromium, address(site, "places", map="goals"), width=WIDTHS["phone"]) as page:
        wait_until_drawn(page)
        offers = page.get_by_text(words("zh")("map.interactive"))
        assert [offer.is_visible() for offer in offers.all()[:2]] == [False, True]
        offers.nth(1).click()
        page.locator(f"{DECK} canvas").first.wait_for()
        assert page.locator(DECK).count() == 1  # what is sent is what fits
        least = frames(design_of(figure("goals-by-place", "zh")))[0].width
        assert 2 * (middle(page.locator(DECK))[0] - page.locator(DECK).evaluate(LEFT)) >= least
        page.set_viewport_size({"width": WIDTHS["desk"], "height": 900})
        offers.first.wait_for()
        assert [offer.is_visible() for offer in offers.all()[:2]] == [True, False]
