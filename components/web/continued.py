"""Sessions that began at another replica and go on at this one: the reader's first action is not lost.

A page whose connection broke opens a new one by itself and shows what it showed; it asks for no run. What the reader does
next is therefore the first thing a new session hears, and Streamlit, which has not yet run the page for it, would know
neither the button that was pressed nor what pressing it does. So the page is run once as its address has it, and the
reader's action is passed on after that. A session that comes back to its own replica only runs once more.
"""

from asyncio import Event, wait_for
from contextlib import suppress
from typing import Final

from google.protobuf.message import DecodeError
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

PATIENCE: Final = 20.0  # seconds for the run before the action


class Continued:
    """ASGI middleware: lets a session that comes back run its page before it hears of an action."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on, and look after sessions that come back."""
        if scope["type"] == "websocket" and comes_back(scope):
            session = Session(receive, send)
            receive, send = session.receive, session.send
        await self.app(scope, receive, send)


def comes_back(scope: Scope) -> bool:
    """Tell whether a page had a session before: it then names it as the third of the subprotocols that it offers."""
    offered = [name.strip() for name in scope.get("subprotocols", [])]
    return len(offered) > 2 and bool(offered[2])


class Session:
    """One session's messages: the first that holds an action waits until the page has run without it."""

    def __init__(self, receive: Receive, send: Send) -> None:
        self._receive, self._send = receive, send
        self._fresh = True  # nothing was asked for yet
        self._held: Message | None = None
        self._ran = Event()

    async def receive(self) -> Message:
        """Return the next message for Streamlit."""
        if self._held is not None:
            with suppress(TimeoutError):
                await wait_for(self._ran.wait(), PATIENCE)
            held, self._held = self._held, None
            return held
        message = await self._receive()
        if self._fresh and (asked := _run_asked(message)):
            self._fresh = False
            if asked.rerun_script.widget_states.widgets:
                self._held = message
                asked.rerun_script.ClearField("widget_states")
                asked.rerun_script.ClearField("fragment_id")
                return {**message, "bytes": asked.SerializeToString()}
        return message

    async def send(self, message: Message) -> None:
        """Pass a message to the page; note the one that ends the run before the action."""
        await self._send(message)
        if self._held is not None and not self._ran.is_set() and _ends_run(message):
            self._ran.set()


def _run_asked(message: Message) -> BackMsg | None:
    """Read a message that asks for a run; None where it is anything else."""
    with suppress(DecodeError):
        asked = BackMsg()
        asked.ParseFromString(message.get("bytes") or b"")
        if asked.WhichOneof("type") == "rerun_script":
            return asked
    return None


def _ends_run(message: Message) -> bool:
    with suppress(DecodeError):
        said = ForwardMsg()
        said.ParseFromString(message.get("bytes") or b"")
        return said.WhichOneof("type") == "script_finished"
    return False
