"""Files of many rows: written part by part, and a workbook that is refused in words where it would be too large."""

import json

import pytest
from pydantic import ValidationError

from components.export import observations
from components.web.api import queries
from components.web.api.parameters import Parameter
from components.words import LANGUAGES
from data.load import tables
from data.select import Selection, positions
from tests.growth import report
from tests.web.asking import client


@pytest.mark.parametrize("ending", ["csv", "json"])
@pytest.mark.parametrize("query", ["", "place=bijie", "search=zzzzzz"])
def test_a_file_written_in_parts_is_the_same_file(monkeypatch, ending, query):
    whole = client().get(f"/observations.{ending}?{query}")
    monkeypatch.setattr(observations, "BATCH", 7)
    parts = client().get(f"/observations.{ending}?{query}")
    assert (parts.status_code, parts.content) == (200, whole.content)
    assert parts.headers["content-disposition"] == whole.headers["content-disposition"]
    assert ("content-length" in parts.headers) == ("zzz" in query)


def test_no_part_is_larger_than_a_batch(monkeypatch):
    monkeypatch.setattr(observations, "BATCH", 50)
    chosen = positions(tables(), Selection())
    assert [len(part) for part in observations.batches(tables(), chosen)] == [50] * 12 + [46]
    assert len(json.loads(b"".join(observations.to_json(tables(), chosen)))) == len(chosen)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_workbook_of_too_many_rows_is_refused_with_the_rule_and_the_way_out(monkeypatch, lang):
    monkeypatch.setattr(observations, "MOST", 100)
    answer = client().get(f"/observations.xlsx?lang={lang}")
    assert (answer.status_code, answer.headers["content-language"]) == (422, lang)
    assert "100" in answer.text and "646" in answer.text and "CSV" in answer.text
    assert client().get(f"/observations.xlsx?lang={lang}&place=bijie").status_code == 200
    with pytest.raises(ValueError, match="at most 100"):
        observations.xlsx(tables(), positions(tables(), Selection()), tables().units)


def test_the_limit_is_within_excels_own():
    assert len(tables().observations) < observations.MOST < 1_048_576


def test_very_many_codes_are_looked_up_and_not_listed(monkeypatch):
    parameter = Parameter("task", "codes", {"zh": "任务", "en": "task"}, ("a", "b", "c"), "tasks-id")
    listed = queries.model("listed", (parameter,), "en")
    monkeypatch.setattr(queries, "DESCRIBED", 2)
    looked_up = queries.model("looked-up", (parameter,), "en")
    for made in (listed, looked_up):
        assert made.model_validate({"task": ["a,c"]}).model_dump(mode="json") == {"task": ["a", "c"]}
        with pytest.raises(ValidationError):
            made.model_validate({"task": ["a,x"]})
    assert "enum" in str(listed.model_json_schema()) and "enum" not in str(looked_up.model_json_schema())


def test_growth_is_told_from_two_sizes():
    found: dict[int, report.Found] = {
        100: {"search": 0.01, "page": 0.1, "drawn": "> 60 s"},
        1000: {"search": 0.1, "page": 10.0, "drawn": 1.0},
    }
    assert report.exponents("search", found) == [pytest.approx(1)]
    assert report.exponents("page", found) == [pytest.approx(2)] and report.exponents("drawn", found) == [None]
    worse, search, filtered = report.verdicts(found)
    assert worse.startswith("WORSE THAN LINEAR: page") and "2.00" in worse
    assert search.endswith(": met") and filtered.endswith(": NOT MET")
