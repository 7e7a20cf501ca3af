"""Problem documents: written in one place, in one form."""

import json
from pathlib import Path

from components.web.problem import MEDIA_TYPE, Problem

ROOT = Path(__file__).resolve().parents[2]


def test_a_problem_is_written_as_the_standard_has_it():
    problem = Problem(
        "urn:problem:test", 422, "题", "Half a character: \ud800", "zh", {"value": "贵阳", "nearest": ["a"]}
    )
    answer = problem.answer({"Retry-After": "7"})
    assert (answer.status_code, answer.headers["content-type"]) == (422, MEDIA_TYPE)
    assert answer.headers["content-language"] == "zh" and answer.headers["cache-control"] == "no-cache"
    assert answer.headers["retry-after"] == "7"
    assert json.loads(bytes(answer.body)) == {
        "type": "urn:problem:test", "title": "题", "status": 422, "detail": "Half a character: ?",
        "value": "贵阳", "nearest": ["a"],
    }  # fmt: skip
    assert "贵阳".encode() in bytes(answer.body)


def test_what_a_problem_says_of_its_keeping_may_be_told_otherwise():
    assert (
        Problem("a", 500, "b", "c", "en").answer({"Cache-Control": "no-store"}).headers["cache-control"] == "no-store"
    )


def test_no_other_module_writes_one():
    modules = [
        path for path in (ROOT / "components").rglob("*.py") if "problem+json" in path.read_text(encoding="utf-8")
    ]
    assert [path.name for path in modules] == ["problem.py"]
