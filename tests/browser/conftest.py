"""One server for all browser tests of a worker, one browser for each module; without a browser they are skipped, with the reason.

A browser lives as long as its module and no longer: while Playwright runs, its thread has a running event loop, which
other tests on the same worker may not find. A worker runs whole modules, so that two of them can run side by side.
"""

import pytest

from tests.browser.fixtures import chromium
from tests.browser.serve import server

__all__ = ["chromium"]


@pytest.fixture(scope="session")
def site():
    """The address of the running product."""
    with server() as running:
        yield running.url
