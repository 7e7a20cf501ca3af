"""A server and a browser for whoever needs a real page: browser tests, `make bench`, `make screenshots`.

`server()` starts a Streamlit application on a free port and ends it; `browser()` does the same with Chromium;
`opened()` opens a page in a fresh context. All wait for conditions, none for time.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Browser, Page, sync_playwright

ROOT: Final = Path(__file__).resolve().parent.parent.parent
BROWSERS: Final = ("chromium", "chromium-browser", "google-chrome")
# Software WebGL for the interactive map; nothing that makes the browser itself ask the network.
ARGUMENTS: Final = (
    "--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader",
    "--ignore-gpu-blocklist", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-quic",
)  # fmt: skip
PATIENCE: Final = 60  # seconds: a slow machine is not a fault
WIDTHS: Final = {"desk": 1440, "tablet": 1024, "phone": 390}
# True once the run is over, the foot is there, nothing stands in for what is still loaded, and every Figure is drawn.
DRAWN: Final = """() => {
  const run = document.querySelector('.stApp')?.getAttribute('data-test-script-state');
  if (run !== 'notRunning' || !document.querySelector('.site-foot')) return false;
  if (document.querySelector('[data-testid="stSkeleton"]')) return false;
  const sized = (element) => element.getBoundingClientRect().width > 50 && element.getBoundingClientRect().height > 50;
  const figures = [...document.querySelectorAll('[class*="st-key-figure-"]')];
  return figures.every((figure) => [...figure.querySelectorAll('canvas, svg')].some(sized));
}"""


@dataclass(frozen=True)
class Server:
    """A running application: its address and its process."""

    url: str
    process: subprocess.Popen[str]
    log: Path

    def output(self) -> str:
        """Return what the server has written so far."""
        return self.log.read_text(encoding="utf-8", errors="replace")


def browser_path() -> str | None:
    """Return the path of an installed browser, or None."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def start(folder: Path, script: str, port: int, log: Path, **environment: str) -> subprocess.Popen[str]:
    """Start `streamlit run` in a folder; its output goes to the file `log`."""
    command = [
        sys.executable, "-m", "streamlit", "run", script, "--server.port", str(port), "--server.headless", "true",
        "--browser.gatherUsageStats", "false", "--browser.serverAddress", "localhost",
        "--server.fileWatcherType", "none",
    ]  # fmt: skip
    with log.open("w", encoding="utf-8") as output:
        return subprocess.Popen(
            command, cwd=folder, stdout=output, stderr=subprocess.STDOUT, text=True, env={**os.environ, **environment}
        )


@contextmanager
def server(folder: Path = ROOT, script: str = "app.py", **environment: str) -> Iterator[Server]:
    """Run an application while the context lasts; a start that fails raises with what the server said."""
    port = free_port()
    with tempfile.TemporaryDirectory() as kept:
        log = Path(kept) / "server.log"
        running = Server(f"http://localhost:{port}", start(folder, script, port, log, **environment), log)
        try:
            wait_until_up(running)
            yield running
        finally:
            running.process.terminate()
            running.process.wait(timeout=PATIENCE)


def wait_until_up(running: Server) -> None:
    """Return once the server answers; the question runs no page."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if running.process.poll() is not None:
            raise RuntimeError(f"The server ended with {running.process.returncode}:\n{running.output()}")
        try:
            urlopen(f"{running.url}/_stcore/health", timeout=1).close()  # noqa: S310 - our own server
            return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.02)
    raise TimeoutError(f"The server did not answer in {PATIENCE} s:\n{running.output()}")


@contextmanager
def browser() -> Iterator[Browser]:
    """Run one headless browser while the context lasts."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=browser_path(), args=[*ARGUMENTS])
        try:
            yield running
        finally:
            running.close()


@contextmanager
def opened(running: Browser, address: str = "", width: int = WIDTHS["desk"], **options: Any) -> Iterator[Page]:
    """Open an address in a context of its own, which shares neither cache nor storage with another."""
    settings: dict[str, Any] = {"viewport": {"width": width, "height": 900}, "locale": "zh-CN", **options}
    context = running.new_context(**settings)
    context.set_default_timeout(PATIENCE * 1000)
    try:
        page = context.new_page()
        if address:
            page.goto(address)
        yield page
    finally:
        context.close()


def wait_until_drawn(page: Page) -> None:
    """Return once the page's run is over and its last Figure is drawn."""
    page.wait_for_function(DRAWN)


@contextmanager
def drawn(running: Browser, address: str, **options: Any) -> Iterator[Page]:
    """Open an address in a context of its own and wait until it is drawn."""
    with opened(running, address, **options) as page:
        wait_until_drawn(page)
        yield page
