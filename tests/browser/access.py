"""What a drawn page is to those who do not see it, use no mouse, want stillness, or read it on paper."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from components.address import PAGES

# Streamlit's own frame, which no application can change, by rule and by what it stands on.
STREAMLITS = {
    "landmark-unique": "[data-testid=",
    "meta-viewport": 'meta[name="viewport"]',
}
FOCUSED = """() => {
  const element = document.activeElement, style = getComputedStyle(element);
  const shown = style.outlineStyle !== 'none' || style.boxShadow !== 'none';
  return [new URL(element.href ?? 'about:blank').pathname, shown ? '' : element.outerHTML.slice(0, 200)];
}"""
MOVING = """() => [...document.querySelectorAll('.stMain *')].filter((element) => {
  const style = getComputedStyle(element);
  return style.animationName !== 'none' || parseFloat(style.transitionDuration) > 0.01;
}).map((element) => element.className).slice(0, 5)"""
TOOLS = """() => [...document.querySelectorAll('.st-key-navigation, .downloads, .stButton, .st-key-filters')]
  .filter((element) => element.getBoundingClientRect().height > 0).map((element) => element.className)"""
CROPPED = """() => ['.stApp', '.stMain', '[data-testid=stAppViewContainer]'].map((name) => document.querySelector(name))
  .filter((element) => element && element.scrollHeight > element.clientHeight + 2
    && getComputedStyle(element).overflowY !== 'visible').map((element) => element.className)"""


def violations(page: Page) -> list[str]:
    """List what axe finds, one line a fault: the rule, and where."""
    found = []
    for fault in Axe().run(page).response["violations"]:
        for node in fault["nodes"]:
            where = " ".join(str(target) for target in node["target"])
            if not where.startswith(STREAMLITS.get(fault["id"], "nothing")):
                found.append(f"{fault['id']} ({fault['impact']}): {where}: {node['html'][:160]}")
    return found


def tabbed(page: Page) -> list[list[str]]:
    """Press Tab from the top, past the navigation; for each stop the path it leads to, and its markup where no focus shows."""
    stops = []
    for _ in range(len(PAGES) + 2):
        page.keyboard.press("Tab")
        stops.append(page.evaluate(FOCUSED))
    return stops


def moving(page: Page) -> list[str]:
    """List what still moves once the reader has asked for stillness."""
    page.emulate_media(reduced_motion="reduce")
    return _found(page, MOVING)


def printed(page: Page) -> dict[str, list[str]]:
    """List what paper gets and should not: tools, and parts of the frame that crop the page."""
    page.emulate_media(media="print")
    found = {"tools": _found(page, TOOLS), "cropped": _found(page, CROPPED)}
    page.emulate_media(media="screen")
    return found


def _found(page: Page, script: str) -> list[Any]:
    return list(page.evaluate(script))
