"""The plain pages: the whole story and all Figures without scripts, the site map, and what crawlers are told."""

import re
from html import unescape
from xml.etree import ElementTree

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from components.address import PAGES
from components.figures.catalogue import every, figure
from components.web import assets, plain
from components.words import LANGUAGES, LOCALES
from data.story import story
from tests.components.scripts import stray_chinese

MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture(scope="module")
def client():
    return TestClient(Starlette(routes=[*plain.ROUTES, *assets.ROUTES]), base_url="https://numbers.example")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_whole_story_stands_on_one_page(client, lang):
    answer = client.get(f"/story.html?lang={lang}")
    html = unescape(answer.text)
    assert answer.headers["content-language"] == lang and f'<html lang="{LOCALES[lang]}">' in html
    steps = [position.step for position in story().steps()]
    shown = [figure(step.figure, lang, **step.parameters) for step in steps]
    assert re.findall(r"<h3[^>]*>(.*?)</h3>", html) == [one.title for one in shown]
    assert [alt in html for alt in (one.alt for one in shown)] == [True] * len(shown)
    assert html.count("<img ") == len(shown) and "{#" not in html
    assert "<script>" not in html and ' src="/figures/' in html
    assert lang == "zh" or not stray_chinese(re.sub(r'<a[^>]*lang="zh"[^>]*>.*?</a>|<script.*?</script>', "", html))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_figure_is_listed(client, lang):
    html = unescape(client.get(f"/figures.html?lang={lang}").text)
    titles = [figure(id, lang, **parameters).title for id, parameters in every()]
    assert re.findall(r'<li><a href="/figures/[^"]+">(.*?)</a>', html) == titles


def test_the_same_bytes_and_304(client):
    first = client.get("/story.html")
    assert client.get("/story.html").content == first.content
    assert client.get("/story.html", headers={"If-None-Match": first.headers["etag"]}).status_code == 304


def test_an_unknown_language_is_named(client):
    answer = client.get("/story.html?lang=fr")
    assert answer.status_code == 422 and answer.json()["detail"] == "参数“lang”不能是“fr”。可用：zh、en。"


def test_the_site_map_names_everything_once_with_its_twin(client):
    root = ElementTree.fromstring(client.get("/sitemap.xml").text)  # noqa: S314 - our own answer
    found = [url.findtext(f"{MAP}loc", "") for url in root.iter(f"{MAP}url")]
    assert len(found) == len(set(found))
    expected = 2 * (len(PAGES) + len(list(story().steps())) + 2 + len(list(every())))
    assert len(found) == expected and all(address.startswith("https://numbers.example/") for address in found)
    assert all(len(url) == 3 for url in root.iter(f"{MAP}url"))


def test_crawlers_may_read_everything(client):
    assert client.get("/robots.txt").text == (
        "User-agent: *\nAllow: /\n\nSitemap: https://numbers.example/sitemap.xml\n"
    )
