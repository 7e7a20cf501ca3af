"""What a page's address tells machines: language, title, description, share card, and the headers of every answer."""

import base64
import hashlib
import json
import re
from html import unescape
from itertools import product
from urllib.parse import urlencode

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse, StreamingResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from components.address import PAGES, View
from components.export import sizes
from components.figures.catalogue import figure
from components.web import embed, files
from components.web.front import MIDDLEWARE
from components.web.head import page_html, page_of
from components.web.security import INDEX
from components.web.share import FIGURES
from components.words import LANGUAGES, words
from data.load import tables, version
from data.story import story

SITE = "https://numbers.example"
CODE = {"zh": "zh-Hans-CN", "en": "en"}


async def fail(_):
    return PlainTextResponse("no", 500)


async def stream(_):
    return StreamingResponse(iter([b"a", b"b"]), media_type="text/html")


@pytest.fixture(scope="module")
def client():
    routes = [Route("/static/x.js", stream), Route("/fail", fail)]
    return TestClient(Starlette(routes=routes, middleware=MIDDLEWARE), base_url=SITE)


def address(page, lang=""):
    path = "/" if page == "story" else f"/{page}"
    return f"{path}?lang={lang}" if lang else path


def metas(html):
    found = re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)">', html)
    return {name: unescape(content) for name, content in found}


@pytest.mark.parametrize(("page", "lang"), list(product(PAGES, LANGUAGES)))
def test_head_of_every_page(client, page, lang):
    answer = client.get(address(page, "" if lang == "zh" else lang))
    html, speech = answer.text, words(lang)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert re.findall(r'<html lang="([^"]+)">', html) == [CODE[lang]]
    name = {"zh": "贵州四地数字故事", "en": "Guizhou in Numbers"}[lang]
    title = name if page == "story" else f"{speech(f'nav.{page}')} · {name}"
    assert [unescape(found) for found in re.findall(r"<title>(.*?)</title>", html)] == [title]
    here = f"{SITE}{address(page, '' if lang == 'zh' else lang)}"
    assert metas(html) == {
        "description": speech(f"page.{page}.description"),
        "og:type": "article",
        "og:site_name": name,
        "og:title": title,
        "og:description": speech(f"page.{page}.description"),
        "og:url": here,
        "og:image": f"{SITE}/figures/{FIGURES[page]}.png?lang={lang}&size=web",
        "og:image:width": "1200",
        "og:image:height": "675",
        "og:locale": {"zh": "zh_CN", "en": "en_US"}[lang],
        "twitter:card": "summary_large_image",
    }
    assert re.findall(r'<link rel="canonical" href="([^"]+)">', html) == [here]
    assert dict(re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">', html)) == {
        "zh-Hans-CN": f"{SITE}{address(page)}",
        "en": f"{SITE}{address(page, 'en')}",
    }
    assert speech("page.no-script") in html and "You need to enable JavaScript" not in html
    assert "Streamlit</title>" not in html


def test_literal_heads(client):
    assert "<title>出处 · 贵州四地数字故事</title>" in client.get("/sources").text
    assert "<title>Sources · Guizhou in Numbers</title>" in client.get("/sources?lang=en").text
    assert '<html lang="zh-Hans-CN">' in client.get("/").text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_step_has_a_share_card_of_its_own(client, lang):
    seen = set()
    for position in story().steps():
        step = position.step
        said = metas(client.get(f"/?step={step.id}&lang={lang}").text)
        shown = figure(step.figure, lang, **step.parameters)
        assert said["og:title"] == shown.title and f"/figures/{step.figure}.png?" in said["og:image"]
        assert said["description"] == said["og:description"] and "{" not in said["description"]
        assert urlencode(step.parameters) in said["og:image"]
        seen.add(said["og:image"])
    assert len(seen) == len(list(story().steps()))
    assert (sizes.SIZES["web"].width, sizes.SIZES["web"].height) == (1200, 675)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_plain_page_of_a_figure_has_its_share_card(lang):
    client = TestClient(Starlette(routes=[*files.ROUTES, *embed.ROUTES]), base_url=SITE)
    shown = figure("ratio-goals", lang, place="wudang")
    here = f"{SITE}/figures/ratio-goals.html?place=wudang&lang={lang}"
    page = client.get(f"/figures/ratio-goals.html?place=wudang&lang={lang}&look=dark").text
    said = metas(page)
    assert said["og:title"] == shown.title and said["og:description"] == shown.subtitle and said["og:url"] == here
    assert said["og:image"] == f"{SITE}/figures/ratio-goals.png?place=wudang&lang={lang}&size=web"
    assert said["twitter:card"] == "summary_large_image" and unescape(page).count(f'rel="canonical" href="{here}"') == 1
    framed = metas(client.get(f"/embed/ratio-goals?place=wudang&lang={lang}").text)
    cards = ("og:title", "og:description", "og:url", "og:image", "og:site_name", "og:locale")
    assert [framed[name] for name in cards] == [said[name] for name in cards]


def test_a_number_and_a_place_say_so(client):
    number = metas(client.get("/data?observation=gyr-006-2&lang=en").text)
    assert number["og:title"].endswith("· Guizhou in Numbers") and "paragraph 6" in number["description"]
    place = metas(client.get("/places?at=wudang").text)
    assert place["og:title"].startswith("乌当区")


@pytest.mark.parametrize("page", ["story", "data"])
def test_search_engines_find_the_data_described(client, page):
    html = client.get(address(page)).text
    (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    said = json.loads(found)
    assert said["@type"] == "Dataset" and said["version"] == version()
    assert str(len(tables().observations)) in said["description"]
    assert {part["contentUrl"] for part in said["distribution"]} == {
        f"{SITE}/data/v1/tables/observations.csv", f"{SITE}/data/v1/datapackage.json"}  # fmt: skip


def test_without_scripts_the_plain_pages_are_named(client):
    html = client.get("/goals?lang=en").text
    assert '<a href="/story.html?lang=en">' in html and '<a href="/figures.html?lang=en">' in html
    assert "_stcore/agent" not in html and 'rel="service-desc" href="/api/v1/openapi.json"' in html


@pytest.mark.parametrize("lang", ["fr", "", "EN", "zh-Hans-CN", "\u0000", "<script>", "x" * 5000])
def test_an_unknown_language_falls_back(client, lang):
    answer = client.get("/data", params={"lang": lang})
    assert answer.text == client.get("/data").text


def test_the_rest_of_the_address_does_not_reach_the_head(client):
    answer = client.get('/data?search="><script>alert(1)</script>&place=wudang&page=3&colour=red')
    assert answer.text == client.get("/data").text


def test_the_host_is_escaped():
    html = page_html("data", View(lang="en"), 'https://a"><b>/')
    assert '"><b>' not in html and "a&#34;&gt;&lt;b&gt;" in html


def policy(answer):
    parts = [part.strip().split(" ") for part in answer.headers["content-security-policy"].split(";")]
    return {name: values for name, *values in parts}


@pytest.mark.parametrize("path", ["/", "/data?lang=en", "/static/x.js", "/fail", "/nothing-here"])
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
def test_security_headers_of_every_answer(client, path, method):
    answer = client.request(method, path)
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "strict-origin-when-cross-origin"
    assert {"camera=()", "microphone=()", "geolocation=()"} <= set(answer.headers["permissions-policy"].split(", "))
    assert len(answer.headers.get_list("content-security-policy")) == 1


def test_the_policy_names_no_other_host(client):
    said = policy(client.get("/"))
    assert said["default-src"] == ["'self'"]
    assert said["object-src"] == ["'none'"] and said["base-uri"] == ["'self'"]
    assert "'unsafe-inline'" not in said["script-src"]
    assert said["connect-src"] == ["'self'", "data:", "blob:", "wss://numbers.example"]  # its own session
    others = [value for name, values in said.items() if name != "connect-src" for value in values]
    assert not [value for value in others if "." in value or "*" in value or "//" in value]


@pytest.mark.parametrize(("page", "lang"), list(product(PAGES, LANGUAGES)))
def test_every_inline_script_is_allowed_by_its_hash(client, page, lang):
    answer = client.get(address(page, lang))
    scripts = re.findall(r"<script>(.*?)</script>", answer.text, re.DOTALL)
    hashes = [f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" for text in scripts]
    assert len(hashes) == 2
    allowed = [value for value in policy(answer)["script-src"] if value.startswith("'sha256-")]
    assert sorted(hashes) == sorted(allowed)
    assert not re.search(r"\son[a-z]+=", answer.text)


def test_streamlits_page_is_the_one_we_know():
    """What the middleware replaces must be there, or a page would quietly keep Streamlit's own head."""
    source = INDEX.read_text(encoding="utf-8")
    for text in ('<html lang="en">', "<title>Streamlit</title>", "You need to enable JavaScript to run this app."):
        assert source.count(text) == 1


def test_head_answers_without_a_body(client):
    whole, head = client.get("/data"), client.head("/data")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == whole.headers["content-length"]
    assert whole.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    ("path", "page"),
    [
        ("/", "story"),
        ("/data", "data"),
        ("/data/", "data"),
        ("//data", "data"),
        ("/../", ""),
        ("/story", ""),
        ("//", ""),
        ("", ""),
        ("/Data", ""),
        ("/data/x", ""),
        ("/data.csv", ""),
        ("/data%2F", ""),
        ("/figures/growth-2023.png", ""),
        ("/_stcore/health", ""),
        ("/\x00", ""),
        ("/数据", ""),
    ],
)
def test_page_of_a_path(path, page):
    assert page_of(path) == page
