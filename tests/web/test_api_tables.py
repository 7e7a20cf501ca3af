"""The tables at addresses that stay: byte for byte, described, and frozen by the version of the data."""

import json
from hashlib import sha256

import pytest
from frictionless import Package

from data.load import FOLDER, NAMES, version
from tests.web.asking import client


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("at", ["v1", f"v1@{version()}"])
def test_a_table_is_its_file(name, at):
    answer = client().get(f"/data/{at}/tables/{name}.csv")
    assert answer.content == (FOLDER / f"{name}.csv").read_bytes()
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["access-control-allow-origin"] == "*" and answer.headers["x-data-version"] == version()
    assert ("immutable" in answer.headers["cache-control"]) == (at != "v1")
    again = client().get(f"/data/{at}/tables/{name}.csv", headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    head = client().head(f"/data/{at}/tables/{name}.csv")
    assert (head.content, head.headers["content-length"]) == (b"", str(len(answer.content)))


def test_the_package_describes_what_lies_beside_it(tmp_path):
    answer = client().get("/data/v1/datapackage.json")
    assert answer.headers["content-type"] == "application/json"
    described = answer.json()
    assert described["version"] == version()
    assert [resource["path"] for resource in described["resources"]] == [f"tables/{name}.csv" for name in NAMES]
    (tmp_path / "tables").mkdir()
    (tmp_path / "datapackage.json").write_bytes(answer.content)
    for resource in described["resources"]:
        content = client().get(f"/data/v1/{resource['path']}").content
        assert (len(content), f"sha256:{sha256(content).hexdigest()}") == (resource["bytes"], resource["hash"])
        (tmp_path / resource["path"]).write_bytes(content)
    report = Package(str(tmp_path / "datapackage.json")).validate()
    assert report.valid, report.flatten(["message"])[:5]


def test_the_package_as_it_stands_in_the_project():
    answer = client().get("/data/v1/tables/datapackage.json")
    assert answer.content == (FOLDER / "datapackage.json").read_bytes()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_another_version_is_refused_with_the_one_that_runs(lang):
    answer = client().get(f"/data/v1@0123456789/tables/units.csv?lang={lang}")
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")
    body = json.loads(answer.content)
    assert (body["asked"], body["running"]) == ("0123456789", version())
    assert version() in body["detail"] and answer.headers["content-language"] == lang


def test_an_unknown_file_comes_with_the_nearest():
    assert client().get("/data/v1/tables/observation.csv").json()["nearest"] == "tables/observations.csv"
