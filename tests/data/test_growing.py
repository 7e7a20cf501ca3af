"""Next year's report is added as rows, without code: a made-up document of twelve paragraphs, from its rows to the pages.

fixtures/yunxi holds the document, the rows that docs/add-a-document.md tells an editor to write for it, and a made-up
county without a boundary. One interpreter of its own reads the grown copies (visit.py); what it found is asserted here,
against numbers counted from the CSV files alone. The last part lists what rows alone do not bring about yet.
"""

import csv
import json
import os
import re
import subprocess
import sys
from collections import Counter
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from tests.data.fixtures.yunxi import grow

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "docs" / "add-a-document.md"
TITLE_ZH, TITLE_EN = (
    "云溪县2025年政府工作报告（虚构样例）",
    "Yunxi County 2025 Government Work Report (made-up example)",
)
ALL = [line.split(",")[0] for line in grow.added("observations")]
YUNXI = ["yxr-006-1", "yxr-006-2", "yxr-006-3", "yxr-007-2", "yxr-007-3", "yxr-010-1", "yxr-010-2", "yxr-011-1",
         "yxr-011-2", "yxr-012-1"]  # fmt: skip
GOALS = [*(f"yxr-009-{n}" for n in range(1, 5)), "yxr-010-1", "yxr-010-2", "yxr-011-1", "yxr-011-2", "yxr-012-1"]


@pytest.fixture(scope="module")
def visit(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Grow copies and visit the product that reads them, in an interpreter of its own."""
    command = [sys.executable, "-m", "tests.data.fixtures.yunxi.visit", str(tmp_path_factory.mktemp("grown"))]
    environment = os.environ | {"PYTHONUTF8": "1"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return dict(json.loads(done.stdout))


def before(name: str) -> list[dict[str, str]]:
    """Read a table as it is without the document, straight from its file."""
    with (ROOT / "data" / "tables" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def page(visit: dict[str, Any], name: str, **query: str) -> str:
    """Return what a page put on the screen."""
    (found,) = [one for one in visit["pages"] if (one["page"], one["query"]) == (name, query)]
    return str(found["html"])


def between(text: str, start: str, end: str) -> list[str]:
    return re.findall(f"{re.escape(start)}.*?{re.escape(end)}", text, re.DOTALL)


# --- tables and audit ---


def test_the_grown_tables_are_sound(visit: dict[str, Any]) -> None:
    assert visit["faults"] == []
    assert visit["rows"] == len(before("observations")) + 21


def test_every_digit_of_the_document_is_accounted_for(visit: dict[str, Any]) -> None:
    (report,) = visit["audit"]
    paragraphs = report.pop("paragraphs")
    assert report == {"source": grow.SOURCE, "runs": 31, "observed": 22, "excluded": 9, "open": [], "faults": []}
    assert sum(runs for _, runs, _, _ in paragraphs) == 31
    assert all(runs == observed + excluded for _, runs, observed, excluded in paragraphs)


def test_the_sources_row_says_what_the_commands_of_the_guide_say() -> None:
    """`grep -c ''` for the paragraphs, `grep -oE … | wc -l` for the digit runs, `sha256sum`."""
    path = grow.HERE / f"{grow.SOURCE}.txt"
    (row,) = csv.reader(grow.added("sources"))
    runs = re.findall(r"[0-9]+(?:\.[0-9]+)?", path.read_text(encoding="utf-8"))
    assert row[-3:-1] == [str(path.read_bytes().count(b"\n")), str(len(runs))]
    code = "import hashlib,sys; print(hashlib.sha256(open(sys.argv[1],'rb').read()).hexdigest())"
    done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)
    assert row[-1] == done.stdout.strip()


def test_the_place_is_built_from_its_row_of_names(tmp_path: Path) -> None:
    """One row more in places.csv, nothing else changed, and the checks of `make geo` hold."""
    from geo.checks import problems

    geo = grow.grow_places(tmp_path)
    old = (ROOT / "geo" / "places.csv").read_text(encoding="utf-8").splitlines()
    new = (geo / "places.csv").read_text(encoding="utf-8").splitlines()
    assert new[:-1] == old
    assert new[-1].startswith("yunxi,,area,guizhou,云溪县,云溪,Yúnxī,Yunxi County,Yunxi,,,,,,no,")
    assert problems(geo) == []


# --- search and filters ---


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("云溪", YUNXI),
        ("云溪 森林", ["yxr-006-3", "yxr-010-2"]),
        ("yunxi forest", ["yxr-006-3", "yxr-010-2"]),
        ("山歌会", ["yxr-007-3"]),
        ("shangehui", ["yxr-007-3"]),
        ("sghcc", ["yxr-007-3"]),
        ("folk-song", ["yxr-007-3"]),
        ("快递", ["yxr-012-1"]),
        ("villages parcel", ["yxr-012-1"]),
        ("86.5", ["yxr-006-1"]),
        ("kaiyang 3万亩", ["yxr-007-1"]),
        ("yxr-012-1", ["yxr-012-1"]),
    ],
)
def test_search_finds_the_rows(words: str, expected: list[str], visit: dict[str, Any]) -> None:
    assert visit["search"][words] == expected


@pytest.mark.parametrize("words", ["yunxi", "Yunxi"])
def test_search_by_the_place_in_pinyin_and_english(words: str, visit: dict[str, Any]) -> None:
    assert [code for code in visit["search"][words] if code in ALL] == YUNXI


def test_filters_find_the_rows(visit: dict[str, Any]) -> None:
    assert visit["select"] == [
        YUNXI,
        ALL,
        GOALS,
        YUNXI[:5],
        ["yxr-004-3", "yxr-009-2", "yxr-010-1", "yxr-010-2", "yxr-011-2"],
        ["yxr-012-1"],
        ["yxr-007-1"],
    ]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("place", "yunxi"),
        ("place", "kaiyang"),
        ("source", grow.SOURCE),
        ("period", "2025"),
        ("department", "yunxi-commerce"),
    ],
)
def test_addresses_know_the_new_codes(name: str, code: str, visit: dict[str, Any]) -> None:
    assert code in visit["valid"][name]
    assert visit["problems"] == []


def test_the_filters_on_the_page_list_the_new_names(visit: dict[str, Any]) -> None:
    for lang, place, title in (("zh", "云溪", TITLE_ZH), ("en", "Yunxi", TITLE_EN)):
        query = {"source": grow.SOURCE} | ({"lang": "en"} if lang == "en" else {})
        (options,) = [one["options"] for one in visit["pages"] if one["page"] == "data" and one["query"] == query]
        assert place in options["filter-place"]
        assert title in options["filter-source"]
        assert any("2025" in period for period in options["filter-period"])


# --- Figures ---


def plotted(visit: dict[str, Any], name: str) -> list[dict[str, Any]]:
    return list(visit["figures"][f"{name}-zh"]["table"])


def numbers(visit: dict[str, Any], name: str, *places: str) -> list[tuple[Any, ...]]:
    columns = ("place", "period", "kind", "value", "value_high", "bound")
    return [tuple(row[column] for column in columns) for row in plotted(visit, name) if row["place"] in places]


def test_across_places_holds_old_and_new_in_order(visit: dict[str, Any]) -> None:
    assert numbers(visit, "across-places-gdp", "guiyang", "yunxi") == [
        ("guiyang", "2023", "result", 5154.75, None, "exact"),
        ("guiyang", "2024", "result", 5432.1, None, "exact"),
        ("yunxi", "2024", "result", 86.5, None, "exact"),
        ("yunxi", "2025", "goal", 90, 95, "at_least"),
    ]
    assert numbers(visit, "across-places-resident-population", "guiyang") == [
        ("guiyang", "2023", "result", 640, None, "at_least"),
        ("guiyang", "2024", "result", 650, None, "at_least"),
        ("guiyang", "2025", "goal", 655, None, "about"),
    ]
    assert numbers(visit, "across-places-forest-cover", "yunxi") == [
        ("yunxi", "2024", "result", 61.2, None, "exact"),
        ("yunxi", "2025", "goal", 61, None, "at_least"),
    ]


def test_numbers_by_document_has_a_panel_more(visit: dict[str, Any]) -> None:
    kinds = Counter((row["source"], row["kind"]) for row in before("observations"))
    rows = plotted(visit, "numbers-by-document")
    assert [(row["kind"], row["value"]) for row in rows if row["panel"] == TITLE_ZH] == [("result", 12), ("goal", 9)]
    assert len(rows) == len(kinds) + 2
    goals = sum(count for (_, kind), count in kinds.items() if kind == "goal")
    title = visit["figures"]["numbers-by-document-en"]["title"]
    assert re.findall(r"\d+", title) == [str(len(before("observations")) + 21), str(goals + 9)]


def test_goals_by_bound_counts_the_new_goals(visit: dict[str, Any]) -> None:
    old = [row for row in before("observations") if row["kind"] == "goal" and row["value"] and not row["repeats"]]
    expected = Counter((row["place"], row["bound"]) for row in old)
    expected += Counter({("guiyang", "about"): 3, ("guiyang", "at_least"): 1})
    expected += Counter({("yunxi", "at_least"): 3, ("yunxi", "exact"): 1})
    bounds = {"定数": "exact", "至少": "at_least", "至多": "at_most", "约": "about"}
    found = {(row["place"], bounds[row["label"]]): row["value"] for row in plotted(visit, "goals-by-bound")}
    assert found == dict(expected)
    assert re.findall(r"\d+", visit["figures"]["goals-by-bound-en"]["title"])[0] == str(len(old) + 8)


def test_result_against_target_holds_the_new_pairs(visit: dict[str, Any]) -> None:
    """The new goals beside the new results; last year's goals, each once, beside the results of the year before."""
    goals = Counter(goal for goal, *_ in visit["pairs"])
    assert set(goals.values()) == {1}
    assert {"gyr-024-1", "gyr-024-3", "gyr-024-7", "gyr-024-12"} <= set(goals)
    found = [(goal, result, change) for goal, result, _, _, change in visit["pairs"] if result in ALL]
    assert sorted(found) == [
        ("yxr-009-1", "yxr-004-2", -0.3),
        ("yxr-009-2", "yxr-005-1", -0.2),
        ("yxr-009-3", "yxr-005-2", -0.8),
        ("yxr-009-4", "yxr-004-3", 5.0),
    ]
    shown = {row["observation"]: (row["value"], row["bound"]) for row in plotted(visit, "result-against-target")}
    assert {code: mark for code, mark in shown.items() if code in ALL} == {
        "yxr-004-2": (5.3, "exact"), "yxr-005-1": (8.2, "exact"), "yxr-005-2": (6.8, "exact"),
        "yxr-009-1": (5, "about"), "yxr-009-2": (8, "at_least"), "yxr-009-3": (6, "about"),
    }  # fmt: skip


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_figures_cite_the_new_document(lang: str, visit: dict[str, Any]) -> None:
    title = TITLE_ZH if lang == "zh" else TITLE_EN
    for name, figure in visit["figures"].items():
        if name.endswith(lang):
            assert title in figure["credits"][-2], name
            assert figure["svg"] > 5_000


def test_every_figure_of_the_catalogue_is_still_built(visit: dict[str, Any]) -> None:
    from components.figures.catalogue import every

    assert visit["built"] == 2 * len(list(every()))


# --- pages ---


def test_no_page_stumbles(visit: dict[str, Any]) -> None:
    assert len(visit["pages"]) == 17 and not any(one["errors"] for one in visit["pages"])


def test_the_data_page_lists_the_rows(visit: dict[str, Any]) -> None:
    html = page(visit, "data", source=grow.SOURCE)
    assert "共21条" in html
    for code in ALL:
        assert f"observation={code}" in html
    (row,) = between(html, f'<a href="/data?source={grow.SOURCE}&amp;observation=yxr-011-1"', "</li>")
    assert "300万人次至320万人次" in row
    (row,) = between(html, f'<a href="/data?source={grow.SOURCE}&amp;observation=yxr-012-1"', "</li>")
    assert "行政村快递服务全覆盖；未印数字" in row
    english = page(visit, "data", source=grow.SOURCE, lang="en")
    assert "8.65 billion yuan" in english and "24 events" in english and TITLE_EN in english


def test_the_proof_card_marks_the_paragraph(visit: dict[str, Any]) -> None:
    assert "云溪县地区生产总值完成 <mark>86.5 亿元</mark>，增长 7%；" in page(visit, "data", observation="yxr-006-1")
    html = page(visit, "data", observation="yxr-010-1", lang="en")
    assert "云溪县地区生产总值<mark>90亿元以上，力争突破95亿元</mark>；" in html
    assert "at least 9 billion yuan, hoping for 9.5 billion" in html


def test_the_sources_page_has_card_strip_and_term(visit: dict[str, Any]) -> None:
    html = page(visit, "sources")
    (card,) = between(html, '<article class="card place-yunxi">', "</article>")
    for text in (TITLE_ZH, "作于2025-01-15", "12段，31处数字", "21条陈述", "虚构：2024年的成绩，2025年的目标"):
        assert text in card
    (strip,) = between(html, '<nav class="strip place-yunxi"', "</nav>")
    stated = Counter(line.split(",")[2] for line in grow.added("observations"))
    assert re.findall(r'title="第(\d+)段，(\d+)条陈述"', strip) == [(str(n), str(stated[str(n)])) for n in range(1, 13)]
    assert "云溪山歌会" in html
    assert str(len(before("excluded")) + 9) in html


def test_a_paragraph_of_the_document_opens(visit: dict[str, Any]) -> None:
    html = page(visit, "sources", source=grow.SOURCE, paragraph="7")
    (head,) = between(html, '<section class="chapter" id="paragraph"', "</section>")
    assert f"《{TITLE_ZH}》第7段" in head
    assert "10（定义" in head
    assert [code for code in ALL if f"observation={code}" in html] == ["yxr-007-1", "yxr-007-2", "yxr-007-3"]


def test_the_goals_page_lists_the_new_goals(visit: dict[str, Any]) -> None:
    html = page(visit, "goals", place="yunxi")
    assert "304个目标里的5个" in html and "≥90亿元，力争95亿元" in html
    (rows,) = between(html, '<ol class="goals">', "</ol>")
    assert set(GOALS[4:]) <= set(re.findall(r"observation=(yxr-[0-9-]+)", rows)) and rows.count("<li ") == len(
        GOALS[4:]
    )
    html = page(visit, "goals", place="guiyang", period="2025")
    assert all(f"observation={code}" in html for code in GOALS[:4])


def test_the_places_page_counts_the_new_rows(visit: dict[str, Any]) -> None:
    old = [row for row in before("observations") if row["place"] == "guiyang" and not row["repeats"]]
    kinds = Counter(row["kind"] for row in old)
    (part,) = between(page(visit, "places", indicator="gdp"), '<li class="place-guiyang">', "</li>")
    assert f"{kinds['result'] + 6}个实绩 · {kinds['goal'] + 4}个目标" in part
    assert "云溪县" in page(visit, "places", indicator="gdp")
    assert "Yunxi County" in page(visit, "places", indicator="gdp", lang="en")


# --- files ---


def test_the_csv_holds_the_rows(visit: dict[str, Any]) -> None:
    rows = list(csv.DictReader(StringIO(visit["files"][f"/observations.csv?source={grow.SOURCE}&bom=0"])))
    assert [row["id"] for row in rows] == ALL
    typed = list(csv.DictReader((grow.HERE / "tables" / "observations.csv").open(encoding="utf-8", newline="")))
    for row, own in zip(rows, typed, strict=True):
        same = [name for name in own if name not in ("value", "value_high")]
        assert {name: row[name] for name in same} == {name: own[name] for name in same}
        assert [float(row[name] or -1) for name in ("value", "value_high")] == [
            float(own[name] or -1) for name in ("value", "value_high")
        ]
    assert rows[6]["place_zh"] == "云溪县" and rows[6]["place_en"] == "Yunxi County"
    assert rows[6]["document_zh"] == TITLE_ZH


def test_json_and_the_figures_file_hold_them_too(visit: dict[str, Any]) -> None:
    assert [row["id"] for row in json.loads(visit["files"]["/observations.json?place=yunxi"])] == YUNXI
    text = visit["files"]["/figures/numbers-by-document.csv"].removeprefix("\ufeff")
    rows = [row for row in csv.DictReader(StringIO(text)) if row["place"] == "yunxi"]
    assert [(row["label"], row["kind"], row["value"]) for row in rows] == [
        ("实绩", "result", "12"),
        ("目标", "goal", "9"),
    ]


# --- the guide ---


def test_the_guides_example_is_this_document() -> None:
    """Every line of a CSV in the guide stands in the fixture, so that what an editor copies is sound."""
    fixture = {grow.HERE / "names.csv", *(grow.HERE / "tables").glob("*.csv"), grow.HERE / f"{grow.SOURCE}.txt"}
    known = {line for path in fixture for line in path.read_text(encoding="utf-8").splitlines()}
    blocks = re.findall(r"```(?:csv|text)\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    assert len(blocks) >= 8
    assert [line for block in blocks for line in block.splitlines() if line not in known] == []


# --- what rows alone do not bring about yet ---


def test_last_years_goals_are_judged_by_the_new_results(visit: dict[str, Any]) -> None:
    assert visit["verdicts"] == {
        "gyr-024-1": ["not_met", "yxr-004-2"],
        "gyr-024-3": ["not_met", "yxr-005-1"],
        "gyr-024-7": ["met", "yxr-005-2"],
        "gyr-024-12": ["met", "yxr-005-3"],
    }


def test_result_against_target_holds_one_target_against_one_result_a_row(visit: dict[str, Any]) -> None:
    marks = Counter(row["label"] for row in plotted(visit, "result-against-target"))
    assert set(marks.values()) == {2}


def test_across_places_says_the_newest_result_where_it_says_result(visit: dict[str, Any]) -> None:
    title = visit["figures"]["across-places-resident-population-zh"]["title"]
    assert "650" in title and "655" not in title


def test_the_places_page_has_a_card_for_the_new_place(visit: dict[str, Any]) -> None:
    (part,) = between(page(visit, "places", indicator="gdp"), '<li class="place-yunxi">', "</li>")
    assert "at=yunxi" in part and "5个实绩 · 5个目标 · 提到1处" in part
    assert "<h1>云溪县</h1>" in page(visit, "places", at="yunxi")


@pytest.mark.parametrize(
    ("name", "query", "typed"),
    [
        ("data", {"source": grow.SOURCE}, "五份文件"),
        ("data", {"source": grow.SOURCE, "lang": "en"}, "five documents"),
        ("sources", {}, "五份文件"),
        ("story", {}, "五份"),
        ("story", {"lang": "en"}, "five documents"),
        ("about", {}, "五份"),
        ("about", {"lang": "en"}, "five government"),
    ],
)
def test_the_documents_are_counted(name: str, query: dict[str, str], typed: str, visit: dict[str, Any]) -> None:
    assert typed not in page(visit, name, **query)


@pytest.mark.parametrize("name", ["story", "about"])
def test_the_newest_year_is_named(name: str, visit: dict[str, Any]) -> None:
    assert "最新的实绩是2023年的" not in page(visit, name)


def test_whole_numbers_leave_as_they_are_written(visit: dict[str, Any]) -> None:
    rows = list(csv.DictReader(StringIO(visit["files"][f"/observations.csv?source={grow.SOURCE}&bom=0"])))
    assert {row["id"]: row["value"] for row in rows}["yxr-010-1"] == "90"


def test_the_folder_of_tables_can_be_named_later(tmp_path: Path) -> None:
    tables = grow.grow_tables(tmp_path)
    code = "import sys; from pathlib import Path; from data import load; load.FOLDER = Path(sys.argv[1]); "
    code += "print(len(load.read()['sources']))"
    done = subprocess.run(
        [sys.executable, "-c", code, str(tables)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == str(len(before("sources")) + 1)
