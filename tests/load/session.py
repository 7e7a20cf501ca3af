"""A reader without a browser: speaks what Streamlit's page speaks to its server, and counts what comes back.

`Reader(site).open("/goals?lang=en")` loads the page and opens its session, `run()` asks for another view in the same
session, `reconnect()` does what the page does when its connection breaks. The messages are those of the installed Streamlit.
"""

import asyncio
from dataclasses import dataclass, field
from hashlib import sha256
from time import perf_counter
from typing import Any, Final, Self
from urllib.parse import urlsplit

import httpx
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake
from websockets.typing import Subprotocol

STREAM: Final = "/_stcore/stream"
HEALTH: Final = "/_stcore/health"
FINISHED: Final = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)
PATIENCE: Final = 60.0  # seconds: a slow machine is not a fault
PAUSE: Final = 0.3  # seconds between two attempts to come back
LOST: Final = (ConnectionClosed, InvalidHandshake, OSError, TimeoutError, httpx.HTTPError)


class Failed(Exception):
    """A run that ended otherwise than well."""


@dataclass
class Run:
    """What one run of a page sent."""

    seconds: float = 0.0
    messages: int = 0
    bytes: int = 0
    title: str = ""
    shown: list[str] = field(default_factory=list)  # a digest for each element

    def take(self, message: ForwardMsg, size: int) -> None:
        """Count a message."""
        self.messages += 1
        self.bytes += size
        kind = message.WhichOneof("type")
        if kind == "page_config_changed":
            self.title = message.page_config_changed.title
        elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            self.shown.append(sha256(_body(message)).hexdigest()[:12])


def _body(message: ForwardMsg) -> bytes:
    """Return what an element shows: its text where it is one, without what differs between sessions."""
    element = message.delta.new_element
    kind = str(element.WhichOneof("type"))
    html = getattr(getattr(element, kind), "body", "")
    return f"{kind} {html}".encode()


class Reader:
    """One reader: cookies of their own, one session at a time."""

    def __init__(self, site: str, **headers: str) -> None:
        self.site = site.rstrip("/")
        self.replica = ""  # who answered last, where a balancer says so
        self.address = "/"
        self._session = ""
        self.http = httpx.AsyncClient(base_url=self.site, headers=headers, timeout=PATIENCE, trust_env=False)
        self._socket: ClientConnection | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.leave()
        await self.http.aclose()

    async def get(self, address: str) -> httpx.Response:
        """Ask for something beside the session; a refusal raises."""
        answer = await self.http.get(address)
        self.replica = answer.headers.get("x-replica", "")
        return answer.raise_for_status()

    async def open(self, address: str) -> Run:
        """Come by a link: load its page, open a session, wait until its run is over."""
        self.address = address
        await self.get(address)
        await self._connect()
        return await self.run(address)

    async def run(self, address: str) -> Run:
        """Ask for a view in the open session and wait until its run is over; raises Failed where it does not end well."""
        self.address = address
        if self._socket is None:
            raise Failed("no session is open")
        began, run = perf_counter(), Run()
        await self._socket.send(_asked(self.site, address))
        async with asyncio.timeout(PATIENCE):
            while True:
                said = bytes(await self._socket.recv())  # type: ignore[arg-type]
                message = ForwardMsg()
                message.ParseFromString(said)
                run.take(message, len(said))
                if message.WhichOneof("type") == "new_session":
                    self._session = message.new_session.initialize.session_id
                if message.WhichOneof("type") == "script_finished":
                    break
        if message.script_finished not in FINISHED:
            raise Failed(f"{address}: {ForwardMsg.ScriptFinishedStatus.Name(message.script_finished)}")
        run.seconds = perf_counter() - began
        return run

    async def lost(self) -> None:
        """Return once the session's connection is gone."""
        if self._socket is not None:
            await self._socket.wait_closed()

    async def reconnect(self, within: float = PATIENCE) -> Run:
        """Come back as the page does: until somebody answers, then a new session at the same address."""
        async with asyncio.timeout(within):
            while True:
                try:
                    await self.get(HEALTH)
                    await self._connect()
                    return await self.run(self.address)
                except LOST:
                    await asyncio.sleep(PAUSE)

    async def leave(self) -> None:
        """Close the session."""
        if self._socket is not None:
            await self._socket.close()

    async def _connect(self) -> None:
        cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in self.http.cookies.jar)
        headers: dict[str, Any] = {"Cookie": cookies} if cookies else {}
        names = ["streamlit", "none", self._session] if self._session else ["streamlit"]
        offered = [Subprotocol(name) for name in names]  # Streamlit names a page's earlier session this way
        self._socket = await connect(
            self.site.replace("http", "ws", 1) + STREAM,
            subprotocols=offered, additional_headers=headers, max_size=None, open_timeout=PATIENCE,
            proxy=None,
        )  # fmt: skip
        if self._socket.response:
            self.replica = self._socket.response.headers.get("x-replica", self.replica)


def _asked(site: str, address: str) -> bytes:
    """Write the message with which a page asks for its run."""
    parts = urlsplit(address)
    message = BackMsg()
    message.rerun_script.query_string = parts.query
    message.rerun_script.page_name = parts.path.strip("/")
    message.rerun_script.context_info.url = f"{site}{parts.path}"
    message.rerun_script.context_info.locale = "zh-CN"
    return bytes(message.SerializeToString())
