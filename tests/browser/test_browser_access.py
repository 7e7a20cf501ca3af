"""Access for everyone: axe finds nothing wrong, the keyboard reaches everything, motion can be switched off, pages print."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from components.address import HOME, PAGES
from tests.browser.serve import WIDTHS, opened, wait_until_drawn
from tests.browser.visit import address

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
# Streamlit's own frame, which no application can change, by rule and by what it stands on.
STREAMLITS = {
    "landmark-unique": "[data-testid=",
    "meta-viewport": 'meta[name="viewport"]',
}


def violations(page):
    """List what axe finds, one line a fault: the rule, and where."""
    found = []
    for fault in Axe().run(page).response["violations"]:
        for node in fault["nodes"]:
            where = " ".join(str(target) for target in node["target"])
            if not where.startswith(STREAMLITS.get(fault["id"], "nothing")):
                found.append(f"{fault['id']} ({fault['impact']}): {where}: {node['html'][:160]}")
    return found


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(("lang", "scheme"), [("zh", "light"), ("en", "dark")])
def test_axe_finds_nothing(site, chromium, page, lang, scheme):
    with opened(chromium, address(site, page, lang=lang), color_scheme=scheme) as tab:
        wait_until_drawn(tab)
        assert violations(tab) == []


@pytest.mark.parametrize("page", PAGES)
def test_axe_finds_nothing_on_a_phone(site, chromium, page):
    with opened(chromium, address(site, page), width=WIDTHS["phone"]) as tab:
        wait_until_drawn(tab)
        assert violations(tab) == []


def test_a_fault_would_be_found(site, chromium):
    with opened(chromium, address(site, "about")) as tab:
        wait_until_drawn(tab)
        tab.evaluate("document.querySelector('.stMain').insertAdjacentHTML('beforeend', '<img src=\"/favicon.ico\">')")
        assert [fault.split(" ")[0] for fault in violations(tab)] == ["image-alt"]


@pytest.mark.parametrize("page", PAGES)
def test_the_keyboard_reaches_the_navigation_first_and_shows_where_it_is(site, chromium, page):
    with opened(chromium, address(site, page)) as tab:
        wait_until_drawn(tab)
        reached = []
        for _ in range(len(PAGES) + 2):
            tab.keyboard.press("Tab")
            reached.append(tab.evaluate("new URL(document.activeElement.href ?? 'about:blank').pathname"))
            outline = tab.evaluate("getComputedStyle(document.activeElement)")
            assert outline["outlineStyle"] != "none" or outline["boxShadow"] != "none", tab.evaluate(
                "document.activeElement.outerHTML.slice(0, 200)"
            )
        wanted = ["/" if name == HOME else f"/{name}" for name in PAGES]
        assert list(dict.fromkeys(path for path in reached if path in wanted)) == wanted


@pytest.mark.parametrize("page", PAGES)
def test_nothing_moves_for_those_who_asked_for_stillness(site, chromium, page):
    with opened(chromium, address(site, page), reduced_motion="reduce") as tab:
        wait_until_drawn(tab)
        moving = tab.evaluate(
            """() => [...document.querySelectorAll('.stMain *')].filter((element) => {
              const style = getComputedStyle(element);
              return style.animationName !== 'none' || parseFloat(style.transitionDuration) > 0.01;
            }).map((element) => element.className).slice(0, 5)"""
        )
        assert moving == []


@pytest.mark.parametrize("page", PAGES)
def test_a_page_prints_without_its_tools_and_whole(site, chromium, page):
    with opened(chromium, address(site, page)) as tab:
        wait_until_drawn(tab)
        tab.emulate_media(media="print")
        shown = tab.evaluate(
            """() => [...document.querySelectorAll('.st-key-navigation, .downloads, .stButton, .st-key-filters')]
              .filter((element) => element.getBoundingClientRect().height > 0).map((element) => element.className)"""
        )
        assert shown == []
        whole = tab.evaluate(
            """() => ['.stApp', '.stMain', '[data-testid=stAppViewContainer]'].map((name) => document.querySelector(name))
              .filter((element) => element && element.scrollHeight > element.clientHeight + 2
                && getComputedStyle(element).overflowY !== 'visible').map((element) => element.className)"""
        )
        assert whole == []
