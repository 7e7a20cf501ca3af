"""Every page in both languages, in a real browser: quiet, at home, in its language, drawn, within the window."""

from functools import lru_cache
from urllib.parse import urlsplit

import pytest

from components.address import HOME, PAGES
from components.words import LANGUAGES, LOCALES, words
from tests.browser.serve import WIDTHS
from tests.browser.visit import address, visit

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
EVERY = pytest.mark.parametrize(("page", "lang"), [(page, lang) for page in PAGES for lang in LANGUAGES])
WITHOUT_FIGURES = ("data", "desk", "about", "present")


@pytest.fixture(scope="module")
def seen(site, chromium):
    """Visit a page once, however many tests ask about it."""
    return lru_cache(maxsize=None)(lambda page, lang: visit(chromium, address(site, page, lang=lang)))


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
