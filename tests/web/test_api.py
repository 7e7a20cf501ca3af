"""The data interface: every row, once; the numbers of the tables; filters as on the pages; answers that can be kept."""

import csv
from io import StringIO
from typing import Any
from urllib.parse import urlencode

import pytest

from components.address import valid
from components.figures.moved import MOVED
from components.web.api.resources import resources
from components.words import LANGUAGES
from data.load import NAMES, tables, version
from data.select import Selection, select
from data.verdicts import verdicts
from geo import notice
from geo.load import places
from tests.web.asking import client, every_row, first_sheet

RESOURCES = sorted(resources())
WITH_IDS = sorted(name for name, resource in resources().items() if resource.key)
PROMISED = {"observations", "indicators", "places", "sources", "pairs", "tasks", "mentions", "terms",
                   "departments", "corrections", "excluded", "units", "verdicts", "figures"}  # fmt: skip


def get(address, **headers):
    return client().get(
        f"/api/v1/{address}", headers={name.replace("_", "-"): value for name, value in headers.items()}
    )


def rows(answer):
    body = answer.json()
    return [row["properties"] for row in body["features"]] if "features" in body else body["data"]


def as_csv(content):
    return list(csv.DictReader(StringIO(content.decode("utf-8-sig"), newline="")))


def test_everything_is_there():
    assert set(RESOURCES) >= PROMISED and set(NAMES) <= set(RESOURCES)


@pytest.mark.parametrize("name", RESOURCES)
def test_paging_covers_every_row_once(name):
    limit = 50 if name == "views" else 7  # a page of views costs the most: each is a Figure that is built
    pages = every_row(name, limit=limit)
    found = [row for page in pages for row in (page.get("data") or page.get("features") or [])]
    assert len(found) == pages[0]["total"] == len(resources()[name].rows())
    key = resources()[name].key
    if key:
        ids = [(row.get("properties") or row)[key] for row in found]
        assert ids == list(resources()[name].rows().index) and len(set(ids)) == len(ids)
    assert all(len(page.get("data") or page.get("features")) == limit for page in pages[:-1])
    assert [page["previous"] is None for page in pages] == [number == 0 for number in range(len(pages))]


@pytest.mark.parametrize("name", RESOURCES)
def test_the_links_are_in_the_header_too(name):
    answer = get(f"{name}?limit=2&offset=2&lang=en")
    links = answer.headers["link"]
    assert f'<{answer.json()["next"]}>; rel="next"' in links and f'<{answer.json()["previous"]}>; rel="prev"' in links
    assert f'</api/v1/{name}?limit=2&lang=en&offset=0>; rel="first"' in links
    assert answer.headers["x-total-count"] == str(answer.json()["total"])


@pytest.mark.parametrize("name", sorted(set(NAMES) - {"observations"}))
def test_a_table_comes_as_it_is(name):
    found, own = rows(get(f"{name}?limit=1000")), getattr(tables(), name)
    assert [list(row) for row in found] == [list(own.columns)] * len(own)
    for row, cells in zip(found, own.to_dict("records"), strict=True):
        for column, value in cells.items():
            assert same(row[column], value), (column, value)


def same(said, value):
    """Compare a member of an answer with a cell of a table: missing is null, lists are lists."""
    if said is None:
        return value == "" or value != value
    if isinstance(said, list):
        return said == [part for part in value.split(";") if part]
    return said == value and isinstance(said, str) == isinstance(value, str)


def test_numbers_agree_wherever_they_are_taken_from():
    interface = {row["id"]: row for row in rows(get("observations?limit=1000"))}
    by_csv = {row["id"]: row for row in as_csv(get("observations?limit=1000&format=csv").content)}
    page_csv = {row["id"]: row for row in as_csv(client().get("/observations.csv").content)}
    table = {row["id"]: row for row in as_csv(client().get("/data/v1/tables/observations.csv").content)}
    workbook = {row["id"]: row for row in first_sheet(client().get("/observations.xlsx").content)}
    assert list(interface) == list(by_csv) == list(page_csv) == list(table) == list(workbook)
    assert len(interface) > 600
    for id, row in interface.items():
        for column in ("value", "value_high"):
            texts = {by_csv[id][column], page_csv[id][column], table[id][column]}
            assert len(texts) == 1
            text = texts.pop()
            assert row[column] == (float(text) if text else None) == workbook[id][column]
        assert row["printed"] == workbook[id]["printed"] == table[id]["printed"]
        assert (row["bound"] or "") == table[id]["bound"] == (workbook[id]["bound"] or "")


@pytest.mark.parametrize("name", sorted(Selection.filters()))
def test_a_filter_selects_what_the_pages_select(name):
    for value in list(valid()[name])[:12]:
        chosen: dict[str, Any] = {name: (value,)}
        found = [row["id"] for row in rows(get(f"observations?limit=1000&{name}={value}"))]
        assert found == list(select(tables(), Selection(**chosen)).index)


@pytest.mark.parametrize("sort", ["document", "value", "period", "name"])
def test_orders_are_those_of_the_pages(sort):
    found = rows(get(f"observations?limit=1000&sort={sort}&place=wudang,bijie&search=增"))
    wanted = select(tables(), Selection(place=("wudang", "bijie"), search="增", sort=sort))
    assert [row["id"] for row in found] == list(wanted.index)
    assert len(found) > 5


def test_filters_take_several_codes_either_way():
    joined = get("observations?kind=goal,standard&limit=1000").json()
    assert joined["data"] == get("observations?kind=goal&kind=standard&limit=1000").json()["data"]
    assert {row["kind"] for row in joined["data"]} == {"goal", "standard"}


@pytest.mark.parametrize("name", sorted(set(RESOURCES) - {"observations"}))
def test_every_filter_of_a_resource_narrows_it_to_its_code(name):
    resource = resources()[name]
    for row in resource.filters:
        for value in row.values[:4]:
            found = rows(client().get(f"/api/v1/{name}", params={row.name: value, "limit": min(resource.most, 1000)}))
            cells = [found_row[row.column] for found_row in found]
            assert all(value in cell if row.split else value == cell for cell in cells)
            own = resource.rows()[row.column]
            assert len(cells) == min(
                resource.most, sum(value in (cell.split(";") if row.split else [cell]) for cell in own)
            )


@pytest.mark.parametrize("name", sorted(set(RESOURCES) - {"observations"}))
def test_sorting_keeps_every_row_and_puts_what_is_missing_last(name):
    resource = resources()[name]
    for order in resource.sorts[1:]:
        found = [
            row[order.removeprefix("-")]
            for row in rows(get(f"{name}?limit={resource.most}&sort={order}" + "&geometry=none" * resource.located))
        ]
        there = [value for value in found if value is not None]
        assert there == sorted(there, reverse=order.startswith("-"))
        assert found[: len(there)] == there and len(found) == len(resource.rows())


@pytest.mark.parametrize("name", WITH_IDS)
def test_a_single_row_is_that_of_the_list(name):
    listed = rows(get(f"{name}?limit=3&lang=en"))
    for row in listed:
        found = client().get(f"/api/v1/{name}/{row[resources()[name].key].replace('%', '%25')}?lang=en").json()
        assert (found["properties"] if name == "places" else found["data"]) == row
        assert found["version"] == version()


@pytest.mark.parametrize("name", RESOURCES)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_csv_holds_what_json_holds(name, lang):
    asked = f"{name}?limit=40&lang={lang}"
    found, answer = rows(get(asked)), get(f"{asked}&format=csv&bom=1")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.content.startswith(b"\xef\xbb\xbf") and not get(f"{asked}&format=csv").content.startswith(b"\xef")
    lines = as_csv(answer.content)
    assert len(lines) == len(found)
    for line, row in zip(lines, found, strict=True):
        assert list(line) == list(row)
        for column, value in row.items():
            if value is None or isinstance(value, str):
                assert line[column].removeprefix("'") == (value or "").removeprefix("'")
            elif isinstance(value, int | float) and not isinstance(value, bool):
                assert float(line[column]) == value


def test_missing_is_null_and_never_zero():
    own = tables().observations
    found = {row["id"]: row for row in rows(get("observations?limit=1000"))}
    without = list(own.index[own["value"].isna()])
    assert len(without) > 20 and all(found[id]["value"] is None for id in without)
    assert all(row["value"] is None or isinstance(row["value"], float | int) for row in found.values())
    judged = rows(get("verdicts?limit=1000"))
    assert {row["met"] for row in judged} <= {True, False, None}
    assert all((row["distance"] is None) == (row["verdict"] == "cannot_judge") for row in judged)


def test_numbers_keep_their_qualifier_in_both_languages():
    row = {lang: get(f"observations/wdp-006-1?lang={lang}").json()["data"] for lang in LANGUAGES}
    assert (row["en"]["bound"], row["en"]["value"], row["en"]["value_high"]) == ("at_least", 325.0, 350.0)
    assert row["en"]["spoken"] == "at least 32.5 billion yuan, hoping for 35 billion"
    assert "至少325亿元" in row["zh"]["spoken"]
    assert row["zh"]["place_en"] == row["en"]["place_en"] and row["zh"]["note_zh"] == row["en"]["note_zh"]
    assert row["en"]["page"] == "/data?lang=en&observation=wdp-006-1"


def test_every_goal_is_judged_once():
    found = {row["goal"]: row for row in rows(get("verdicts?limit=1000"))}
    own = verdicts(tables())
    assert list(found) == list(own.index)
    assert [row["verdict"] for row in found.values()] == list(own["verdict"])
    assert all(row["reason"] for row in found.values() if row["verdict"] == "cannot_judge")


def test_places_are_geojson_with_the_notice():
    answer = get("places?limit=1000")
    body = answer.json()
    assert answer.headers["content-type"] == "application/geo+json"
    assert body["type"] == "FeatureCollection" and len(body["features"]) == len(places())
    assert body["notice"] == {"zh": notice.ATTRIBUTION_ZH, "en": notice.ATTRIBUTION_EN}
    for feature in body["features"]:
        assert bool(feature["geometry"]) == bool(places().at[feature["id"], "polygon"])
        assert feature["geometry"] is None or feature["geometry"]["type"] in ("Polygon", "MultiPolygon")
    bare = get("places?limit=1000&geometry=none").json()
    assert [row["properties"] for row in bare["features"]] == [row["properties"] for row in body["features"]]
    assert not any(row["geometry"] for row in bare["features"])
    union = get("places/guiyang-guian").json()
    assert union["geometry"] is None and union["properties"]["parts"] == ["guiyang", "guian"]
    assert union["notice"] == body["notice"]


def test_the_addresses_of_charts_are_those_of_the_files():
    found = rows(get("figures?lang=en&limit=50"))
    assert all(row["title_zh"] and row["title_en"] and row["alt_en"] for row in found)
    for row in found:
        query = urlencode({**row["parameters"], "lang": "en"})
        assert row["addresses"]["png"] == f"/figures/{row['figure']}.png?{query}"
    assert sum(row["views"] for row in found) == get("views?limit=1").json()["total"]
    assert not [id for name in WITH_IDS for id in resources()[name].rows().index if set(str(id)) & set("/?#")]
    one = get("views?figure=across-places&limit=50").json()["data"]
    assert [row["parameters"]["indicator"] for row in one] == next(
        row["choices"]["indicator"] for row in found if row["figure"] == "across-places"
    )


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("*/*", "application/json"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/*;q=0.5, application/json;q=0.4", "text/csv; charset=utf-8"),
        ("text/csv;q=0.2, application/*", "application/json"),
        ("text/html, */*;q=0.1", "application/json"),
        ("application/json;q=0, */*", "text/csv; charset=utf-8"),
    ],
)
def test_the_header_accept_decides(accept, kind):
    answer = get("units?limit=1", Accept=accept)
    assert (answer.status_code, answer.headers["content-type"]) == (200, kind)
    assert answer.headers["vary"] == "Accept"
    assert get("units?limit=1&format=json", Accept=accept).headers["content-type"] == "application/json"


def test_places_as_plain_json_and_csv():
    assert get("places?limit=1", Accept="application/json").headers["content-type"] == "application/json"
    assert as_csv(get("places?limit=1", Accept="text/csv").content)[0]["id"] == "guizhou"


@pytest.mark.parametrize("name", [*RESOURCES, "", "openapi.json"])
def test_what_a_reader_has_is_not_sent_again(name):
    first = get(f"{name}?lang=en")
    tag = first.headers["etag"]
    assert version() in tag and first.headers["cache-control"] == "public, max-age=300"
    for held in (tag, tag.removeprefix("W/"), f'"other", {tag}', "*"):
        again = get(f"{name}?lang=en", If_None_Match=held)
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert get(f"{name}?lang=en", If_None_Match='"other"').status_code == 200
    assert get(f"{name}?lang=zh").headers["etag"] != tag


def test_a_tag_names_one_answer():
    asked = ["units", "units?limit=3", "units?format=csv", "units?lang=en", "terms", "units/1", "units?dimension=money"]
    assert (
        len({get(address).headers["etag"] for address in asked} | {get("units", Accept="text/csv").headers["etag"]})
        == 8
    )


@pytest.mark.parametrize("name", [*RESOURCES, "units/1", "", "openapi.json", "nothing", "units?x=1"])
def test_head_says_the_same_without_the_body(name):
    whole, head = get(name), client().head(f"/api/v1/{name}")
    assert (head.status_code, head.content) == (whole.status_code, b"")
    assert dict(head.headers) == dict(whole.headers)
    assert int(head.headers["content-length"]) == len(whole.content)


@pytest.mark.parametrize("address", ["/api/v1/units", "/api/v1/nothing", "/data/v1/datapackage.json"])
def test_pages_of_any_origin_may_read(address):
    answer = client().get(address, headers={"Origin": "https://example.org"})
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "Link" in answer.headers["access-control-expose-headers"]
    asked = {"Origin": "https://example.org", "Access-Control-Request-Method": "GET",
             "Access-Control-Request-Headers": "if-none-match"}  # fmt: skip
    before = client().options(address, headers=asked)
    assert before.status_code == 204 and "GET" in before.headers["access-control-allow-methods"]
    assert before.headers["access-control-allow-headers"] == "*"


@pytest.fixture
def moved(monkeypatch):
    monkeypatch.setitem(MOVED, "old-growth", "growth-2023")
    monkeypatch.setitem(MOVED, "old-ratio", "ratio-goals")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("figures/old-growth?lang=en&format=csv", "figures/growth-2023?lang=en&format=csv"),
        ("figures/old-growth", "figures/growth-2023"),
        ("views/old-growth?lang=en", "views/growth-2023?lang=en"),
        ("views/old-ratio-wudang", "views/ratio-goals-wudang"),
    ],
)
def test_a_moved_figure_leads_on_for_good(moved, old, new):
    answer = get(old)
    assert (answer.status_code, answer.headers["location"]) == (308, f"/api/v1/{new}")
    assert answer.headers["access-control-allow-origin"] == "*" and get(new).status_code == 200


def test_a_filter_takes_the_old_id_of_a_figure(moved):
    asked = [get(f"views?figure={ids}").json()["data"] for ids in ("old-growth,old-ratio", "growth-2023,ratio-goals")]
    assert asked[0] == asked[1] and {row["figure"] for row in asked[0]} == {"growth-2023", "ratio-goals"}


@pytest.mark.parametrize(
    "path", ["figures/old-growthx", "views/old-ratio-nowhere", "views/old-ratiowudang", "terms/old-growth"]
)
def test_what_never_was_does_not_lead_on(moved, path):
    assert get(path).status_code == 404
