"""The browser, for whoever tests a page; it lives as long as its module (tests/browser/conftest.py says why)."""

import pytest
from playwright.sync_api import expect

from tests.browser.serve import BROWSERS, PATIENCE, browser, browser_path

expect.set_options(timeout=PATIENCE * 1000)


@pytest.fixture(scope="module")
def chromium():
    """A running browser."""
    if not browser_path():
        pytest.skip(f"no browser found: looked for {', '.join(BROWSERS)}")
    with browser() as running:
        yield running
