"""What stands before every request: hosts, lengths, bodies, turns; and before every session."""

import anyio
import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

from components.web import gate, sockets
from components.web import site as where
from components.web.front import MIDDLEWARE, ROUTES
from components.web.gate import Gate
from components.web.limits import Buckets, network
from tests.pages.reading import open_page

READER = "93.184.216.34"
HELLO = BackMsg(app_heartbeat=True).SerializeToString()


@pytest.fixture
def settings(monkeypatch):
    """Set what the environment says of the site."""

    def given_as(**environment):
        for name in ("PUBLIC_ADDRESS", "ALLOWED_HOSTS"):
            monkeypatch.delenv(name, raising=False)
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        where.site.cache_clear()

    given_as()
    yield given_as
    monkeypatch.undo()
    where.site.cache_clear()


def client(address=READER, **options):
    app = Starlette(routes=ROUTES, middleware=MIDDLEWARE)
    return TestClient(app, client=(address, 50000), follow_redirects=False, **options)


# Hosts


@pytest.mark.parametrize("host", ["evil.example", "figures.example.evil.example", "xfigures.example", "10.0.0.1:8501"])
def test_another_host_is_not_answered(settings, host):
    settings(PUBLIC_ADDRESS="https://figures.example")
    answer = client().get("/?lang=en", headers={"host": host})
    assert answer.status_code == 421 and answer.json()["title"] == "This is not the site you asked for"
    assert host not in answer.text


@pytest.mark.parametrize(
    "host", ["", "a b", "a/b", "a@b", "x:99999", "x:y", "<script>", "a..b", "[::1", "x" * 300, "figures.example,evil"]
)
def test_a_host_that_is_none_is_refused(settings, host):
    answer = client().get("/", headers={"host": host})
    assert answer.status_code == 400 and answer.json()["type"] == "urn:problem:request:host"


def test_two_hosts_are_refused(settings):
    answer = client().get("/", headers=[("host", "one.example"), ("host", "two.example")])
    assert answer.status_code == 400


@pytest.mark.parametrize(
    "host",
    ["figures.example", "figures.example:8443", "FIGURES.EXAMPLE", "figures.example.", "localhost:8501", "127.0.0.1",
     "[::1]:8501", "www.figures.example"],
)  # fmt: skip
def test_hosts_of_the_site_are_answered(settings, host):
    settings(PUBLIC_ADDRESS="https://figures.example/", ALLOWED_HOSTS="*.figures.example")
    assert client().get("/", headers={"host": host}).status_code == 200


def test_no_host_header_poisons_an_address(settings):
    """Where PUBLIC_ADDRESS is set it stands in every address of an answer, whatever host was asked."""
    settings(PUBLIC_ADDRESS="https://figures.example", ALLOWED_HOSTS="*.mirror.example")
    for path in ("/", "/data?lang=en", "/story.html", "/figures.html", "/embed/growth-2023", "/robots.txt", "/sitemap.xml",
                 "/oembed?url=/embed/growth-2023", "/figures/growth-2023.html", "/stage/talk.json", "/api/v1/"):  # fmt: skip
        answer = client(base_url="http://a.mirror.example").get(path, headers={"x-forwarded-host": "evil.example"})
        assert answer.status_code == 200
        for name in ("mirror.example", "evil.example", "http://figures.example"):
            assert name not in answer.text, (path, name)
        if not path.startswith(("/api", "/figures/", "/stage")):  # these say where they are from their root only
            assert "https://figures.example" in answer.text, path


def test_forwarded_names_are_not_believed_without_the_setting(settings):
    answer = client(base_url="http://here.example").get(
        "/", headers={"x-forwarded-host": "evil.example", "forwarded": "host=evil.example", "x-host": "evil.example"}
    )
    assert answer.status_code == 200 and "evil.example" not in answer.text


def test_balancers_ask_without_a_host(settings):
    settings(PUBLIC_ADDRESS="https://figures.example")
    assert client().get("/healthz", headers={"host": "10.1.2.3"}).status_code == 200
    assert client().get("/healthz", headers={"host": ""}).status_code == 200


@pytest.mark.parametrize(
    "environment",
    [{"PUBLIC_ADDRESS": "figures.example"}, {"PUBLIC_ADDRESS": "ftp://x"}, {"PUBLIC_ADDRESS": "https://x/path"},
     {"PUBLIC_ADDRESS": "https://a b"}, {"ALLOWED_HOSTS": "https://x"}, {"ALLOWED_HOSTS": "a b"},
     {"ALLOWED_HOSTS": "x:80"}, {"ALLOWED_HOSTS": "*"}],
)  # fmt: skip
def test_a_wrong_setting_ends_the_start(settings, environment):
    settings(**environment)
    with pytest.raises(SystemExit, match=r"The product does not start: \w+ "):
        where.site()


@given(st.text(max_size=80))
def test_a_host_is_read_or_refused(text):
    name = where.named(text)
    assert not set(name) & set("/\\@?#<>\"' \t\r\n,;") and name == name.lower()


# Lengths and bodies


def test_long_addresses_are_refused(settings):
    answer = client().get("/data?search=" + "x" * gate.LONGEST)
    assert answer.status_code == 414 and len(answer.content) < 2000


@pytest.mark.parametrize("path", ["/", "/stage/lead/abcdefgh", "/api/v1/units", "/nowhere"])
def test_large_bodies_are_refused_unread(settings, path):
    answer = client().post(path, content=b"x" * (gate.LARGEST + 1))
    assert answer.status_code == 413


@pytest.mark.parametrize("length", ["-1", "x", "1e3", "९", "99999999999999999999"])
def test_a_length_that_is_none_is_refused(settings, length):
    answer = client().post("/stage/lead/abcdefgh", headers={"content-length": length.encode()}, content=b"{}")
    assert answer.status_code == 413


def test_a_body_without_a_length_is_read_no_further(settings):
    taken = []

    def parts():
        for number in range(1000):
            taken.append(number)
            yield b"x" * 1000

    async def greedy(request):
        return PlainTextResponse(str(len(await request.body())))

    app = Starlette(routes=[Route("/", greedy, methods=["POST"])], middleware=MIDDLEWARE)
    assert TestClient(app).post("/", content=parts()).status_code == 413


# Turns


def test_who_asks_too_often_is_told_when_to_come_back(settings):
    app = Gate(Starlette(routes=ROUTES), Buckets(burst=5, rate=1, clock=lambda: 0.0))
    asking = TestClient(app, client=(READER, 1))
    assert [asking.get("/robots.txt").status_code for _ in range(7)] == [200] * 5 + [429] * 2
    answer = asking.get("/robots.txt")
    assert answer.headers["retry-after"] == "2" and answer.json()["seconds"] == 2
    assert TestClient(app, client=("93.184.216.35", 1)).get("/robots.txt").status_code == 200  # nobody else waits
    assert asking.get("/assets/reader.js").status_code == 200  # nothing is made for these


def test_what_takes_long_takes_many_turns(settings):
    asking = TestClient(
        Gate(Starlette(), Buckets(burst=2 * gate.WEIGHT, rate=1, clock=lambda: 0.0)), client=(READER, 1)
    )
    assert [asking.get("/kits/x.zip").status_code for _ in range(3)] == [404, 404, 429]


def test_what_takes_long_leaves_threads_for_the_rest(settings):
    """While as many decks as may are waited for, the next one is told to come back, and every other address answers."""
    finished, waiting = anyio.Event(), []

    async def slow(_):
        waiting.append(1)
        await finished.wait()
        return PlainTextResponse("made")

    async def quick(_):
        return PlainTextResponse("ok")

    routes = [Route("/stage/deck.html", slow), Route("/robots.txt", quick)]
    transport = httpx.ASGITransport(Starlette(routes=routes, middleware=MIDDLEWARE))

    async def ask(path):
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as asking:
            return await asking.get(path)

    async def attack():
        async with anyio.create_task_group() as tasks:
            for _ in range(gate.AT_ONCE):
                tasks.start_soon(ask, "/stage/deck.html")
            while len(waiting) < gate.AT_ONCE:
                await anyio.sleep(0.001)
            during = [await ask("/stage/deck.html"), await ask("/robots.txt")]
            finished.set()
        return [*during, await ask("/stage/deck.html")]

    answers = anyio.run(attack)
    assert [answer.status_code for answer in answers] == [503, 200, 200]
    assert answers[0].headers["retry-after"] == str(gate.RETRY)


def test_turns_come_back():
    now = [0.0]
    buckets = Buckets(burst=10, rate=2, clock=lambda: now[0])
    assert [buckets.take(READER) for _ in range(10)] == [0] * 10
    assert buckets.take(READER) == 0.5
    now[0] = 0.5
    assert (buckets.take(READER), buckets.take(READER)) == (0, 0.5)
    now[0] = 1000.0
    assert [bool(buckets.take(READER)) for _ in range(11)] == [False] * 10 + [True]


def test_no_address_is_kept_longer_than_needed():
    now = [0.0]
    buckets = Buckets(burst=10, rate=2, room=100, clock=lambda: now[0])
    for number in range(1, 251):
        buckets.take(f"93.184.{number}.7")
    assert len(buckets) == 100  # bounded
    held = repr(vars(buckets))
    assert "93.184" not in held  # never the address itself
    now[0] = 5.0  # a full bucket is a forgotten one
    buckets.take("93.184.216.1")
    assert len(buckets) == 1
    assert Buckets()._key != Buckets()._key  # another process cannot tell whose a bucket is


@pytest.mark.parametrize(
    ("address", "counted"),
    [("93.184.216.34", "93.184.216.34"), ("::ffff:93.184.216.34", "93.184.216.34"), ("127.0.0.1", ""), ("::1", ""),
     ("10.0.0.7", ""), ("192.168.1.2", ""), ("testclient", ""), ("", "")],
)  # fmt: skip
def test_who_is_counted(address, counted):
    assert network(address) == counted


def test_one_network_of_ipv6_is_one_reader():
    assert network("2a00:1450:4001:81b::1") == network("2a00:1450:4001:81b:ffff::2") != network("2a00:1450:4001:81c::1")


# Sessions


async def echo(socket):
    await socket.accept()
    while True:
        await socket.send_bytes(await socket.receive_bytes())


@pytest.fixture
def open_session(settings):
    def opening(path=sockets.STREAM, address=READER, app=None, **headers):
        app = app or Starlette(routes=[WebSocketRoute("/{path:path}", echo)], middleware=MIDDLEWARE)
        return TestClient(app, client=(address, 1)).websocket_connect(path, headers=headers)

    return opening


def test_a_session_of_this_site_is_opened(open_session):
    with open_session() as session:
        session.send_bytes(HELLO)
        assert session.receive_bytes() == HELLO


@pytest.mark.parametrize(("path", "headers"), [("/_stcore/other", {}), ("/", {}), (sockets.STREAM, {"host": "a b"})])
def test_other_sessions_are_not_opened(open_session, path, headers):
    with pytest.raises(WebSocketDisconnect) as closed, open_session(path, **headers):
        pass
    assert closed.value.code == sockets.POLICY


def test_sessions_for_another_host_are_not_opened(settings, open_session):
    settings(PUBLIC_ADDRESS="https://figures.example")
    with pytest.raises(WebSocketDisconnect), open_session(host="evil.example"):
        pass
    with open_session(host="figures.example"):
        pass


@pytest.mark.parametrize(
    ("send", "code"),
    [(lambda session: session.send_text("hello"), sockets.WRONG_TYPE),
     (lambda session: session.send_bytes(b"\xff\xff\xff"), sockets.GARBLED),
     (lambda session: session.send_bytes(b"x" * (sockets.LARGEST + 1)), sockets.TOO_LARGE)],
)  # fmt: skip
def test_messages_no_reader_sends_end_the_session(open_session, send, code):
    with open_session() as session:
        send(session)
        with pytest.raises(WebSocketDisconnect) as closed:
            session.receive_bytes()
    assert closed.value.code == code


@pytest.mark.parametrize("kind", ["clear_cache", "set_run_on_save", "load_git_info", "debug_shutdown_runtime",
                                  "debug_disconnect_websocket", "file_urls_request", "backend_operation_request"])  # fmt: skip
def test_messages_that_concern_others_are_dropped(open_session, kind):
    message = BackMsg()
    field = message.DESCRIPTOR.fields_by_name[kind]
    if field.message_type:
        getattr(message, kind).SetInParent()
    else:
        setattr(message, kind, True)
    with open_session() as session:
        session.send_bytes(message.SerializeToString())
        session.send_bytes(HELLO)
        assert session.receive_bytes() == HELLO


def test_every_kind_of_message_is_known():
    """A new kind of Streamlit's is to be judged before it passes or is dropped."""
    assert {field.name for field in BackMsg.DESCRIPTOR.fields} == sockets.READERS | {
        "clear_cache", "set_run_on_save", "load_git_info", "debug_shutdown_runtime", "debug_disconnect_websocket",
        "file_urls_request", "backend_operation_request"}  # fmt: skip


def control(id="$$ID-" + "0a" * 16 + "-filter-search", **value):
    state = WidgetState(id=id, **{name: said for name, said in value.items() if not name.endswith("array_value")})
    for name in value.keys() - {field.name for field, _ in state.ListFields()}:
        getattr(state, name).data.extend(value[name])
    return state


def asking(*states):
    message = BackMsg()
    message.rerun_script.query_string = "lang=en"
    message.rerun_script.widget_states.widgets.extend(states)
    return message


@pytest.mark.parametrize("forged", [
    control("", string_value="a"), control("x", bool_value=True), control("$$ID-0-None", trigger_value=True),
    control("$$ID-" + "9" * 300, string_value="a"), control("filter-search", string_value="a"),
    control("x$$ID-" + "0" * 32 + "-a", string_value="a"), control("$$ID-" + "0" * 32 + "-", string_value="a"),
    control(double_value=float("nan")), control(double_value=float("-inf")),
    control(bytes_value=b"a"), control(int_array_value=[7]),
    control(json_value="[" * 500), control(json_value="[" * 9000 + "]" * 9000), control(json_value="7"),
])  # fmt: skip
def test_controls_that_no_page_has_are_left_out(open_session, forged):
    """Streamlit would keep them unread and raise in the next run: a traceback for whoever sends one."""
    real = [
        control(string_value="forest"), control("$$ID-" + "f" * 32 + "-None", trigger_value=True), control(),
        control(string_array_value=["wudang"]), control(bool_value=True), control(json_value='{"selection": {}}'),
        control(int_value=640), control(double_value=640),  # Streamlit writes whole numbers in both ways
    ]  # fmt: skip
    with open_session() as session:
        session.send_bytes(asking(*real[:3], forged, *real[3:], forged).SerializeToString())
        assert BackMsg.FromString(session.receive_bytes()) == asking(*real)
        session.send_bytes(asking(*real).SerializeToString())  # what is sound passes as it came
        assert session.receive_bytes() == asking(*real).SerializeToString()


def test_streamlits_own_controls_are_possible():
    """They are named as the rule says; a Streamlit that names them otherwise is to be noticed here."""
    app = open_page("data", lang="en").app
    named = [one.proto.id for kind in (app.text_input, app.multiselect, app.selectbox) for one in kind]
    assert len(named) > 6 and sockets.sound(asking(*[control(id, string_value="a") for id in named]))


@pytest.mark.parametrize(("page", "query"), [
    ("desk", {"figure": "growth-2023", "width": "640", "height": "900"}), ("desk", {"figure": "comparison"}),
    ("data", {"search": "森林", "place": "bijie"}), ("goals", {"verdict": "met"}), ("places", {}), ("present", {}),
])  # fmt: skip
def test_what_the_controls_of_our_pages_say_passes(page, query):
    states = list(open_page(page, **query).app._tree.get_widget_states().widgets)
    said = {state.WhichOneof("value") for state in states}
    assert len(states) > 3 and sockets.sound(asking(*states)), said
    assert page != "desk" or "width" not in query or "double_value" in said


def test_a_flood_of_messages_waits(open_session, monkeypatch):
    waited = []

    async def note(seconds):
        waited.append(seconds)

    monkeypatch.setattr(sockets, "sleep", note)
    with open_session() as session:
        for _ in range(int(sockets.BURST) + 20):
            session.send_bytes(HELLO)
            session.receive_bytes()
    assert 15 <= len(waited) <= 20 and all(0 < seconds < 5 for seconds in waited)


def test_one_address_opens_so_many_sessions(open_session, monkeypatch):
    monkeypatch.setattr(sockets, "EACH", 2)
    app = Starlette(routes=[WebSocketRoute("/{path:path}", echo)], middleware=MIDDLEWARE)
    with open_session(app=app), open_session(app=app):
        with pytest.raises(WebSocketDisconnect) as closed, open_session(app=app):
            pass
        assert closed.value.code == sockets.LATER
        with open_session(app=app, address="93.184.216.35"):
            pass
    with open_session(app=app):  # those that ended no longer count
        pass


def test_nobody_hears_where_the_program_lies(settings):
    message = ForwardMsg()
    message.new_session.main_script_path = f"{sockets.INSIDE.decode()}/components/shell.py"
    message.new_session.name = "shell"

    async def begin(socket):
        await socket.accept()
        await socket.send_bytes(message.SerializeToString())

    app = Starlette(routes=[WebSocketRoute("/{path:path}", begin)], middleware=MIDDLEWARE)
    with TestClient(app).websocket_connect(sockets.STREAM) as session:
        heard = session.receive_bytes()
    told = ForwardMsg.FromString(heard).new_session
    assert sockets.INSIDE not in heard and (told.main_script_path, told.name) == ("shell.py", "shell")
