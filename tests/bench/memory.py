"""How much memory the server holds, with no reader and with twenty who keep their page open."""

from contextlib import ExitStack
from itertools import cycle, islice
from typing import Final

import psutil
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

from components.address import HOME, PAGES
from components.words import LANGUAGES
from tests.browser.serve import PATIENCE, Server, server

SESSIONS: Final = 20
MEGABYTE: Final = 1e6


def measure() -> list[tuple[str, ...]]:
    """Return rows of MB: after the start, with every page seen once, with the sessions open."""
    with server() as running:
        rows = [("after the start, no session", _resident(running))]
        views = [(page, lang) for lang in LANGUAGES for page in PAGES]
        for page, lang in views:
            with _session(running, page, lang):
                pass
        rows.append(("every page seen once, no session open", _resident(running)))
        with ExitStack() as stack:
            for page, lang in islice(cycle(views), SESSIONS):
                stack.enter_context(_session(running, page, lang))
            rows.append((f"{SESSIONS} sessions open", _resident(running)))
        each = (rows[2][1] - rows[1][1]) / SESSIONS
    return [*((name, f"{size:.0f}") for name, size in rows), ("each session", f"{each:.1f}")]


def _resident(running: Server) -> float:
    process = psutil.Process(running.process.pid)
    family = [process, *process.children(recursive=True)]
    return float(sum(member.memory_info().rss for member in family)) / MEGABYTE


def _session(running: Server, page: str, lang: str) -> ClientConnection:
    """Open a page as a browser does, by websocket, and return once its script is over."""
    address = running.url.replace("http", "ws", 1) + "/_stcore/stream"
    session = connect(address, subprotocols=["streamlit"], max_size=None)  # type: ignore[list-item]
    question = BackMsg()
    question.rerun_script.page_name = "" if page == HOME else page
    question.rerun_script.query_string = f"lang={lang}"
    session.send(question.SerializeToString())
    answer = ForwardMsg()
    while answer.WhichOneof("type") != "script_finished":
        answer.ParseFromString(session.recv(timeout=PATIENCE))
    return session
