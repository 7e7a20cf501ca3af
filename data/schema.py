"""What each table must look like, as pandera schemas over text frames (the CSV as the editor wrote it).

Columns carry their documentation (title: Chinese, description: English), so that docs and app read it from here.
The message of every named check stands in RULES: what must hold, and the way out.
"""

import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, Final

import numpy as np
import pandas as pd
import pandera.pandas as pa

from data import vocabulary as words

SLUG = r"[a-z0-9]+(-[a-z0-9]+)*"
PERIOD = r"[0-9]{4}(/[0-9]{4})?"
NUMBER = r"-?[0-9]+(\.[0-9]+)?"
PRINTED_LIMIT = 24

RULES: Final[dict[str, tuple[str, str]]] = {
    "missing_column": ("the table must have this column", "add it to the header line, spelled exactly so"),
    "column_order": (
        "stands in the wrong order",
        "put the columns in the order of the table's README, or copy its header",
    ),
    "unknown_column": ("the table has no such column", "remove it, or correct its name in the header line"),
    "filled": ("must not be empty", "fill in the cell"),
    "unique": ("must be unique in its column", "give one of the rows another id; an id is never used again"),
    "slug": (
        "must be lower-case words joined by hyphens",
        "write it with a–z, 0–9 and hyphens only, without spaces",
    ),
    "number": (
        "must be a plain number",
        "write digits with a decimal point; no thousands separator, no unit, no spaces",
    ),
    "whole": ("must be a whole number above zero", "write the number of the paragraph (the line of the document)"),
    "period": (
        "must be a year or an interval of years, the earlier first",
        "write 2023 or 2021/2025; spreadsheets like to turn it into a date: set the column to text",
    ),
    "printed": (
        f"must be at most {PRINTED_LIMIT} characters without white space",
        "keep the figure with its bound word only, and remove spaces and line breaks",
    ),
    "no_leftover": (
        "is what a spreadsheet leaves of a formula or a missing value",
        "write the text itself, or leave the cell empty",
    ),
    "one_line": ("must be one line", "remove the line break inside the cell"),
    "trimmed": ("must not begin or end with white space", "remove the stray spaces"),
    "date": ("must be a date like 2024-02-29, or empty", "write year-month-day, or leave it empty if none is printed"),
    "occurrences": (
        "must be places like guiyang-report-2024:17, joined by semicolons",
        "write document, colon, paragraph, without spaces",
    ),
    "checksum": ("must be 64 hexadecimal digits in lower case", "run sha256sum on the document and copy the result"),
}


def allowed(values: Iterable[str]) -> str:
    """Name the check that a cell holds one of `values`; `rule` reads it back."""
    return "one of: " + ", ".join(values)


def rule(check: str) -> tuple[str, str]:
    """Return (what must hold, the way out) for a check's name."""
    if check in RULES:
        return RULES[check]
    if check.startswith("one of: "):
        return f"must be {check}", "choose one of them, in exactly this spelling"
    return check, "correct the cell"


def _each(holds: Callable[[str], bool], name: str) -> pa.Check:
    """Check every cell, asking only once of a text that stands in many."""

    def hold(cells: pd.Series) -> pd.Series:
        numbers, texts = pd.factorize(cells)
        return pd.Series(np.array([holds(text) for text in texts.tolist()], bool)[numbers], cells.index)

    return pa.Check(hold, error=name)


def _matches(pattern: str, name: str, optional: bool = False) -> pa.Check:
    whole = re.compile(pattern)
    return _each(lambda cell: (optional and cell == "") or bool(whole.fullmatch(cell)), name)


def _period_in_order(cell: str) -> bool:
    years = [int(year) for year in cell.split("/") if year.isdigit()]
    return bool(re.fullmatch(PERIOD, cell)) and years == sorted(set(years))


def _is_date(cell: str) -> bool:
    try:
        return cell == "" or date.fromisoformat(cell).isoformat() == cell
    except ValueError:
        return False


TRIMMED = _each(lambda cell: cell == cell.strip(), "trimmed")
LEFTOVER = _each(lambda cell: not re.fullmatch(r"#[A-Z/0!?]+|None|NaN|nan|=.*", cell), "no_leftover")
ONE_LINE = _each(lambda cell: not re.search(r"[\r\n]", cell), "one_line")
FILLED = _each(lambda cell: cell.strip() != "", "filled")
WHOLE = _matches(r"[1-9][0-9]*", "whole")
PRINTED = _each(lambda cell: len(cell) <= PRINTED_LIMIT and not re.search(r"\s", cell), "printed")
DATE = _each(_is_date, "date")
OCCURRENCES = _matches(rf"{SLUG}:[1-9][0-9]*(;{SLUG}:[1-9][0-9]*)*", "occurrences")
IN_ORDER = _each(_period_in_order, "period")


def _column(zh: str, en: str, *checks: pa.Check, optional: bool = False, unique: bool = False) -> pa.Column:
    must = () if optional else (FILLED,)
    return pa.Column(str, checks=[*must, TRIMMED, LEFTOVER, ONE_LINE, *checks], unique=unique, title=zh, description=en)


def _one_of(zh: str, en: str, values: tuple[str, ...], optional: bool = False) -> pa.Column:
    choices = {*values, ""} if optional else set(values)
    check = _each(choices.__contains__, allowed(values))
    column = _column(zh, en, check, optional=True)
    column.metadata = {"choices": values}
    return column


def _identity(zh: str = "编号", en: str = "Identifier, never used again") -> pa.Column:
    return _column(zh, en, _matches(SLUG, "slug"), unique=True)


def _both(name: str, zh: str, en: str, optional: bool = False) -> dict[str, Any]:
    return {
        f"{name}_zh": _column(f"{zh}（中文）", f"{en}, in Chinese", optional=optional),
        f"{name}_en": _column(f"{zh}（英文）", f"{en}, in English", optional=optional),
    }


def _table(columns: dict[str, Any]) -> pa.DataFrameSchema:
    return pa.DataFrameSchema(columns, strict=True, ordered=True)


SCHEMAS: Final[dict[str, pa.DataFrameSchema]] = {
    "sources": _table(
        {
            "id": _identity(),
            **_both("title", "文件名", "Title of the document"),
            **_both("issuer", "发布者", "Issuer as printed; empty where none is printed", optional=True),
            "given": _column(
                "作出日期",
                "Date on which it was given, as printed",
                DATE,
                optional=True,
            ),
            "published": _column("发布日期", "Date of publication, as printed", DATE, optional=True),
            "place": _column("地方", "The place it speaks of", _matches(SLUG, "slug")),
            **_both("covers", "内容", "What it covers, in our words"),
            "paragraphs": _column("段落数", "Number of paragraphs (lines)", WHOLE),
            "digit_runs": _column("数字串数", "Number of digit runs in it", WHOLE),
            "sha256": _column("校验和", "SHA-256 of the document that was read", _matches(r"[0-9a-f]{64}", "checksum")),
        }
    ),
    "indicators": _table(
        {
            "id": _identity(),
            **_both("name", "名称", "Name, fit for a chart's row label"),
            **_both("definition", "定义", "What it measures, in our words"),
            "theme": _one_of("主题", "Theme", words.THEMES),
            "stat": _one_of("统计类型", "Kind of statistic", words.STATS),
            "better": _one_of("方向", "Which direction is better, if any", words.DIRECTIONS),
            **_both("caveat", "提醒", "What it is easily mistaken for", optional=True),
        }
    ),
    "units": _table(
        {
            "unit": _column("单位", "Unit as printed; 1 where a number has none", unique=True),
            "name_en": _column("英文名", "The unit in English"),
            "dimension": _one_of("量纲", "What it measures", words.DIMENSIONS),
            "factor": _column("换算系数", "Factor to the base unit", _matches(NUMBER, "number")),
            "base_en": _column("基本单位", "Base unit in English, as written after a number", optional=True),
        }
    ),
    "observations": _table(
        {
            "id": _identity(),
            "source": _column("文件", "Document: sources.id", _matches(SLUG, "slug")),
            "paragraph": _column("段落", "Paragraph of the document, from 1", WHOLE),
            "printed": _column("原样数字", "The figure as printed with its bound word, white space removed", PRINTED),
            "indicator": _column("指标", "What is measured: indicators.id", _matches(SLUG, "slug")),
            "place": _column("地方", "Of which place: geo/places.csv id", _matches(SLUG, "slug")),
            **_both("scope", "范围", "What smaller thing within the place the number is of", optional=True),
            "period": _column("时期", "Year, or interval of years", IN_ORDER),
            "period_basis": _one_of("时期依据", "Whether the text prints the period", words.PERIOD_BASES),
            "basis": _one_of("口径", "How the number relates to the period", words.BASES),
            "kind": _one_of("性质", "Result, goal, standing commitment or context", words.KINDS),
            "value": _column(
                "数值",
                "The number in the printed unit; empty for a promise without a number",
                _matches(NUMBER, "number", True),
                optional=True,
            ),
            "value_high": _column(
                "上限", "Upper end of a range, or the stretch goal", _matches(NUMBER, "number", True), optional=True
            ),
            "unit": _column("单位", "Unit as printed: units.unit", optional=True),
            "bound": _one_of("界限", "Exactly, at least, at most, about", words.BOUNDS, optional=True),
            "repeats": _column(
                "重申", "The observation that this one restates", _matches(SLUG, "slug", True), optional=True
            ),
            "task": _column("任务", "Task or chapter: its id", _matches(SLUG, "slug", True), optional=True),
            **_both("note", "说明", "What a careful reader must know", optional=True),
        }
    ),
    "excluded": _table(
        {
            "source": _column("文件", "Document: sources.id", _matches(SLUG, "slug")),
            "paragraph": _column("段落", "Paragraph of the document, from 1", WHOLE),
            "digits": _column("数字", "The digit run", _matches(r"[0-9]+(\.[0-9]+)?", "number")),
            "nth": _column("第几次", "Which occurrence of these digits in the paragraph, from 1", WHOLE),
            "reason": _one_of("理由", "Why it is no number of its own", words.EXCLUDED_REASONS),
            "note": _column("说明", "Further explanation", optional=True),
        }
    ),
    "pairs": _table(
        {
            "goal": _column("目标", "The goal: observations.id", _matches(SLUG, "slug")),
            "result": _column(
                "实绩",
                "The result it may be held against; empty where there is none",
                _matches(SLUG, "slug", True),
                optional=True,
            ),
            "comparable": _one_of("可比", "Whether the two may be compared", words.COMPARABLE),
            "reason": _one_of("理由", "Why not, as a code", words.PAIR_REASONS, optional=True),
            **_both("note", "说明", "What differs, in our words", optional=True),
        }
    ),
    "corrections": _table(
        {
            "id": _identity(),
            "source": _column("文件", "Document: sources.id", _matches(SLUG, "slug")),
            "paragraph": _column("段落", "Paragraph in which it stands", WHOLE),
            "observation": _column(
                "观测", "The observation concerned, if one is", _matches(SLUG, "slug", True), optional=True
            ),
            **_both("found", "发现", "What the document prints"),
            **_both("handled", "处理", "How the tables treat it"),
        }
    ),
    "departments": _table(
        {
            "id": _identity(),
            **_both("name", "名称", "Name of the body, normalised"),
            "place": _column("地方", "The place it serves", _matches(SLUG, "slug")),
            "variants": _column("写法", "How the documents print it, joined by semicolons"),
        }
    ),
    "tasks": _table(
        {
            "id": _identity(),
            "source": _column("文件", "Document: sources.id", _matches(SLUG, "slug")),
            "paragraph": _column("段落", "Paragraph in which its heading or row stands", WHOLE),
            "part": _one_of("层次", "What kind of part of the document it is", words.TASK_PARTS),
            "number": _column("序号", "Number as printed", optional=True),
            **_both("name", "名称", "Name, in our words or its short official title"),
            **_both("summary", "概要", "What it is about, in our words"),
            "departments": _column(
                "责任单位", "Who answers for it, in printed order: departments.id, joined by semicolons", optional=True
            ),
            "parent": _column(
                "上级", "The part it belongs to or restates: tasks.id", _matches(SLUG, "slug", True), optional=True
            ),
        }
    ),
    "mentions": _table(
        {
            "id": _identity(),
            "place": _column("地方", "County-level place: geo/places.csv id", _matches(SLUG, "slug")),
            "source": _column("文件", "Document: sources.id", _matches(SLUG, "slug")),
            "paragraph": _column("段落", "Paragraph in which it stands", WHOLE),
            "theme": _one_of("主题", "Theme", words.THEMES),
            "kind": _one_of("状态", "Done, under way, promised, or only described", words.MENTION_KINDS),
            **_both("label", "事项", "What is promised or done, in our words"),
            **_both("note", "说明", "What a careful reader must know", optional=True),
        }
    ),
    "terms": _table(
        {
            "id": _identity(),
            **_both("term", "词", "The term as printed, and in plain English"),
            **_both("explained", "解释", "What it means, in our words"),
            "kind": _one_of("类别", "What kind of term it is", words.TERM_KINDS),
            "paragraphs": _column("出现处", "Where it occurs: source:paragraph, joined by semicolons", OCCURRENCES),
        }
    ),
}
