"""Sends sessions what no honest page sends: random bytes, spoilt and truncated messages, huge fields, the wrong order.

`attack(url, count, seed)` opens sessions with a real server, one after the other, a score of messages each, and hears what
comes back. Every so often it asks as a reader does whether the pages are still there.
"""

import re
import time
from collections import Counter
from dataclasses import dataclass, field
from random import Random
from typing import Final
from urllib.request import urlopen

import psutil
from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from components.address import PAGES
from components.words import LANGUAGES

STREAM: Final = "/_stcore/stream"
EACH: Final = 20  # messages of a session
PATIENCE: Final = 30.0
HEARD: Final = 0.002  # seconds that are listened after a message
CHECKED: Final = 50  # sessions between two honest questions
# In what a session hears; a page's own text never holds these.
INSIDE: Final = re.compile(
    rb"Traceback \(most recent|site-packages/|File \"/|/components/[a-z_]+\.py|/pages/[a-z_]+\.py"
)
NAMED: Final = f"$$ID-{'0a' * 16}-filter-search"  # as Streamlit names a control, and none of ours
CODES: Final = frozenset({1000, 1001, 1002, 1003, 1005, 1006, 1008, 1009, 1011, 1013})
FLAGS: Final = ("clear_cache", "set_run_on_save", "stop_script", "load_git_info", "debug_disconnect_websocket",
                "debug_shutdown_runtime", "app_heartbeat")  # fmt: skip
TEXTS: Final = ("", "lang=en", "lang=zz&place=" + "x" * 2000, "\x00", "😀" * 300, "&" * 3000, "%ff=%ff", "a=1&" * 900, "step=x",
                "observation=../../etc", "<script>", "page=-1&page=1e9", "search=" + "森" * 900)  # fmt: skip


@dataclass
class Found:
    """What came of it."""

    sent: int = 0
    sessions: int = 0
    closes: Counter[int] = field(default_factory=Counter)
    heard: int = 0  # bytes
    faults: list[str] = field(default_factory=list)
    memory: list[int] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def growth(self) -> float:
        """MB that the server grew by after the warm-up."""
        return (self.memory[-1] - self.memory[0]) / 2**20


def honest(chance: Random) -> bytes:
    """Return what a page would send, or nearly: the values are anybody's."""
    message = BackMsg()
    if chance.random() < 0.3:
        setattr(message, chance.choice(FLAGS), chance.random() < 0.9)
        return bytes(message.SerializeToString())
    state = message.rerun_script
    state.query_string = chance.choice(TEXTS)
    state.page_script_hash = chance.choice(("", "0" * 32, "x" * 500))
    state.page_name = chance.choice((*PAGES, "nowhere", "../x", ""))
    state.fragment_id = chance.choice(("", "", "x", "0" * 200))
    for _ in range(chance.choice((0, 0, 1, 3, 200))):
        widget = state.widget_states.widgets.add()
        widget.id = chance.choice(("", "x", "$$ID-0-None", "$$ID-" + "9" * 300, "place", NAMED))
        kind = chance.choice(("string_value", "int_value", "bool_value", "double_value", "json_value", "trigger_value"))
        value = {"string_value": "x" * chance.choice((1, 5000)), "int_value": -(2**63), "bool_value": True,
                 "double_value": float("nan"), "json_value": "[" * 500, "trigger_value": True}[kind]  # fmt: skip
        setattr(widget, kind, value)
    state.context_info.timezone = chance.choice(("Asia/Shanghai", "x" * 300, "../../x"))
    state.context_info.locale = chance.choice(("zh-CN", "xx", "\x00" * 9))
    state.context_info.url = chance.choice(("http://localhost/", "javascript:alert(1)", "http://[", "x" * 4000))
    return bytes(message.SerializeToString())


def message(chance: Random) -> bytes | str:
    """Return one message that no honest client sends, or a spoilt one that it does."""
    dice = chance.random()
    if dice < 0.25:
        return chance.randbytes(chance.choice((0, 1, 2, 7, 60, 900)))
    if dice < 0.30:
        return "text " * chance.randrange(50)
    if dice < 0.32:
        return bytes(chance.choice((2**18 + 1, 2**20)))
    data = bytearray(honest(chance))
    if dice < 0.55:
        return bytes(data[: chance.randrange(len(data) + 1)])
    if dice < 0.85:
        for _ in range(chance.choice((1, 1, 2, 8))):
            data[chance.randrange(len(data))] = chance.randrange(256)
    return bytes(data)


def attack(url: str, pid: int, count: int, seed: int) -> Found:
    """Send `count` messages to the server at `url`, whose process is `pid`."""
    chance, found, began = Random(seed), Found(), time.perf_counter()  # noqa: S311 - no secret, a seed to repeat
    process = psutil.Process(pid)
    while found.sent < count:
        if len(found.memory) == 0 and found.sent >= count * 0.3:
            found.memory.append(process.memory_info().rss)
        if found.sessions % CHECKED == 0:
            check(url, found)
        found.sessions += 1
        session(url, chance, found, min(EACH, count - found.sent))
    check(url, found)
    found.memory.append(process.memory_info().rss)
    found.seconds = time.perf_counter() - began
    return found


def session(url: str, chance: Random, found: Found, messages: int) -> None:
    """Open one session, send until the server has enough, and hear what it says."""
    protocols = chance.choice((["streamlit"], None, ["streamlit", "x" * 40, "0" * 36], ["other"]))
    try:
        with connect(url.replace("http", "ws", 1) + STREAM, subprotocols=protocols, compression=None,  # type: ignore[arg-type]
                     open_timeout=PATIENCE, close_timeout=1, max_size=2**24, max_queue=None) as opened:  # fmt: skip
            try:
                for _ in range(messages):
                    found.sent += 1
                    opened.send(message(chance))
                    hear(opened, found)
            except ConnectionClosed as closed:
                code = closed.rcvd.code if closed.rcvd else 1006
                found.closes[code] += 1
                if code not in CODES or (closed.rcvd and INSIDE.search(closed.rcvd.reason.encode())):
                    found.faults.append(f"closed with {closed.rcvd}")
    except (InvalidStatus, OSError, TimeoutError) as error:
        found.sent += 1
        found.faults.append(f"not opened: {type(error).__name__} {error!s:.200}")


def hear(opened: ClientConnection, found: Found) -> None:
    """Take what has come."""
    while True:
        try:
            said = opened.recv(timeout=HEARD)
        except TimeoutError:
            return
        said = said.encode() if isinstance(said, str) else said
        found.heard += len(said)
        if INSIDE.search(said):
            found.faults.append(f"the inside was told: {said[:300]!r}")


def check(url: str, found: Found) -> None:
    """Ask as a reader does: the page, its health, and a session that runs it."""
    for path in ("/", "/_stcore/health", "/figures/growth-2023.csv"):
        with urlopen(url + path, timeout=PATIENCE) as answer:  # noqa: S310 - our own server
            if answer.status != 200:
                found.faults.append(f"{path} answers {answer.status}")
    asked = BackMsg()
    asked.rerun_script.query_string = f"lang={LANGUAGES[0]}"
    # Without a bound of unread messages: the end of a session is heard at once, however much of its run is still to come.
    with connect(
        url.replace("http", "ws", 1) + STREAM, compression=None, open_timeout=PATIENCE, max_queue=None
    ) as opened:
        opened.send(asked.SerializeToString())
        heard, end = 0, time.monotonic() + PATIENCE
        while heard < 10_000 and time.monotonic() < end:
            try:
                heard += len(opened.recv(timeout=PATIENCE))
            except TimeoutError:
                break
        if heard < 10_000:
            found.faults.append(f"an honest session heard {heard} bytes")
