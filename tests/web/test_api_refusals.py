"""What the data interface refuses: by name, with the rule, what is valid and what comes near; never a traceback."""

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from components.web.api import answers
from components.web.api.guard import LONGEST
from components.web.api.negotiation import preferred
from components.web.api.problems import STATUS, Problem
from components.web.api.resources import resources
from components.words import LANGUAGES
from data.load import version
from tests.web.asking import application, client

RESOURCES = sorted(resources())


def problem(answer, status, kind):
    """The body of a refusal, once everything that all of them share is checked."""
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert answer.headers["access-control-allow-origin"] == "*" and answer.headers["cache-control"] == "no-cache"
    assert answer.headers["x-content-type-options"] == "nosniff"
    body = answer.json()
    assert (body["status"], body["type"]) == (status, f"/api/v1/#{kind}")
    assert body["title"] and body["detail"] and answer.headers["content-language"] in LANGUAGES
    assert "Traceback" not in answer.text and ".py" not in answer.text
    return body


@pytest.mark.parametrize(
    ("query", "parameter", "rule", "nearest", "detail"),
    [
        ("plce=bijie", "plce", "unknown-parameter", "place", "There is no parameter plce. The nearest is place."),
        ("place=guiyng", "place", "unknown-value", "guiyang", "place cannot be “guiyng”. The nearest is guiyang."),
        ("place=bijie,", "place", "unknown-value", None, "place cannot be “”."),
        ("place=", "place", "unknown-value", None, "place cannot be “”."),
        ("theme=econmy", "theme", "unknown-value", "economy", "theme cannot be “econmy”. The nearest is economy."),
        ("indicator=gpd", "indicator", "unknown-value", "gdp", "indicator cannot be “gpd”. The nearest is gdp."),
        ("limit=0", "limit", "out-of-range", None, "limit is out of range at 0."),
        ("limit=1001", "limit", "out-of-range", None, "limit is out of range at 1001."),
        ("offset=-1", "offset", "out-of-range", None, "offset is out of range at -1."),
        ("offset=1000001", "offset", "out-of-range", None, "offset is out of range at 1000001."),
        ("limit=ten", "limit", "number", None, "limit must be a whole number, and “ten” is none."),
        ("limit=1_0", "limit", "number", None, "limit must be a whole number, and “1_0” is none."),
        ("limit=٣", "limit", "number", None, "limit must be a whole number, and “٣” is none."),
        ("limit=", "limit", "number", None, "limit must be a whole number, and “” is none."),
        ("sort=vale", "sort", "unknown-value", "value", "sort cannot be “vale”. The nearest is value."),
        ("format=xml", "format", "unknown-value", None, "format cannot be “xml”."),
        ("bom=yes", "bom", "unknown-value", None, "bom cannot be “yes”."),
        ("geometry=none", "geometry", "unknown-parameter", None, "There is no parameter geometry."),
        ("limit=1&limit=2", "limit", "once", None, "limit may be given only once; it came as 1, 2."),
        (f"search={'x' * 201}", "search", "too-long", None, "search is too long."),
    ],
)
def test_what_is_wrong_is_named(query, parameter, rule, nearest, detail):
    body = problem(client().get(f"/api/v1/observations?lang=en&{query}"), 422, "invalid-query")
    assert body["detail"] == detail
    (error,) = body["errors"]
    assert (error["parameter"], error["rule"], error["nearest"]) == (parameter, rule, nearest)
    assert error["valid"] and error["valid_total"] >= len(error["valid"])


def test_everything_wrong_is_named_at_once():
    body = problem(client().get("/api/v1/terms?lang=en&kind=x&limit=0&foo=1"), 422, "invalid-query")
    assert body["detail"] == "3 parameters are wrong; each is named below."
    assert [error["parameter"] for error in body["errors"]] == ["kind", "limit", "foo"]


def test_a_wrong_language_is_refused_in_the_first():
    answer = client().get("/api/v1/terms?lang=fr")
    assert problem(answer, 422, "invalid-query")["errors"][0]["valid"] == list(LANGUAGES)
    assert answer.headers["content-language"] == "zh"
    assert "参数“lang”不能取“fr”。" in answer.json()["detail"]


@pytest.mark.parametrize("name", sorted(name for name, resource in resources().items() if resource.key))
def test_an_unknown_id_comes_with_the_nearest(name):
    own = str(resources()[name].rows().index[-1])
    body = problem(client().get(f"/api/v1/{name}/{own}x?lang=en"), 404, "unknown-id")
    assert (body["resource"], body["id"]) == (name, f"{own}x")
    assert body["nearest"] in resources()[name].rows().index or len(own) < 2


@pytest.mark.parametrize("name", ["excluded", "pairs"])
def test_rows_without_an_id_have_no_address(name):
    problem(client().get(f"/api/v1/{name}/1"), 404, "unknown-path")


@pytest.mark.parametrize(
    ("path", "nearest"),
    [
        ("obsrvations", "observations"),
        ("zzz", ""),
        ("units%0A", ""),
        ("terms/%0Ax", ""),
        ("%00", ""),
        ("units/", "units"),
        ("units/1/2", "units"),
    ],
)
def test_an_unknown_path(path, nearest):
    assert problem(client().get(f"/api/v1/{path}"), 404, "unknown-path")["nearest"] == nearest


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "OPTIONS", "FOO"])
@pytest.mark.parametrize("path", ["/api/v1/units", "/api/v1/", "/api/v1/nothing", "/data/v1/tables/units.csv"])
def test_nothing_can_be_written(path, method):
    answer = client().request(method, path)
    assert problem(answer, 405, "method-not-allowed")["method"] == method
    assert answer.headers["allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize("accept", ["application/xml", "image/*", "application/json;q=0, text/csv;q=0", "nonsense"])
@pytest.mark.parametrize("name", RESOURCES)
def test_a_format_that_is_not_there(name, accept):
    body = problem(client().get(f"/api/v1/{name}?limit=1", headers={"Accept": accept}), 406, "not-acceptable")
    assert "application/json, text/csv" in body["offered"]


def test_a_page_is_not_offered_as_data():
    problem(client().get("/api/v1/", headers={"Accept": "application/json"}), 406, "not-acceptable")


@pytest.mark.parametrize("address", ["units?search=" + "x" * LONGEST, "x" * LONGEST, "units?place=" + "a," * LONGEST])
def test_a_long_address(address):
    problem(client().get(f"/api/v1/{address}"), 414, "address-too-long")


def test_a_failure_says_nothing_of_the_inside(monkeypatch):
    def fails(*_):
        raise RuntimeError("secret inside")

    monkeypatch.setattr(answers, "as_rows", fails)
    quiet = TestClient(application(), raise_server_exceptions=False)
    answer = quiet.get("/api/v1/units")
    assert "secret" not in answer.text
    problem(answer, 500, "failure")


def test_every_kind_of_problem_has_a_status():
    assert all(400 <= status < 600 for status in STATUS.values())
    with pytest.raises(KeyError):
        STATUS[Problem("no-such").kind]


ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
NAMES = st.sampled_from(["lang", "limit", "offset", "place", "search", "sort", "format", "bom", "geometry", "kind"])
QUERY = st.lists(
    st.tuples(NAMES | ANY, ANY | st.sampled_from(["1", "0", "-1", "zh", "bijie", "csv", "goal"])), max_size=5
)


@given(st.sampled_from(RESOURCES), QUERY)
@settings(max_examples=150)
def test_wild_queries_get_an_answer_or_a_problem(name, query):
    answer = client().get(f"/api/v1/{name}", params=[*query, ("limit", "2")] if name in ("figures", "views") else query)
    assert answer.status_code in (200, 414, 422)
    if answer.status_code == 422:
        problem(answer, 422, "invalid-query")


@given(st.text(st.characters(exclude_characters="/"), min_size=1, max_size=60))
@settings(max_examples=150)
def test_wild_paths_get_an_answer_or_a_problem(path):
    wild = path.encode("utf-8", "surrogatepass")
    quoted = "".join(f"%{byte:02X}" for byte in wild)
    for address in (f"/api/v1/{quoted}", f"/api/v1/places/{quoted}", f"/data/v1/{quoted}", f"/data/v1@{quoted}/x"):
        answer = client().get(address)
        assert answer.status_code in (200, 404)
        if answer.status_code == 404:
            problem(answer, 404, answer.json()["type"].rsplit("#", 1)[1])


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=60))
@settings(max_examples=150)
def test_wild_headers_get_an_answer_or_a_problem(text):
    answer = client().get("/api/v1/units?limit=1", headers={"Accept": text, "If-None-Match": text, "Host": "x"})
    assert answer.status_code in (200, 304, 406)


@pytest.mark.parametrize("path", ["../../../etc/passwd", "..%2f..%2fapp.py", "tables/../../load.py", "tables/units.csv%00",
                                  "tables//units.csv", "tables\\units.csv", "tables/README.md", "tables/", ""])  # fmt: skip
def test_only_the_tables_can_be_taken(path):
    answer = client().get(f"/data/v1/{path}")
    assert answer.status_code == 404 and "root:" not in answer.text and "import " not in answer.text


def test_what_is_sent_comes_back_shortened_and_as_text():
    evil = '<script>alert("x")</script>' * 10
    body = problem(client().get("/api/v1/units", params={evil: "1"}), 422, "invalid-query")
    assert len(body["errors"][0]["value"]) <= 120
    assert client().get("/api/v1/units", params={evil: "1"}).headers["x-content-type-options"] == "nosniff"


def test_a_host_that_anyone_may_invent_stands_in_no_answer():
    for address in ("/api/v1/units", "/api/v1/?lang=en", "/api/v1", "/api/v1/openapi.json", "/api/v1/units?x=1"):
        answer = client().get(address, headers={"Host": "evil.example"})
        assert "evil.example" not in answer.text + json.dumps(dict(answer.headers))


def test_preference_is_read_as_the_standard_says():
    def chosen(accept):
        scope = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": [(b"accept", accept)]}
        from starlette.requests import Request

        return preferred(Request(scope), ("json", "csv"))

    assert chosen(b"text/csv, application/json") == "json"
    assert chosen(b"TEXT/CSV") == "csv"
    assert chosen(b"text/csv;q=0.9;header=present, application/json;q=0.8") == "csv"
    assert re.fullmatch("[0-9a-f]{10}", version())
