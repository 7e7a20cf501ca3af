"""What a single cell cannot show: columns, rows, links and contradictions; and what is not noticed yet."""

import pandas as pd
import pytest

from data import load
from data.check import find_faults, raise_faults
from data.faults import Fault, TableFaults

Frames = dict[str, pd.DataFrame]

UNIQUE = "must be unique in its column"
KEYS = {"units": "unit", "pairs": "goal"}
ORIGINAL = load.read()


@pytest.fixture
def frames() -> Frames:
    return {name: frame.copy() for name, frame in ORIGINAL.items()}


def at(frames: Frames, table: str, key: str | int) -> int:
    """Give the index of a row: by its key, or as it is."""
    if isinstance(key, int):
        return key
    frame = frames[table]
    index, *more = frame.index[frame[KEYS.get(table, "id")] == key]
    assert not more or table == "pairs"  # a goal may have a line for every year's result
    return int(index)


def test_the_committed_tables_are_sound(frames: Frames) -> None:
    assert find_faults(frames) == []
    raise_faults(frames)  # raises nothing


def test_a_message_says_file_row_column_value_rule_and_way_out(frames: Frames) -> None:
    frames["observations"].loc[at(frames, "observations", "gyr-006-2"), "value"] = "5,154.75"
    (fault,) = find_faults(frames)
    assert str(fault) == (
        "observations.csv row 3, column value: '5,154.75' must be a plain number. "
        "write digits with a decimal point; no thousands separator, no unit, no spaces."
    )


def test_a_message_without_a_row_names_the_file() -> None:
    fault = Fault("units.csv", None, "factor", "x", "must be so", "mend it")
    assert str(fault) == "units.csv, column factor: 'x' must be so. mend it."


@pytest.mark.parametrize(
    ("table", "column"),
    [("observations", "kind"), ("observations", "id"), ("indicators", "theme"), ("sources", "sha256"),
     ("units", "factor"), ("excluded", "nth"), ("pairs", "reason"), ("corrections", "handled_en")],
)  # fmt: skip
def test_a_missing_column_is_named(table: str, column: str, frames: Frames) -> None:
    frames[table] = frames[table].drop(columns=column)
    (fault,) = find_faults(frames)
    assert (fault.file, fault.row, fault.column) == (f"{table}.csv", None, column)
    assert fault.rule == "the table must have this column"
    assert fault.way_out == "add it to the header line, spelled exactly so"
    assert fault.value == ", ".join(frames[table].columns)


@pytest.mark.parametrize("table", load.NAMES)
def test_an_unknown_column_is_named(table: str, frames: Frames) -> None:
    frames[table]["remark"] = ""
    (fault,) = find_faults(frames)
    assert (fault.file, fault.row, fault.column) == (f"{table}.csv", None, "remark")
    assert fault.rule == "the table has no such column"
    assert fault.way_out == "remove it, or correct its name in the header line"


def test_a_misspelled_column_is_both_missing_and_unknown(frames: Frames) -> None:
    frames["observations"] = frames["observations"].rename(columns={"bound": "bounds"})
    found = {fault.column: fault.rule for fault in find_faults(frames)}
    assert found["bound"] == "the table must have this column"
    assert found["bounds"] == "the table has no such column"


def test_columns_in_another_order_are_noticed(frames: Frames) -> None:
    first, second, *rest = frames["units"].columns
    frames["units"] = frames["units"][[second, first, *rest]]
    assert {(fault.file, fault.column) for fault in find_faults(frames)} == {
        ("units.csv", first),
        ("units.csv", second),
    }


@pytest.mark.parametrize(("table", "column"), [("observations", "id"), ("indicators", "id"), ("units", "unit")])
def test_a_duplicate_key_names_both_rows(table: str, column: str, frames: Frames) -> None:
    count = len(frames[table])
    frames[table] = pd.concat([frames[table], frames[table].iloc[[4]]], ignore_index=True)
    found = find_faults(frames)
    assert [(fault.row, fault.column, fault.rule) for fault in found] == [
        (6, column, UNIQUE),
        (count + 2, column, UNIQUE),
    ]
    assert {fault.value for fault in found} == {frames[table][column].iloc[4]}


def changed(frames: Frames, table: str, key: str, **cells: str) -> int:
    """Overwrite several cells of one row; give the line of the file it stands in."""
    index = at(frames, table, key)
    for column, value in cells.items():
        frames[table].loc[index, column] = value
    return index + 2


def test_an_empty_value_needs_a_note(frames: Frames) -> None:
    row = changed(frames, "observations", "gyr-006-1", note_zh="", note_en="")
    (fault,) = find_faults(frames)
    assert (fault.row, fault.column, fault.value) == (row, "note_zh", "")
    assert fault.rule == "must say in our words what is stated where there is no value"
    assert fault.way_out == "write the note"


def test_a_note_in_english_only_is_noticed(frames: Frames) -> None:
    row = changed(frames, "observations", "gyr-006-2", note_zh="")
    (fault,) = find_faults(frames)
    assert (fault.row, fault.column, fault.rule) == (row, "note_zh", "must stand in both languages or in neither")


def test_a_value_alone_needs_unit_and_bound(frames: Frames) -> None:
    row = changed(frames, "observations", "gyr-006-1", value="1")
    assert [(fault.row, fault.column) for fault in find_faults(frames)] == [(row, "unit"), (row, "bound")]


@pytest.mark.parametrize(
    ("cells", "rule", "way_out"),
    [
        ({"period": "2021/2023"}, "cannot be annual for an interval of years",
         "write cumulative or annual_average, or one year as the period"),
        ({"basis": "annual_average"}, "needs an interval of years", "write the period as 2021/2025"),
    ],
)  # fmt: skip
def test_basis_and_period_agree(cells: dict[str, str], rule: str, way_out: str, frames: Frames) -> None:
    row = changed(frames, "observations", "gyr-006-2", **cells)
    (fault,) = find_faults(frames)
    assert (fault.file, fault.row, fault.column) == ("observations.csv", row, "basis")
    assert (fault.rule, fault.way_out) == (rule, way_out)


def test_a_pair_across_units_is_refused(frames: Frames) -> None:
    row = changed(frames, "pairs", "gyr-024-1", result="gyr-006-2", comparable="similar")
    (fault,) = find_faults(frames)
    assert (fault.file, fault.row, fault.column, fault.value) == ("pairs.csv", row, "comparable", "similar")
    assert fault.rule == "cannot hold across units (%, 亿元)"
    assert fault.way_out == "set comparable to no with the reason unit_differs"


def test_a_pair_called_the_same_is_of_one_place_and_indicator(frames: Frames) -> None:
    row = changed(frames, "pairs", "gyr-024-1", result="gyr-006-2")
    assert [(f.file, f.row, f.column, f.value, f.rule, f.way_out) for f in find_faults(frames)] == [
        ("pairs.csv", row, "comparable", "same", "cannot hold across units (%, 亿元)",
         "set comparable to no with the reason unit_differs"),
        ("pairs.csv", row, "comparable", "same", "cannot be same across places or indicators",
         "write similar and say what differs, or no with its reason"),
    ]  # fmt: skip


def test_a_pair_of_a_result_leaves_the_goal_without_one(frames: Frames) -> None:
    goal = at(frames, "observations", "gyr-024-2") + 2
    row = changed(frames, "pairs", "gyr-024-2", goal="gyr-006-3")
    assert [(f.file, f.row, f.column, f.value, f.rule, f.way_out) for f in find_faults(frames)] == [
        ("observations.csv", goal, "id", "gyr-024-2", "is a goal without a line in pairs.csv",
         "add the line: the result it may be held against, or no with its reason"),
        ("pairs.csv", row, "goal", "gyr-006-3", "is not a goal", "name an observation of kind goal"),
    ]  # fmt: skip


def test_an_unknown_result_of_a_pair_is_named_with_a_hint(frames: Frames) -> None:
    row = changed(frames, "pairs", "gyr-024-2", result="gyr-012-11x")
    (fault,) = find_faults(frames)
    assert (fault.row, fault.column, fault.rule) == (row, "result", "is not in observations.csv")
    assert fault.way_out == "did you mean gyr-012-11?"


def test_an_unused_indicator_is_named(frames: Frames) -> None:
    spare = frames["indicators"].iloc[[0]].assign(id="never-used")
    frames["indicators"] = pd.concat([frames["indicators"], spare], ignore_index=True)
    (fault,) = find_faults(frames)
    assert (fault.file, fault.row, fault.column, fault.value) == (
        "indicators.csv",
        len(frames["indicators"]) + 1,
        "id",
        "never-used",
    )
    assert fault.rule == "is used by no observation"


def broken_in_three_tables(frames: Frames) -> None:
    changed(frames, "observations", "gyr-006-2", value="5,154.75", kind="gaol")
    changed(frames, "indicators", "gdp", name_zh="")
    changed(frames, "units", "亿元", factor="1e8")


def test_all_faults_are_listed_at_once(frames: Frames) -> None:
    broken_in_three_tables(frames)
    with pytest.raises(TableFaults) as raised:
        raise_faults(frames)
    assert {(fault.file, fault.column, fault.value) for fault in raised.value.faults} == {
        ("observations.csv", "value", "5,154.75"),
        ("observations.csv", "kind", "gaol"),
        ("indicators.csv", "name_zh", ""),
        ("units.csv", "factor", "1e8"),
    }
    first, *lines = str(raised.value).splitlines()
    assert first == "4 fault(s) in data/tables:"
    assert lines == [f"  {fault}" for fault in raised.value.faults]


def test_all_broken_links_are_listed_before_any_contradiction(frames: Frames) -> None:
    changed(frames, "observations", "gyr-006-2", unit="亿圆", value_high="1")
    changed(frames, "observations", "gyr-006-3", place="guiyan", bound="")
    changed(frames, "pairs", "gyr-024-2", reason="", result="gyr-012-11x")
    assert [(fault.file, fault.row, fault.column) for fault in find_faults(frames)] == [
        ("observations.csv", 4, "place"),
        ("observations.csv", 3, "unit"),
        ("pairs.csv", 3, "result"),
    ]


def test_all_contradictions_are_listed(frames: Frames) -> None:
    changed(frames, "observations", "gyr-006-2", value_high="1", unit="")
    changed(frames, "observations", "gyr-006-3", bound="")
    changed(frames, "pairs", "gyr-024-2", reason="")
    assert [(fault.file, fault.row, fault.column) for fault in find_faults(frames)] == [
        ("observations.csv", 3, "unit"),
        ("observations.csv", 3, "value_high"),
        ("observations.csv", 4, "bound"),
        ("pairs.csv", 3, "reason"),
    ]


def test_links_wait_until_each_table_is_sound(frames: Frames) -> None:
    changed(frames, "observations", "gyr-006-2", unit="亿圆", kind="gaol")
    assert [fault.column for fault in find_faults(frames)] == ["kind"]


def test_the_order_of_rows_is_the_editors(frames: Frames) -> None:
    frames["observations"] = frames["observations"].iloc[::-1].reset_index(drop=True)
    assert find_faults(frames) == []


def test_every_department_of_a_list_must_be_known(frames: Frames) -> None:
    index = at(frames, "tasks", "wdp-task-01")
    frames["tasks"].loc[index, "departments"] = "wudang-science;wudang-watre;wudang-fairies"
    found = [(fault.file, fault.row, fault.column, fault.value, fault.rule) for fault in find_faults(frames)]
    assert found == [
        ("tasks.csv", index + 2, "departments", "wudang-watre", "is not in departments.csv"),
        ("tasks.csv", index + 2, "departments", "wudang-fairies", "is not in departments.csv"),
    ]


def test_an_unknown_source_of_an_observation_is_named_with_a_hint(frames: Frames) -> None:
    row = changed(frames, "observations", "gyr-006-2", source="guiyang-report-2023")
    found = [(fault.row, fault.column, fault.rule, fault.way_out) for fault in find_faults(frames)]
    assert found == [(row, "source", "is not in sources.csv", "did you mean guiyang-report-2024?")]


def test_an_unknown_goal_of_a_pair_is_named_with_a_hint(frames: Frames) -> None:
    row = changed(frames, "pairs", "gyr-024-1", goal="gyr-024-111")
    found = [(fault.row, fault.column, fault.rule, fault.way_out) for fault in find_faults(frames)]
    assert found == [(row, "goal", "is not in observations.csv", "did you mean gyr-024-11?")]


def test_an_observation_that_stands_twice_is_noticed(frames: Frames) -> None:
    again = frames["observations"].iloc[[1]].assign(id="gyr-006-99")
    frames["observations"] = pd.concat([frames["observations"], again], ignore_index=True)
    (fault,) = find_faults(frames)
    assert (fault.file, fault.row, fault.column) == ("observations.csv", len(frames["observations"]) + 1, "printed")
    assert fault.rule == "says what a row above says already"


@pytest.mark.parametrize("table", ["excluded", "corrections", "tasks", "mentions"])
def test_a_paragraph_past_the_end_is_noticed_in_every_table(table: str, frames: Frames) -> None:
    frames[table].loc[0, "paragraph"] = "999"
    assert [(fault.row, fault.column) for fault in find_faults(frames)] == [(2, "paragraph")]


@pytest.mark.parametrize("place", ["guiyang-report-2023:8", "guiyang-report-2024:999"])
def test_a_term_stands_in_a_document_there_is(place: str, frames: Frames) -> None:
    row = changed(frames, "terms", "primacy-ratio", paragraphs=place)
    assert [(fault.row, fault.column) for fault in find_faults(frames)] == [(row, "paragraphs")]


def test_a_restatement_of_a_restatement_is_noticed(frames: Frames) -> None:
    row = changed(frames, "observations", "wdp-103-5", repeats="wdp-042-5")
    assert [(fault.row, fault.column) for fault in find_faults(frames)] == [(row, "repeats")]


def test_a_restatement_of_something_else_is_noticed(frames: Frames) -> None:
    row = changed(frames, "observations", "wdp-103-5", repeats="gyr-006-2")
    assert [(fault.row, fault.column) for fault in find_faults(frames)] == [(row, "repeats")]


@pytest.mark.parametrize("table", ["pairs", "excluded"])
def test_a_row_that_stands_twice_is_noticed(table: str, frames: Frames) -> None:
    frames[table] = pd.concat([frames[table], frames[table].iloc[[0]]], ignore_index=True)
    assert find_faults(frames) != []


def test_a_date_must_be_in_the_calendar(frames: Frames) -> None:
    row = changed(frames, "sources", "guiyang-report-2024", given="2024-02-31")
    assert [(fault.row, fault.column, fault.rule) for fault in find_faults(frames)] == [
        (row, "given", "must be a date like 2024-02-29, or empty")
    ]


def test_a_question_stays_a_question(frames: Frames) -> None:
    changed(frames, "observations", "gyr-006-2", indicator="gdpp")
    (fault,) = find_faults(frames)
    assert str(fault).endswith("did you mean gdp?")
