"""The files of the Figure with several places and measures in its address."""

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from components.credits import file_address
from components.export import sheet
from components.figures.catalogue import figure
from components.web import files


@pytest.fixture(scope="module")
def client():
    return TestClient(Starlette(routes=[*files.ROUTES]))


def test_the_same_request_gives_the_same_file_in_whatever_order(client):
    made = figure("comparison", "zh", place="guiyang,bijie", indicator="urban-new-jobs")
    for address in (
        file_address(made, "csv"),
        "/figures/comparison.csv?place=bijie,guiyang&indicator=urban-new-jobs",
        "/figures/comparison.csv?indicator=urban-new-jobs&place=guiyang%2Cbijie%2Cguiyang&lang=zh",
    ):
        assert client.get(address).content == sheet.csv(made)


def test_a_picture_has_its_address(client):
    answer = client.get("/figures/comparison.png?place=wudang,bijie&indicator=forest-cover&lang=en")
    assert answer.status_code == 200 and answer.content.startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("query", "rule", "named"),
    [
        ("place=wudang,bijei&indicator=gdp", "value", "bijie"),
        ("place=guiyang,guian,qingzhen,wudang,bijie", "many", "4"),
        ("place=nanming&indicator=gdp", "nothing", "None of these places"),
        ("place=&indicator=gdp", "value", "place"),
    ],
)
def test_what_is_wrong_is_named(client, query, rule, named):
    for ending in ("csv", "png"):
        answer = client.get(f"/figures/comparison.{ending}?{query}&lang=en")
        assert answer.status_code == 422 and answer.json()["type"].endswith(f":{rule}") and named in answer.text
