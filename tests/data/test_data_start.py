"""Files as editors leave them; and the start that refuses what is wrong, naming every fault."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pandas as pd
import pytest

from components import faulty, fields
from components.charts import page
from components.figures import catalogue
from components.web import start
from data import load
from data.check import find_faults
from data.faults import Fault, TableFaults

Frames = dict[str, pd.DataFrame]

ORIGINAL = load.read()


@pytest.fixture
def frames() -> Frames:
    return {name: frame.copy() for name, frame in ORIGINAL.items()}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Copy the tables to a folder of their own."""
    return Path(shutil.copytree(load.FOLDER, tmp_path / "tables"))


def rewrite(path: Path, change: Callable[[str], str]) -> list[str]:
    """Change the text of a file; give its lines."""
    text = change(path.read_text(encoding="utf-8-sig"))
    path.write_text(text, encoding="utf-8", newline="")
    return text.splitlines()


def test_a_byte_order_mark_is_accepted_in_every_file(copy: Path) -> None:
    for path in copy.glob("*.csv"):
        text = path.read_text(encoding="utf-8-sig")
        path.write_bytes(b"\xef\xbb\xbf" + text.encode())
    frames = load.read(copy)
    assert frames["observations"].columns[0] == "id"
    assert find_faults(frames) == []


def test_windows_line_ends_are_accepted(copy: Path) -> None:
    for path in copy.glob("*.csv"):
        rewrite(path, lambda text: text.replace("\r\n", "\n").replace("\n", "\r\n"))
    assert find_faults(load.read(copy)) == []


def test_the_row_is_the_line_an_editor_shows(copy: Path) -> None:
    lines = rewrite(
        copy / "observations.csv",
        lambda text: text.replace("wdp-006-1,wudang-action-plan,6,", "wdp-006-1,wudang-action-plan,six,", 1),
    )
    (fault,) = find_faults(load.read(copy))
    assert fault.row is not None
    assert lines[fault.row - 1].startswith("wdp-006-1,wudang-action-plan,six,")


def unreadable(folder: Path) -> list[Fault]:
    """Read a folder that cannot be read; give the faults."""
    with pytest.raises(TableFaults) as raised:
        load.read(folder)
    return raised.value.faults


SHORT = (
    "Cells are missing at the end: write the row again, a comma for each empty cell. "
    "Put a text that holds a comma in double quotes, and close every quote"
)
LONG = "Put a text that holds a comma in double quotes"


@pytest.mark.parametrize(
    ("row", "rule", "way_out"),
    [
        ("furlong", "has 1 cells, the header has 5", SHORT),
        ("furlong,furlongs,length,201.168,m,", "has 6 cells, the header has 5", LONG),
        ("furlong,a,b,c,d,e,f", "has 7 cells, the header has 5", LONG),
        ("", "is an empty row", "Delete it"),
        (",,,,", "is an empty row", "Delete it"),
        (", ,,,,,,", "is an empty row", "Delete it"),
    ],
)
def test_a_row_longer_or_shorter_than_the_header_is_named(row: str, rule: str, way_out: str, copy: Path) -> None:
    lines = rewrite(copy / "units.csv", lambda text: text.replace("亿元,", f"{row}\n亿元,", 1))
    (fault,) = unreadable(copy)
    assert fault.file == "units.csv" and fault.row is not None
    assert lines[fault.row - 1] == row
    assert str(fault) == f"units.csv row {fault.row} {rule}. {way_out}."


def test_an_unclosed_quote_is_noticed(copy: Path) -> None:
    rewrite(copy / "units.csv", lambda text: text.replace("亿元,", '亿元,"', 1))
    (fault,) = unreadable(copy)
    assert (fault.file, fault.row) == ("units.csv", 7)


def test_a_file_saved_in_gbk_is_named(copy: Path) -> None:
    path = copy / "units.csv"
    path.write_bytes(path.read_text(encoding="utf-8-sig").encode("gb18030"))
    (fault,) = unreadable(copy)
    assert str(fault) == "units.csv is not UTF-8 (GBK, perhaps). Save it as 'CSV UTF-8', not as plain CSV."


def test_an_empty_file_is_named(copy: Path) -> None:
    (copy / "pairs.csv").write_bytes(b"")
    (fault,) = unreadable(copy)
    assert str(fault) == "pairs.csv is empty. Restore it: every table has a header line."


def test_every_unreadable_file_is_listed(copy: Path) -> None:
    (copy / "pairs.csv").unlink()
    (copy / "excluded.csv").write_bytes(b"")
    rewrite(copy / "units.csv", lambda text: text + "\nfurlong\n")
    assert [(fault.file, fault.row is None) for fault in unreadable(copy)] == [
        ("units.csv", False),
        ("units.csv", False),
        ("excluded.csv", True),
        ("pairs.csv", True),
    ]


# --- the start ---


def broken_in_three_tables(frames: Frames) -> None:
    """Break four cells of three tables."""
    frames["observations"].loc[1, ["value", "kind"]] = ["5,154.75", "gaol"]
    frames["indicators"].loc[1, "name_zh"] = ""
    frames["units"].loc[5, "factor"] = "1e8"


@pytest.fixture
def unloaded(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """Forget the loaded tables before and after; start no thread that warms up."""
    monkeypatch.setattr(start, "_warm_up", lambda: None)
    load.tables.cache_clear()
    yield load
    load.tables.cache_clear()


def test_the_start_stops_and_prints_every_fault(
    unloaded: ModuleType, frames: Frames, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    broken_in_three_tables(frames)
    monkeypatch.setattr(unloaded, "read", lambda: frames)
    with pytest.raises(SystemExit) as stopped:
        start.ready()
    assert stopped.value.code == 3
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("The product does not start: 4 fault(s) in data/tables:\n")
    assert err.splitlines()[1:] == [f"  {fault}" for fault in find_faults(frames)]


def test_faults_are_found_again_not_remembered(
    unloaded: ModuleType, frames: Frames, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken_in_three_tables(frames)
    with monkeypatch.context() as broken:
        broken.setattr(unloaded, "read", lambda: frames)
        for _ in range(2):
            with pytest.raises(TableFaults):
                unloaded.tables()
    assert len(unloaded.tables().observations) == len(ORIGINAL["observations"])


def test_the_start_goes_on_with_sound_tables(unloaded: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    start.ready()
    assert capsys.readouterr() == ("", "")
    assert unloaded.tables.cache_info().currsize == 1


def test_the_start_says_which_files_cannot_be_read(
    unloaded: ModuleType, copy: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = copy / "units.csv"
    path.write_bytes(path.read_text(encoding="utf-8-sig").encode("gb18030"))
    (copy / "pairs.csv").unlink()
    original = load.read
    monkeypatch.setattr(unloaded, "read", lambda: original(copy))
    with pytest.raises(SystemExit) as stopped:
        start.ready()
    assert stopped.value.code == 3
    assert capsys.readouterr().err.splitlines() == [
        "The product does not start: 2 fault(s) in data/tables:",
        "  units.csv is not UTF-8 (GBK, perhaps). Save it as 'CSV UTF-8', not as plain CSV.",
        "  pairs.csv cannot be opened. Put it back into its folder (FileNotFoundError).",
    ]


def test_what_pages_begin_with_is_drawn_and_a_fault_costs_its_own_figure(monkeypatch: pytest.MonkeyPatch) -> None:
    asked, noted = list[tuple[str, str]](), list[str]()

    def figure(id: str, lang: str, **parameters: str) -> str:
        if id == "gdp-share":
            raise RuntimeError
        return " ".join([id, *parameters.values()])

    monkeypatch.setattr(catalogue, "figure", figure)
    monkeypatch.setattr(catalogue, "CATALOGUE", {
        id: catalogue.CATALOGUE[id] for id in ("who-is-who", "gdp-share", "recovery", "results-2023")
    })  # fmt: skip
    monkeypatch.setattr(page, "specification", lambda shown, look: asked.append((shown, look)))
    monkeypatch.setattr(faulty, "note", lambda id, error: noted.append(id))
    monkeypatch.setattr(start, "sleep", lambda seconds: None)
    start._draw_the_pages()
    shown = [f"who-is-who {place}" for place in ("guizhou", "guiyang", "bijie", "qingzhen", "wudang")]
    shown += ["recovery", f"results-2023 {fields.FIELDS[0]}"]
    assert asked == [(one, "light") for one in shown] * 2 and noted == ["gdp-share"] * 2
