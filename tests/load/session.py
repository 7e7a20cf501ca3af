"""A reader without a browser: speaks what Streamlit's page speaks to its server, and counts what comes back.

`Reader(site).open("/goals?lang=en")` loads the page and opens its session, `run()` asks for another view in the same
session, `press()`, `write()` and `pick()` use a control by its key, `reconnect()` does what the page does when its
connection breaks. The messages are those of the installed Streamlit. Like a page, a reader says with every question what
all controls hold, and which large messages it keeps, so that they are not sent again. It only ever asks this machine.
"""

import asyncio
import ssl
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from time import perf_counter
from typing import Any, Final, Self
from urllib.parse import urlsplit

import httpx
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake
from websockets.typing import Subprotocol

STREAM: Final = "/_stcore/stream"
HEALTH: Final = "/_stcore/health"
FINISHED: Final = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)
AGAIN: Final = ForwardMsg.FINISHED_EARLY_FOR_RERUN  # the page changed its own address: another run follows
PATIENCE: Final = 60.0  # seconds: a slow machine is not a fault
PAUSE: Final = 0.3  # seconds between two attempts to come back
HERE: Final = ("127.0.0.1", "localhost", "::1")
KEPT: Final = 2  # runs for which a page keeps a large message that it does not see again
TLS: Final = ssl.create_default_context()  # made once: each costs more than a page
PRESSED: Final = "button"  # a control without a state
FAULTY: Final = b'class="notices faulty"'  # stands in the place of what could not be made
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
    shown: list[str] = field(default_factory=list)  # a digest for each element, where they are asked for

    def take(self, message: ForwardMsg, size: int, digests: bool) -> None:
        """Count a message."""
        self.messages += 1
        self.bytes += size
        kind = message.WhichOneof("type")
        if kind == "new_session":
            self.shown.clear()  # a page shows the last run alone, whatever an interrupted one had begun to send
        elif kind == "page_config_changed":
            self.title = message.page_config_changed.title
        elif digests and kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            self.shown.append(sha256(_body(message)).hexdigest()[:12])


def _body(message: ForwardMsg) -> bytes:
    """Return what an element shows: its text where it is one, without what differs between sessions."""
    element = message.delta.new_element
    kind = str(element.WhichOneof("type"))
    html = getattr(getattr(element, kind), "body", "")
    return f"{kind} {html}".encode()


class Reader:
    """One reader: cookies of their own, one session at a time; raises ValueError for a site on another machine.

    With `digests` a run says what each element shows, and nothing is kept from run to run, so that two can be compared.
    """

    def __init__(self, site: str, digests: bool = True, **headers: str) -> None:
        if urlsplit(site).hostname not in HERE:
            raise ValueError(f"{site} is not this machine: nobody else is to be asked so often")
        self.site = site.rstrip("/")
        self.replica = ""  # who answered last, where a balancer says so
        self.address = "/"
        self.http = httpx.AsyncClient(
            base_url=self.site, headers=headers, timeout=PATIENCE, trust_env=False, verify=TLS
        )
        self.controls: dict[str, Any] = {}  # by key, as the page shows them
        self._digests = digests
        self._session = ""
        self._states: dict[str, WidgetState] = {}  # what the controls hold, by key
        self._kept: dict[str, tuple[int, Any]] = {}  # large messages by hash: the run that showed it last, its element
        self._held: dict[str, WidgetState] = {}  # what they held before this run
        self._runs = 0
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

    async def run(self, address: str, *used: WidgetState) -> Run:
        """Ask for a view in the open session and wait until its run is over; raises Failed where it does not end well.

        `used` are controls that were just used.
        """
        self.address = address
        if self._socket is None:
            raise Failed("no session is open")
        began, run, faulty = perf_counter(), Run(), False
        self._runs += 1
        await self._socket.send(self._asked(address, used))
        async with asyncio.timeout(PATIENCE):
            while True:
                said = bytes(await self._socket.recv())  # type: ignore[arg-type]
                message = ForwardMsg.FromString(said)
                run.take(message, len(said), self._digests)
                faulty = faulty or FAULTY in said
                if self._heard(message) == "script_finished" and message.script_finished != AGAIN:
                    break
        if message.script_finished not in FINISHED:
            raise Failed(f"{address}: {ForwardMsg.ScriptFinishedStatus.Name(message.script_finished)}")
        if faulty:
            raise Failed(f"{address}: something on the page could not be made")
        run.seconds = perf_counter() - began
        return run

    async def press(self, key: str) -> Run:
        """Press a button."""
        return await self.run(self.address, WidgetState(id=self._control(key).id, trigger_value=True))

    async def write(self, key: str, text: str) -> Run:
        """Write into a field."""
        return await self._use(key, WidgetState(id=self._control(key).id, string_value=text))

    async def pick(self, key: str, number: int = 0) -> Run:
        """Choose one of a row of alternatives."""
        control = self._control(key)
        return await self._use(key, _several(control.id, [control.options[number].content]))

    async def _use(self, key: str, state: WidgetState) -> Run:
        self._states[key] = state
        return await self.run(self.address)

    def _control(self, key: str) -> Any:
        if key not in self.controls:
            raise Failed(f"{self.address}: no control {key}")
        return self.controls[key]

    def _heard(self, message: ForwardMsg) -> str:
        """Keep what a page keeps of a message; return its kind."""
        kind = str(message.WhichOneof("type"))
        if kind == "new_session":
            self._session = message.new_session.initialize.session_id
            self.controls, self._held, self._states = {}, self._states, {}
        elif kind == "page_info_changed":
            self.address = f"{urlsplit(self.address).path}?{message.page_info_changed.query_string}"
        elif kind == "ref_hash":
            if message.ref_hash not in self._kept:
                raise Failed(f"{self.address}: named a message that was never sent")
            self._shown(message.ref_hash, self._kept[message.ref_hash][1])
        elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            self._shown(message.hash if message.metadata.cacheable else "", message.delta.new_element)
        return kind

    def _shown(self, hash: str, element: Any) -> None:
        """Note what a page shows: a large message, which it keeps, or a control and what it holds."""
        kind = element.WhichOneof("type")
        if kind in HOLDS or kind == PRESSED:
            control = getattr(element, kind)
            key = control.id.split("-", 2)[-1]  # $$ID-<hash>-<key>
            self.controls[key] = control
            if kind in HOLDS:
                held = self._held.get(key)
                self._states[key] = (
                    held if held and held.id == control.id and not control.set_value else HOLDS[kind](control)
                )
        if hash and not self._digests:
            self._kept[hash] = (self._runs, element if kind in HOLDS else NOTHING)

    def _asked(self, address: str, used: tuple[WidgetState, ...]) -> bytes:
        """Write the message with which a page asks for its run."""
        parts = urlsplit(address)
        message = BackMsg()
        asked = message.rerun_script
        asked.query_string = parts.query
        asked.page_name = parts.path.strip("/")
        asked.context_info.url = f"{self.site}{parts.path}"
        asked.context_info.locale = "zh-CN"
        asked.widget_states.widgets.extend((*self._states.values(), *used))
        self._kept = {hash: kept for hash, kept in self._kept.items() if self._runs - kept[0] <= KEPT}
        asked.cached_message_hashes.extend(self._kept)
        return bytes(message.SerializeToString())

    async def lost(self) -> None:
        """Return once the session's connection is gone."""
        if self._socket is not None:
            await self._socket.wait_closed()

    async def lost_within(self, seconds: float) -> bool:
        """Wait so long; return at once, and True, where the session's connection breaks meanwhile."""
        try:
            await asyncio.wait_for(self.lost(), seconds)
        except TimeoutError:
            return False
        return True

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
            proxy=None, compression=None,
        )  # fmt: skip
        if self._socket.response:
            self.replica = self._socket.response.headers.get("x-replica", self.replica)


def _several(id: str, values: Iterable[str]) -> WidgetState:
    state = WidgetState(id=id)
    state.string_array_value.data.extend(values)
    return state


def _one(control: Any) -> WidgetState:
    chosen = control.raw_value if control.set_value else control.options[control.default]
    return WidgetState(id=control.id, string_value=chosen)


def _picked(control: Any) -> WidgetState:
    begin = [control.options[number].content for number in control.default]
    return _several(control.id, control.raw_values if control.set_value else begin)


def _chosen(control: Any) -> WidgetState:
    begin = [control.options[number] for number in control.default]
    return _several(control.id, control.raw_values if control.set_value else begin)


def _text(control: Any) -> WidgetState:
    return WidgetState(id=control.id, string_value=control.value if control.set_value else control.default)


def _ticked(control: Any) -> WidgetState:
    return WidgetState(id=control.id, bool_value=control.value if control.set_value else control.default)


# What a control holds when a page first shows it, by the name of its element.
HOLDS: Final[dict[str, Callable[[Any], WidgetState]]] = {
    "selectbox": _one, "button_group": _picked, "multiselect": _chosen, "text_input": _text, "checkbox": _ticked,
}  # fmt: skip
NOTHING: Final = Element()
