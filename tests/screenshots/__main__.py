"""`make screenshots`: a picture of every page to look at, and the pictures of the README.

Every page × language × light and dark × desk, tablet and phone goes to out/screenshots/, as tall as the page is;
`--readme` makes only docs/images/.
"""

import sys
from io import BytesIO
from itertools import product
from pathlib import Path
from typing import Final

from PIL import Image
from playwright.sync_api import Browser, Page

from components.address import PAGES
from components.words import LANGUAGES
from tests.browser.serve import ROOT, WIDTHS, browser, opened, server, wait_until_drawn
from tests.browser.visit import address

TALLEST: Final = 12000  # px
README: Final = (1200, 1360)  # as tall as the first Figure needs
OUT: Final = ROOT / "out" / "screenshots"
IMAGES: Final = ROOT / "docs" / "images"


def whole(page: Page) -> bytes:
    """Take the page as tall as it is."""
    height = int(page.evaluate("document.querySelector('.stMain').scrollHeight"))
    width = page.viewport_size["width"] if page.viewport_size else WIDTHS["desk"]
    page.set_viewport_size({"width": width, "height": min(height, TALLEST)})
    wait_until_drawn(page)
    return page.screenshot()


def every_page(chromium: Browser, site: str) -> None:
    """Take all pages in all languages, looks and widths."""
    OUT.mkdir(parents=True, exist_ok=True)
    for name, lang, look, device in product(PAGES, LANGUAGES, ("light", "dark"), WIDTHS):
        with opened(chromium, address(site, name, lang=lang), WIDTHS[device], color_scheme=look) as page:
            wait_until_drawn(page)
            write(OUT / f"{name}-{lang}-{look}-{device}.png", whole(page))


def for_readme(chromium: Browser, site: str) -> None:
    """Take the pictures that the README shows, small enough to load."""
    width, height = README
    for name, lang in product(("story", "goals"), LANGUAGES):
        where = address(site, name, lang=lang)
        with opened(chromium, where, viewport={"width": width, "height": height}, color_scheme="light") as page:
            wait_until_drawn(page)
            picture = Image.open(BytesIO(page.screenshot())).convert("P", palette=Image.Palette.ADAPTIVE, colors=128)
            small = BytesIO()
            picture.save(small, "PNG", optimize=True)
            write(IMAGES / f"{name}-{lang}.png", small.getvalue())


def write(path: Path, picture: bytes) -> None:
    """Write a picture and say where."""
    path.write_bytes(picture)
    print(path.relative_to(ROOT))


def main(arguments: list[str]) -> None:
    """Start the product and a browser, and take what was asked for."""
    with server() as running, browser() as chromium:
        for_readme(chromium, running.url)
        if "--readme" not in arguments:
            every_page(chromium, running.url)


if __name__ == "__main__":
    main(sys.argv[1:])
