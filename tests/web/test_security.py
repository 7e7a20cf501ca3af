"""What strangers may and may not do: headers by kind of answer, text stays text, faults stay inside, promises name their test."""

import ast
import base64
import hashlib
import json
import re
import subprocess
import sys
from itertools import product
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.responses import StreamingResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from components.address import PAGES
from components.web import security
from components.web.front import MIDDLEWARE, ROUTES
from components.web.unknown import carried
from components.words import LANGUAGES, words

ROOT = Path(__file__).resolve().parents[2]
LAYERS = ("components", "pages", "data", "geo")
SITE = "https://numbers.example"
# Where a template takes a value as markup: what it is, and why nobody else can have written it.
MARKUP = {
    "figure_page.html: family": "a list of fonts out of components/theme.py",
    "figure_page.html: picture": "the SVG that vl-convert drew, which escapes every text",
    "head.html: boot": "a constant of components/web/security.py, named by its hash in the policy",
    "stage.html: inline.style": "a file of components/assets",
    "stage.html: inline.vega": "Vega, out of the package that is locked by its hash",
    "stage.html: inline.script": "a file of components/assets",
    "api.html: fonts": "a list of fonts out of components/theme.py",
}
# Streamlit's elements that open addresses which are closed here (components/web/unknown.py); open those before using one.
CLOSED = re.compile(
    r"\bst\.(?:download_button|file_uploader|camera_input|audio_input|image|audio|video|pdf|logo|login)\b"
)


@pytest.fixture(scope="module")
def client():
    return TestClient(
        Starlette(routes=ROUTES, middleware=MIDDLEWARE),
        base_url=SITE,
        follow_redirects=False,
        raise_server_exceptions=False,
    )


def policy(answer):
    (text,) = answer.headers.get_list("content-security-policy")
    return {name: values for name, *values in (part.split() for part in text.split(";"))}


# Headers: each kind of answer may do what it needs


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_pages_run_no_script_but_their_own(client, page, lang):
    answer = client.get(f"/{'' if page == 'story' else page}?lang={lang}")
    said = policy(answer)
    assert set(said["script-src"]) >= {"'self'", "'unsafe-eval'"} and "'unsafe-inline'" not in said["script-src"]
    for script in re.findall(r"<script>(.*?)</script>", answer.text, re.DOTALL):
        assert f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'" in said["script-src"]
    assert said["frame-ancestors"] == ["'self'"] and said["connect-src"][-1] == "wss://numbers.example"
    assert not re.search(r"\son[a-z]+\s*=|javascript:", answer.text)


@pytest.mark.parametrize(
    "path", ["/story.html", "/figures.html?lang=en", "/figures/growth-2023.html", "/api/v1/", "/nowhere"]
)
def test_documents_run_no_script_at_all(client, path):
    answer = client.get(path, headers={"accept": "text/html"})
    said = policy(answer)
    assert answer.headers["content-type"].startswith("text/html")
    assert said["default-src"] == ["'none'"] and "script-src" not in said and said["frame-ancestors"] == ["'self'"]
    assert not re.search(r"<script(?! type=\"application/ld\+json\")|<link rel=\"stylesheet\" href=\"http", answer.text)


@pytest.mark.parametrize("path", ["/embed/growth-2023?lang=en", "/stage?lang=en"])
def test_embeds_and_the_stage_evaluate_nothing(client, path):
    answer = client.get(path)
    said = policy(answer)
    assert said["default-src"] == ["'none'"] and said["script-src"] == ["'self'"]
    assert said.get("connect-src") == (["'self'"] if path.startswith("/stage") else None)
    assert not re.search(r"<script>|\son[a-z]+\s*=", answer.text)


def test_only_embeds_may_be_framed_by_others(client):
    found = {path: policy(client.get(path))["frame-ancestors"] for path in (
        "/embed/growth-2023", "/", "/data", "/stage", "/story.html", "/figures/growth-2023.html", "/figures/growth-2023.csv",
        "/api/v1/", "/api/v1/units", "/nowhere", "/embed", "/embedded/x")}  # fmt: skip
    assert [path for path, value in found.items() if value == ["*"]] == ["/embed/growth-2023"]
    assert all(value in (["*"], ["'self'"]) for value in found.values())


@pytest.mark.parametrize(
    ("path", "shared"),
    [("/figures/growth-2023.svg", True), ("/embed/growth-2023", True), ("/assets/embed.js", True), ("/oembed", True),
     ("/api/v1/units", True), ("/data/v1/datapackage.json", True), ("/observations.csv", True),
     ("/", False), ("/data", False), ("/stage", False), ("/stage/talk.json", False), ("/metrics", False)],
)  # fmt: skip
def test_other_sites_may_use_what_is_meant_for_them(client, path, shared):
    answer = client.get(path)
    assert answer.headers["cross-origin-resource-policy"] == ("cross-origin" if shared else "same-origin")
    page = answer.headers["content-type"].startswith("text/html") and not path.startswith("/embed")
    assert answer.headers.get("cross-origin-opener-policy") == ("same-origin" if page else None)


@pytest.mark.parametrize(
    "path", ["/", "/nowhere", "/figures/growth-2023.csv", "/api/v1/nowhere", "/stage", "/figures/x.png"]
)
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE", "NONSENSE"])
def test_every_answer_has_its_headers(client, method, path):
    answer = client.request(method, path)
    assert answer.status_code < 500
    for name, value in {
        "x-content-type-options": "nosniff", "referrer-policy": "strict-origin-when-cross-origin",
        "strict-transport-security": "max-age=31536000",
    }.items():  # fmt: skip
        assert answer.headers.get_list(name) == [value]
    assert {"camera=()", "microphone=()", "geolocation=()"} <= set(answer.headers["permissions-policy"].split(", "))
    assert policy(answer)["base-uri"] in (["'none'"], ["'self'"])


def test_transport_security_is_promised_behind_tls_only():
    plain = TestClient(Starlette(routes=ROUTES, middleware=MIDDLEWARE), base_url="http://numbers.example")
    answer = plain.get("/", headers={"x-forwarded-proto": "https"})  # believed by the server from trusted proxies only
    assert "strict-transport-security" not in answer.headers
    assert "ws://numbers.example" in policy(answer)["connect-src"]


# Addresses that nobody needs


@pytest.mark.parametrize(
    "path",
    ["/_stcore/metrics", "/_stcore/script-health-check", "/_stcore/agent/interact", "/_stcore/agent/openapi.json",
     "/_stcore/agent/mcp", "/_stcore/agent/mcp/", "/_stcore/upload_file/a/b", "/_stcore/bidi-components/x/y.js",
     "/_stcore/nonsense", "/component/x/index.html", "/media/x.png", "/app/static/x", "/auth/login", "/auth/logout",
     "/oauth2callback", "/index.html", "/static/nothing.js", "/static/", "/data/x", "/data/_stcore/health", "/Data"],
)  # fmt: skip
@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE"])
def test_addresses_nobody_needs_are_closed(client, method, path):
    answer = client.request(method, path)
    assert answer.status_code in (404, 405)
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("how", ["address", "browser"])
def test_unknown_addresses_answer_in_the_readers_language(client, lang, how):
    speech = words(lang)
    query, liked = (f"?lang={lang}", "fr") if how == "address" else ("", f"fr, {lang}-XX;q=0.8")
    page = client.get(f"/nowhere{query}", headers={"accept": "text/html", "accept-language": liked})
    assert page.status_code == 404 and page.headers["content-language"] == lang
    assert f"<h1>{speech('told.unknown')}</h1>" in page.text and f"/data?lang={lang}" in page.text.replace(
        '"/data"', '"/data?lang=zh"'
    )
    problem = client.get(f"/nowhere{query}", headers={"accept-language": liked}).json()
    assert problem["status"] == 404 and problem["title"] == speech("told.unknown")


def test_pages_keep_their_deep_links(client):
    assert client.get("/data?observation=gyr-006-2&lang=en").status_code == 200
    assert client.get("/goals/").status_code == 200
    assert client.post("/goals").status_code == 405
    assert client.post("/story.html").headers["allow"] == "GET, HEAD"


def test_what_the_pages_are_made_of_is_there():
    index = security.INDEX.read_text(encoding="utf-8")
    named = {
        f"/{path.removeprefix('./')}" for path in re.findall(r'(?:src|href)="(\./(?:static|favicon)[^"]+)"', index)
    }
    assert len(named) > 2 and named <= carried() and "/index.html" not in carried()


def test_no_page_uses_what_is_closed():
    users = [
        path for layer in LAYERS for path in (ROOT / layer).rglob("*.py") if CLOSED.search(path.read_text("utf-8"))
    ]
    assert users == []


def test_streamlits_own_switches():
    import tomllib

    server = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    said = server["server"]
    assert all(said[name] is True for name in ("enableCORS", "enableXsrfProtection"))
    assert not any(said[name] for name in ("enableAgentApi", "enableStaticServing", "scriptHealthCheckEnabled",
                                           "enableWebsocketCompression"))  # fmt: skip
    assert (said["maxUploadSize"], said["maxWidgetStateSize"]) == (1, 1) and said["maxMessageSize"] <= 8
    assert server["client"]["showErrorDetails"] == "none" and server["client"]["allowedOrigins"] == []


# Text stays text


def unescaped():
    """Every place where a template takes a value as markup."""
    for path in sorted((ROOT / "components" / "templates").glob("*.html")):
        text = path.read_text(encoding="utf-8")
        assert "autoescape" not in text
        for found in re.findall(r"\{\{(.*?)\}\}", text, re.DOTALL):
            if re.search(r"\|\s*safe\b", found):
                yield f"{path.name}: {found.split('|')[0].strip()}"


def test_markup_is_taken_from_ourselves_only():
    assert set(unescaped()) == set(MARKUP) and all(MARKUP.values())


def test_no_code_calls_a_text_markup():
    known = {"Markup", "unsafe_allow_html", "unsafe_allow_javascript", "mark_safe"}
    for path in (path for layer in LAYERS for path in (ROOT / layer).rglob("*.py")):
        nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
        used = {node.id for node in nodes if isinstance(node, ast.Name)} | {
            node.arg for node in nodes if isinstance(node, ast.keyword) and node.arg
        }
        assert not used & known, path


@pytest.fixture(scope="module")
def poisoned():
    done = subprocess.run(
        [sys.executable, "-m", "tests.web.poisoned"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout.splitlines()[-1])


def test_a_script_in_every_text_column_stays_text_in_answers(poisoned):
    assert poisoned["cells"] > 4000 and len(poisoned["answers"]) > 50
    for answer in poisoned["answers"]:
        assert not answer["raw"] and answer["nosniff"] and answer["status"] < 500, answer
    shown = {answer["address"].partition("?")[0] for answer in poisoned["answers"] if answer["text"]}
    assert shown >= {"/figures/growth-2023.html", "/figures/growth-2023.svg", "/embed/growth-2023", "/stage/talk.json",
                     "/story.html", "/figures.html", "/api/v1/indicators", "/observations.csv", "/data"}  # fmt: skip


def test_a_script_in_every_text_column_stays_text_on_pages(poisoned):
    assert {(page["page"], page["lang"]) for page in poisoned["pages"]} == set(product(PAGES, LANGUAGES))
    assert not [page for page in poisoned["pages"] if page["raw"] or page["markdown"] or page["failed"]]
    shown = {page["page"] for page in poisoned["pages"] if page["text"]}
    assert shown >= {"story", "places", "results", "goals", "compare", "data", "sources", "desk"}


# Faults stay inside

INNER = "swordfish in /srv/inside.py"  # what must not get out


async def failing(_):
    raise RuntimeError(INNER)


async def failing_late(_):
    async def parts():
        yield b"begun"
        raise RuntimeError(INNER)

    return StreamingResponse(parts())


async def failing_session(socket):
    await socket.accept()
    raise RuntimeError(INNER)


@pytest.fixture
def broken():
    routes = [Route("/fail", failing, methods=["GET", "POST"]), Route("/late", failing_late),
              WebSocketRoute("/_stcore/stream", failing_session)]  # fmt: skip
    return TestClient(Starlette(routes=routes, middleware=MIDDLEWARE), raise_server_exceptions=False)


@pytest.mark.parametrize("accept", ["text/html", "*/*"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_fault_tells_a_stranger_its_id_only(broken, caplog, method, accept):
    answer = broken.request(method, "/fail?lang=en", headers={"accept": accept})
    assert answer.status_code == 500 and "nosniff" in answer.headers["x-content-type-options"]
    assert not re.search(r"swordfish|Traceback|\.py|RuntimeError", answer.text)
    (mark,) = set(re.findall(r"name this id: ([0-9a-f]{12})", answer.text))
    logged = [record for record in caplog.records if mark in record.getMessage()]
    assert len(logged) == 1 and logged[0].exc_info and INNER in str(logged[0].exc_info[1])


def test_a_fault_halfway_cuts_the_answer_off(broken, caplog):
    answer = broken.get("/late")
    assert "swordfish" not in answer.text and [record for record in caplog.records if record.exc_info]


def test_a_fault_in_a_session_closes_it_without_a_word(broken, caplog):
    with broken.websocket_connect("/_stcore/stream") as session, pytest.raises(WebSocketDisconnect) as closed:
        session.receive_bytes()
    assert closed.value.code == 1011 and not closed.value.reason
    assert [record for record in caplog.records if record.exc_info]


# Promises


def test_every_line_of_the_threat_model_names_a_test_that_exists():
    text = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    (section,) = [part for part in text.split("\n## ") if part.startswith("What stops whom")]
    rows = [line for line in section.splitlines() if line.startswith("| ") and not line.startswith("| who")]
    assert len(rows) >= 15
    for row in rows:
        named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", row)
        assert named, row
        for file, test in named:
            assert f"def {test}(" in (ROOT / file).read_text(encoding="utf-8"), f"{file}::{test}"
