"""One server and one browser for each module of browser tests; without a browser they are skipped, with the reason.

They live as long as their module and no longer: while Playwright runs, its thread has a running event loop, which
other tests on the same worker may not find.
"""

import pytest

from tests.browser.serve import BROWSERS, browser, browser_path, server


@pytest.fixture(scope="module")
def site():
    """The address of the running product."""
    with server() as running:
        yield running.url


@pytest.fixture(scope="module")
def chromium():
    """A running browser."""
    if not browser_path():
        pytest.skip(f"no browser found: looked for {', '.join(BROWSERS)}")
    with browser() as running:
        yield running
