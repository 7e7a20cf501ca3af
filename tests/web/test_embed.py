"""Embeds as other sites and their tools ask for them: page, still picture, oEmbed, releases, what is wrong by name."""

import json
import re
from html import unescape

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from components.export import face as faces
from components.figures import catalogue
from components.figures.catalogue import figure
from components.figures.moved import MOVED
from components.web import assets, embed
from components.web.fitted import height
from data.load import version

QUERY = "place=wudang&lang=en"


@pytest.fixture(scope="module")
def client():
    return TestClient(Starlette(routes=[*embed.ROUTES, *assets.ROUTES]))


def specifications(page):
    (found,) = re.findall(r'<script type="application/json" id="figure">(.*?)</script>', page.text, re.DOTALL)
    return json.loads(found)


def test_an_embed_holds_the_figures_words_its_chart_and_its_link(client):
    page, shown = client.get(f"/embed/ratio-goals?{QUERY}"), figure("ratio-goals", "en", place="wudang")
    assert page.status_code == 200 and page.headers["content-language"] == "en"
    assert f"<h1>{shown.title}</h1>" in unescape(page.text) and shown.subtitle in unescape(page.text)
    assert 'href="http://testserver/figures/ratio-goals.html?place=wudang&amp;lang=en"' in page.text
    light, dark = (specifications(page)[look] for look in ("light", "dark"))
    assert light["width"] == "container" and light["config"]["background"] != dark["config"]["background"]
    values = {row["value"] for rows in light["datasets"].values() for row in rows if "value" in row}
    assert set(shown.table["value"]) <= values


def test_it_asks_no_other_host_and_runs_no_inline_script(client):
    page = client.get("/embed/four-places?lang=zh").text
    assert {host for host in re.findall(r'(?:src|href|srcset)="(?:https?:)?//([^/"]+)', page)} == {"testserver"}
    assert all("src=" in tag or "application/json" in tag for tag in re.findall(r"<script[^>]*>", page))


def test_the_still_picture_serves_where_scripts_are_off(client):
    page = client.get(f"/embed/ratio-goals?{QUERY}").text
    stills = [address.replace("&amp;", "&") for address in re.findall(r'srcset="([^"]+)"', page)]
    assert len(stills) == 4
    drawn = {client.get(address).text for address in stills}
    assert len(drawn) == 4 and all(picture.startswith("<svg") for picture in drawn)
    assert all("58%" in picture for picture in drawn)


def test_a_still_picture_holds_no_text_that_is_not_seen(client):
    drawn = client.get("/embed/numbers-by-place.svg?lang=zh&width=760").text
    assert "5154.75亿元" in drawn and ' opacity="0"' not in drawn


def test_the_same_address_gives_the_same_bytes_and_304(client):
    first, again = client.get("/embed/recovery"), client.get("/embed/recovery")
    assert first.content == again.content
    kept = client.get("/embed/recovery", headers={"If-None-Match": first.headers["etag"]})
    assert kept.status_code == 304 and kept.content == b""
    assert client.head("/embed/recovery").headers["etag"] == first.headers["etag"]


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("/embed/recovry?lang=en", 404, "Did you mean recovery?"),
        ("/embed/recovery?lang=fr", 422, "参数“lang”不能是“fr”。可用：zh、en。"),
        ("/embed/recovery?lang=en&look=print", 422, "Valid: light, dark"),
        ("/embed/recovery?lang=en&place=guiyang", 422, "no parameter “place”"),
        ("/embed/ratio-goals?lang=en&place=wudan", 422, "Did you mean wudang"),
        ("/embed/recovery.svg?lang=en&width=9999", 422, "Valid: 400, 760."),
        ("/embed/recovery?lang=en&width=400", 422, "as wide as its frame"),
        ("/embed/recovery@0000000000?lang=en", 404, f"Valid: {', '.join(faces.versions())}."),
        ("/oembed?url=http://x/elsewhere", 404, "/embed/{id}"),
        ("/oembed?url=http://x/embed/recovery&maxwidth=-3", 404, "from 1 to 4000"),
        ("/oembed?url=http://x/embed/recovery&format=xml", 501, "json only"),
        ("/assets/jquery.js", 404, "There is no asset 'jquery.js'"),
    ],
)
def test_what_is_wrong_is_named(client, address, status, said):
    answer = client.get(address)
    assert answer.status_code == status and said in answer.text


READ = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


def test_a_frame_whose_address_is_wrong_says_so_in_its_readers_language(client):
    answer = client.get("/embed/recovry?lang=zh", headers=READ)
    assert answer.status_code == 404 and answer.headers["content-type"] == "text/html; charset=utf-8"
    html, near = unescape(answer.text), figure("recovery", "zh")
    assert '<html lang="zh-Hans-CN">' in html and "没有编号为“recovry”的图。" in html
    assert f'<a href="/embed/recovery?lang=zh">{near.title}（recovery）</a>' in html


def test_oembed_gives_a_frame_for_the_address_found_in_the_page(client):
    page = client.get("/embed/recovery?lang=en").text
    (discovered,) = re.findall(r'type="application/json\+oembed" href="([^"]+)"', unescape(page))
    answer = client.get(discovered.removeprefix("http://testserver"), params=None).json()
    assert answer["type"] == "rich" and answer["title"] == figure("recovery", "en").title
    assert 'src="http://testserver/embed/recovery?lang=en"' in answer["html"] and answer["width"] == 760
    narrow = client.get(discovered.removeprefix("http://testserver") + "&maxwidth=400").json()
    assert narrow["width"] == 400 and 'width="400"' in narrow["html"]


def test_each_figure_gets_the_height_it_needs_at_the_width_asked_for(client):
    def asked(address, **limits):
        return client.get("/oembed", params={"url": f"http://testserver/embed/{address}", **limits}).json()

    small, large = asked("three-scopes?lang=zh"), asked("ratio-goals?place=wudang&lang=zh")
    assert small["height"] < 420 < 1200 < large["height"] and f'height="{large["height"]}"' in large["html"]
    assert asked("ratio-goals?place=wudang&lang=zh", maxwidth=340)["height"] > large["height"] + 60
    assert asked("ratio-goals?place=wudang&lang=zh", maxheight=500)["height"] == 500


def test_the_code_needs_nothing_beside_itself(client):
    shown = faces.face(figure("ratio-goals", "en", place="wudang"))
    code = embed.frame("https://numbers.example/embed/ratio-goals", shown)
    (listener,) = re.findall(r"<script>(.*?)</script>", code, re.DOTALL)
    assert "story-figure-height" in listener and "frame.height = event.data.height" in listener
    assert "scrolling" not in code
    (high,) = re.findall(r' height="(\d+)"', code)
    assert int(high) == max(height(shown, width) for width in (360, 400, 480, 560, 640, 760))


def test_vega_comes_from_our_own_server_packed_and_for_a_year(client):
    (address,) = re.findall(r'src="(/assets/vega\.js[^"]+)"', unescape(client.get("/embed/recovery").text))
    answer = client.get(address)
    assert "vegaEmbed" in answer.text and answer.headers["content-encoding"] == "gzip"
    assert "immutable" in answer.headers["cache-control"]
    assert "immutable" not in client.get("/assets/vega.js").headers["cache-control"]


def test_a_release_keeps_the_numbers_of_its_version(client, tmp_path, monkeypatch):
    monkeypatch.setattr(catalogue, "every", lambda: iter([("recovery", {})]))
    kept = faces.release(tmp_path)
    assert kept.name == f"{version()}.zip" and faces.release(tmp_path).read_bytes() == kept.read_bytes()
    before = client.get(f"/embed/recovery@{version()}?lang=en")
    assert "immutable" in before.headers["cache-control"]
    # The data move on: another version runs, and what was kept is shown as it was.
    old = version()
    monkeypatch.setattr(faces, "version", lambda: "later00000")
    monkeypatch.setattr(embed, "version", lambda: "later00000")
    monkeypatch.setattr(embed, "released", lambda *wanted: faces.released(*wanted, folder=tmp_path))
    monkeypatch.setattr(embed, "versions", lambda: faces.versions(tmp_path))
    embed._made.cache_clear()
    then = client.get(f"/embed/recovery@{old}?lang=en")
    assert then.status_code == 200 and specifications(then) == specifications(before)
    assert "Valid: " + ", ".join(sorted([old, "later00000"])) in client.get("/embed/recovery@never?lang=en").text
    assert "does not have this figure" in client.get(f"/embed/ratio-goals@{old}?lang=en").text
    embed._made.cache_clear()


def test_a_moved_figure_is_embedded_for_good(client, monkeypatch):
    now = client.get(f"/embed/ratio-goals?{QUERY}")
    monkeypatch.setitem(MOVED, "old-ratio", "ratio-goals")
    for address in (f"/embed/old-ratio?{QUERY}", f"/embed/old-ratio.svg?{QUERY}"):
        assert client.get(address).content == client.get(address.replace("old-ratio", "ratio-goals")).content
    asked = client.get("/oembed", params={"url": f"http://testserver/embed/old-ratio?{QUERY}"})
    assert now.status_code == asked.status_code == 200 and "/embed/ratio-goals?" in asked.json()["html"]


def test_a_release_keeps_a_figure_under_the_id_it_had(client, monkeypatch):
    monkeypatch.setitem(MOVED, "old-ratio", "ratio-goals")
    kept = faces.face(figure("ratio-goals", "en", place="wudang"))

    def released(wanted, name, lang):
        if (wanted, name, lang) != ("0123456789", "old-ratio-wudang", "en"):
            raise KeyError("no")
        return kept

    monkeypatch.setattr(embed, "released", released)
    for id in ("old-ratio", "ratio-goals"):
        answer = client.get(f"/embed/{id}@0123456789?{QUERY}")
        assert answer.status_code == 200 and "immutable" in answer.headers["cache-control"]
    assert client.get(f"/embed/ratio-goals@9876543210?{QUERY}").status_code == 404
