"""Filtering goals and comparing places as a reader does: a click, the address, the back button."""

from contextlib import ExitStack
from urllib.parse import parse_qs, urlsplit

import pytest

from components.words import words
from tests.browser.serve import drawn, wait_until_drawn
from tests.browser.visit import address

pytestmark = pytest.mark.browser
ZH = words("zh")
LINES = "ol.goals > li"


@pytest.fixture
def to(site, chromium):
    """Open a page of the product and wait until it is drawn."""
    with ExitStack() as kept:
        yield lambda page, **query: kept.enter_context(drawn(chromium, address(site, page, **query)))


def query(page):
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}


def until_lines(page, number):
    page.wait_for_function(f"() => document.querySelectorAll({LINES!r}).length === {number}")


def test_a_click_on_a_verdict_filters_and_the_link_opens_the_same(to):
    page = to("goals", place="guiyang")
    everything = page.locator(LINES).count()
    page.get_by_role("button", name=f"{ZH('verdict.met')} 1").click()
    until_lines(page, 1)
    assert everything == 40 and query(page) == {"place": "guiyang", "verdict": "met"}
    told = page.locator(LINES).all_inner_texts()
    page.reload()
    wait_until_drawn(page)
    assert page.locator(LINES).all_inner_texts() == told
    assert "verdict=met" in page.locator("a.language").get_attribute("href")


def test_a_line_opens_and_its_source_leads_to_the_proof(to):
    page = to("goals", verdict="met", place="bijie")
    page.locator(f"{LINES} summary").first.click()
    page.locator(f"{LINES} dd a").last.click()
    page.locator("details.proof[open]").wait_for()
    assert query(page) == {"observation": "bjy-012-2"}
    page.go_back()
    page.locator(LINES).first.wait_for()
    assert query(page) == {"verdict": "met", "place": "bijie"}


def test_a_suggestion_opens_another_comparison_and_back_returns(to):
    page = to("compare", place="wudang,qingzhen", indicator="gdp")
    first = page.locator(".fig-head h2").inner_text()
    page.get_by_role("link", name="人才总量", exact=True).click()
    page.wait_for_function(f"() => document.querySelector('.fig-head h2').innerText !== {first!r}")
    assert query(page)["indicator"] == "talent-total"
    page.go_back()
    page.wait_for_function(f"() => document.querySelector('.fig-head h2').innerText === {first!r}")
    assert query(page)["indicator"] == "gdp"
