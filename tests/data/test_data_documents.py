"""The documents where they are at hand, and silence where they are not."""

import hashlib
from pathlib import Path

import pytest

from data import documents


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a folder that holds one made-up document."""
    (tmp_path / "tale.txt").write_text("第一段\n达到 325 亿元以上\n\n第四段", encoding="utf-8")
    monkeypatch.setenv("SOURCES_DIR", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize("named", ["", "   "])
def test_no_folder_named_is_none(named: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCES_DIR", named)
    assert documents.folder() is None
    assert documents.paragraphs("guiyang-report-2024") is None
    assert documents.checksum("guiyang-report-2024") is None


def test_no_setting_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCES_DIR", raising=False)
    assert documents.folder() is None
    assert documents.paragraphs("wudang-action-plan") is None
    assert documents.checksum("wudang-action-plan") is None


def test_a_document_that_is_not_there_is_none(shelf: Path) -> None:
    assert documents.paragraphs("another") is None
    assert documents.checksum("another") is None


def test_a_folder_that_is_not_there_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCES_DIR", str(tmp_path / "gone"))
    assert documents.paragraphs("tale") is None and documents.checksum("tale") is None


def test_a_folder_is_not_a_document(shelf: Path) -> None:
    (shelf / "heap.txt").mkdir()
    assert documents.paragraphs("heap") is None and documents.checksum("heap") is None


def test_stray_spaces_around_the_folder_are_forgiven(shelf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCES_DIR", f"  {shelf} ")
    assert documents.folder() == shelf


def test_paragraph_n_is_line_n(shelf: Path) -> None:
    assert documents.paragraphs("tale") == ("第一段", "达到 325 亿元以上", "", "第四段")


def test_the_checksum_is_of_the_bytes(shelf: Path) -> None:
    assert documents.checksum("tale") == hashlib.sha256((shelf / "tale.txt").read_bytes()).hexdigest()


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("达到 325 亿元以上", "达到325亿元以上"),
        ("325\u3000亿\n元\t以\u00a0上 ", "325亿元以上"),
        ("  ", ""),
        ("", ""),
        ("no change", "nochange"),
    ],
)
def test_fold_removes_all_white_space(text: str, folded: str) -> None:
    assert documents.fold(text) == folded


@pytest.mark.parametrize(
    ("printed", "paragraph", "starts"),
    [
        ("325亿元以上", "生产总值达到 325 亿元以上", [6]),
        ("325亿元以上", "325亿元以上，不是325亿元以上", [0, 10]),
        ("60%", "60% 与 60%", [0, 4]),
        ("5家", "15家", [1]),
        ("aa", "aaa", [0, 1]),
        ("5 家", "5家", [0]),
        ("350", "325", []),
        ("", "anything", []),
        (" ", "anything", []),
        ("5", "", []),
    ],
)
def test_occurrences_in_folded_text(printed: str, paragraph: str, starts: list[int]) -> None:
    assert documents.occurrences(printed, paragraph) == starts


@pytest.mark.parametrize(
    ("printed", "paragraph", "parts"),
    [
        ("325亿元以上", "生产总值达到 325 亿元以上，力争", ("生产总值达到 ", "325 亿元以上", "，力争")),
        ("325亿元以上，力争突破350亿元", "达到 325 亿元以上，力争突破 350 亿元，区域",
         ("达到 ", "325 亿元以上，力争突破 350 亿元", "，区域")),
        ("58%以上", "稳定在 58% 以上", ("稳定在 ", "58% 以上", "")),
        ("58%以上", "58% 以上", ("", "58% 以上", "")),
        ("5家", "  5\u3000家  ", ("  ", "5\u3000家", "  ")),
        ("60%", "60% 与 60%", ("", "60%", " 与 60%")),
    ],
)  # fmt: skip
def test_marked_keeps_the_white_space(printed: str, paragraph: str, parts: tuple[str, str, str]) -> None:
    assert documents.marked(printed, paragraph) == parts
    assert "".join(parts) == paragraph


@pytest.mark.parametrize(("printed", "paragraph"), [("350", "325 亿元"), ("", "325"), ("325", "")])
def test_nothing_to_mark_is_none(printed: str, paragraph: str) -> None:
    assert documents.marked(printed, paragraph) is None


@pytest.mark.parametrize(
    ("paragraph", "runs"),
    [
        ("02-29 14:35", [(0, "02"), (3, "29"), (5, "14"), (8, "35")]),
        ("投资约1.03亿元", [(3, "1.03")]),
        ("达到 325 亿元以上，力争突破 350 亿元", [(2, "325"), (14, "350")]),
        ("325 350", [(0, "325"), (3, "350")]),
        ("7×24小时", [(0, "7"), (2, "24")]),
        ("“6·18”", [(1, "6"), (3, "18")]),
        ("1.2.3", [(0, "1.2"), (4, "3")]),
        ("序号1. 类别", [(2, "1")]),
        ("4.", [(0, "4")]),
        (".5", [(1, "5")]),
        ("5,154.75", [(0, "5"), (2, "154.75")]),
        ("Ⅱ类、三级、５", []),
        ("", []),
        ("   ", []),
        (" 1 ", [(0, "1")]),
    ],
)
def test_digit_runs_with_their_place_in_folded_text(paragraph: str, runs: list[tuple[int, str]]) -> None:
    assert documents.digit_runs(paragraph) == runs
    folded = documents.fold(paragraph)
    assert all(folded[at : at + len(digits)] == digits for at, digits in runs)
