"""The interactive map leads somewhere: a click on a shape opens that place, and the way back is the browser's own."""

import re

import pytest
from playwright.sync_api import TimeoutError

from components.figures.catalogue import figure
from components.maps.deck import SIZE
from components.maps.design import point
from components.maps.frame import frames
from components.words import words
from tests.browser.serve import opened, wait_until_drawn
from tests.browser.visit import address
from tests.components.test_maps import design_of

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser-maps")]
DECK = '[data-testid="stDeckGlJsonChart"]'


def on_map(page, place):
    """Where a place lies in the window: maps to move about open on the middle of what they show."""
    frame = frames(design_of(figure("who-is-who", "en", place="guizhou")))[SIZE]
    x, y = frame.at(*point(place))
    shown = page.locator(DECK)
    shown.scroll_into_view_if_needed()
    box = shown.bounding_box()
    return box["x"] + box["width"] / 2 + x - frame.width / 2, box["y"] + box["height"] / 2 + y - frame.height / 2


def click_until(page, place, attempts=4):
    """Click on a place; a map that is still being drawn picks nothing, so a busy machine may need another click."""
    for _ in range(attempts):
        x, y = on_map(page, place)
        page.mouse.move(x - 20, y)
        page.mouse.move(x, y, steps=5)
        page.wait_for_timeout(1200)
        page.mouse.click(x, y, delay=80)
        try:
            page.wait_for_url(re.compile(rf"[?&]at={place}\b"), timeout=8000)
            return
        except TimeoutError:
            continue
    page.wait_for_url(f"**at={place}**", timeout=1)


def test_a_click_on_a_shape_opens_the_place_and_back_returns(site, chromium):
    speech = words("en")
    with opened(chromium, address(site, "places", lang="en")) as page:
        wait_until_drawn(page)
        page.get_by_text(speech("map.interactive")).first.click()
        page.locator(f"{DECK} canvas").first.wait_for()
        click_until(page, "zunyi")
        assert "lang=en" in page.url
        page.get_by_role("heading", name="Zunyi", level=1).wait_for()
        page.go_back()
        page.wait_for_url(lambda url: "at=" not in url)
        page.get_by_role("heading", name=speech("nav.places"), level=1, exact=True).wait_for()
        page.wait_for_timeout(1500)
        assert "at=" not in page.url
