"""The made-up tables are like the real ones, repeatable, and pass the project's own checks."""

from collections import Counter

import pytest

from data import load
from data.check import find_faults
from data.faults import TableFaults
from data.load import NAMES, Tables, read, typed
from geo.load import places
from tests.growth import generate

TIMES = 10
REAL = read()
ROWS = len(REAL["observations"])


@pytest.fixture(scope="module")
def frames(tmp_path_factory):
    return read(generate.write(tmp_path_factory.mktemp("grown"), ROWS * TIMES))


def test_ten_times_the_tables_pass_every_check_and_load(frames):
    assert find_faults(frames) == []
    grown = typed(frames)
    assert isinstance(grown, Tables) and len(grown.observations) == ROWS * TIMES
    assert grown.observations.index.is_unique and len(grown.sources) == len(REAL["sources"]) * TIMES


@pytest.mark.parametrize(
    "column", ["indicator", "period", "period_basis", "basis", "kind", "unit", "bound", "paragraph", "value_high"]
)
def test_every_distribution_is_kept(frames, column):
    real, grown = (Counter(table["observations"][column]) for table in (REAL, frames))
    assert grown == {code: TIMES * number for code, number in real.items()}


@pytest.mark.parametrize("column", ["printed", "value", "note_zh", "note_en", "scope_zh", "scope_en"])
def test_texts_and_numbers_are_others_of_the_same_length(frames, column):
    real, grown = REAL["observations"][column], frames["observations"][column]
    assert Counter(grown.str.len()) == {length: TIMES * number for length, number in Counter(real.str.len()).items()}
    assert list(grown[:ROWS]) == list(real) and grown.nunique() > real.nunique()


def test_places_are_of_the_same_levels(frames):
    level = places()["level"].replace("area", "county")
    real, grown = (Counter(table["observations"]["place"].map(level)) for table in (REAL, frames))
    assert grown == {name: TIMES * number for name, number in real.items()}
    assert set(frames["observations"]["place"][:ROWS]) < set(frames["observations"]["place"])


def test_what_restates_still_agrees_as_often(frames):
    def differing(observations):
        value = observations.set_index("id")["value"]
        again = observations[observations["repeats"] != ""]
        return int((value.reindex(again["repeats"]).to_numpy() != again["value"].to_numpy()).sum())

    assert differing(frames["observations"]) == TIMES * differing(REAL["observations"])


def test_the_same_seed_gives_the_same_bytes(tmp_path):
    one, same, other = (
        {path.name: path.read_bytes() for path in generate.write(tmp_path / name, ROWS * 2, seed).iterdir()}
        for name, seed in (("one", 1), ("same", 1), ("other", 2))
    )
    assert one == same and set(one) == {*(f"{name}.csv" for name in NAMES), "datapackage.json"}
    assert one["observations.csv"] != other["observations.csv"] and one["units.csv"] == other["units.csv"]


def test_exactly_so_many_rows_that_still_pass(tmp_path):
    frames = read(generate.write(tmp_path, ROWS * 2 - 3))
    assert len(frames["observations"]) == ROWS * 2 - 3 and find_faults(frames) == []
    with pytest.raises(ValueError, match="cannot be made"):
        generate.write(tmp_path, ROWS + 1)


def test_a_table_is_read_alike_in_many_batches(tmp_path, monkeypatch):
    whole = load.read_text(load.FOLDER / "pairs.csv")
    monkeypatch.setattr(load, "BATCH", 7)
    assert load.read_text(load.FOLDER / "pairs.csv").equals(whole)
    path = tmp_path / "pairs.csv"
    lines = (load.FOLDER / "pairs.csv").read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([*lines[:20], "one,two", "", *lines[20:]]), encoding="utf-8")
    with pytest.raises(TableFaults) as raised:
        load.read_text(path)
    assert [fault.row for fault in raised.value.faults] == [21, 22]
