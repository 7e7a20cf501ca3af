"""Files at stable addresses: right type, right name, right language; what is wrong is named."""

import csv
import json
import re
import subprocess
import sys
from hashlib import sha256
from io import BytesIO, StringIO
from pathlib import Path
from urllib.parse import unquote
from zipfile import ZipFile

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from components.credits import file_address
from components.export import image, sheet
from components.figures.catalogue import every, figure
from components.web import files, tables
from components.web.head import PageHead
from components.words import LANGUAGES
from data.load import tables as all_tables
from data.load import version

ROOT = Path(__file__).resolve().parents[2]
NAME = re.compile(
    r"attachment; filename=\"([a-z0-9.-]+)\"; filename\*=UTF-8''((?:[A-Za-z0-9!#$&+.^_`|~-]|%[0-9A-F]{2})+)"
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
    return TestClient(Starlette(routes=routes, middleware=[Middleware(PageHead)]))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("ending", "kind", "start"),
    [
        ("png", "image/png", b"\x89PNG\r\n"),
        ("svg", "image/svg+xml", b"<svg "),
        ("pdf", "application/pdf", b"%PDF-1."),
        ("csv", "text/csv; charset=utf-8", b"\xef\xbb\xbf"),
        ("json", "application/json", b"{\n"),
    ],
)
def test_each_format(client, ending, kind, start, lang):
    answer = client.get(f"/figures/three-scopes.{ending}?lang={lang}")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == kind
    assert answer.content.startswith(start)
    assert answer.headers["content-language"] == lang
    assert answer.headers["etag"] == f'"{sha256(answer.content).hexdigest()[:20]}"'
    assert answer.headers["cache-control"] == "public, max-age=3600"
    plain, readable = file_names(answer)
    assert plain == f"three-scopes.{ending}"
    assert unquote(readable) == f"{figure('three-scopes', lang).title}.{ending}"


@pytest.mark.parametrize(("id", "parameters"), list(every()), ids=lambda part: part if isinstance(part, str) else "")
def test_every_figure_has_its_address(client, id, parameters):
    for lang in LANGUAGES:
        wanted = figure(id, lang, **parameters)
        answer = client.get(file_address(wanted, "csv"))
        assert answer.content == sheet.csv(wanted)
        assert unquote(file_names(answer)[1]) == f"{wanted.title}.csv"


def test_the_specification_has_its_address(client):
    wanted = figure("across-places", "en", indicator="gdp")
    assert client.get(file_address(wanted, "json")).json() == json.loads(image.vega_lite(wanted))


def test_without_a_language_it_is_chinese(client):
    answer = client.get("/figures/three-scopes.csv")
    assert (answer.headers["content-language"], answer.content) == ("zh", sheet.csv(figure("three-scopes", "zh")))


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("/figures/growth-2032.png", 404, "There is no Figure 'growth-2032'. Did you mean growth-2023?"),
        ("/figures/zzz.csv", 404, "There is no Figure 'zzz'. Valid: four-places, "),
        ("/figures/growth-2023.gif", 404, "There is no format 'gif'. Valid: png, svg, pdf, csv, json."),
        ("/figures/growth-2023.csv?lang=fr", 422, "lang cannot be 'fr'. Valid: zh, en."),
        ("/figures/growth-2023.csv?lang=", 422, "lang cannot be ''. Valid: zh, en."),
        ("/figures/growth-2023.csv?place=bijie", 422, "Figure growth-2023 has no parameter 'place'. Valid: none."),
        ("/figures/across-places.csv?indicater=gdp", 422, "no parameter 'indicater'. Did you mean indicator?"),
        ("/figures/across-places.csv?indicator=gpd", 422, "indicator cannot be 'gpd'. Did you mean gdp?"),
        ("/observations.ods", 404, "There is no format 'ods'. Valid: csv, json, xlsx."),
        ("/observations.csv?place=guiyng", 422, "place: 'guiyng' does not exist. Did you mean guiyang?"),
        ("/observations.json?theme=zzz", 422, "theme: 'zzz' does not exist. See /observations.csv for all."),
    ],
)
def test_what_is_wrong_is_named(client, address, status, said):
    answer = client.get(address)
    assert answer.status_code == status
    assert said in answer.text
    assert answer.headers["content-type"].startswith("text/plain")


def test_wild_addresses_get_a_plain_answer(client):
    for address in ("/figures/%00.png", "/figures/..%2F..%2Fetc%2Fpasswd.png", f"/figures/{'x' * 5000}.svg",
                    "/figures/<script>.csv", "/figures/growth-2023.csv?%F0%9F%98%80=%00"):  # fmt: skip
        answer = client.get(address)
        assert answer.status_code in (200, 404, 422)
        assert answer.headers["content-type"].startswith("text/plain")
        assert answer.headers["x-content-type-options"] == "nosniff"


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


def test_what_a_reader_has_is_not_sent_again(client):
    tag = client.get("/figures/three-scopes.csv").headers["etag"]
    assert client.get("/figures/three-scopes.csv", headers={"If-None-Match": tag}).status_code == 304


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
    plain, readable = file_names(answer)
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
