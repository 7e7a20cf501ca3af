"""Going down the places by their lists, without loading the page anew, and back again with the browser's own button."""

from urllib.parse import parse_qs, urlsplit

import pytest

from components.figures.plotted import place_name
from components.words import words
from tests.browser.serve import WIDTHS, opened, wait_until_drawn
from tests.browser.visit import address

pytestmark = pytest.mark.browser
ZH = words("zh")


def name(place):
    return place_name(place, ZH, short=False)


def at(page):
    return parse_qs(urlsplit(page.url).query).get("at", [""])[0]


def arrived(page, place, heading):
    page.get_by_role("heading", name=heading, level=1, exact=True).wait_for()
    wait_until_drawn(page)
    assert at(page) == place


@pytest.mark.parametrize("device", WIDTHS)
def test_the_list_leads_down_and_the_back_button_up(site, chromium, device):
    with opened(chromium, address(site, "places"), width=WIDTHS[device]) as page:
        wait_until_drawn(page)
        page.evaluate("window.sameDocument = true")
        page.locator(".parts a", has_text=name("guiyang")).click()
        arrived(page, "guiyang", name("guiyang"))
        page.locator(".parts a", has_text=name("wudang")).focus()
        page.keyboard.press("Enter")
        arrived(page, "wudang", name("wudang"))
        assert page.evaluate("window.sameDocument") is True  # nothing was loaded anew
        page.go_back()
        arrived(page, "guiyang", name("guiyang"))
        page.go_back()
        arrived(page, "", ZH("nav.places"))
        assert page.evaluate("window.sameDocument") is True


def test_the_crumbs_lead_up(site, chromium):
    with opened(chromium, address(site, "places", at="wudang")) as page:
        wait_until_drawn(page)
        assert page.locator(".crumbs [aria-current=page]").inner_text() == name("wudang")
        page.locator(".crumbs a", has_text=name("guiyang")).click()
        arrived(page, "guiyang", name("guiyang"))
