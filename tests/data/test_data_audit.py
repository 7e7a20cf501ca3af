"""The tables held against documents: made-up ones for every fault, the real ones where they are at hand."""

import hashlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from data import audit, documents
from data.load import Tables, read, tables, typed

ROOT = Path(__file__).resolve().parents[2]
TALE = ("2023年回顾", "生产总值达到 325 亿元以上，增长 5%", "没有数字", "新增 12 家，其中 5 家")
CHECKSUM = hashlib.sha256("\n".join(TALE).encode()).hexdigest()
Line = dict[str, str]


def line(identity: str, paragraph: str, printed: str, value: str, unit: str, bound: str = "exact") -> Line:
    """Make an observation of the tale."""
    return {"id": identity, "source": "tale", "paragraph": paragraph, "printed": printed, "value": value,
            "value_high": "", "unit": unit, "bound": bound}  # fmt: skip


ROWS = [
    line("t-1", "2", "325亿元以上", "325", "亿元", "at_least"),
    line("t-2", "2", "5%", "5", "%"),
    line("t-3", "4", "12家", "12", "家"),
    line("t-4", "4", "其中5家", "5", "家"),
]
ASIDE = [{"paragraph": "1", "digits": "2023", "nth": "1"}]


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a folder with the made-up document `tale`."""
    (tmp_path / "tale.txt").write_text("\n".join(TALE), encoding="utf-8")
    monkeypatch.setenv("SOURCES_DIR", str(tmp_path))
    return tmp_path


def made(rows: list[Line] | None = None, aside: list[Line] | None = None, **source: str) -> Tables:
    """Make tables of the tale; everything is accounted for unless told otherwise."""
    about = {"id": "tale", "paragraphs": "4", "digit_runs": "5", "sha256": CHECKSUM, **source}
    observations = ROWS if rows is None else rows
    excluded = [{"source": "tale", **row} for row in (ASIDE if aside is None else aside)]
    of_the_tale = {
        "sources": pd.DataFrame([about]),
        "observations": pd.DataFrame(observations),
        "excluded": pd.DataFrame(excluded, columns=["source", "paragraph", "digits", "nth"]),
    }
    return typed(read() | of_the_tale)


def report_of(checked: Tables) -> audit.Report:
    (report,) = audit.audit(checked)
    return report


def without(*ids: str) -> list[Line]:
    return [row for row in ROWS if row["id"] not in ids]


@pytest.mark.usefixtures("shelf")
def test_everything_accounted_for() -> None:
    assert report_of(made()) == audit.Report("tale", runs=5, observed=4, excluded=1, open=[], faults=[])


@pytest.mark.usefixtures("shelf")
def test_a_run_not_accounted_for_is_open() -> None:
    report = report_of(made(without("t-2")))
    assert (report.runs, report.observed, report.excluded) == (5, 3, 1)
    assert report.open == ["paragraph 2: 5 (occurrence 1)"]
    assert report.faults == []


@pytest.mark.usefixtures("shelf")
def test_a_date_not_set_aside_is_open() -> None:
    report = report_of(made(aside=[]))
    assert report.open == ["paragraph 1: 2023 (occurrence 1)"]
    assert (report.excluded, report.faults) == (0, [])


@pytest.mark.usefixtures("shelf")
def test_a_printed_that_stands_nowhere() -> None:
    report = report_of(made([*ROWS, line("t-5", "2", "350亿元", "350", "亿元")]))
    assert report.faults == ["t-5: '350亿元' stands 0 times in paragraph 2; read the paragraph again"]
    assert (report.observed, report.open) == (4, [])


@pytest.mark.usefixtures("shelf")
def test_a_printed_that_stands_in_another_paragraph_only() -> None:
    report = report_of(made([*without("t-2"), line("t-2", "3", "5%", "5", "%")]))
    assert report.faults == ["t-2: '5%' stands 0 times in paragraph 3; read the paragraph again"]
    assert report.open == ["paragraph 2: 5 (occurrence 1)"]


@pytest.mark.usefixtures("shelf")
def test_a_printed_that_stands_twice(shelf: Path) -> None:
    text = "增长 5%，又增长 5%"
    (shelf / "tale.txt").write_text(text, encoding="utf-8")
    report = report_of(
        made([line("t-1", "1", "5%", "5", "%")], [], paragraphs="1", digit_runs="2",
             sha256=hashlib.sha256(text.encode()).hexdigest())
    )  # fmt: skip
    assert report.faults == [
        "t-1: '5%' stands 2 times in paragraph 1; lengthen it by the fewest characters that make it unique"
    ]
    assert (report.runs, report.observed, report.open) == (2, 2, [])


@pytest.mark.usefixtures("shelf")
def test_a_printed_inside_a_longer_number_covers_nothing() -> None:
    report = report_of(made([*without("t-1"), line("t-1", "2", "25亿元以上", "25", "亿元", "at_least")]))
    assert report.open == ["paragraph 2: 325 (occurrence 1)"]
    assert report.observed == 3


@pytest.mark.usefixtures("shelf")
def test_both_observed_and_excluded() -> None:
    report = report_of(made(aside=[*ASIDE, {"paragraph": "2", "digits": "325", "nth": "1"}]))
    assert report.faults == ["paragraph 2: 325 is both observed and excluded: remove one"]
    assert (report.runs, report.observed, report.excluded) == (5, 4, 1)


@pytest.mark.usefixtures("shelf")
@pytest.mark.parametrize(
    ("digits", "nth", "paragraph"), [("2024", "1", "1"), ("2023", "2", "1"), ("7", "1", "3"), ("25", "1", "2")]
)
def test_excluded_that_is_not_there(digits: str, nth: str, paragraph: str) -> None:
    report = report_of(made(aside=[*ASIDE, {"paragraph": paragraph, "digits": digits, "nth": nth}]))
    assert report.faults == [f"excluded.csv: {digits} (occurrence {nth}) is not in paragraph {paragraph} of tale"]


@pytest.mark.usefixtures("shelf")
def test_excluded_past_the_end_of_the_document() -> None:
    report = report_of(made(aside=[*ASIDE, {"paragraph": "9", "digits": "7", "nth": "1"}]))
    assert report.faults == ["excluded.csv: 7 (occurrence 1) is not in paragraph 9 of tale"]


@pytest.mark.usefixtures("shelf")
def test_the_nth_occurrence_is_the_one_set_aside(shelf: Path) -> None:
    text = "5 个 5 与 5%"
    (shelf / "tale.txt").write_text(text, encoding="utf-8")
    report = report_of(
        made([line("t-1", "1", "5%", "5", "%")], [{"paragraph": "1", "digits": "5", "nth": "2"}],
             paragraphs="1", digit_runs="3", sha256=hashlib.sha256(text.encode()).hexdigest())
    )  # fmt: skip
    assert report == audit.Report("tale", runs=3, observed=1, excluded=1, open=["paragraph 1: 5 (occurrence 1)"])


@pytest.mark.usefixtures("shelf")
def test_a_changed_document() -> None:
    report = report_of(made(sha256="0" * 64))
    assert report.faults == [
        "tale is not the document that was read (SHA-256 is " + CHECKSUM + "): read its 4 rows again"
    ]
    assert (report.runs, report.open) == (5, [])


@pytest.mark.usefixtures("shelf")
def test_another_number_of_paragraphs() -> None:
    report = report_of(made(paragraphs="5"))
    assert report.faults == ["tale has 4 paragraphs, sources.csv says 5"]


@pytest.mark.usefixtures("shelf")
def test_another_number_of_digit_runs() -> None:
    report = report_of(made(digit_runs="6"))
    assert report.faults == ["tale has 5 digit runs, sources.csv says 6"]


def test_a_document_not_at_hand_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCES_DIR", str(tmp_path))
    with pytest.raises(FileNotFoundError, match=r"^tale\.txt is not in SOURCES_DIR .*: set it to its folder$"):
        audit.audit(made())


@pytest.mark.usefixtures("shelf")
@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        ({"value": "326"}, "t-1: value 326 does not stand in '325亿元以上'"),
        ({"value_high": "350"}, "t-1: value_high 350 does not stand in '325亿元以上'"),
        ({"bound": "exact"}, "t-1: bound is exact, the print reads as at_least"),
        ({"unit": "平方公里"}, "t-1: unit 平方公里 stands neither in the figure nor beside it"),
    ],
)
def test_a_row_that_says_other_than_its_print(cells: Line, fault: str) -> None:
    report = report_of(made([{**ROWS[0], **cells}, *ROWS[1:]]))
    assert report.faults == [fault]
    assert (report.observed, report.open) == (4, [])


# --- the command ---


@pytest.mark.usefixtures("shelf")
@pytest.mark.parametrize(
    ("told", "code"),
    [({}, 0), ({"rows": without("t-2")}, 1), ({"sha256": "0" * 64}, 1), ({"aside": []}, 1)],
    ids=["sound", "open", "changed", "not set aside"],
)
@pytest.mark.parametrize("arguments", [[], ["--json"]], ids=["table", "json"])
def test_exit_codes(told: dict[str, Any], code: int, arguments: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit, "tables", lambda: made(**told))
    assert audit.main(arguments) == code


@pytest.mark.parametrize("arguments", [[], ["--json"]], ids=["table", "json"])
def test_no_documents_is_an_exit_code_of_its_own(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("SOURCES_DIR", raising=False)
    monkeypatch.setattr(audit, "tables", made)
    assert audit.main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "tale.txt" in err and "SOURCES_DIR" in err


@pytest.mark.usefixtures("shelf")
def test_json_parses_and_says_all(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(audit, "tables", lambda: made(without("t-1"), sha256="0" * 64))
    audit.main(["--json"])
    assert json.loads(capsys.readouterr().out) == [
        {
            "source": "tale", "runs": 5, "observed": 3, "excluded": 1,
            "open": ["paragraph 2: 325 (occurrence 1)"],
            "faults": ["tale is not the document that was read (SHA-256 is " + CHECKSUM + "): read its 3 rows again"],
            "paragraphs": [[1, 1, 0, 1], [2, 2, 1, 0], [4, 2, 2, 0]],
        }
    ]  # fmt: skip


@pytest.mark.usefixtures("shelf")
def test_the_table_has_a_line_a_document_a_sum_and_what_is_wrong(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(audit, "tables", lambda: made(without("t-1"), paragraphs="5"))
    audit.main([])
    head, tale, total, gap, heading, cells, *wrong = capsys.readouterr().out.splitlines()
    assert head.split() == ["document", "digit", "runs", "observed", "excluded", "open", "faults"]
    assert tale.split() == ["tale", "5", "3", "1", "1", "1"]
    assert total.split() == ["all", "5", "3", "1", "1", "1"]
    assert (gap, heading) == ("", "tale, paragraph: digit runs observed + excluded of all")
    assert cells == "1: 0+1 of 1; 2: 1+0 of 2; 4: 2+0 of 2"
    assert wrong == ["tale: paragraph 2: 325 (occurrence 1)", "tale: tale has 4 paragraphs, sources.csv says 5"]


def test_run_as_a_module_without_documents() -> None:
    environment = {name: value for name, value in os.environ.items() if name != "SOURCES_DIR"}
    done = subprocess.run(
        [sys.executable, "-m", "data.audit"], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "SOURCES_DIR" in done.stderr


# --- the real documents ---


@pytest.fixture(scope="module")
def reports() -> dict[str, audit.Report]:
    return {report.source: report for report in audit.audit(tables())}


RUNS = {"guiyang-report-2024": 275, "wudang-action-plan": 298, "guiyang-publicity": 29, "bijie-five-years": 35,
        "qingzhen-five-years": 15}  # fmt: skip


@pytest.mark.sources
@pytest.mark.skipif(documents.folder() is None, reason="SOURCES_DIR names no folder that holds the documents")
class TestTheRealDocuments:
    def test_digit_runs_per_document(self, reports: dict[str, audit.Report]) -> None:
        assert {source: reports[source].runs for source in RUNS} == RUNS
        assert {source: report.runs for source, report in reports.items()} == dict(tables().sources["digit_runs"])

    def test_every_run_is_accounted_for_once(self, reports: dict[str, audit.Report]) -> None:
        assert {source: (report.open, report.faults) for source, report in reports.items()} == {
            source: ([], []) for source in tables().sources["id"]
        }
        assert all(report.observed + report.excluded == report.runs for report in reports.values())
        assert sum(report.excluded for report in reports.values()) == len(tables().excluded)

    def test_the_runs_are_those_of_the_plain_text(self) -> None:
        for source, runs in RUNS.items():
            text = "\n".join(documents.paragraphs(source) or ())
            assert len(re.findall(r"[0-9]+(?:\.[0-9]+)?", text)) == runs
            assert tables().sources.at[source, "digit_runs"] == runs

    def test_the_command_is_content(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert audit.main(["--json"]) == 0
        assert [report["runs"] for report in json.loads(capsys.readouterr().out)] == list(
            tables().sources["digit_runs"]
        )

    def test_every_observation_stands_once_in_its_paragraph(self) -> None:
        for row in tables().observations.to_dict("records"):
            text = (documents.paragraphs(row["source"]) or ())[row["paragraph"] - 1]
            assert documents.fold(text).count(row["printed"]) == 1, row["id"]
