"""Health, measures, log and end of a replica: what they say, and that nothing in them tells who reads what."""

import asyncio
import importlib
import json
import logging
import re
import signal
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Mount, Route
from starlette.testclient import TestClient

from components.web.operations import Watched, drain, logs, metrics, routes, script_failed, settings, state
from components.web.operations.caches import MEMOISED, STORES
from data.load import version

OPERATIONS = Path(__file__).resolve().parents[2] / "docs" / "operations.md"
TYPED = "what-a-reader-typed"


async def answer(_):
    return PlainTextResponse("here")


async def fail(_):
    raise ValueError(TYPED)


@pytest.fixture
def replica(monkeypatch):
    """A replica that has just begun, in place of the one of this process."""
    fresh = state.State()
    for module in (routes, drain):
        monkeypatch.setattr(module, "STATE", fresh)
    return fresh


@pytest.fixture
def client():
    inside = Starlette(routes=[Route("/things/{id}", answer)])
    pages = [Route("/files/{name}", answer), Route("/broken/{name}", fail), Mount("/api", inside)]
    app = Starlette(routes=[*routes.ROUTES, *pages], middleware=[Middleware(Watched)])
    return TestClient(app, raise_server_exceptions=False)


def value(name, text):
    return next((float(line.rsplit(" ", 1)[1]) for line in text.splitlines() if line.startswith(f"{name} ")), 0.0)


def test_health_says_that_the_process_lives_whatever_it_waits_for(client, replica):
    assert replica.reasons()
    assert (client.get("/healthz").status_code, client.get("/healthz").text) == (200, "ok")


def test_a_replica_is_ready_once_all_its_parts_are(client, replica):
    assert client.get("/readyz").json()["because"] == {"tables": "not yet", "drawing": "not yet"}
    replica.done(state.TABLES)
    assert client.get("/readyz").status_code == 503
    replica.done(state.DRAWING)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"ready": True, "because": {}})
    assert answer.headers["cache-control"] == "no-store"


def test_a_replica_that_cannot_draw_is_never_ready(client, replica):
    replica.done(state.TABLES)
    replica.failed(state.DRAWING)
    assert client.get("/readyz").json()["because"] == {"drawing": "failed"}


def test_a_draining_replica_is_not_ready_and_haproxy_hears_it_as_it_knows_it(client, replica):
    for part in state.PARTS:
        replica.done(part)
    assert client.get("/readyz?draining=404").status_code == 200
    replica.draining = True
    assert client.get("/readyz").status_code == 503
    assert client.get("/readyz?draining=404").status_code == 404
    assert client.get("/healthz").status_code == 200


def test_measures_know_the_data_and_whether_readers_may_come(client, replica):
    text = client.get("/metrics").text
    assert f'guizhou_data_info{{version="{version()}"}} 1.0' in text
    assert value("guizhou_ready", text) == 0
    for part in state.PARTS:
        replica.done(part)
    assert value("guizhou_ready", client.get("/metrics").text) == 1


@pytest.mark.parametrize("header", routes.PROXIED)
def test_measures_are_not_for_who_comes_through_a_proxy(client, replica, header):
    assert client.get("/metrics", headers={header: "x"}).status_code == 404


def test_requests_are_counted_by_the_pattern_of_their_path(client):
    name = 'guizhou_requests_total{route="%s",status="%s"}'
    asked = {"/files/{name}": 200, "/api/things/{id}": 200, "other": 404, "/broken/{name}": 500}
    before = client.get("/metrics").text
    for path in ("/files/", "/api/things/", "/nowhere/", "/broken/"):
        client.get(f"{path}{TYPED}?q={TYPED}")
    after = client.get("/metrics").text
    for route, status in asked.items():
        assert value(name % (route, status), after) == value(name % (route, status), before) + 1, route
    assert TYPED not in after


def test_a_line_of_the_log_says_what_happened_and_not_to_whom(client, lines):
    client.get(f"/files/{TYPED}?q={TYPED}", headers={"User-Agent": TYPED, "X-Forwarded-For": "203.0.113.9"})
    client.get("/healthz")
    (line,) = [json.loads(line) for line in lines]
    assert {name: line[name] for name in ("event", "route", "method", "status", "bytes", "level")} == {
        "event": "request", "route": "/files/{name}", "method": "GET", "status": 200, "bytes": 4, "level": "info",
    }  # fmt: skip
    assert line["seconds"] >= 0 and re.match(r"\d{4}-\d\d-\d\dT[\d:.]+\+00:00$", line["time"])
    assert TYPED not in lines[0] and "203.0.113.9" not in lines[0]


def test_a_fault_is_logged_by_its_kind_and_place_without_its_text(lines):
    before = metrics.ERRORS.labels("script")._value.get()
    try:
        raise KeyError(TYPED)
    except KeyError as error:
        script_failed(error)
    line = json.loads(lines[0])
    assert (line["error"], line["level"]) == ("KeyError", "error")
    assert line["at"][-1].startswith("tests/web/test_operations.py:")
    assert TYPED not in lines[0]
    assert metrics.ERRORS.labels("script")._value.get() == before + 1


def test_of_a_librarys_message_only_the_pattern_is_written():
    record = logging.LogRecord("uvicorn.error", logging.INFO, "", 0, '%s - "%s"', ("203.0.113.9", TYPED), None)
    said = logs.Lines().format(record)
    assert json.loads(said)["event"] == '%s - "%s"' and TYPED not in said


def test_json_takes_over_the_logs_of_libraries(monkeypatch, capsys):
    root = logging.getLogger()
    library = logging.getLogger("streamlit.of_this_test")
    monkeypatch.setattr(root, "handlers", [])
    monkeypatch.setattr(library, "propagate", False)
    monkeypatch.setattr(library, "handlers", [logging.StreamHandler()])
    level = root.level
    try:
        logs.write_json()
        library.warning("about %s", TYPED)
    finally:
        root.setLevel(level)
        logging.getLogger("uvicorn.access").disabled = False
    said = json.loads(capsys.readouterr().out)
    assert (said["event"], said["logger"], said["level"]) == ("about %s", "streamlit.of_this_test", "warning")


def test_a_run_of_a_page_is_measured_also_where_it_fails():
    name = 'guizhou_run_seconds_count{page="goals"}'
    before = value(name, metrics.text().decode())
    with metrics.run("goals"):
        assert value("guizhou_runs_in_work", metrics.text().decode()) == 1
    with pytest.raises(ValueError), metrics.run("goals"):
        raise ValueError
    after = metrics.text().decode()
    assert value(name, after) == before + 2 and value("guizhou_runs_in_work", after) == 0


@pytest.mark.parametrize(("name", "where"), [*STORES.items(), *MEMOISED.items()])
def test_every_cache_that_is_measured_is_there(name, where):
    module, attribute = where
    found = getattr(importlib.import_module(module), attribute)
    assert (
        hasattr(found, "cache_info") if name in MEMOISED else {"weight", "entries", "hits", "made"} <= set(dir(found))
    )
    assert f'guizhou_cache_entries{{cache="{name}"}}' in metrics.text().decode()


def test_every_measure_is_documented():
    explained = OPERATIONS.read_text(encoding="utf-8")
    ours = {family.name for family in metrics.REGISTRY.collect() if family.name.startswith("guizhou_")}
    assert len(ours) > 15
    assert not {name for name in ours if f"`{name}" not in explained}


def test_every_setting_is_documented():
    explained = OPERATIONS.read_text(encoding="utf-8")
    code = "".join(path.read_text(encoding="utf-8") for path in Path(settings.__file__).parents[1].rglob("*.py"))
    names = set(re.findall(r'environ(?:ment)?(?:\.get)?[\[(, ]+"([A-Z_]+)"', code))
    assert {"LOG_FORMAT", "TALK_BROKER", "DRAIN_SECONDS", "PUBLIC_ADDRESS"} <= names
    assert not {name for name in names if f"`{name}`" not in explained}


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"LOG_FORMAT": "xml"}, "text, json"),
        ({"DRAIN_SECONDS": "soon"}, "DRAIN_SECONDS"),
        ({"STOP_SECONDS": "-1"}, "STOP_SECONDS"),
        ({"TALK_BROKER": "http://:secret@broker"}, "valkey://"),
    ],
)
def test_a_wrong_setting_is_named(wrong, said):
    with pytest.raises(settings.WrongSetting, match=said) as raised:
        settings.read(wrong)
    assert "secret" not in str(raised.value)


def test_settings_have_defaults_for_a_desk():
    assert settings.read({"LOG_FORMAT": " "}) == settings.Settings("text", 0.0, 20.0, "")


class Server:
    """Stands for uvicorn: what a signal does to it."""

    def __init__(self):
        self.config, self.asked = type("Config", (), {"timeout_graceful_shutdown": None})(), []

    def handle_exit(self, number, _):
        self.asked.append(number)


@pytest.fixture
def short(monkeypatch):
    monkeypatch.setattr(drain, "settings", lambda: settings.Settings(drain_seconds=0.05, stop_seconds=7))
    monkeypatch.setattr(drain, "Timer", lambda *_: type("Never", (), {"start": lambda _: None})())


def test_sigterm_drains_first_and_stops_the_server_later(replica, short):
    server, left = Server(), []
    replica.before_leaving(lambda: left.append(True))

    async def live():
        end = drain.Drain(server.handle_exit)
        end(signal.SIGTERM, None)
        assert replica.draining and not server.asked
        await asyncio.sleep(0.02)
        assert not server.asked and not left
        await asyncio.sleep(0.1)

    asyncio.run(live())
    assert (server.asked, left, server.config.timeout_graceful_shutdown) == ([signal.SIGTERM], [True], 7)


def test_a_second_sigterm_stops_at_once(replica, short):
    server = Server()

    async def live():
        end = drain.Drain(server.handle_exit)
        end(signal.SIGTERM, None)
        end(signal.SIGTERM, None)
        await asyncio.sleep(0.01)
        assert server.asked == [signal.SIGTERM]

    asyncio.run(live())


def test_running_takes_sigterm_over_and_gives_it_back(replica):
    async def live():
        before = signal.getsignal(signal.SIGTERM)
        with drain.running():
            during = signal.getsignal(signal.SIGTERM)
        return before, during, signal.getsignal(signal.SIGTERM)

    server = Server()
    kept = signal.signal(signal.SIGTERM, server.handle_exit)
    try:
        before, during, after = asyncio.run(live())
    finally:
        signal.signal(signal.SIGTERM, kept)
    assert isinstance(during, drain.Drain) and before == after
