"""Files at stable addresses: right type, right name, right language; what is wrong is named."""

import csv
import json
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from html import unescape
from io import BytesIO, StringIO
from pathlib import Path
from threading import Event
from urllib.parse import quote, unquote
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from components.credits import address, file_address
from components.export import formats, image, sheet, sizes
from components.export.asked import Refused, read
from components.export.formats import TYPES
from components.export.store import Store
from components.figures.catalogue import CATALOGUE, every, figure
from components.figures.moved import MOVED
from components.theme import LOOKS
from components.web import files, tables
from components.web.front import MIDDLEWARE
from components.web.refusal import problem
from components.words import LANGUAGES, LOCALES
from data.load import tables as all_tables
from data.load import version

ROOT = Path(__file__).resolve().parents[2]
NAME = re.compile(
    r"(attachment|inline); filename=\"([a-z0-9._-]+)\"; filename\*=UTF-8''((?:[A-Za-z0-9!#$&+.^_`|~-]|%[0-9A-F]{2})+)"
)


def file_names(answer):
    """The plain and the readable name of a file, as its answer says them."""
    found = NAME.fullmatch(answer.headers["content-disposition"])
    assert found
    return found.groups()


async def rest(_):
    return PlainTextResponse("Streamlit")


@pytest.fixture(scope="module")
def client():
    routes = [*files.ROUTES, *tables.ROUTES, Route("/{path:path}", rest)]
    return TestClient(Starlette(routes=routes, middleware=MIDDLEWARE))


STARTS = {
    "png": b"\x89PNG\r\n",
    "svg": b"<svg ",
    "pdf": b"%PDF-1.",
    "csv": b"\xef\xbb\xbf",
    "xlsx": b"PK\x03\x04",
    "json": b"{\n",
    "geojson": b"{",
    "html": b"<!doctype html>",
}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("ending", STARTS)
def test_each_format(client, ending, lang):
    answer = client.get(f"/figures/four-places.{ending}?lang={lang}")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == TYPES[ending]
    assert answer.content.startswith(STARTS[ending])
    assert answer.headers["content-language"] == lang
    assert answer.headers["etag"] == f'"{sha256(answer.content).hexdigest()[:20]}"'
    assert answer.headers["cache-control"] == "public, max-age=3600"
    how, plain, readable = file_names(answer)
    assert how == ("inline" if ending == "html" else "attachment")
    assert plain == f"four-places-{lang}.{ending}"
    assert unquote(readable) == f"{figure('four-places', lang).title}.{ending}"


@pytest.mark.parametrize(("id", "parameters"), list(every()), ids=lambda part: part if isinstance(part, str) else "")
def test_every_figure_has_its_address(client, id, parameters):
    for lang in LANGUAGES:
        wanted = figure(id, lang, **parameters)
        answer = client.get(file_address(wanted, "csv"))
        assert answer.content == sheet.csv(wanted)
        readable = unquote(file_names(answer)[2]).removesuffix(".csv")
        assert len(readable) > 4 and not files.UNSAFE.search(readable)
        assert "".join(files.UNSAFE.sub("", wanted.title).split()).startswith("".join(readable.split()))


def test_the_specification_has_its_address(client):
    wanted = figure("across-places", "en", indicator="gdp")
    assert client.get(file_address(wanted, "json")).json() == json.loads(image.vega_lite(wanted))


@pytest.mark.parametrize(
    ("address", "status", "shown"),
    [
        ("/figures/growth-2032.html?lang=en", 404, 'href="/figures/growth-2023.html?lang=en"'),
        ("/figures/nope?lang=zh", 404, "没有编号为“nope”的图。"),
        ("/figures/growth-2023.png?lang=zh&lok=dark", 422, 'href="/figures/growth-2023.png?lang=zh&look=dark"'),
        ("/figures/growth-2023.png?lang=en&size=wde", 422, 'href="/figures/growth-2023.png?lang=en&size=wide"'),
        ("/figures/growth-2023.png?lang=zh&size=%3Cb%3E", 422, "可用：web、wide、square、story、print、a4。"),
        ("/kits/nope.zip?lang=en", 404, "nope"),
    ],
)
def test_a_stranger_with_a_mistyped_link_gets_a_page(client, address, status, shown):
    """Whoever opens it in a browser reads it in the language asked for, with what was meant and a way out; no list of codes."""
    lang = "en" if "lang=en" in address else "zh"
    answer = client.get(address, headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    assert answer.status_code == status and answer.headers["content-type"] == "text/html; charset=utf-8"
    html = unescape(answer.text)
    assert f'<html lang="{LOCALES[lang]}">' in html and shown in html and "<b>" not in answer.text
    assert f'href="/figures.html?lang={lang}"' in html and "Accept" in answer.headers["vary"]
    assert sum(f'"{id}"' in html or f"、{id}" in html for id in CATALOGUE) == 0
    machine = client.get(address, headers={"Accept": "image/avif,*/*;q=0.8"})
    assert machine.headers["content-type"] == "application/problem+json" and machine.json()["status"] == status


def test_without_a_language_it_is_chinese(client):
    answer = client.get("/figures/three-scopes.csv")
    assert (answer.headers["content-language"], answer.content) == ("zh", sheet.csv(figure("three-scopes", "zh")))


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("/figures/growth-2032.png?lang=en", 404, "There is no figure “growth-2032”. Did you mean growth-2023"),
        ("/figures/growth-2032.png", 404, "没有编号为“growth-2032”的图。是否想要：growth-2023"),
        ("/figures/zzz.csv?lang=en", 404, "There is no figure “zzz”. Valid: four-places, "),
        ("/figures/growth-2023.gif?lang=en", 404, "Figures have no format “gif”. Valid: png, svg, pdf, csv, "),
        ("/figures/growth-2023.csv?lang=fr", 422, "参数“lang”不能是“fr”。可用：zh、en。"),
        ("/figures/growth-2023.csv?lang=", 422, "参数“lang”不能是“”。可用：zh、en。"),
        ("/figures/growth-2023.csv?place=bijie&lang=en", 422, "There is no parameter “place” here. Valid: lang, bom."),
        ("/figures/across-places.csv?indicater=gdp&lang=en", 422, "“indicater” here. Did you mean indicator?"),
        ("/figures/across-places.csv?indicator=gpd&lang=en", 422, "“indicator” cannot be “gpd”. Did you mean gdp?"),
        ("/figures/growth-2023.png?scale=9&lang=en", 422, "“scale” must lie between 1 and 4; it cannot be “9”."),
        ("/figures/growth-2023.png?width=99999&lang=en", 422, "“width” must lie between 260 and 4000"),
        ("/figures/growth-2023.png?width=²&lang=en", 422, "“width” must lie between 260 and 4000"),
        ("/figures/growth-2023.png?size=wbe&lang=en", 422, "“size” cannot be “wbe”. Did you mean w"),
        ("/figures/growth-2023.png?size=web&width=900&lang=en", 422, "Give either “width” or “size”, not both."),
        ("/figures/growth-2023.png?width=3000&scale=2&lang=en", 422, "this size can be scaled by 1.33 at most"),
        ("/figures/growth-2023.png?look=drak&lang=en", 422, "“look” cannot be “drak”. Did you mean dark?"),
        ("/figures/growth-2023.svg?text=zzz&lang=en", 422, "“text” cannot be “zzz”. Valid: text, outlines."),
        ("/figures/growth-2023.csv?bom=2&lang=en", 422, "“bom” cannot be “2”. Valid: 1, 0."),
        ("/figures/growth-2023.csv?size=web&lang=en", 422, "There is no parameter “size” here. Valid: lang, bom."),
        ("/figures/growth-2023.geojson?lang=en", 404, "This figure is no map, so it has no shapes. Valid: png, svg"),
        ("/kits/chapter-wherre.zip?lang=en", 404, "There is no press kit “chapter-wherre”. Did you mean chapter-where"),
        ("/kits/all.zip?size=web&lang=en", 422, "There is no parameter “size” here. Valid: lang."),
        ("/kits/all.zip?lang=fr", 422, "参数“lang”不能是“fr”。"),
    ],
)
def test_what_is_wrong_is_named(client, address, status, said):
    answer = client.get(address)
    told = answer.json()
    assert answer.status_code == told["status"] == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert said in told["detail"]
    assert told["title"] and told["type"].startswith("urn:problem:figure-file:")
    if "Did you mean" in said:
        assert set(told["nearest"]) <= set(told["valid"])


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("/observations.ods", 404, "There is no format 'ods'. Valid: csv, json, xlsx."),
        ("/observations.csv?place=guiyng", 422, "place: 'guiyng' does not exist. Did you mean guiyang?"),
        ("/observations.json?theme=zzz", 422, "theme: 'zzz' does not exist. See /observations.csv for all."),
    ],
)
def test_what_is_wrong_with_a_selection_is_named(client, address, status, said):
    answer = client.get(address)
    assert answer.status_code == status
    assert said in answer.text


def test_the_smallest_height_that_is_named_will_do(client):
    refused = client.get("/figures/wudang-goals.png?width=800&height=260")
    least = refused.json()["least"]
    assert refused.status_code == 422 and str(least) in refused.json()["detail"]
    answer = client.get(f"/figures/wudang-goals.png?width=800&height={least}")
    assert Image.open(BytesIO(answer.content)).size == (800, least)


@pytest.mark.parametrize(
    ("query", "size", "ppi"),
    [
        ("", (1640, None), 144),
        ("size=web", (1200, 675), 72),
        ("size=web&scale=2", (2400, 1350), 144),
        ("size=square&ppi=96", (1080, 1080), 96),
        ("size=a4", (2480, 3508), 300),
        ("width=900&height=700&scale=1.5", (1350, 1050), 108),
        ("width=4000", (4000, None), 72),
    ],
)
def test_a_png_has_the_size_its_address_says(client, query, size, ppi):
    answer = client.get(f"/figures/three-scopes.png?{query}")
    picture = Image.open(BytesIO(answer.content))
    assert (picture.width, size[1] and picture.height) == size
    assert [round(dpi) for dpi in picture.info["dpi"]] == [ppi, ppi]


def test_one_thing_has_one_address_however_it_is_asked(client):
    one, other = (
        client.get(f"/figures/comparison.csv?places={places}") for places in ("bijie,guiyang", "guiyang,bijie")
    )
    assert one.status_code in (200, 422) and one.content == other.content


def test_a_moved_figure_leads_on_for_good(client, monkeypatch):
    monkeypatch.setitem(MOVED, "old-growth", "growth-2023")
    answer = client.get("/figures/old-growth.png?lang=en&size=web", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (308, "/figures/growth-2023.png?lang=en&size=web")
    assert client.get("/figures/old-growth.csv").content == client.get("/figures/growth-2023.csv").content
    short = client.get("/figures/old-growth?lang=en", follow_redirects=False)
    assert short.headers["location"] == "/figures/growth-2023.html?lang=en"


def test_moved_figures_lead_somewhere():
    assert all(new in CATALOGUE and old not in CATALOGUE for old, new in MOVED.items())


def test_the_short_address_of_a_picture_leads_to_its_page(client):
    for id, lang in (("growth-2023", "zh"), ("across-places", "en")):
        answer = client.get(address(figure(id, lang)))
        assert answer.status_code == 200 and f"{figure(id, lang).title}</h1>" in answer.text


def test_the_short_address_names_the_site(monkeypatch):
    monkeypatch.setenv("PUBLIC_ADDRESS", "https://figures.example/")
    assert address(figure("growth-2023", "en")) == "figures.example/figures/growth-2023?lang=en"


PARAMETERS = st.sampled_from(
    ["lang", "size", "width", "height", "scale", "ppi", "look", "transparent", "text", "bom", "x"]
)
VALUES = st.one_of(
    st.text(max_size=30), st.sampled_from(["zh", "web", "-1", "0", "1e9", "nan", "../..", "%00", "²", "١"])
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ending=st.sampled_from([*TYPES, "exe"]), query=st.dictionaries(PARAMETERS, VALUES, max_size=4))
def test_hostile_parameters_are_read_or_refused(ending, query):
    try:
        found = read("growth-2023", ending, query)
    except Refused as refused:
        assert refused.status in (404, 422)
        json.loads(bytes(problem(refused, query.get("lang", "")).body))
        return
    assert found.lang in LANGUAGES and found.look in LOOKS
    assert sizes.SIDES[0] <= found.size.width <= sizes.LARGEST
    assert found.size.height is None or sizes.SIDES[0] <= found.size.height <= sizes.LARGEST
    assert found.scale is None or 1 <= found.scale <= 4


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(path=st.text(max_size=60))
def test_wild_paths_get_nowhere(client, path):
    for prefix in ("/figures/", "/kits/"):
        answer = client.get(prefix + quote(path, safe="/."), follow_redirects=False)
        assert answer.status_code in (200, 307, 404, 422)
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_wild_addresses_get_a_plain_answer(client):
    for path in ("/figures/%00.png", f"/figures/{'x' * 5000}.svg", "/figures/<script>.csv",
                 "/figures/growth-2023.csv?%F0%9F%98%80=%00"):  # fmt: skip
        answer = client.get(path)
        assert answer.status_code in (404, 422)
        assert answer.headers["content-type"] == "application/problem+json"
        assert len(answer.content) < 20_000
    for path in ("/figures/..%2F..%2Fetc%2Fpasswd.png", "/kits/..%2F..%2Fetc%2Fpasswd.zip"):
        answer = client.get(path)
        assert answer.text in ("Streamlit", "Not Found") or answer.status_code in (404, 422)


def test_who_waits_too_long_is_told_when_to_come_back(monkeypatch):
    started, go = Event(), Event()

    def slow(asked):
        started.set()
        go.wait(20)
        return b"made"

    monkeypatch.setattr(formats, "make", slow)
    monkeypatch.setattr(files, "AT_ONCE", 1)
    monkeypatch.setattr(files, "PATIENCE", 0.2)
    monkeypatch.setattr(files, "KEPT", Store(1000))
    with TestClient(Starlette(routes=files.ROUTES)) as crowded, ThreadPoolExecutor() as pool:
        first = pool.submit(crowded.get, "/figures/growth-2023.png")
        assert started.wait(20)
        second = crowded.get("/figures/growth-2023.svg?lang=en")
        go.set()
        assert first.result().content == b"made"
        assert (second.status_code, second.headers["retry-after"]) == (503, str(files.RETRY))
        assert second.json()["detail"] == f"Many files are being made at once; try again in {files.RETRY} seconds."
        assert crowded.get("/figures/growth-2023.png").content == b"made"  # kept


def test_kept_files_are_bounded_by_what_they_weigh():
    store = Store(100)
    for number in range(10):
        store.put(number, bytes(20))
    assert store.weight == 100 and store.get(9) and store.get(4) is None
    assert store.put("heavy", bytes(26)) and store.get("heavy") is None


def test_texts_are_kept_packed():
    store = Store(4000)
    drawing = "<svg>贵阳</svg>" * 500
    assert store.get_or_write("drawing", lambda: drawing) == drawing
    assert store.get_or_write("drawing", lambda: "another") == drawing
    assert 0 < store.weight < len(drawing.encode()) / 3


@pytest.mark.parametrize(
    "address", ["/figures/three-scopes.csv?lang=en", "/observations.csv?place=bijie", "/observations.json?kind=goal"]
)
def test_head_says_the_same_without_the_body(client, address):
    whole, head = client.get(address), client.head(address)
    assert (head.status_code, head.content) == (200, b"")
    same = ("content-type", "content-length", "content-disposition")
    assert [head.headers.get(name) for name in same] == [whole.headers.get(name) for name in same]


@pytest.mark.parametrize("address", ["/figures/three-scopes.csv", "/observations.csv"])
def test_nothing_can_be_sent(client, address):
    assert client.post(address).status_code == 405


@pytest.mark.parametrize("ending", ["csv", "png", "pdf", "xlsx"])
def test_what_a_reader_has_is_not_sent_again(client, ending):
    path = f"/figures/three-scopes.{ending}"
    own = client.get(path).headers["etag"]
    for said in (own, f'"other", W/{own}', "*"):
        answer = client.get(path, headers={"If-None-Match": said})
        assert (answer.status_code, answer.content, answer.headers["etag"]) == (304, b"", own)
    assert client.get(path, headers={"If-None-Match": own[:-2] + '"'}).status_code == 200


def test_observations_as_csv(client):
    rows = all_tables().observations
    answer = client.get("/observations.csv?place=bijie")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.content.startswith(b"\xef\xbb\xbf")
    ids = [row["id"] for row in csv.DictReader(StringIO(answer.content.decode("utf-8-sig"), newline=""))]
    assert ids == list(rows.index[rows["place"] == "bijie"])
    machine = client.get("/observations.csv?place=bijie&bom=0")
    assert machine.content == answer.content[3:]


def test_observations_as_json(client):
    rows = all_tables().observations
    found = client.get("/observations.json").json()
    assert [row["id"] for row in found] == list(rows.index)
    first = next(row for row in found if row["id"] == "gyr-006-2")
    assert (first["value"], first["value_high"], first["paragraph"]) == (5154.75, None, 6)
    assert (first["place_zh"], first["place_en"], first["indicator_en"]) == ("贵阳市", "Guiyang", "GDP")
    assert first["document_en"] == "2024 Government Work Report"


def test_observations_as_a_workbook(client):
    answer = client.get("/observations.xlsx?lang=en&place=bijie")
    assert answer.headers["content-type"] == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    _, plain, readable = file_names(answer)
    assert (plain, unquote(readable)) == ("observations.xlsx", f"Guizhou in Numbers-{version()}.xlsx")
    with ZipFile(BytesIO(answer.content)) as book:
        assert book.testzip() is None
        workbook = book.read("xl/workbook.xml").decode()
    assert re.findall(r'<sheet name="([^"]+)"', workbook) == ["observations", "sources", "columns"]
    assert client.get("/observations.xlsx?lang=en&place=bijie").content == answer.content


def test_the_application_has_all_of_it():
    """Start the real application beside the tests, since its runtime is one per process."""
    program = (
        "import warnings; warnings.simplefilter('ignore')\n"
        "from starlette.testclient import TestClient; import app; client = TestClient(app.app)\n"
        "for path in ('/figures/three-scopes.csv', '/observations.json?place=bijie', '/data?lang=en', '/_stcore/health'):\n"
        "    answer = client.get(path)\n"
        "    print(path, answer.status_code, answer.headers['content-type'], answer.headers['x-content-type-options'])\n"
        "    if path.startswith('/data'): print(answer.text[answer.text.index('<title>'):].partition('</title>')[0])\n"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == [
        "/figures/three-scopes.csv 200 text/csv; charset=utf-8 nosniff",
        "/observations.json?place=bijie 200 application/json nosniff",
        "/data?lang=en 200 text/html; charset=utf-8 nosniff",
        "<title>Data · Guizhou in Numbers",
        "/_stcore/health 200 text/plain; charset=utf-8 nosniff",
    ]
