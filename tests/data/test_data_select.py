"""What a reader asks for, as rows."""

import pandas as pd
import pytest

from data.load import tables
from data.select import JUDGED, Selection, codes_of, last_year, positions, select, statements, with_indicators
from data.verdicts import verdicts

ELSEWHERE = (*JUDGED, "due", "department")  # filters that are no column of a row


def found(**asked: object) -> list[str]:
    return list(select(tables(), Selection(**asked))["id"])  # type: ignore[arg-type]


def test_nothing_asked_is_everything_in_document_order() -> None:
    assert found() == list(tables().observations["id"])


def test_the_filters_are_named() -> None:
    assert Selection.filters() == (
        "place", "source", "theme", "kind", "bound", "period", "due", "department", "verdict", "reason",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"place": ("guian",)}, ["gyr-007-1", "gyr-007-2", "gyr-015-20", "gyr-032-2"]),
        ({"place": ("nanming",)}, ["gyp-022-1", "gyp-025-1", "gyp-025-2", "gyp-025-3", "gyp-025-4", "gyp-025-5"]),
        ({"period": ("2035",)}, ["wdp-011-1"]),
        ({"place": ("wudang",), "bound": ("at_most",)}, ["wdp-010-2", "wdp-083-1"]),
        ({"bound": ("at_most",)}, ["gyr-015-34", "gyr-024-11", "wdp-010-2", "wdp-083-1"]),
        ({"source": ("bijie-five-years",), "bound": ("about",)}, ["bjy-010-2", "bjy-013-8"]),
        ({"source": ("guiyang-publicity",), "kind": ("goal",)}, ["gyp-030-3"]),
        ({"source": ("guiyang-publicity",), "kind": ("goal", "context")}, ["gyp-018-1", "gyp-030-3"]),
        ({"place": ("qingzhen",), "kind": ("standard",)}, ["qzy-026-1"]),
        ({"place": ("qingzhen",), "source": ("guiyang-report-2024",)}, ["gyr-027-5", "gyr-046-1"]),
        ({"place": ("bijie",), "period": ("2022/2026",), "theme": ("livelihood",)}, ["bjy-011-2"]),
        ({"place": ("qingzhen",), "theme": ("economy",)}, ["qzy-004-1"]),
        ({"place": ("nowhere",)}, []),
        ({"place": ("qingzhen",), "period": ("2024", "2025")}, ["gyr-027-5", "gyr-046-1"]),
    ],
)
def test_filters(asked: dict[str, tuple[str, ...]], expected: list[str]) -> None:
    assert found(**asked) == expected


@pytest.mark.parametrize("name", [name for name in Selection.filters() if name not in ELSEWHERE])
def test_every_filter_keeps_exactly_its_codes(name: str) -> None:
    everything = with_indicators(tables())
    for code in everything[name].unique():
        assert found(**{name: (code,)}) == list(everything.loc[everything[name] == code, "id"])


def test_filters_restrict_together_and_codes_of_one_widen() -> None:
    assert len(found(place=("wudang", "bijie"))) == len(found(place=("wudang",))) + len(found(place=("bijie",)))
    assert found(place=("wudang",), source=("bijie-five-years",)) == []


@pytest.mark.parametrize(
    ("search", "expected"),
    [
        ("5154.75", ["gyr-006-2"]),
        ("wdp-115-1", ["wdp-115-1"]),
        ("旅游 人次", ["bjy-004-3", "bjy-004-4"]),
        ("forest 60", ["bjy-007-4", "bjy-012-2"]),
        ("FOREST 60%", ["bjy-007-4", "bjy-012-2"]),
        ("  森林覆盖率  58 ", ["wdp-008-1", "wdp-081-1"]),
        ("森林 forest 58%以上 annex", ["wdp-081-1"]),
        ("primacy", ["gyr-008-5"]),
        ("首位度", ["gyr-008-5"]),
        ("首位度 forest", []),
        ("7个100% medical", ["gyr-016-16", "gyr-058-8"]),
        ("5154.75 (", []),
        ("no such words at all", []),
    ],
)
def test_every_word_of_a_search_must_match(search: str, expected: list[str]) -> None:
    assert found(search=search) == expected


def test_a_blank_search_does_not_restrict() -> None:
    assert found(search="   ") == found()


def test_search_and_filter_together() -> None:
    assert found(search="forest", place=("bijie",), kind=("goal",)) == ["bjy-012-1", "bjy-012-2"]  # forestry, cover


def test_a_search_within_an_empty_filter_finds_nothing() -> None:
    assert found(place=("guian",), period=("2035",), search="gdp") == []


# Departments stand beside the tasks of Wudang's plan: the human resources bureau answers for tasks 4 and 24 (paragraphs
# 20, 57), and for annex goals 7 and 12 and annex tasks 4, 26 (78, 83, 89, 111).
def test_a_department_answers_for_its_tasks() -> None:
    rows = select(tables(), Selection(department=("wudang-human-resources",)))
    assert sorted({int(paragraph) for paragraph in rows["paragraph"]}) == [20, 57, 78, 83, 89, 111]
    assert found(department=("wudang-culture-tourism",), place=("bijie",)) == []
    assert found(department=("no-such-body",)) == []


def test_two_departments_widen() -> None:
    one, other = found(department=("wudang-water",)), found(department=("wudang-finance",))
    assert found(department=("wudang-water", "wudang-finance")) == [row for row in found() if row in {*one, *other}]


def test_a_search_by_pinyin() -> None:
    assert found(search="senlinfugailv") == found(search="森林覆盖率") != []
    assert found(search="slfgl", place=("bijie",)) == ["bjy-007-4", "bjy-012-2"]


def test_a_search_by_place_and_scope() -> None:
    assert set(found(search="华为云")) == {"gyr-014-1", "gyr-014-16", "gyr-014-17"}
    assert set(found(place=("wudang",))) <= set(found(search="乌当"))
    assert set(found(place=("wudang",))) <= set(found(search="Wudang"))


def test_an_apostrophe_may_be_straight_or_left_out() -> None:
    assert set(found(place=("guian",))) <= set(found(search="gui'an")) & set(found(search="guian"))


def test_an_apostrophe_may_be_curly() -> None:
    assert set(found(place=("guian",))) <= set(found(search="gui’an"))


def test_sorted_by_value_units_are_made_alike() -> None:
    land = found(search="收储工业用地", sort="value")
    assert land == ["gyr-010-12", "gyr-028-1", "wdp-029-2", "wdp-094-2"]  # 1.78万亩, 8000亩, 2000亩 twice


def test_sorted_by_period_and_stable() -> None:
    rows = select(tables(), Selection(place=("bijie", "wudang"), sort="period"))
    assert list(last_year(rows["period"])) == sorted(last_year(rows["period"]))
    assert list(rows.loc[last_year(rows["period"]) == 2021, "place"].unique()) == ["wudang", "bijie"]


@pytest.mark.parametrize("sort", ["document", "value", "period", "name"])
def test_sorting_loses_and_adds_nothing(sort: str) -> None:
    rows = select(tables(), Selection(sort=sort))
    assert sorted(rows["id"]) == sorted(found())
    assert list(rows.columns) == list(with_indicators(tables()).columns)


def test_the_indicators_columns_stand_beside() -> None:
    row = with_indicators(tables()).loc["wdp-081-1"]
    assert (row["name_zh"], row["theme"], row["stat"], row["better"]) == ("森林覆盖率", "ecology", "ratio", "up")
    assert not with_indicators(tables())["name_en"].isna().any()


def test_given_rows_stay_the_given_rows() -> None:
    rows = tables().observations.loc[["wdp-081-1", "gyr-006-2"]]
    assert list(with_indicators(tables(), rows)["name_en"]) == [
        tables().indicators.at["forest-cover", "name_en"], tables().indicators.at["gdp", "name_en"],
    ]  # fmt: skip


def test_selecting_leaves_the_shared_tables_alone() -> None:
    before = tables().observations.copy()
    select(tables(), Selection(place=("wudang",), search="gdp"))
    statements(tables(), "gdp")
    pd.testing.assert_frame_equal(tables().observations, before)


def ids(*indicators: str, **where: str) -> list[str]:
    return list(statements(tables(), *indicators, **where)["id"])


def as_read(found: list[str]) -> list[str]:
    """Keep the ids of the first five documents, whose rows are known by heart."""
    return [code for code in found if code.startswith(("gyr-", "wdp-", "gyp-", "bjy-", "qzy-"))]


def test_statements_leave_restatements_out() -> None:
    assert ids("talent-total") == ["wdp-007-3", "qzy-010-4"]  # not 020-3, 078-1 and 089-3, which say it again
    assert ids("built-up-area") == ["wdp-007-1", "bjy-010-3", "qzy-010-1"]
    assert ids("good-air-days-share", place="wudang") == ["wdp-009-1"]
    assert ids("modern-services-cluster-size") == ["qzy-039-1"]


def test_statements_leave_rows_without_a_number_out() -> None:
    assert ids("industrial-output", place="wudang") == ["wdp-028-4"]  # 028-1 only promises to be above the city's
    assert ids("gdp-per-capita") == []


def test_statements_by_place_and_kind() -> None:
    assert as_read(ids("gdp")) == ["gyr-006-2", "gyr-008-1", "wdp-006-1", "qzy-004-1"]
    assert as_read(ids("gdp", place="guiyang")) == ["gyr-006-2"]
    assert as_read(ids("gdp", kind="goal")) == ["wdp-006-1", "qzy-004-1"]
    assert ids("forest-cover", place="bijie", kind="result") == ["bjy-007-4"]


def test_statements_of_several_indicators() -> None:
    assert ids("gdp", "forest-cover", place="wudang") == ["wdp-006-1", "wdp-008-1"]


def test_no_indicator_no_statements() -> None:
    assert ids() == []


def test_the_last_year_of_a_period() -> None:
    years = last_year(pd.Series(["2023", "2021/2025", "2020/2021"]))
    assert years.tolist() == [2023, 2025, 2021]
    assert years.dtype == int


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"verdict": ("met",)}, ["gyr-058-6", "bjy-012-2"]),
        ({"verdict": ("met", "not_yet_due"), "place": ("guiyang",)}, ["gyr-058-6", "gyr-067-3", "gyr-067-4"]),
        ({"verdict": ("met",), "reason": ("no_result",)}, []),
        ({"verdict": ("met",), "kind": ("result",)}, []),
        ({"reason": ("unit_differs",)}, ["gyr-028-1"]),
        ({"reason": ("cumulative_against_annual",), "search": "老旧"}, ["gyr-037-12"]),
        ({"due": ("2035",)}, ["wdp-011-1"]),
        ({"due": ("2031",), "verdict": ("cannot_judge",), "reason": ("no_number",)}, []),
        ({"department": ("wudang-science",), "verdict": ("met",)}, []),
    ],
)
def test_what_only_goals_have_leaves_goals_alone(asked: dict[str, tuple[str, ...]], expected: list[str]) -> None:
    assert found(**asked) == expected


@pytest.mark.parametrize("name", JUDGED)
def test_verdicts_and_reasons_together_are_every_goal_once(name: str) -> None:
    codes = [code for code in dict.fromkeys(verdicts(tables())[name]) if code]
    parts = [set(found(**{name: (code,)})) for code in codes]
    assert sum(len(part) for part in parts) == len(set().union(*parts))
    goals = tables().observations[(tables().observations["kind"] == "goal") & (tables().observations["repeats"] == "")]
    judged = 0 if name == "verdict" else int((verdicts(tables())["verdict"] != "cannot_judge").sum())
    assert sum(map(len, parts)) == len(goals) - judged


def test_a_due_year_is_the_last_of_its_period() -> None:
    rows = tables().observations
    assert found(due=("2025",)) == list(rows.index[rows["period"].isin(["2025", "2021/2025"])])


def test_the_codes_of_a_filter_in_some_rows() -> None:
    rows = positions(tables(), Selection(place=("bijie",), kind=("goal",)))
    assert codes_of(tables(), rows, "due") == {"2026"}
    assert codes_of(tables(), rows, "place") == {"bijie"}
    assert codes_of(tables(), rows, "department") <= {""}
    assert "met" in codes_of(tables(), rows, "verdict")
    everything = positions(tables(), Selection())
    answering = {code for cell in tables().tasks["departments"] for code in cell.split(";")}
    assert codes_of(tables(), everything, "department") <= answering | {""}
