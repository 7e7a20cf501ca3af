"""The Figures that look over the whole: each finding counted again from the CSV files, each drawing held to its table."""

import csv
from collections import Counter
from functools import lru_cache
from pathlib import Path

import pandas as pd
import pytest

from components.charts import horizon, matrix
from components.charts.blocks import Block
from components.figures.catalogue import figure
from components.theme import LIGHT
from components.words import LANGUAGES
from data.judge import VERDICTS
from data.load import tables
from data.measures import DENSITY_STEPS, by_field, by_paragraph, density, fewest_for_half
from data.verdicts import verdicts
from data.vocabulary import THEMES

TABLES = Path(__file__).resolve().parents[2] / "data" / "tables"


@lru_cache(maxsize=8)
def read(name):
    with (TABLES / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def stated(kind):
    return [row for row in read("observations") if row["kind"] == kind and not row["repeats"]]


def field_of(row):
    tasks = {task["id"]: task for task in read("tasks")}
    return tasks[row["task"]]["parent"] or row["task"] if row["task"] else ""


def test_the_waterfall_ends_where_the_reasons_leave_it():
    found = verdicts(tables())
    reasons = Counter(reason for reason in found["reason"] if reason)
    table = figure("why-not-judged", "en").table
    assert list(table["value"])[1:-1] == sorted(reasons.values(), reverse=True)
    assert table["value"].iloc[0] == len(found) == table["value"].iloc[-1] + sum(reasons.values())
    assert list(table["start"])[2:-1] == list(table["end"])[1:-2]  # each step begins where the last one ended
    assert table["end"].iloc[-2] == table["end"].iloc[-1] == table["value"].iloc[-1]
    (reason, most), *_ = reasons.most_common(1)
    assert f"{most} share one reason" in figure("why-not-judged", "en").title and reason == "no_baseline"


def test_the_reasons_are_drawn_once():
    labels = {row["label"] for row in figure("goal-verdicts", "zh").table.to_dict("records")}
    assert len(labels) <= len(VERDICTS)
    assert not labels & set(figure("why-not-judged", "zh").table["label"])


@pytest.mark.parametrize("kind", ["goal", "result"])
def test_the_matrix_counts_every_statement_once_and_leaves_the_rest_empty(kind):
    themes = {row["id"]: row["theme"] for row in read("indicators")}
    counted = Counter((themes[row["indicator"]], row["place"]) for row in stated(kind))
    made = figure("theme-by-place", "en", kind=kind)
    assert sorted(made.table["value"]) == sorted(counted.values())
    assert len(made.table) < len(THEMES) * made.table["place"].nunique()
    for row in made.table[made.table["speaks"]].to_dict("records"):
        own = [number for (_, place), number in counted.items() if place == row["place"]]
        assert row["value"] == max(own) and own.count(max(own)) == 1
        assert f"({row['value']})" in made.title


def test_what_lies_inside_guiyang_stands_under_a_bracket():
    spec = figure("theme-by-place", "en", kind="goal").draw(LIGHT).to_dict()
    said = [row["text"] for rows in spec["datasets"].values() for row in rows if "foot" in row]
    assert set(said) == {"inside Guiyang"}


def test_columns_of_a_matrix_without_nesting_have_no_bracket():
    table = pd.DataFrame(
        {"label": ["A"], "place": ["x"], "value": [1], "text": ["1"], "speaks": [False], "colour": "#111111", "tip": ""}
    )
    spec = matrix.draw(table, LIGHT, [matrix.Column("x", "X")], "in {place}").to_dict()
    assert not [row for rows in spec["datasets"].values() for row in rows if "foot" in row]


def test_the_horizon_draws_one_dot_a_goal():
    made = figure("goals-by-year", "zh")
    spec = made.draw(LIGHT).to_dict()
    dots = [row for rows in spec["datasets"].values() for row in rows if "nth" in row]
    assert len(dots) == len(stated("goal"))
    assert Counter(str(row["year"]) for row in dots) == Counter(row["period"][-4:] for row in stated("goal"))


def test_the_horizon_is_silent_about_results_after_the_last_goal():
    table = pd.DataFrame(
        {"period": ["2020", "2021"], "value": [1, 2], "short": ["A 1", "A 2"], "colour": "#111111", "tip": ""}
    )
    drawn = [horizon.draw(table, LIGHT, newest, "newest results").to_dict() for newest in (2020, 2021)]
    said = ["newest results" in str(spec["datasets"]) for spec in drawn]
    assert said == [True, False]


def test_words_that_pass_the_limit_go_to_the_next_line():
    pieces = (("157", "#111111", 14.0), ("Guiyang 150", "#111111", 12.5), ("Qingzhen 2", "#111111", 12.5))
    assert Block(2024, 157, pieces).lines == 1
    narrow = Block(2024, 157, pieces, limit=120)
    assert [line for _, line in narrow.placed()] == [0, 0, 1]
    assert narrow.width <= 120


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_plan_holds_every_number_of_a_field_and_of_the_tasks_under_it(lang):
    for number in (1, 3, 10):
        field = f"gyr-plan-{number:02d}"
        goals = [row for row in stated("goal") if field_of(row) == field]
        made = figure("plan-2024", lang, field=field)
        assert set(made.observations) == {row["id"] for row in goals if row["value"]}
        floors = sum(row["bound"] == "at_least" for row in goals if row["value"])
        assert str(floors) in made.subtitle and int(made.table["speaks"].sum()) == 2  # the two that lead


def test_wudangs_goals_by_theme_are_all_its_goals():
    shown = [id for theme in THEMES for id in figure("wudang-by-theme", "en", theme=theme).observations]
    goals = {row["id"] for row in stated("goal") if row["place"] == "wudang" and row["value"]}
    assert len(shown) == len(set(shown)) and set(shown) == goals


@pytest.mark.parametrize("place", ["bijie", "qingzhen"])
def test_the_goals_of_a_place_are_all_its_goals(place):
    goals = {row["id"] for row in stated("goal") if row["place"] == place and row["value"]}
    assert set(figure("goals-of-place", "zh", place=place).observations) == goals


def test_finding_of_documents_disagree():
    rows = {row["id"]: row for row in read("observations")}
    again = [row for row in rows.values() if row["repeats"]]
    fields = ("value", "value_high", "unit", "bound", "period")
    differ = [row for row in again if any(row[name] != rows[row["repeats"]][name] for name in fields)]
    made = figure("documents-disagree", "zh")
    assert made.title == f"{len(again)}处重述里，五处写法不同：数字没变，界限变了" and len(differ) == 5
    assert set(made.observations) == {id for row in differ for id in (row["id"], row["repeats"])}


def test_finding_of_ranks_2023():
    stats = {row["id"]: row["stat"] for row in read("indicators")}
    ranks = [
        row
        for row in stated("result")
        if row["source"] == "guiyang-report-2024" and row["period"] == "2023" and stats[row["indicator"]] == "rank"
    ]
    exact = [row for row in ranks if row["value"] and row["bound"] == "exact"]
    made = figure("ranks-2023", "zh")
    assert (len(ranks), len(exact)) == (5, 1)
    assert made.title == "五项排名里，只有一项写明是第几位"
    assert set(made.table["observation"]) == {row["id"] for row in ranks if row["value"]}
    assert {row["id"] for row in ranks} < set(made.observations)  # the records are claimed besides


@pytest.mark.parametrize(("kind", "part"), [("result", "result-field"), ("goal", "plan-field")])
def test_claims_without_a_number_are_counted_field_by_field(kind, part):
    fields = [task["id"] for task in read("tasks") if task["part"] == part]
    rows = [row for row in stated(kind) if field_of(row) in fields]
    bare = Counter(field_of(row) for row in rows if not row["value"])
    counted = by_field(tables(), part, kind).set_index("field")
    assert dict(counted["without_number"][counted["without_number"] > 0]) == dict(bare)
    made = figure("claims-without-number", "zh", kind=kind)
    assert int(made.table["value"].sum()) == len(rows) and set(made.observations) == {row["id"] for row in rows}
    assert f"{bare.total()}项没有数字" in made.title and f"{max(bare.values())}项" in made.title


def test_half_of_all_statements():
    assert fewest_for_half(pd.Series([1, 1, 5, 2, 1])) == 1
    assert fewest_for_half(pd.Series([2, 2, 2, 2])) == 2
    counted = sorted(Counter((row["source"], row["paragraph"]) for row in read("observations")).values(), reverse=True)
    half = next(n for n in range(len(counted)) if sum(counted[:n]) >= sum(counted) / 2)
    paragraphs = sum(int(row["paragraphs"]) for row in read("sources"))
    assert figure("paragraph-strips", "zh").title == f"{paragraphs}段文字里，{half}段就装下了一半的陈述"


def test_every_paragraph_has_a_cell():
    counted = by_paragraph(tables())
    assert len(counted) == len(figure("paragraph-strips", "en").table)
    assert int(counted["statements"].sum()) == len(read("observations"))
    assert [density(n) for n in (0, 1, 2, 3, 20, 99)] == [0, 1, 1, 2, len(DENSITY_STEPS), len(DENSITY_STEPS)]
