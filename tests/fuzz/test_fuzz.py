"""A short attack with a fixed seed; `make fuzz` is the long one."""

import os
import subprocess
import sys
from itertools import islice
from random import Random

import anyio
import pytest
from google.protobuf.message import DecodeError
from starlette.applications import Starlette
from streamlit.proto.BackMsg_pb2 import BackMsg

from components.web.front import MIDDLEWARE, ROUTES
from tests.browser.serve import ROOT
from tests.fuzz import addresses, asking, sessions


@pytest.fixture(scope="module")
def asked():
    app = Starlette(routes=ROUTES, middleware=MIDDLEWARE)
    return anyio.run(asking.attack, app, addresses.requests(7), 400)


def test_wild_requests_get_plain_answers(asked):
    assert asked.asked == 400
    assert asked.faults == []


def test_they_reach_every_part(asked):
    assert {200, 400, 404, 405, 413, 422} <= set(asked.statuses)
    assert asked.statuses[200] > 40


def test_a_seed_repeats_itself():
    first, again = ([*islice(addresses.requests(3), 50)] for _ in range(2))
    assert first == again != [*islice(addresses.requests(4), 50)]


@pytest.mark.parametrize(
    ("status", "headers", "body", "said"),
    [
        (500, {}, b"", "status 500"),
        (200, {}, b'Traceback (most recent call last):\n  File "/x"', "the inside stands in the answer"),
        (200, {}, str(ROOT).encode(), "the inside stands in the answer"),
        (307, {b"location": b"//evil.example/"}, b"", "leads to another site"),
        (200, {b"etag": b"x\r\nx-evil: 1"}, b"", "a header was smuggled in"),
        (200, {}, b"", "headers are missing"),
    ],
)
def test_what_is_wrong_is_seen(status, headers, body, said):
    asked = addresses.Asked("GET", b"/", b"", (), b"")
    assert said in asking.judge(asked, status, headers, body)


def test_a_fault_of_the_application_is_seen():
    async def app(scope, receive, send):
        raise RuntimeError("no")

    found = anyio.run(asking.attack, app, addresses.requests(1), 3)
    assert len(found.faults) == 3 and found.statuses[500] == 3


def test_an_answer_without_headers_is_seen():
    found = anyio.run(asking.attack, Starlette(routes=[]), addresses.requests(1), 3)
    assert [fault.partition(":")[0] for fault in found.faults] == ["headers are missing"] * 3


def test_messages_are_of_every_kind():
    chance, seen = Random(5), set()  # noqa: S311 - no secret, a seed to repeat
    for _ in range(600):
        made = sessions.message(chance)
        if isinstance(made, str):
            seen.add("text")
        elif len(made) > 2**18:
            seen.add("huge")
        else:
            try:
                seen.add(BackMsg.FromString(made).WhichOneof("type") or "nothing")
            except DecodeError:
                seen.add("garbled")
    assert {"text", "huge", "garbled", "nothing", "rerun_script", "clear_cache", "debug_shutdown_runtime"} <= seen


@pytest.mark.slow
def test_sessions_outlive_wild_messages():
    """In a process of its own, since it starts a server and hears it with threads."""
    environment = {**os.environ, "PYTHONUTF8": "1"}
    done = subprocess.run([sys.executable, "-m", "tests.fuzz", "0", "60", "7"], cwd=ROOT, env=environment,
                          capture_output=True, text=True, check=False)  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "60 messages in " in done.stdout and "0 faults" in done.stdout
