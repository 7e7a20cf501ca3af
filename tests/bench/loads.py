"""How long until a page's last Figure is drawn in a browser, and how many bytes that takes.

The clock is the page's own: it starts with the navigation and is read by the same script that sees the last Figure.
"""

import base64
from dataclasses import dataclass, field
from statistics import median
from typing import Any, Final

from playwright.sync_api import Browser, CDPSession

from components.address import HOME, PAGES
from tests.browser.serve import DRAWN, Server, opened

TARGET: Final = 1.5  # times the bare chart's page
CLOCK: Final = f"() => ({DRAWN})() && performance.now()"
KILOBYTE: Final = 1000


@dataclass
class Traffic:
    """What the server sent to one page: bytes on the wire by HTTP, and of websocket messages before compression."""

    http: float = 0
    socket: int = 0
    requests: int = 0

    def watch(self, protocol: CDPSession) -> None:
        """Count from now on."""
        protocol.on("Network.loadingFinished", self._loaded)
        protocol.on("Network.webSocketFrameReceived", self._received)
        protocol.send("Network.enable")

    def _loaded(self, event: dict[str, Any]) -> None:
        self.http += event["encodedDataLength"]
        self.requests += 1

    def _received(self, event: dict[str, Any]) -> None:
        payload = event["response"]["payloadData"]
        self.socket += len(base64.b64decode(payload)) if event["response"]["opcode"] == 2 else len(payload)


@dataclass
class Load:
    """The loads of one page."""

    name: str
    address: str
    ms: list[float] = field(default_factory=list)
    traffic: Traffic = field(default_factory=Traffic)

    @property
    def median(self) -> float:
        """Return the median of the ms."""
        return median(self.ms)

    def once(self, browser: Browser) -> None:
        """Load the page with an empty cache; keep the ms and the traffic."""
        with opened(browser) as page:
            self.traffic = Traffic()
            self.traffic.watch(page.context.new_cdp_session(page))
            page.goto(self.address, wait_until="commit")
            self.ms.append(float(page.wait_for_function(CLOCK).json_value()))


def measure(browser: Browser, servers: dict[str, Server], times: int) -> list[tuple[str, ...]]:
    """Return a row for each page and each bare application; loads alternate, so that a busy moment hits all."""
    bare = [Load(name, running.url) for name, running in servers.items() if name != "product"]
    url = servers["product"].url
    pages = [Load(page, f"{url}/{'' if page == HOME else page}") for page in PAGES]
    for number in range(times + 1):
        for load in (*bare, *pages):
            load.once(browser)
            if number == 0:
                load.ms.clear()  # the first load also warms the server
    chart = next(load for load in bare if load.name == "bare chart")
    return [_row(load, load.median / chart.median, load in pages) for load in (*bare, *pages)]


def _row(load: Load, ratio: float, judged: bool) -> tuple[str, ...]:
    verdict = ("yes" if ratio <= TARGET else "NO") if judged else ""
    sent = load.traffic
    return (
        load.name, f"{load.median:.0f}", f"{min(load.ms):.0f}–{max(load.ms):.0f}", f"{ratio:.2f}", verdict,
        str(sent.requests), f"{sent.http / KILOBYTE:.0f}", f"{sent.socket / KILOBYTE:.0f}",
    )  # fmt: skip
