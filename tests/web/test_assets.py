"""Scripts of our own: at an address that names their content, kept for a year, named by every page."""

import re

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from components.address import HOME, PAGES
from components.web import assets
from components.web.front import MIDDLEWARE


@pytest.fixture(scope="module")
def client():
    return TestClient(Starlette(routes=assets.ROUTES, middleware=MIDDLEWARE))


def test_a_versioned_address_is_kept(client):
    answer = client.get(assets.address("reader.js"))
    assert answer.status_code == 200 and answer.headers["content-type"].startswith("text/javascript")
    assert "immutable" in answer.headers["cache-control"] and "addEventListener" in answer.text


@pytest.mark.parametrize("version", ["", "?v=", "?v=000000000000"])
def test_another_version_is_not_kept(client, version):
    answer = client.get(f"/assets/reader.js{version}")
    assert answer.status_code == 200 and answer.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("name", ["page.css", "../page.css", "..%2Fpage.css", "%2e%2e", "reader.js.map", "数据"])
def test_nothing_else_is_served(client, name):
    assert client.get(f"/assets/{name}").status_code == 404


def test_an_unknown_asset_has_no_address():
    with pytest.raises(KeyError):
        assets.address("nothing.js")


@pytest.mark.parametrize("page", PAGES)
def test_every_page_names_it_once(client, page):
    html = client.get("/" if page == HOME else f"/{page}").text
    sources = re.findall(r'<script src="(/assets/[^"]*)" defer></script>', html)
    assert sources == [assets.address("reader.js")]


def test_it_holds_no_address_of_others():
    assert not re.search(rb"https?://|eval\(|innerHTML", assets.files()["reader.js"])
