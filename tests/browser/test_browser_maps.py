"""The interactive map leads somewhere: a click on a shape opens that place, and the way back is the browser's own."""

from contextlib import suppress
from time import monotonic

import pytest
from playwright.sync_api import TimeoutError

from components.figures.catalogue import figure
from components.maps.deck import PAGE
from components.maps.design import point
from components.maps.frame import frames
from components.words import words
from tests.browser.serve import PATIENCE, opened, wait_until_drawn
from tests.browser.visit import address
from tests.components.test_maps import design_of

pytestmark = pytest.mark.browser
DECK = '[data-testid="stDeckGlJsonChart"]'


def on_map(page, place):
    """Where a place lies in the window: maps to move about open on the middle of what they show."""
    frame = frames(design_of(figure("who-is-who", "en", place="guizhou")))[PAGE]
    x, y = frame.at(*point(place))
    shown = page.locator(DECK)
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
