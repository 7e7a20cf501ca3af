"""Every page in both languages, in a real browser: quiet, at home, in its language, drawn, within the window, open to all.

Chinese is looked at on light paper and English on dark. Everything is asked of one visit to a page.
"""

from functools import cache
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Error

from components.address import HOME, PAGES
from components.words import LANGUAGES, LOCALES, words
from tests.browser import access
from tests.browser.serve import WIDTHS, opened, wait_until_drawn
from tests.browser.visit import AXE, address, visit

pytestmark = pytest.mark.browser
EVERY = pytest.mark.parametrize(("page", "lang"), [(page, lang) for page in PAGES for lang in LANGUAGES])
SCHEMES = {"zh": "light", "en": "dark"}
WITHOUT_FIGURES = ("data", "desk", "about", "present")


@pytest.fixture(scope="module")
def seen(site, chromium):
    """Visit a page once, however many tests ask about it; a visit that failed is not tried again."""

    @cache
    def once(page, lang):
        try:
            return visit(chromium, address(site, page, lang=lang), color_scheme=SCHEMES[lang])
        except Error as fault:
            return fault

    def seen(page, lang):
        found = once(page, lang)
        if isinstance(found, Error):
            raise found
        return found

    return seen


@EVERY
def test_nothing_is_complained_of(seen, page, lang):
    assert seen(page, lang).complaints == []


@EVERY
def test_no_other_host_is_asked(seen, site, page, lang):
    assert seen(page, lang).hosts() == {urlsplit(site).netloc}


@EVERY
def test_the_document_names_its_language(seen, page, lang):
    assert seen(page, lang).language == LOCALES[lang]


@EVERY
def test_the_window_is_titled_after_the_page(seen, page, lang):
    speech = words(lang)
    product = speech("product.name")
    assert seen(page, lang).title == (product if page == HOME else f"{speech(f'nav.{page}')} · {product}")


@EVERY
def test_every_figure_is_drawn(seen, page, lang):
    figures = seen(page, lang).figures
    assert bool(figures) == (page not in WITHOUT_FIGURES)
    assert {name: size for name, size in figures.items() if min(size) < 100} == {}


@EVERY
@pytest.mark.parametrize("device", WIDTHS)
def test_nothing_sticks_out_of_the_window(seen, page, lang, device):
    assert seen(page, lang).too_wide[device] == []


@pytest.mark.parametrize("page", PAGES)
def test_the_two_languages_differ(seen, page):
    assert seen(page, "zh").heading and seen(page, "zh").heading != seen(page, "en").heading


@EVERY
@pytest.mark.parametrize("device", AXE)
def test_axe_finds_nothing(seen, page, lang, device):
    assert seen(page, lang).violations[device] == []


def test_axe_would_find_a_fault(site, chromium):
    with opened(chromium, address(site, "about")) as tab:
        wait_until_drawn(tab)
        tab.evaluate("document.querySelector('.stMain').insertAdjacentHTML('beforeend', '<img src=\"/favicon.ico\">')")
        assert [fault.split(" ")[0] for fault in access.violations(tab)] == ["image-alt"]


@EVERY
def test_the_keyboard_reaches_the_navigation_first_and_shows_where_it_is(seen, page, lang):
    stops = seen(page, lang).tabbed
    assert [unseen for _, unseen in stops if unseen] == []
    wanted = ["/" if name == HOME else f"/{name}" for name in PAGES]
    assert list(dict.fromkeys(path for path, _ in stops if path in wanted)) == wanted


@EVERY
def test_nothing_moves_for_those_who_asked_for_stillness(seen, page, lang):
    assert seen(page, lang).moving == []


@EVERY
def test_a_page_prints_without_its_tools_and_whole(seen, page, lang):
    assert seen(page, lang).printed == {"tools": [], "cropped": []}
