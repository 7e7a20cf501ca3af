"""CSV in, typed tables out; and the name of a state of the data."""

import csv
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from data import load
from data.faults import TableFaults
from data.load import NAMES, NUMBERS, record, records, tables


def lines(name: str) -> list[dict[str, str]]:
    """Read a table without pandas."""
    with (load.FOLDER / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_the_tables_by_name() -> None:
    assert NAMES == (
        "sources", "indicators", "units", "observations", "excluded", "pairs", "corrections", "departments", "tasks",
        "mentions", "terms",
    )  # fmt: skip
    assert {path.stem for path in load.FOLDER.glob("*.csv")} == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_every_row_and_column_is_there_in_the_files_order(name: str) -> None:
    frame, expected = getattr(tables(), name), lines(name)
    assert list(frame.columns) == list(expected[0])
    assert len(frame) == len(expected)
    texts = [column for column in frame.columns if column not in NUMBERS.get(name, ())]
    assert frame[texts].to_dict("records") == [{column: row[column] for column in texts} for row in expected]


@pytest.mark.parametrize("name", NAMES)
def test_only_the_numbers_are_numbers(name: str) -> None:
    frame = getattr(tables(), name)
    numeric = {column for column in frame.columns if pd.api.types.is_numeric_dtype(frame[column])}
    assert numeric == set(NUMBERS.get(name, ()))


@pytest.mark.parametrize("name", NAMES)
def test_an_empty_text_is_empty_not_missing(name: str) -> None:
    frame = getattr(tables(), name)
    texts = [column for column in frame.columns if column not in NUMBERS.get(name, ())]
    assert not frame[texts].isna().any().any()


def test_an_empty_number_is_missing_not_zero() -> None:
    rows = tables().observations
    assert rows["value"].isna()["gyr-006-1"]
    assert rows.at["gyr-011-18", "value"] == 0
    assert rows["value"].isna().sum() == sum(row["value"] == "" for row in lines("observations"))


def test_paragraphs_are_whole() -> None:
    assert tables().observations["paragraph"].dtype == int
    assert tables().excluded["nth"].dtype == int
    assert tables().sources["paragraphs"].dtype == int
    assert tables().sources["paragraphs"].tolist()[:5] == [72, 115, 32, 15, 42]  # the first five documents


def test_tables_are_indexed_by_their_key() -> None:
    ready = tables()
    assert ready.observations.at["gyr-006-2", "value"] == 5154.75
    assert ready.units.at["亿元", "factor"] == 100_000_000
    assert ready.sources.at["bijie-five-years", "digit_runs"] == 35
    assert ready.indicators.at["gdp", "name_en"] == "GDP"
    assert ready.corrections.at["bijie-population-unit", "observation"] == "bjy-010-4"
    for name in ("sources", "indicators", "units", "observations", "corrections"):
        frame = getattr(ready, name)
        assert frame.index.is_unique and frame.index.tolist() == frame[frame.index.name].tolist()
    for name in ("excluded", "pairs"):
        frame = getattr(ready, name)
        assert frame.index.tolist() == list(range(len(frame)))


def test_tables_are_read_once() -> None:
    assert tables() is tables()


def test_codes_stay_what_the_editor_wrote(tmp_path: Path) -> None:
    path = tmp_path / "codes.csv"
    path.write_text("\ufeffcode,note\n001,NA\nnull,\n1.50,N/A\n", encoding="utf-8")
    assert load.read_text(path).to_dict("list") == {"code": ["001", "null", "1.50"], "note": ["NA", "", "N/A"]}


def test_a_quoted_cell_may_hold_commas_and_quotes(tmp_path: Path) -> None:
    path = tmp_path / "quoted.csv"
    path.write_text('a,b\n"one, two","say ""three"""\n', encoding="utf-8")
    assert load.read_text(path).to_dict("records") == [{"a": "one, two", "b": 'say "three"'}]


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    shutil.copytree(load.FOLDER, tmp_path / "tables")
    (tmp_path / "tables" / "pairs.csv").unlink()
    with pytest.raises(TableFaults, match=r"pairs\.csv cannot be opened"):
        load.read(tmp_path / "tables")


def test_a_record_is_one_row() -> None:
    row = record(tables().observations, "wdp-006-1")
    assert row | {"task": "", "note_zh": "", "note_en": ""} == {
        "id": "wdp-006-1", "source": "wudang-action-plan", "paragraph": 6,
        "printed": "325亿元以上，力争突破350亿元", "indicator": "gdp", "place": "wudang", "scope_zh": "", "scope_en": "",
        "period": "2025", "period_basis": "printed", "basis": "annual", "kind": "goal", "value": 325, "value_high": 350,
        "unit": "亿元", "bound": "at_least", "repeats": "", "task": "", "note_zh": "", "note_en": "",
    }  # fmt: skip


def test_a_record_belongs_to_whoever_asked_for_it() -> None:
    rows = tables().observations
    record(rows, "wdp-006-1")["value"] = 0
    assert record(rows, "wdp-006-1")["value"] == 325
    other = rows.assign(value=7.0)
    assert record(other, "wdp-006-1")["value"] == 7.0 and record(rows, "wdp-006-1")["value"] == 325


def test_an_unknown_key_raises() -> None:
    with pytest.raises(KeyError, match="gyr-000-0"):
        record(tables().observations, "gyr-000-0")


def test_records_are_plain_dictionaries_in_order() -> None:
    rows = records(tables().pairs)
    assert [row["goal"] for row in rows] == [row["goal"] for row in lines("pairs")]
    assert rows[0] == {
        "goal": "gyr-024-1", "result": "gyr-006-3", "comparable": "same", "reason": "", "note_zh": "", "note_en": "",
    }  # fmt: skip
    assert json.loads(json.dumps(records(tables().excluded)[0]))["nth"] == 1


def test_records_of_an_empty_table() -> None:
    assert records(tables().pairs.iloc[0:0]) == []


@pytest.fixture
def copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Let version() look at a copy of the tables."""
    folder = Path(shutil.copytree(load.FOLDER, tmp_path / "tables"))
    monkeypatch.setattr(load, "FOLDER", folder)
    load.version.cache_clear()
    yield folder
    load.version.cache_clear()


def fresh() -> str:
    load.version.cache_clear()
    return load.version()


def test_a_version_is_ten_hexadecimal_digits() -> None:
    assert len(load.version()) == 10
    assert set(load.version()) <= set("0123456789abcdef")


def test_the_same_tables_have_the_same_version(copied: Path) -> None:
    here = fresh()
    (copied / "README.md").write_text("no table", encoding="utf-8")
    assert fresh() == here


@pytest.mark.parametrize("name", NAMES)
def test_a_change_in_any_table_is_another_version(name: str, copied: Path) -> None:
    before = fresh()
    path = copied / f"{name}.csv"
    original = path.read_bytes()
    path.write_bytes(original + b"\n")
    assert fresh() != before
    path.write_bytes(original)
    assert fresh() == before


def test_two_tables_that_swap_their_content_are_another_version(copied: Path) -> None:
    before = fresh()
    pairs, units = copied / "pairs.csv", copied / "units.csv"
    first, second = pairs.read_bytes(), units.read_bytes()
    pairs.write_bytes(second)
    units.write_bytes(first)
    assert fresh() != before


def test_a_version_is_worked_out_once(copied: Path) -> None:
    before = fresh()
    (copied / "pairs.csv").unlink()
    assert load.version() == before
