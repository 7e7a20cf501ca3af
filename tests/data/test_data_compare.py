"""Which numbers may share a scale, which only stand beside each other, and what else could be compared."""

import re
from pathlib import Path

import pytest

from data.compare import (
    EXPLAINED,
    REFUSED,
    Found,
    compared,
    compatible,
    completed,
    converted,
    convertible,
    elsewhere,
    known_places,
    places_of,
    reasons,
    scales,
    shared,
    stated,
)
from data.load import tables

CITY_GDP, UNION_GDP, WUDANG_GDP, QINGZHEN_GDP = "gyr-006-2", "gyr-008-1", "wdp-006-1", "qzy-004-1"
CITY_GROWTH, WUDANG_OUTPUT = "gyr-006-3", "wdp-028-4"
CITY_JOBS, BIJIE_JOBS, BIJIE_JOBS_GOAL = "gyr-017-19", "bjy-008-1", "bjy-011-2"
LAND_2023, LAND_2024, LAND_WUDANG = "gyr-010-12", "gyr-028-1", "wdp-029-2"
WUDANG_FOREST, BIJIE_FOREST, BIJIE_FOREST_GOAL = "wdp-008-1", "bjy-007-4", "bjy-012-2"
BIJIE_URBAN, BIJIE_AREA, QINGZHEN_AREA, WUDANG_AREA = "bjy-010-2", "bjy-010-3", "qzy-010-1", "wdp-007-1"
DEFAULT = (("wudang",), ("gdp",))
METHOD = Path(__file__).resolve().parents[2] / "docs" / "method.md"


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (WUDANG_GDP, QINGZHEN_GDP, ("years_differ",)),
        (CITY_GDP, WUDANG_GDP, ("nested", "goal_with_result", "years_differ")),
        (CITY_GDP, UNION_GDP, ("nested",)),  # Guiyang is a part of Guiyang–Gui'an
        (CITY_GDP, CITY_GROWTH, ("level_with_growth", "measures_differ")),
        (WUDANG_GDP, WUDANG_OUTPUT, ("output_with_value_added", "measures_differ")),
        ("gyr-024-3", "gyr-012-1", ("output_with_value_added", "measures_differ")),  # growth of added value, of output
        (CITY_JOBS, BIJIE_JOBS, ("total_with_year", "years_differ")),
        (BIJIE_JOBS, BIJIE_JOBS_GOAL, ("goal_with_result", "years_differ")),
        (LAND_2023, LAND_2024, ("goal_with_result", "years_differ")),  # 万亩 and 亩
        (LAND_2024, LAND_WUDANG, ("total_with_year", "nested", "years_differ")),
        (WUDANG_FOREST, BIJIE_FOREST, ("goal_with_result", "years_differ")),
        (WUDANG_FOREST, BIJIE_FOREST_GOAL, ("years_differ",)),
        (WUDANG_FOREST, BIJIE_URBAN, ("measures_differ",)),
        (BIJIE_URBAN, BIJIE_AREA, ("unit_differs", "measures_differ")),
        (WUDANG_AREA, BIJIE_AREA, ("scope_differs", "years_differ")),
        (QINGZHEN_AREA, BIJIE_AREA, ()),
        ("bjy-004-2", "gyr-010-1", ("average_with_year", "years_differ")),
        ("gyr-007-2", "gyr-024-1", ("level_with_growth", "measures_differ")),
        ("gyr-007-2", "gyr-017-19", ("statistic_differs", "unit_differs", "measures_differ")),
    ],
)
def test_why_two_numbers_may_not_be_compared(one, other, expected):
    assert compatible(tables(), one, other) == expected == compatible(tables(), other, one)


def test_what_the_curators_told_apart_is_refused():
    pairs = tables().pairs
    told = pairs[(pairs["reason"] == "definition_differs") & (pairs["result"] != "")]
    assert len(told) > 10
    numbers = tables().observations["value"]
    for goal, result in zip(told["goal"], told["result"], strict=True):
        if numbers[goal] == numbers[goal] and numbers[result] == numbers[result]:
            assert set(compatible(tables(), goal, result)) & {"definition_differs", "level_with_growth"}


@pytest.mark.parametrize(
    ("one", "other", "same_measure", "expected"),
    [
        ("亿元", "万元", False, True),
        ("万亩", "亩", False, True),
        ("万户", "户", False, True),
        ("人", "名", False, True),
        ("公里", "千米", False, True),
        ("天", "分钟", True, False),
        ("天", "岁", True, False),
        ("平方公里", "平方米", True, False),  # of land and of floors
        ("%", "个百分点", True, False),
        ("家", "所", False, False),
        ("家", "个", True, True),
        ("亿元", "万人", True, False),
    ],
)
def test_which_units_convert(one, other, same_measure, expected):
    assert convertible(tables().units, one, other, same_measure) is expected
    assert convertible(tables().units, other, one, same_measure) is expected


@pytest.mark.parametrize(
    ("value", "unit", "into", "expected"),
    [
        (8000, "亩", "万亩", 0.8),
        (1.78, "万亩", "亩", 17800),
        (5154.75, "亿元", "万元", 51547500),
        (0.1, "亿元", "万元", 1000),
        (640, "万人", "人", 6400000),
        (58, "%", "%", 58),
        (0, "亩", "万亩", 0),
    ],
)
def test_conversion_leaves_no_remainder(value, unit, into, expected):
    assert converted(value, unit, into, tables().units) == expected


def test_what_cannot_be_converted_raises():
    with pytest.raises(ValueError, match="天 cannot be converted into 分钟"):
        converted(1, "天", "分钟", tables().units)


def test_no_two_on_one_scale_refuse_each_other():
    ids = list(compared(tables(), known_places(tables()), stated(tables())[:40])["id"])
    found = scales(tables(), ids)
    for number, one in enumerate(ids):
        for other in ids[number + 1 :]:
            if found[one] == found[other]:
                assert not set(compatible(tables(), one, other)) & set(REFUSED), (one, other)


def test_scales_of_a_worked_example():
    ids = [CITY_GDP, WUDANG_GDP, CITY_GROWTH, WUDANG_OUTPUT, UNION_GDP]
    assert list(scales(tables(), ids).values()) == [0, 0, 1, 2, 0]
    assert scales(tables(), []) == {}


def test_reasons_come_once_each_with_an_example():
    found = reasons(tables(), [CITY_JOBS, BIJIE_JOBS, BIJIE_JOBS_GOAL])
    assert found == (
        Found("total_with_year", CITY_JOBS, BIJIE_JOBS, 2),
        Found("goal_with_result", CITY_JOBS, BIJIE_JOBS_GOAL, 2),
        Found("years_differ", CITY_JOBS, BIJIE_JOBS, 3),
    )
    assert [one.refuses for one in found] == [True, False, False]
    assert reasons(tables(), [CITY_GDP]) == ()
    assert not set(REFUSED) & set(EXPLAINED)


def test_rows_are_never_in_order_of_value_and_say_their_unit():
    rows = compared(tables(), ("guiyang", "wudang"), ("industrial-land-reserved",))
    assert list(rows["id"]) == [LAND_2023, LAND_2024, LAND_WUDANG]
    assert list(rows["scale"]) == [0, 0, 1] and list(rows["span"]) == [0, 0, 5]
    assert list(rows["into"]) == ["万亩", "万亩", "亩"]
    turned = compared(tables(), ("wudang", "guiyang"), ("industrial-land-reserved",))
    assert list(turned["id"]) == [LAND_WUDANG, LAND_2023, LAND_2024]
    assert compared(tables(), ("nanming",), ("gdp",)).empty


def test_what_else_could_be_compared():
    assert shared(tables(), ("wudang", "qingzhen")) == ("gdp", "resident-population", "built-up-area", "talent-total")
    assert shared(tables(), ("wudang",)) == () == shared(tables(), ())
    assert elsewhere(tables(), "forest-cover", ("wudang",)) == ("bijie",)
    assert elsewhere(tables(), "forest-cover", ("wudang", "bijie")) == ()
    assert elsewhere(tables(), "no-such-thing", ()) == ()
    assert places_of(tables())["urbanisation-rate"] == ("wudang", "bijie")


@pytest.mark.parametrize(
    ("places", "indicators", "expected"),
    [
        ((), (), DEFAULT),
        (("bijie",), ("gdp",), (("bijie",), ("gdp",))),
        ((), ("forest-cover",), (("wudang", "bijie"), ("forest-cover",))),
        (
            ("wudang", "qingzhen"),
            (),
            (("wudang", "qingzhen"), ("gdp", "resident-population", "built-up-area")),
        ),
    ],
)
def test_what_was_not_asked_is_filled_in(places, indicators, expected):
    assert completed(tables(), places, indicators, DEFAULT) == expected


def test_the_method_lists_every_reason_and_whether_it_refuses():
    listed = re.findall(r"^\|.*\| `([a-z_]+)` \| (apart|shared, explained) \|$", METHOD.read_text("utf-8"), re.M)
    assert listed == [*((code, "apart") for code in REFUSED), *((code, "shared, explained") for code in EXPLAINED)]
