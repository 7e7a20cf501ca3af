"""What one visit to a page shows: its console, its requests, its head, its Figures and its width on each device."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Page, Request

from components.address import HOME
from tests.browser import access
from tests.browser.serve import WIDTHS, opened, wait_until_drawn

# What Streamlit's own script or the browser says about itself, whatever the product does.
NOT_OURS = ("Unrecognized feature:", "An iframe which has both allow-scripts")
HEIGHT = 900
AXE = ("desk", "phone")
SETTLED = 5000  # ms a page may take to fit a new width
FITS = "() => document.documentElement.scrollWidth <= document.documentElement.clientWidth"
WIDE = """() => [...document.querySelectorAll('body *')]
  .filter((element) => element.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .slice(0, 5).map((element) => `${element.tagName}.${element.className}`.slice(0, 120))"""
FIGURES = """() => Object.fromEntries([...document.querySelectorAll('[class*="st-key-figure-"]')].map((figure) => {
  const sizes = [...figure.querySelectorAll('canvas, svg')].map((element) => element.getBoundingClientRect());
  const largest = sizes.sort((one, other) => other.width - one.width)[0];
  return [/st-key-figure-([\\w-]+)/.exec(figure.className)[1], largest ? [largest.width, largest.height] : [0, 0]];
}))"""


@dataclass
class Visit:
    """Everything the tests ask about one page in one language, taken from one visit."""

    title: str = ""
    language: str = ""
    heading: str = ""
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    figures: dict[str, list[float]] = field(default_factory=dict)
    too_wide: dict[str, list[str]] = field(default_factory=dict)
    violations: dict[str, list[str]] = field(default_factory=dict)  # by device: what axe finds
    tabbed: list[list[str]] = field(default_factory=list)
    moving: list[str] = field(default_factory=list)
    printed: dict[str, list[str]] = field(default_factory=dict)

    def listen(self, page: Page) -> None:
        """Note what the page says and asks for from now on."""
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", self._asked)

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not message.text.startswith(NOT_OURS):
            self.complaints.append(message.text)

    def _asked(self, request: Request) -> None:
        if urlsplit(request.url).scheme not in ("data", "blob"):
            self.requests.append(request.url)

    def hosts(self) -> set[str]:
        """Return every host and port that was asked for something."""
        return {urlsplit(url).netloc for url in self.requests}


def address(site: str, page: str, **query: str) -> str:
    """Return the address of a page with a query."""
    text = "&".join(f"{name}={value}" for name, value in query.items())
    return f"{site}/{'' if page == HOME else page}?{text}"


def visit(chromium: Browser, where: str, **options: Any) -> Visit:
    """Open an address, wait until it is drawn, look at it on every device."""
    seen = Visit()
    with opened(chromium, **options) as page:
        seen.listen(page)
        page.goto(where)
        wait_until_drawn(page)
        seen.title, seen.language = page.title(), str(page.evaluate("document.documentElement.lang"))
        seen.heading = page.locator("h1").first.inner_text()
        seen.figures = page.evaluate(FIGURES)
        seen.tabbed = access.tabbed(page)
        for device, width in WIDTHS.items():
            page.set_viewport_size({"width": width, "height": HEIGHT})
            seen.too_wide[device] = _too_wide(page)
            if device in AXE:
                seen.violations[device] = access.violations(page)
        seen.moving, seen.printed = access.moving(page), access.printed(page)
    return seen


def _too_wide(page: Page) -> list[str]:
    """Return what sticks out to the right of the window once the page had time to fit it."""
    from playwright.sync_api import TimeoutError as TookTooLong

    try:
        page.wait_for_function(FITS, timeout=SETTLED)
    except TookTooLong:
        return [str(found) for found in page.evaluate(WIDE)] or ["something"]
    return []
