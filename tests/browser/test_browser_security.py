"""In a real browser: a script in every text column runs nowhere, pages keep working with what is closed, faults name an id."""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from playwright.sync_api import ConsoleMessage, Dialog, Page, Response

from components.address import HOME, PAGES
from tests.browser.serve import ROOT, Server, free_port, opened, wait_until_drawn, wait_until_up

pytestmark = pytest.mark.browser
MADE = """() => [...document.querySelectorAll('script')].filter((script) => script.textContent.startsWith('alert(7)')).length"""
DOCUMENTS = ("/story.html?lang=en", "/figures.html", "/figures/growth-2023.html", "/api/v1/?lang=en", "/embed/growth-2023",
             "/embed/numbers-by-document?lang=en", "/stage?lang=en")  # fmt: skip


class Heard:
    """A window and what it complained of: dialogs, refusals of the policy, scripts that failed, answers that are none."""

    def __init__(self, page: Page) -> None:
        self.page, self.said = page, list[str]()
        page.on("dialog", self._dialog)
        page.on("pageerror", lambda error: self.said.append(str(error)))
        page.on("console", self._console)
        page.on("response", self._answer)

    def _dialog(self, dialog: Dialog) -> None:
        self.said.append(f"dialog {dialog.message}")
        dialog.dismiss()

    def _console(self, message: ConsoleMessage) -> None:
        if re.search("Content Security|alert", message.text):
            self.said.append(message.text)

    def _answer(self, answer: Response) -> None:
        if answer.status >= 400:
            self.said.append(answer.url)

    def go(self, address: str) -> Page:
        """Open an address and forget what was said before."""
        self.said.clear()
        self.page.goto(address)
        return self.page


@pytest.fixture(scope="module")
def poisoned():
    """The product with a script in every text column."""
    port = free_port()
    with tempfile.TemporaryDirectory() as kept:
        log = Path(kept) / "log"
        with log.open("w") as output:
            process = subprocess.Popen([sys.executable, "-m", "tests.web.poisoned", "serve", str(port)], cwd=ROOT,
                                       stdout=output, stderr=subprocess.STDOUT, text=True)  # fmt: skip
        running = Server(f"http://localhost:{port}", process, log)
        try:
            wait_until_up(running)
            yield running.url
        finally:
            process.terminate()
            process.wait(timeout=30)


@pytest.fixture(scope="module")
def tab(chromium):
    """One window for all."""
    with opened(chromium) as page:
        yield Heard(page)


@pytest.mark.parametrize("page", PAGES)
def test_a_script_in_every_text_column_runs_on_no_page(tab, poisoned, page):
    shown = tab.go(f"{poisoned}/{'' if page == HOME else page}?lang=en")
    wait_until_drawn(shown)
    assert shown.evaluate(MADE) == 0 and tab.said == []


@pytest.mark.parametrize("path", DOCUMENTS)
def test_a_script_in_every_text_column_runs_in_no_document(tab, poisoned, path):
    shown = tab.go(poisoned + path)
    if path.startswith(("/embed", "/stage")):
        shown.wait_for_selector("main svg", state="attached")  # drawn, though nothing may be evaluated
    assert shown.evaluate(MADE) == 0 and tab.said == []
    if not path.startswith("/stage"):
        assert "<script>alert(7)</script>" in shown.inner_text("body") or path.startswith("/api")
