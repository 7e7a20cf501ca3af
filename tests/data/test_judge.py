"""The worked examples of docs/method.md: each line is a test."""

from pathlib import Path

import pytest

from data.judge import VERDICTS, Aim, Judgement, Reached, judge
from data.load import tables
from data.verdicts import verdicts
from data.vocabulary import PAIR_REASONS

METHOD = Path(__file__).resolve().parent.parent.parent / "docs" / "method.md"


def examples() -> list[dict[str, str]]:
    worked = METHOD.read_text(encoding="utf-8").partition("## Worked examples")[2].partition("\n# ")[0]
    lines = [line for line in worked.splitlines() if line.startswith("|")]
    header, _, *rows = ([cell.strip() for cell in line.strip("|").split("|")] for line in lines)
    return [dict(zip(header, row, strict=True)) for row in rows]


def reached(cell: str) -> Reached | None:
    if not cell:
        return None
    value, year, *bound = cell.split()
    return Reached(float(value), int(year), *bound)


def number(cell: str) -> float | None:
    return float(cell) if cell else None


def test_there_are_examples():
    assert len(examples()) >= 20


@pytest.mark.parametrize("example", examples(), ids=lambda example: example["what"])
def test_worked_example(example):
    aim = Aim(
        float(example["goal"]), int(example["due"]), example["bound"], example["better"], example["level"] == "yes"
    )
    expected = Judgement(
        example["verdict"], example["reason"], {"yes": True, "no": False, "": None}[example["met"]],
        number(example["distance"]), number(example["yearly"]),
    )  # fmt: skip
    assert judge(aim, reached(example["now"]), reached(example["before"])) == expected


def test_every_goal_has_one_verdict_and_a_reason_exactly_where_none_can_be_given():
    found = verdicts(tables())
    rows = tables().observations
    assert set(found.index) == set(rows.index[(rows["kind"] == "goal") & (rows["repeats"] == "")])
    assert set(found["verdict"]) <= set(VERDICTS) and set(found["reason"]) <= {"", *PAIR_REASONS}
    assert ((found["verdict"] == "cannot_judge") == (found["reason"] != "")).all()


@pytest.mark.parametrize(
    ("goal", "verdict", "distance"),
    [
        ("bjy-012-2", "met", 0.0),
        ("gyr-067-4", "not_yet_due", 7.0),
        ("gyr-067-3", "not_yet_due", 5.8),
        ("gyr-058-6", "met", 0.0),
    ],
)
def test_verdicts_of_the_documents(goal, verdict, distance):
    row = verdicts(tables()).loc[goal]
    assert (row["verdict"], row["distance"]) == (verdict, distance)


def test_a_target_for_growth_is_not_judged_by_the_year_before():
    row = verdicts(tables()).loc["gyr-024-1"]
    assert (row["verdict"], row["reason"], row["change"]) == ("cannot_judge", "no_result", -0.5)
