"""The permanent page of a Figure on a phone: labels to be read, whole words in its tables, nothing beside the window."""

import pytest

from tests.browser.serve import WIDTHS, opened

pytestmark = pytest.mark.browser
SEEN = """() => {
  const svg = [...document.querySelectorAll('figure svg')].filter((one) => one.checkVisibility());
  return [svg.length, svg[0].getBoundingClientRect().width / svg[0].viewBox.baseVal.width];
}"""
BROKEN = """() => [...document.querySelectorAll('td.short, th.short')]
  .filter((cell) => cell.getBoundingClientRect().height > 2 * parseFloat(getComputedStyle(cell).lineHeight) + 12
    && cell.parentElement.querySelectorAll('td:not(.short), th:not(.short)').length === 0).length"""


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_it_is_read_on_a_phone(chromium, site, lang):
    with opened(chromium, f"{site}/figures/numbers-by-place.html?lang={lang}", width=WIDTHS["phone"]) as tab:
        pictures, scale = tab.evaluate(SEEN)
        assert pictures == 1 and scale > 0.95
        assert tab.evaluate("document.documentElement.scrollWidth") == WIDTHS["phone"]
        assert tab.evaluate(BROKEN) == 0
        tab.set_viewport_size({"width": 1200, "height": 900})
        pictures, scale = tab.evaluate(SEEN)
        assert pictures == 1 and scale > 0.95
