"""A session that comes back to another replica: its page runs first, then the reader's action is heard."""

import asyncio

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from components.web.continued import Continued, comes_back

BACK = {"type": "websocket", "subprotocols": ["streamlit", "token", "its-session"]}
FIRST = {"type": "websocket", "subprotocols": ["streamlit", "token"]}


def asks(query, button=""):
    message = BackMsg()
    message.rerun_script.query_string = query
    if button:
        message.rerun_script.widget_states.widgets.add(id=button, trigger_value=True)
    return {"type": "websocket.receive", "bytes": message.SerializeToString()}


def ends():
    message = ForwardMsg()
    message.script_finished = ForwardMsg.FINISHED_SUCCESSFULLY
    return {"type": "websocket.send", "bytes": message.SerializeToString()}


class Streamlit:
    """Stands for Streamlit: runs what it hears, slowly, and writes down in which order."""

    def __init__(self):
        self.story = []

    async def __call__(self, _, receive, send):
        runs = []
        while (message := await receive())["type"] == "websocket.receive":
            if not message["bytes"]:
                continue
            asked = BackMsg()
            asked.ParseFromString(message["bytes"])
            widgets = [widget.id for widget in asked.rerun_script.widget_states.widgets]
            self.story.append(("asked", asked.rerun_script.query_string, *widgets))
            runs.append(asyncio.create_task(self._run(send)))
        await asyncio.gather(*runs)

    async def _run(self, send):
        await asyncio.sleep(0.02)
        self.story.append(("ran",))
        await send(ends())


def told(scope, *messages):
    """Let a session hear messages; return what Streamlit then did."""
    inside, coming, went = Streamlit(), [*messages, {"type": "websocket.disconnect"}], []

    async def receive():
        return coming.pop(0)

    async def send(message):
        went.append(message)

    asyncio.run(Continued(inside)(scope, receive, send))
    return inside.story


def test_the_page_runs_before_the_action_is_heard():
    story = told(BACK, asks("step=a", "next"))
    assert story == [("asked", "step=a"), ("ran",), ("asked", "step=a", "next"), ("ran",)]


def test_later_actions_are_passed_on_as_they_are():
    story = told(BACK, asks("step=a", "next"), asks("step=b", "next"))
    assert [one for one in story if one != ("ran",)] == [
        ("asked", "step=a"), ("asked", "step=a", "next"), ("asked", "step=b", "next"),
    ]  # fmt: skip


@pytest.mark.parametrize("scope", [FIRST, {**FIRST, "subprotocols": []}])
def test_a_new_session_is_left_alone(scope):
    assert not comes_back(scope)
    assert told(scope, asks("step=a", "next"))[0] == ("asked", "step=a", "next")


def test_what_asks_for_no_run_is_passed_on():
    odd = {"type": "websocket.receive", "bytes": b""}
    assert told(BACK, odd, asks("step=a", "next"))[0] == ("asked", "step=a")
