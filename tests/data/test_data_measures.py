"""The arithmetic behind the Figures, with literal frames and with what the documents say."""

import csv
import math
from collections import Counter
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from data.load import FOLDER, Tables, tables
from data.measures import by_source_and_kind, comparable_pairs, disagreements, goals_by_bound, in_base_units


def lines() -> list[dict[str, str]]:
    """Read the observations without pandas."""
    with (FOLDER / "observations.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def one(value: float, unit: str, high: float = math.nan) -> tuple[float, float]:
    """Give amount and amount_high of a single row."""
    rows = in_base_units(pd.DataFrame([{"value": value, "value_high": high, "unit": unit}]), tables().units)
    return float(rows["amount"].iloc[0]), float(rows["amount_high"].iloc[0])


@pytest.mark.parametrize(
    ("value", "unit", "amount"),
    [
        (5154.75, "亿元", 515_475_000_000),
        (5278.04, "亿元", 527_804_000_000),
        (930.9, "亿元", 93_090_000_000),
        (1.03, "亿元", 103_000_000),
        (1.8, "万元", 18_000),
        (1.47, "亿人次", 147_000_000),
        (3100, "万人次", 31_000_000),
        (38.87, "万人", 388_700),
        (15.4, "万人", 154_000),
        (1.78, "万亩", 17_800),
        (8000, "亩", 8000),
        (14.7, "万户", 147_000),
        (7.5, "万个", 75_000),
        (1033.7, "公里", 1033.7),
        (46, "千米", 46),
        (842, "平方公里", 842),
        (115, "万平方米", 1_150_000),
        (2.3, "平方米", 2.3),
        (17.2, "%", 17.2),
        (2.05, "1", 2.05),
        (0, "1", 0),
        (7, "万卡", 70_000),
    ],
)
def test_in_base_units_exactly(value: float, unit: str, amount: float) -> None:
    assert one(value, unit)[0] == amount


def test_a_stretch_has_its_amount_too() -> None:
    assert one(325, "亿元", 350) == (32_500_000_000, 35_000_000_000)


def test_no_value_no_amount() -> None:
    rows = pd.DataFrame([{"value": math.nan, "value_high": math.nan, "unit": ""}])
    assert in_base_units(rows, tables().units)[["amount", "amount_high"]].isna().all().all()


def test_no_amount_carries_a_machines_remainder() -> None:
    rows = in_base_units(tables().observations, tables().units)
    whole = rows["unit"].isin(["亿元", "万元", "万人", "万人次", "亿人次", "万户", "万个", "万亩", "万套", "万栋"])
    assert whole.sum() > 90
    assert (rows.loc[whole, "amount"] % 1 == 0).all()
    assert rows["amount"].notna().tolist() == rows["value"].notna().tolist()


def test_base_units_add_two_columns_and_change_none() -> None:
    rows = in_base_units(tables().observations, tables().units)
    assert list(rows.columns) == [*tables().observations.columns, "amount", "amount_high"]
    assert "amount" not in tables().observations.columns


def pair_of(place: str, indicator: str) -> dict[str, Any]:
    rows = comparable_pairs(tables(), place)
    rows = rows[rows["goal"].map(lambda goal: goal[:3] in ("gyr", "wdp", "bjy", "qzy"))]  # of the documents as read
    (row,) = rows[rows["indicator"] == indicator].to_dict("records")
    return {str(name): value for name, value in row.items()}


# Goals of 2024 beside results of 2023, as read in Guiyang's report (paragraphs 6-17 and 24-67).
@pytest.mark.parametrize(
    ("indicator", "goal", "bound", "result", "unit", "change"),
    [
        ("goods-trade-growth", 15, "exact", 17.2, "%", -2.2),
        ("retail-sales-growth", 6.5, "about", 5.2, "%", 1.3),
        ("gdp-growth", 5.5, "about", 6, "%", -0.5),
        ("value-added-industry-growth", 9, "about", 9.6, "%", -0.6),
        ("urban-new-jobs", 15, "exact", 15.4, "万人", -0.4),
        ("urban-rural-income-ratio", 2.02, "at_most", 2.05, "1", -0.03),
        ("funds-in-place-industry-share", 55, "exact", 56.1, "%", -1.1),
        ("software-revenue", 900, "at_least", 800, "亿元", 100),
        ("digital-use-cases", 200, "exact", 229, "个", -29),
        ("good-air-days-share", 99.2, "at_least", 99.5, "%", -0.3),
        ("rural-scale-water-supply-rate", 75, "exact", 69.2, "%", 5.8),
        ("rural-sewage-treatment-rate", 60, "at_least", 53, "%", 7),
        ("retained-graduates", 10, "exact", 12, "万人", -2),
        ("dead-end-roads-opened", 12, "exact", 15, "条", -3),
        ("school-places-new", 2.7, "exact", 2.6, "万个", 0.1),
        ("drinking-source-compliance", 100, "exact", 100, "%", 0),
    ],
)
def test_guiyangs_goals_beside_its_results(
    indicator: str, goal: float, bound: str, result: float, unit: str, change: float
) -> None:
    row = pair_of("guiyang", indicator)
    assert (row["goal_value"], row["goal_bound"], row["result_value"], row["unit"]) == (goal, bound, result, unit)
    assert row["change"] == change
    assert (row["goal_period"], row["result_period"]) == ("2024", "2023")


def test_bijies_goals_beside_its_results() -> None:
    rows = comparable_pairs(tables(), "bijie")[["goal", "result", "change"]].to_dict("records")
    assert rows == [
        {"goal": "bjy-012-2", "result": "bjy-007-4", "change": 0},
        {"goal": "bjy-011-2", "result": "bjy-008-1", "change": -5.87},
    ]


@pytest.mark.parametrize("place", ["wudang", "qingzhen", "guiyang-guian", "nowhere"])
def test_places_without_results_have_no_pairs(place: str) -> None:
    assert comparable_pairs(tables(), place).empty


def test_the_largest_result_comes_first_and_equals_keep_their_order() -> None:
    rows = comparable_pairs(tables(), "guiyang")
    assert rows["result_value"].tolist() == sorted(rows["result_value"], reverse=True)
    rows = rows[rows["goal"].str.startswith("gyr-")]
    assert rows["indicator"].tolist()[:2] == ["software-revenue", "digital-use-cases"]
    assert [goal for goal in rows["goal"] if goal.startswith("gyr-058-")][:7] == [
        f"gyr-058-{number}" for number in range(2, 9)
    ]
    growth = rows[rows["indicator"].isin(["goods-trade-growth", "gdp-growth", "retail-sales-growth",
                                          "value-added-industry-growth"])]  # fmt: skip
    assert growth["indicator"].tolist() == [
        "goods-trade-growth", "value-added-industry-growth", "gdp-growth", "retail-sales-growth",
    ]  # fmt: skip


def test_similar_pairs_are_asked_for_by_name() -> None:
    same = set(comparable_pairs(tables(), "guiyang")["goal"])
    both = set(comparable_pairs(tables(), "guiyang", ("same", "similar"))["goal"])
    assert both - same == {"gyr-028-4", "gyr-032-3", "gyr-035-7", "gyr-066-6"}
    assert "gyr-037-13" not in both  # 100 lanes in a year against 1141 in three


def test_pairs_keep_to_one_place_unit_and_indicator() -> None:
    rows = comparable_pairs(tables(), "guiyang", ("same", "similar"))
    assert (rows["goal_place"] == rows["result_place"]).all()
    assert (rows["goal_unit"] == rows["result_unit"]).all()
    assert (rows["goal_indicator"] == rows["result_indicator"]).all()


# --- disagreements ---

# Read in the plan itself: body (paragraphs 3-62) against annex (69-115).
#   built-up area: 45平方公里以上 in 7 and 31, a bare 45 in 76
#   talent: 突破9万人 in 7, 9万人 in 20 and 89, a bare 9 in 78
#   private investment: 60%左右 in 48, 60%以上 in 106
DISAGREEMENTS = {
    ("wdp-007-1", "wdp-076-1", "bound", "at_least", "exact"),
    ("wdp-007-3", "wdp-020-3", "bound", "at_least", "exact"),
    ("wdp-007-3", "wdp-078-1", "bound", "at_least", "exact"),
    ("wdp-007-3", "wdp-089-3", "bound", "at_least", "exact"),
    ("wdp-048-5", "wdp-106-5", "bound", "about", "at_least"),
}


def test_where_wudangs_plan_contradicts_itself() -> None:
    found = disagreements(tables())
    assert list(found.columns) == ["first", "again", "field", "first_says", "again_says"]
    assert {tuple(row) for row in found.itertuples(index=False)} == DISAGREEMENTS
    assert len(found) == len(DISAGREEMENTS)


def test_every_disagreement_is_among_the_corrections() -> None:
    corrected = set(tables().corrections["observation"])
    assert {"wdp-076-1", "wdp-078-1", "wdp-106-5"} <= corrected


def restated(**again: object) -> Tables:
    """Make tables of one goal and its restatement."""
    first = {"id": "a", "repeats": "", "value": 325.0, "value_high": 350.0, "unit": "亿元", "bound": "at_least",
             "period": "2025"}  # fmt: skip
    rows = pd.DataFrame([first, {**first, "id": "b", "repeats": "a", **again}]).set_index("id", drop=False)
    return replace(tables(), observations=rows)


@pytest.mark.parametrize(
    ("field", "says"),
    [("value", 320.0), ("value_high", 360.0), ("unit", "万元"), ("bound", "exact"), ("period", "2024")],
)
def test_every_field_may_disagree(field: str, says: object) -> None:
    (row,) = disagreements(restated(**{field: says})).to_dict("records")
    first = {"value": 325.0, "value_high": 350.0, "unit": "亿元", "bound": "at_least", "period": "2025"}[field]
    assert row == {"first": "a", "again": "b", "field": field, "first_says": first, "again_says": says}


def test_two_fields_are_two_disagreements() -> None:
    assert list(disagreements(restated(value=320.0, bound="exact"))["field"]) == ["value", "bound"]


def test_a_stretch_left_out_is_a_disagreement() -> None:
    (row,) = disagreements(restated(value_high=math.nan)).to_dict("records")
    assert (row["field"], row["first_says"]) == ("value_high", 350) and pd.isna(row["again_says"])


def test_agreement_is_an_empty_table_with_columns() -> None:
    found = disagreements(restated())
    assert found.empty and list(found.columns) == ["first", "again", "field", "first_says", "again_says"]
    assert disagreements(restated(value=325.0, value_high=350.0)).empty


def test_nothing_stated_twice_is_agreement() -> None:
    rows = restated().observations.assign(value=math.nan, value_high=math.nan, unit="", bound="")
    assert disagreements(replace(tables(), observations=rows)).empty


# --- counts ---


def test_goals_by_bound_count_each_first_statement_once() -> None:
    expected = Counter(
        (row["place"], row["bound"]) for row in lines() if row["kind"] == "goal" and row["value"] and not row["repeats"]
    )
    found = goals_by_bound(tables())
    assert list(found.columns) == ["place", "bound", "goals"]
    assert {(row.place, row.bound): row.goals for row in found.itertuples()} == expected
    assert int(found["goals"].sum()) == expected.total()


def test_goals_by_bound_of_qingzhen_as_read() -> None:
    # at least: three 500s, 75万, 15万, 100家; about: 65平方公里, 千亿级
    # exact: 2亿, 2000万, 三级, 两带, 3个商圈, and 3万吨 of foil in the report of Guiyang
    rows = goals_by_bound(tables())
    rows = rows[rows["place"] == "qingzhen"]
    assert dict(zip(rows["bound"], rows["goals"], strict=True)) == {"at_least": 6, "about": 2, "exact": 6}


def test_goals_by_bound_of_bijie_as_read() -> None:
    # at least: 6%, 33万人, 60%, 1000家; about: 58%, 9%
    rows = goals_by_bound(tables())
    rows = rows[rows["place"] == "bijie"]
    # exact: 2400亿元, 130平方公里, 130万, 12个, 10%, 1家, 5家, 300亿元, 100%
    assert dict(zip(rows["bound"], rows["goals"], strict=True)) == {"at_least": 4, "about": 2, "exact": 9}


def test_by_source_and_kind_counts_every_row() -> None:
    found = by_source_and_kind(tables())
    assert list(found.columns) == ["source", "kind", "observations"]
    expected = Counter((row["source"], row["kind"]) for row in lines())
    assert {(row.source, row.kind): row.observations for row in found.itertuples()} == expected
    assert int(found["observations"].sum()) == len(lines())
    by_source = found.groupby("source", sort=False)["observations"].sum().to_dict()
    assert list(by_source) == list(tables().sources["id"])
    assert all(count > 0 for count in by_source.values())
