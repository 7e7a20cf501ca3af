"""Traps of the documents, and rules that hold for every row, on the tables as plain CSV."""

import csv
import re
from collections import Counter

import pytest

from data.load import FOLDER, tables


def lines(name: str) -> list[dict[str, str]]:
    """Read a table without pandas."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


OBSERVATIONS = lines("observations")


def by_id(identity: str) -> dict[str, str]:
    (row,) = [row for row in OBSERVATIONS if row["id"] == identity]
    return row


def in_paragraph(source: str, paragraph: int, printed: str) -> list[dict[str, str]]:
    return [
        row
        for row in OBSERVATIONS
        if row["source"] == source and row["paragraph"] == str(paragraph) and row["printed"] == printed
    ]


# --- traps ---

SEVEN = [
    "river-section-compliance", "river-section-good", "drinking-source-compliance", "groundwater-compliance",
    "safe-land-use-rate", "industrial-waste-handling-rate", "medical-waste-treatment-rate",
]  # fmt: skip


@pytest.mark.parametrize(("paragraph", "kind", "period"), [(16, "result", "2023"), (58, "goal", "2024")])
def test_seven_hundreds_are_seven_rows_of_100(paragraph: int, kind: str, period: str) -> None:
    rows = in_paragraph("guiyang-report-2024", paragraph, "7个100%")
    assert [row["indicator"] for row in rows] == SEVEN
    assert {(row["value"], row["unit"], row["kind"], row["period"]) for row in rows} == {("100", "%", kind, period)}


def test_the_stretch_of_wudangs_gdp() -> None:
    high = {
        row["id"]: row["value_high"]
        for row in OBSERVATIONS
        if row["value_high"] and row["source"] == "wudang-action-plan"
    }
    assert high == {"wdp-006-1": "350", "wdp-072-1": "350"}


def test_recovery_is_an_index_not_growth() -> None:
    stats = {row["id"]: row["stat"] for row in lines("indicators")}
    assert [stats[f"{name}-recovery"] for name in ("tourism-visits", "tourism-spending", "overnight-visits")] == [
        "index", "index", "index",
    ]  # fmt: skip


def test_every_total_of_the_three_year_drive_is_a_total() -> None:
    rows = [row for row in OBSERVATIONS if row["source"] == "guiyang-report-2024" and row["period"] == "2021/2023"]
    assert {row["basis"] for row in rows} == {"cumulative"}
    assert {row["period_basis"] for row in rows} == {"inferred"}
    assert len([row for row in rows if row["paragraph"] == "17" and row["value"]]) == 8


def test_bijies_two_job_figures_are_five_year_totals() -> None:
    assert [by_id(identity)["basis"] for identity in ("bjy-008-1", "bjy-011-2")] == ["cumulative", "cumulative"]


@pytest.mark.parametrize("identity", ["bjy-004-2", "bjy-004-3", "bjy-010-5", "bjy-013-8", "wdp-048-3", "wdp-050-1"])
def test_averages_over_years_are_no_single_years_rate(identity: str) -> None:
    assert by_id(identity)["basis"] == "annual_average"


def test_the_size_of_a_thing_is_set_aside_where_it_is_a_threshold() -> None:
    aside = {(row["source"], row["paragraph"], row["digits"]): row["reason"] for row in lines("excluded")}
    assert aside["wudang-action-plan", "40", "20"] == "definition"  # 20亿级项目
    assert aside["wudang-action-plan", "102", "20"] == "definition"
    assert aside["guiyang-report-2024", "12", "5"] == "definition"  # 5万元以下
    assert aside["guiyang-report-2024", "55", "500"] == "definition"  # 产值500万以上
    assert aside["bijie-five-years", "5", "30"] == "definition"  # 30户以上自然村寨
    assert aside["guiyang-report-2024", "51", "12345"] == "name"
    assert aside["guiyang-report-2024", "3", "611"] == "document"  # 浏览次数


@pytest.mark.parametrize(
    ("identity", "indicator"),
    [
        ("gyr-006-1", "gdp-hundred-billion-steps"),  # 千亿级台阶
        ("gyr-024-13", "consumer-price-growth"),  # 调控范围内
        ("wdp-010-1", "resident-income-growth"),  # 与经济增长基本同步
        ("wdp-011-1", "gdp-per-capita"),  # 中等发达国家水平
        ("qzy-010-2", "no-threshold-household-registration"),  # 零门槛
        ("bjy-005-3", "village-4g-coverage"),
    ],
)
def test_words_without_a_number_get_none(identity: str, indicator: str) -> None:
    row = by_id(identity)
    assert (row["indicator"], row["value"], row["unit"], row["bound"]) == (indicator, "", "", "")
    assert row["note_zh"] and row["note_en"]


# --- rules that hold for every row ---

BOUND_WORDS = {"at_least": "以上|超|突破|不少于|至少", "about": "左右|约", "at_most": "以内"}
# Where the bound word stands outside what is printed, or the wording itself is a bound.
BOUND_ELSEWHERE = {
    "gyr-011-15": "at_least",  # 退出全国前20
    "gyr-015-34": "at_most",  # 前三
    "gyr-024-2": "about",  # 4%、9%和6%左右
    "gyr-024-3": "about",
    "gyr-034-1": "about",  # 千万级
    "wdp-040-1": "at_least",  # 5 | 个以上, across a page break
    "qzy-039-1": "about",  # 千亿级
    "qzy-040-1": "about",
}


def test_every_bound_is_the_printed_word() -> None:
    for row in OBSERVATIONS:
        if not row["value"]:
            continue
        words = [bound for bound, words in BOUND_WORDS.items() if re.search(words, row["printed"])]
        assert row["bound"] == BOUND_ELSEWHERE.get(row["id"], words[0] if words else "exact"), row["id"]
        assert len(words) < 2, row["id"]


# Numbers in words: what the words say.
IN_WORDS = {
    "首位": 1, "两个综保区": 2, "两条": 2, "翻一番": 2, "翻番": 2, "Ⅱ类": 2, "前三": 3, "三级": 3, "三个项目": 3,
    "五连冠": 5, "九连冠": 9, "千万级": 1000, "千亿级": 1000, "零填埋": 0, "零门票": 0, "三年清零": 0,
    "黑臭水体动态清零": 0, "零就业家庭保持动态清零": 0, "根治欠薪动态清零": 0,
}  # fmt: skip


def test_every_value_is_the_printed_number() -> None:
    for row in OBSERVATIONS:
        if not row["value"]:
            continue
        numbers = [float(digits) for digits in re.findall(r"[0-9]+(?:\.[0-9]+)?", row["printed"])]
        if row["printed"] in IN_WORDS:
            assert (numbers, float(row["value"])) == ([], IN_WORDS[row["printed"]]), row["id"]
        else:
            assert float(row["value"]) in numbers, row["id"]


# Eight lines of the annex name their unit in the indicator; the other units are what the words mean.
UNIT_ELSEWHERE = {
    "gyr-011-15": "位", "gyr-011-22": "倍", "gyr-015-34": "位", "gyr-034-1": "万人", "gyr-038-4": "次",
    "gyr-069-1": "次", "wdp-040-1": "个", "wdp-041-1": "倍", "wdp-041-2": "倍", "wdp-073-1": "万人",
    "wdp-074-1": "万人", "wdp-075-1": "%", "wdp-076-1": "平方公里", "wdp-077-1": "%", "wdp-078-1": "万人",
    "wdp-079-1": "%", "wdp-080-1": "件", "wdp-102-2": "倍", "wdp-102-3": "倍", "bjy-010-4": "万人",
    "qzy-039-1": "亿元", "qzy-040-1": "亿元",
}  # fmt: skip


def test_every_unit_is_the_printed_one() -> None:
    found = {
        row["id"]: row["unit"]
        for row in OBSERVATIONS
        if row["unit"] not in ("", "1") and row["unit"] not in row["printed"]
    }
    assert found == UNIT_ELSEWHERE


def test_the_year_of_a_goal_follows_its_document() -> None:
    kinds = ("goal", "standard")
    periods = {
        source: {row["period"] for row in OBSERVATIONS if row["source"] == source and row["kind"] in kinds}
        for source in {row["source"] for row in OBSERVATIONS}
    }
    as_read = {
        "guiyang-report-2024": {"2024", "2026"},
        "wudang-action-plan": {"2023", "2025", "2021/2023", "2021/2025", "2035"},
        "guiyang-publicity": {"2021/2025"},
        "bijie-five-years": {"2026", "2022/2026"},
        "qingzhen-five-years": {"2026", "2022/2026", "2031"},
    }
    assert {source: periods[source] for source in as_read} == as_read


def test_documents_without_a_date_print_no_period() -> None:
    printed = [
        row["id"]
        for row in OBSERVATIONS
        if row["source"] in ("bijie-five-years", "qingzhen-five-years") and row["period_basis"] == "printed"
    ]
    assert printed == ["qzy-037-1"]  # 2021年 stands in the paragraph


@pytest.mark.parametrize("column", ["source", "indicator", "place", "scope_zh", "period", "kind", "basis", "unit"])
def test_a_restatement_is_of_the_same_thing(column: str) -> None:
    first = {row["id"]: row for row in OBSERVATIONS}
    differing = [row["id"] for row in OBSERVATIONS if row["repeats"] and first[row["repeats"]][column] != row[column]]
    assert differing == []


def test_a_restatement_names_an_earlier_first_statement() -> None:
    order = {row["id"]: number for number, row in enumerate(OBSERVATIONS)}
    first = {row["id"]: row for row in OBSERVATIONS}
    for row in OBSERVATIONS:
        if row["repeats"]:
            assert order[row["repeats"]] < order[row["id"]], row["id"]
            assert first[row["repeats"]]["repeats"] == "", row["id"]


def test_the_whole_annex_but_nothing_else_restates_the_body() -> None:
    for row in OBSERVATIONS:
        if row["source"] == "wudang-action-plan":
            assert bool(row["repeats"]) == (int(row["paragraph"]) > 70 or row["id"] in {
                "wdp-017-2", "wdp-020-3", "wdp-031-5", "wdp-042-5",
            }), row["id"]  # fmt: skip
    assert {row["source"] for row in OBSERVATIONS if row["repeats"]} == {"wudang-action-plan", "qingzhen-five-years"}


def test_rows_stand_in_document_order_and_ids_say_where() -> None:
    order = [row["id"] for row in lines("sources")]
    short = {row["source"]: row["id"].split("-")[0] for row in reversed(OBSERVATIONS)}  # of a document's first row
    assert list(short.values())[::-1][:5] == ["gyr", "wdp", "gyp", "bjy", "qzy"]
    assert len(set(short.values())) == len(short) == len(order)
    at = [(order.index(row["source"]), int(row["paragraph"]), int(row["id"].split("-")[2])) for row in OBSERVATIONS]
    assert at == sorted(at)
    for row in OBSERVATIONS:
        assert row["id"].startswith(f"{short[row['source']]}-{int(row['paragraph']):03}-"), row["id"]


@pytest.mark.parametrize("name", ["sources", "indicators", "observations", "pairs", "corrections"])
def test_both_languages_or_neither(name: str) -> None:
    rows = lines(name)
    texts = [column.removesuffix("_zh") for column in rows[0] if column.endswith("_zh")]
    one_sided = [
        (number, text)
        for number, row in enumerate(rows, start=2)
        for text in texts
        if bool(row[f"{text}_zh"]) != bool(row[f"{text}_en"])
    ]
    assert one_sided == []


def test_every_first_goal_has_a_pair_and_none_twice() -> None:
    goals = [row["id"] for row in OBSERVATIONS if row["kind"] in ("goal", "standard") and not row["repeats"]]
    assert {row["goal"] for row in lines("pairs")} == set(goals)
    assert set(Counter((row["goal"], row["result"]) for row in lines("pairs")).values()) == {1}


def test_a_goal_without_a_number_is_not_judged_by_numbers() -> None:
    unnumbered = {row["id"] for row in OBSERVATIONS if not row["value"]}
    for pair in lines("pairs"):
        if pair["goal"] in unnumbered:
            assert (pair["comparable"], pair["reason"]) == ("no", "no_number"), pair["goal"]


def test_no_pair_crosses_places_but_where_it_says_so() -> None:
    place = {row["id"]: row["place"] for row in OBSERVATIONS}
    for pair in lines("pairs"):
        if pair["result"] and pair["comparable"] != "no":
            assert place[pair["goal"]] == place[pair["result"]], pair["goal"]


def test_what_is_set_aside_is_set_aside_once() -> None:
    rows = Counter((row["source"], row["paragraph"], row["digits"], row["nth"]) for row in lines("excluded"))
    assert set(rows.values()) == {1}


def test_paragraphs_lie_within_their_documents() -> None:
    length = {row["id"]: int(row["paragraphs"]) for row in lines("sources")}
    for name in ("observations", "excluded", "corrections"):
        assert all(1 <= int(row["paragraph"]) <= length[row["source"]] for row in lines(name)), name


def test_every_unit_is_used() -> None:
    unused = set(tables().units.index) - set(tables().observations["unit"])
    assert unused <= {"处", "例", "卡"}  # kept for rows to come


@pytest.mark.parametrize(
    ("unit", "factor"),
    [("亿元", "100000000"), ("万元", "10000"), ("亿人次", "100000000"), ("万人", "10000"), ("万亩", "10000"),
     ("%", "1"), ("平方公里", "1"), ("千米", "1"), ("公里", "1"), ("万卡", "10000")],
)  # fmt: skip
def test_a_units_factor_is_what_its_characters_say(unit: str, factor: str) -> None:
    (row,) = [row for row in lines("units") if row["unit"] == unit]
    assert row["factor"] == factor


def test_wan_is_ten_thousand_and_yi_a_hundred_million_everywhere() -> None:
    for row in lines("units"):
        expected = {"亿": "100000000", "万": "10000"}.get(row["unit"][0], "1")
        assert row["factor"] == expected, row["unit"]
