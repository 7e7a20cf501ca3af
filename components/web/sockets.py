"""Stands before every session: opens those of this site up to a number, and takes from a reader what a reader sends.

A session's messages are small and few. One that is larger, or text, or no message at all ends the session; one that comes
too soon waits, so that a flood fills the sender's own connection and not this process. Of Streamlit's messages only those
of a reader pass: others empty the caches of all readers or ask for what is closed here. What a message says of controls
that no page can have is left out: Streamlit keeps it unread and stumbles over it in the next run.
"""

import json
import re
from asyncio import sleep
from collections import Counter
from contextlib import suppress
from math import isfinite
from pathlib import Path
from time import monotonic
from typing import Final

from google.protobuf.message import DecodeError
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

from components.web.faults import note
from components.web.limits import Buckets, network
from components.web.site import named, site

STREAM: Final = "/_stcore/stream"
OPEN: Final = 1000  # sessions of one process
EACH: Final = 100  # sessions of one address; a newsroom behind one address is many readers
TURNS: Final = 10.0  # what opening a session takes of an address's turns
LARGEST: Final = 2**18  # bytes of a message; a reader's largest, all controls of a page, is a few thousand
BURST, RATE = 60.0, 20.0  # messages at once, and a second
READERS: Final = frozenset({"rerun_script", "stop_script", "app_heartbeat"})  # what a reader's page says
CONTROL: Final = re.compile(r"\$\$ID-[0-9a-f]{32}-.+", re.DOTALL)  # how Streamlit names a control: prefix, hash, key
# What our controls can say, the name of a value or none: pressed, ticked, written, chosen, a number, clicked, let go of.
VALUES: Final = frozenset({None, "json_value"}) | {
    f"{kind}_value" for kind in ("trigger", "bool", "string", "string_array", "int", "double")
}
INSIDE: Final = str(Path(__file__).resolve().parents[2]).encode()  # where the program lies is nobody's business
# Codes that close a session (RFC 6455).
GARBLED, WRONG_TYPE, POLICY, TOO_LARGE, FAULT, LATER = 1002, 1003, 1008, 1009, 1011, 1013


class Sockets:
    """ASGI wrapper of the application for its sessions."""

    def __init__(self, app: ASGIApp, buckets: Buckets) -> None:
        self.app = app
        self._buckets = buckets
        self._open: Counter[str] = Counter()  # by address, for as long as the session lasts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Open a session, or refuse it before anything is made for it."""
        reader = network((scope.get("client") or ("",))[0])
        if code := self._refusal(scope, reader):
            await receive()
            await send({"type": "websocket.close", "code": code})
            return
        self._open[reader] += 1
        session = Session(receive, send)
        try:
            await self.app(scope, session.receive, session.send)
        except Exception as error:
            note(error)
            await session.close(FAULT)
        finally:
            self._open[reader] -= 1
            if not self._open[reader]:
                del self._open[reader]

    def _refusal(self, scope: Scope, reader: str) -> int:
        hosts = Headers(scope=scope).getlist("host")
        if scope["path"] != STREAM or len(hosts) != 1 or not named(hosts[0]) or not site().answers(hosts[0]):
            return POLICY
        if self._open.total() >= OPEN or (reader and self._open[reader] >= EACH):
            return LATER
        client = (scope.get("client") or ("",))[0]
        return LATER if self._buckets.take(client, TURNS) else 0


class Session:
    """One session's connection: what comes in is bounded in size and pace, and nothing goes out after its end."""

    def __init__(self, receive: Receive, send: Send) -> None:
        self._receive, self._send = receive, send
        self._closed = False
        self._left, self._since = BURST, monotonic()

    async def receive(self) -> Message:
        """Return the next message of a reader, when it is its turn; one that is not allowed ends the session."""
        while (message := await self._receive())["type"] == "websocket.receive":
            said, code = read(message.get("bytes"))
            if code:
                await self.close(code)
                return {"type": "websocket.disconnect", "code": code}
            await self._turn()
            if said.WhichOneof("type") in READERS:
                return message if sound(said) else {**message, "bytes": said.SerializeToString()}
        return message

    async def _turn(self) -> None:
        now = monotonic()
        self._left = min(BURST, self._left + (now - self._since) * RATE) - 1
        self._since = now
        if self._left < 0:
            await sleep(-self._left / RATE)

    async def send(self, message: Message) -> None:
        """Pass a message on; raises OSError, as a lost connection does, once the session is closed."""
        if self._closed:
            raise OSError("the session is closed")
        self._closed = message["type"] == "websocket.close"
        if INSIDE in (message.get("bytes") or b""):
            message = {**message, "bytes": without_path(message["bytes"])}
        await self._send(message)

    async def close(self, code: int) -> None:
        """End the session, unless it has ended."""
        with suppress(OSError, RuntimeError):
            await self.send({"type": "websocket.close", "code": code})


def read(data: bytes | None) -> tuple[BackMsg, int]:
    """Return a message, and the code that ends the session where it is none."""
    message = BackMsg()
    if data is None:
        return message, WRONG_TYPE
    if len(data) > LARGEST:
        return message, TOO_LARGE
    try:
        message.ParseFromString(data)
    except (DecodeError, ValueError, RecursionError):
        return message, GARBLED
    return message, 0


def sound(message: BackMsg) -> bool:
    """Take out of a message what it says of controls that no page has; tell whether there was nothing of the kind."""
    held = message.rerun_script.widget_states.widgets
    forged = [number for number, state in enumerate(held) if not _possible(state)]
    for number in reversed(forged):
        del held[number]
    return not forged


def _possible(state: WidgetState) -> bool:
    value = state.WhichOneof("value")
    if not CONTROL.fullmatch(state.id) or value not in VALUES:
        return False
    if value == "double_value":
        return isfinite(state.double_value)
    if value != "json_value":
        return True
    try:
        return isinstance(json.loads(state.json_value), dict)
    except (ValueError, RecursionError):
        return False


def without_path(data: bytes) -> bytes:
    """Return the message that begins a run without the folder of the program, which Streamlit tells every reader."""
    message = ForwardMsg()
    message.ParseFromString(data)
    if message.WhichOneof("type") == "new_session":
        message.new_session.main_script_path = Path(message.new_session.main_script_path).name
    return bytes(message.SerializeToString())
