"""What a hurried editor leaves in the files, saved as a spreadsheet saves them; and what the product says to it.

Every mistake is made in a copy of the tables that has been grown by the made-up document of fixtures/yunxi. The guide for
editors (docs/add-a-document.md) lists the messages; a test holds it to what is really said. gap() marks what is not said yet.
"""

import csv
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import NamedTuple

import pytest

from data import audit, load
from data.check import find_faults
from data.faults import Fault, TableFaults
from geo import load as geo
from tests.data.fixtures.yunxi import grow

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "add-a-document.md"
Rows = list[list[str]]
Change = Callable[[Path], object]
OBS = "observations"
DUE = "yxr-010-1"  # 90亿元以上，力争突破95亿元: GDP of the made-up county, a goal with a stretch and a note
GDP = "yxr-006-1"  # 86.5亿元, its result
BARE = "yxr-012-1"  # a promise without a number


# --- spreadsheets ---


def opened(path: Path) -> Rows:
    return list(csv.reader(StringIO(path.read_text(encoding="utf-8-sig"), newline="")))


def saved(path: Path, rows: Rows, delimiter: str = ",", encoding: str = "utf-8-sig") -> None:
    """Write a file as Excel does: byte order mark, CRLF, quotes only where they are needed."""
    text = StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))


def at(rows: Rows, key: str | int) -> int:
    """Find a row by what stands in its first cell; a number counts from the last row (-1) or names it."""
    if isinstance(key, int):
        return key % len(rows)
    (found,) = [number for number, row in enumerate(rows) if row[0] == key]
    return found


def cells(table: str, key: str | int, **values: str) -> Change:
    """Type values into cells of one row."""

    def change(folder: Path) -> None:
        path = folder / f"{table}.csv"
        rows = opened(path)
        row = rows[at(rows, key)]
        for column, value in values.items():
            row[rows[0].index(column)] = value
        saved(path, rows)

    return change


def sheet(table: str, change_rows: Callable[[Rows], Rows | None], delimiter: str = ",") -> Change:
    """Change a whole table."""

    def change(folder: Path) -> None:
        path = folder / f"{table}.csv"
        rows = opened(path)
        saved(path, change_rows(rows) or rows, delimiter)

    return change


def content(table: str, change_bytes: Callable[[bytes], bytes]) -> Change:
    """Change the bytes of a file."""

    def change(folder: Path) -> None:
        path = folder / f"{table}.csv"
        path.write_bytes(change_bytes(path.read_bytes()))

    return change


def header(old: str, new: str) -> Callable[[Rows], None]:
    def change(rows: Rows) -> None:
        rows[0][rows[0].index(old)] = new

    return change


def swapped(one: str, other: str) -> Callable[[Rows], None]:
    def change(rows: Rows) -> None:
        a, b = rows[0].index(one), rows[0].index(other)
        for row in rows:
            row[a], row[b] = row[b], row[a]

    return change


def widened(name: str) -> Callable[[Rows], Rows]:
    return lambda rows: [[*row, "" if number else name] for number, row in enumerate(rows)]


def narrowed(rows: Rows) -> Rows:
    return [row[:-1] for row in rows]


def followed_by(*rows_below: list[str]) -> Callable[[Rows], Rows]:
    return lambda rows: [*rows, *rows_below]


def empty_rows(count: int) -> Callable[[Rows], Rows]:
    return lambda rows: [*rows, *[[""] * len(rows[0]) for _ in range(count)]]


# --- what is said ---


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Give the grown tables; meanwhile the made-up place is a place."""
    folder = tmp_path_factory.mktemp("grown")
    tables, home = grow.grow_tables(folder), geo.FOLDER
    geo.FOLDER = grow.grow_places(folder)
    geo.places.cache_clear()
    yield tables
    geo.FOLDER = home
    geo.places.cache_clear()


@pytest.fixture
def tables(grown: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a copy of the grown tables to make a mistake in."""
    monkeypatch.setenv("SOURCES_DIR", str(grow.HERE))
    return Path(shutil.copytree(grown, tmp_path / "tables"))


def faults(folder: Path) -> list[Fault]:
    """Say what is wrong with the files of a folder, as the start does."""
    try:
        return find_faults(load.read(folder))
    except TableFaults as found:
        return found.faults


def audited(folder: Path) -> list[str]:
    """Say what the audit of the made-up document says."""
    checked = load.typed(load.read(folder))
    (report,) = audit.audit(replace(checked, sources=checked.sources.loc[[grow.SOURCE]]))
    return [*report.open, *report.faults]


def line(grown: Path, table: str, key: str | int) -> int:
    """Give the row that a spreadsheet shows beside a row of a grown table."""
    return at(opened(grown / f"{table}.csv"), key) + 1


class Mistake(NamedTuple):
    """A mistake, and the message it gets: in which file, row (by its key; None: the whole file) and column."""

    name: str
    change: Change
    table: str
    key: str | int | None
    column: str
    rule: str
    way_out: str


WHOLE_TABLE = None
NUMBER = ("must be a plain number", "no thousands separator, no unit, no spaces")
SLUG = ("must be lower-case words joined by hyphens", "a–z, 0–9 and hyphens only")
PERIOD = ("must be a year or an interval of years", "spreadsheets like to turn it into a date")
TRIMMED = ("must not begin or end with white space", "remove the stray spaces")
WHOLE = ("must be a whole number above zero", "the line of the document")
PRINTED = ("must be at most 24 characters without white space", "remove spaces and line breaks")
DATE = ("must be a date like 2024-02-29, or empty", "write year-month-day")
CHOICE = ("must be one of: ", "in exactly this spelling")
MISSING = ("the table must have this column", "add it to the header line")
UNKNOWN = ("the table has no such column", "remove it, or correct its name")
ENCODING = ("is not UTF-8 (GBK, perhaps)", "Save it as 'CSV UTF-8'")
RAGGED = "the header has 20"
ORDER = ("stands in the wrong order", "put the columns in the order of the table's README, or copy its header")
MISSING_CELLS = (
    "Cells are missing at the end: write the row again, a comma for each empty cell. "
    "Put a text that holds a comma in double quotes, and close every quote"
)
EMPTY_ROW = ("is an empty row", "Delete it")
LEFTOVER = ("is what a spreadsheet leaves of a formula or a missing value", "or leave the cell empty")
QUOTES = "Put a text that holds a comma in double quotes"
PLACES = ("must be places like guiyang-report-2024:17", "document, colon, paragraph")
END = "is past the document's last paragraph (12)"

CHECKSUM = next(csv.reader(grow.added("sources")))[-1]

MISTAKES = [
    # the file
    Mistake("gbk", content(OBS, lambda b: b.decode().encode("gb18030")), OBS, WHOLE_TABLE, "", *ENCODING),
    Mistake("utf-16", content(OBS, lambda b: b.decode().encode("utf-16")), OBS, WHOLE_TABLE, "", *ENCODING),
    Mistake("workbook under the name of a CSV", content(OBS, lambda b: b"PK\x03\x04\x14\x00\x06\x00\xb5\xee"), OBS,
            WHOLE_TABLE, "", *ENCODING),
    Mistake("saved beside", lambda folder: (folder / "terms.csv").replace(folder / "terms (1).csv"), "terms", WHOLE_TABLE,
            "", "cannot be opened", "Put it back into its folder"),
    Mistake("emptied", content("pairs", lambda b: b""), "pairs", WHOLE_TABLE, "", "is empty", "has a header line"),
    Mistake("two byte order marks", content("units", lambda b: b"\xef\xbb\xbf" * 2 + b), "units", WHOLE_TABLE, "unit",
            *MISSING),
    # header and columns
    Mistake("header in Chinese", sheet(OBS, header("value", "数值")), OBS, WHOLE_TABLE, "数值", *UNKNOWN),
    Mistake("header renamed", sheet(OBS, header("value", "amount")), OBS, WHOLE_TABLE, "value", *MISSING),
    Mistake("header with a space", sheet(OBS, header("value", "value ")), OBS, WHOLE_TABLE, "value ", *UNKNOWN),
    Mistake("header in capitals", sheet(OBS, header("value", "Value")), OBS, WHOLE_TABLE, "value", *MISSING),
    Mistake("header twice", sheet(OBS, header("note_en", "note_zh")), OBS, WHOLE_TABLE, "note_en", *MISSING),
    Mistake("last column missing", sheet(OBS, narrowed), OBS, WHOLE_TABLE, "note_en", *MISSING),
    Mistake("a column more", sheet(OBS, widened("备注")), OBS, WHOLE_TABLE, "备注", *UNKNOWN),
    # rows
    Mistake("comma not quoted", content("units", lambda b: b + "届,times, sessions,count,1,\n".encode()), "units",
            len(opened(load.FOLDER / "units.csv")) + len(grow.added("units")), "",
            "has 6 cells, the header has 5", QUOTES),
    Mistake("quote not closed", content(OBS, lambda b: b.replace(f"{GDP},".encode(), f'{GDP},"'.encode())), OBS, GDP, "",
            RAGGED, QUOTES),
    Mistake("empty line at the end", content(OBS, lambda b: b + b"\r\n"), OBS, len(opened(load.FOLDER / "observations.csv"))
            + len(grow.added(OBS)), "", *EMPTY_ROW),
    Mistake("row twice", sheet("excluded", lambda rows: [*rows, rows[-1]]), "excluded",
            len(opened(load.FOLDER / "excluded.csv")) + len(grow.added("excluded")), "", "repeats a row above",
            "Remove one of the two"),
    Mistake("id twice", cells(OBS, "yxr-006-2", id=GDP), OBS, GDP, "id", "must be unique in its column",
            "an id is never used again"),
    Mistake("header pasted along", sheet("mentions", lambda rows: [*rows, rows[0]]), "mentions",
            len(opened(load.FOLDER / "mentions.csv")) + len(grow.added("mentions")), "paragraph", *WHOLE),
    # numbers
    Mistake("thousands separator", cells(OBS, "yxr-004-1", value="5,432.1"), OBS, "yxr-004-1", "value", *NUMBER),
    Mistake("decimal comma", cells(OBS, GDP, value="86,5"), OBS, GDP, "value", *NUMBER),
    Mistake("percent sign", cells(OBS, "yxr-006-2", value="7%"), OBS, "yxr-006-2", "value", *NUMBER),
    Mistake("unit behind the number", cells(OBS, GDP, value="86.5亿元"), OBS, GDP, "value", *NUMBER),
    Mistake("full-width digits", cells(OBS, GDP, value="８６.５"), OBS, GDP, "value", *NUMBER),
    Mistake("scientific notation", cells(OBS, "yxr-004-1", value="5.43E+03"), OBS, "yxr-004-1", "value", *NUMBER),
    Mistake("leading apostrophe", cells(OBS, "yxr-006-2", value="'7"), OBS, "yxr-006-2", "value", *NUMBER),
    Mistake("formula", cells(OBS, GDP, value="=A1*1000"), OBS, GDP, "value", *NUMBER),
    Mistake("formula gone wrong", cells(OBS, GDP, value="#VALUE!"), OBS, GDP, "value", *NUMBER),
    Mistake("typographic minus", cells(OBS, "yxr-006-2", value="−7"), OBS, "yxr-006-2", "value", *NUMBER),
    Mistake("None", cells(OBS, GDP, value_high="None"), OBS, GDP, "value_high", *NUMBER),
    Mistake("#N/A", cells(OBS, GDP, unit="#N/A"), OBS, GDP, "unit", *LEFTOVER),
    Mistake("leading zeros", cells(OBS, GDP, paragraph="006"), OBS, GDP, "paragraph", *WHOLE),
    Mistake("swapped value and stretch", cells(OBS, DUE, value="95", value_high="90"), OBS, DUE, "value_high",
            "must be above value", "the lower number in value and the higher in value_high"),
    Mistake("zero for no number", cells(OBS, BARE, value="0"), OBS, BARE, "bound",
            "must be given exactly where there is a value", "nothing beside none"),
    Mistake("value without unit", cells(OBS, "yxr-004-1", unit=""), OBS, "yxr-004-1", "unit",
            "must name a unit where there is a value", "or 1 where the number has none"),
    Mistake("factor forgotten", cells("units", "场", factor=""), "units", "场", "factor", "must not be empty",
            "fill in the cell"),
    # dates and periods
    Mistake("year made a date", cells(OBS, GDP, period="2024/1/1"), OBS, GDP, "period", *PERIOD),
    Mistake("year made a serial number", cells(OBS, GDP, period="45292"), OBS, GDP, "period", *PERIOD),
    Mistake("year made a month", cells(OBS, GDP, period="Jan-24"), OBS, GDP, "period", *PERIOD),
    Mistake("full-width year", cells(OBS, GDP, period="２０２４"), OBS, GDP, "period", *PERIOD),
    Mistake("interval with a dash", cells(OBS, DUE, period="2021—2025"), OBS, DUE, "period", *PERIOD),
    Mistake("annual for an interval", cells(OBS, DUE, period="2021/2025"), OBS, DUE, "basis",
            "cannot be annual for an interval of years", "write cumulative or annual_average"),
    Mistake("date with slashes", cells("sources", grow.SOURCE, given="2025/1/15"), "sources", grow.SOURCE, "given", *DATE),
    Mistake("date as a serial number", cells("sources", grow.SOURCE, given="45672"), "sources", grow.SOURCE, "given", *DATE),
    # texts
    Mistake("stray space", cells(OBS, GDP, unit="亿元 "), OBS, GDP, "unit", *TRIMMED),
    Mistake("non-breaking space", cells(OBS, GDP, place="yunxi\xa0"), OBS, GDP, "place", *TRIMMED),
    Mistake("invisible character", cells(OBS, GDP, place="yunxi\u200b"), OBS, GDP, "place", *SLUG),
    Mistake("line break in the figure", cells(OBS, GDP, printed="86.5\n亿元"), OBS, GDP, "printed", *PRINTED),
    Mistake("whole sentence as the figure", cells(OBS, BARE, printed="实现行政村快递服务全覆盖，一个不落，越快越好，越多越好"),
            OBS, BARE, "printed", *PRINTED),
    Mistake("note in one language", cells(OBS, DUE, note_en=""), OBS, DUE, "note_en",
            "must stand in both languages or in neither", "write the other language"),
    Mistake("promise without words", cells(OBS, BARE, note_zh="", note_en=""), OBS, BARE, "note_zh",
            "must say in our words what is stated", "write the note"),
    Mistake("Chinese colon", cells("terms", "yunxi-folk-song", paragraphs="yunxi-report-2025：7"), "terms",
            "yunxi-folk-song", "paragraphs", *PLACES),
    Mistake("checksum with the file's name", cells("sources", grow.SOURCE, sha256="0" * 64 + "  yunxi-report-2025.txt"),
            "sources", grow.SOURCE, "sha256", "must be 64 hexadecimal digits in lower case", "run sha256sum"),
    # codes
    Mistake("capitals in an id", cells(OBS, GDP, id="YXR-006-1"), OBS, GDP, "id", *SLUG),
    Mistake("capital in a place", cells(OBS, GDP, place="Yunxi"), OBS, GDP, "place", *SLUG),
    Mistake("place in Chinese", cells(OBS, GDP, place="云溪县"), OBS, GDP, "place", *SLUG),
    Mistake("capital in a code", cells(OBS, GDP, kind="Result"), OBS, GDP, "kind", *CHOICE),
    Mistake("code in Chinese", cells(OBS, DUE, kind="目标"), OBS, DUE, "kind", *CHOICE),
    Mistake("bound in Chinese", cells(OBS, "yxr-009-1", bound="左右"), OBS, "yxr-009-1", "bound", *CHOICE),
    Mistake("bound forgotten", cells(OBS, "yxr-009-1", bound=""), OBS, "yxr-009-1", "bound",
            "must be given exactly where there is a value", "write exact, at_least, at_most or about"),
    Mistake("theme of one's own", cells("indicators", "folk-song-gatherings", theme="culture"), "indicators",
            "folk-song-gatherings", "theme", *CHOICE),
    Mistake("reason in Chinese", cells("pairs", "yxr-011-1", reason="没有基数"), "pairs", "yxr-011-1", "reason", *CHOICE),
    # links
    Mistake("unknown place", cells(OBS, GDP, place="yunxii"), OBS, GDP, "place", "is not in places.csv", "did you mean yunxi"),
    Mistake("unknown indicator", cells(OBS, GDP, indicator="gdpp"), OBS, GDP, "indicator", "is not in indicators.csv",
            "did you mean gdp"),
    Mistake("unknown unit", cells(OBS, GDP, unit="亿"), OBS, GDP, "unit", "is not in units.csv", "did you mean 亿元"),
    Mistake("unknown task", cells(OBS, BARE, task="yxr-parcel"), OBS, BARE, "task", "is not in tasks.csv",
            "did you mean yxr-parcels"),
    Mistake("department by its name", cells("tasks", "yxr-parcels", departments="县商务局"), "tasks", "yxr-parcels",
            "departments", "is not in departments.csv", "add it to departments.csv first"),
    Mistake("departments with a space", cells("tasks", "yxr-parcels", departments="yunxi-commerce; wudang-water"), "tasks",
            "yxr-parcels", "departments", "is not in departments.csv", "did you mean wudang-water"),
    Mistake("pair to a missing id", cells("pairs", "yxr-009-1", result="yxr-004-9"), "pairs", "yxr-009-1", "result",
            "is not in observations.csv", "did you mean yxr-004-"),
    Mistake("goal as the result", cells("pairs", "yxr-009-1", result="yxr-009-2"), "pairs", "yxr-009-1", "result",
            "is not a result", "name an observation of kind result"),
    Mistake("result as the goal", cells("pairs", "yxr-009-1", goal="yxr-004-2"), "pairs", "yxr-009-1", "goal",
            "is not a goal", "name an observation of kind goal"),
    Mistake("pair across units", cells("pairs", "yxr-009-1", result=GDP), "pairs", "yxr-009-1", "comparable",
            "cannot hold across units (%, 亿元)", "with the reason unit_differs"),
    Mistake("not comparable without reason", cells("pairs", "yxr-011-1", reason=""), "pairs", "yxr-011-1", "reason",
            "must be given exactly where comparable is no", "choose a reason code"),
    Mistake("indicator without a row", cells(OBS, "yxr-007-3", indicator="convenience-service-circles"), "indicators",
            "folk-song-gatherings", "id", "is used by no observation", "remove the row"),
    Mistake("source named otherwise", cells(OBS, GDP, source="yunxi-report"), OBS, GDP, "source", "is not in sources.csv",
            "did you mean yunxi-report-2025"),
    Mistake("paragraph past the end", cells(OBS, GDP, paragraph="61"), OBS, GDP, "paragraph", END, "count the line"),
    Mistake("set aside past the end", cells("excluded", -1, paragraph="13"), "excluded", -1, "paragraph", END,
            "count the line"),
    Mistake("term in no document", cells("terms", "yunxi-folk-song", paragraphs="yunxi-report:7"), "terms",
            "yunxi-folk-song", "paragraphs", "names no paragraph of a document", "write an id of sources.csv"),
]  # fmt: skip
UNPAIRED = ("result as the goal",)  # the goal whose line that was has none now
NOISY = ("header pasted along", "two byte order marks")  # every cell of that row, or every column, is wrong


def test_what_the_spreadsheet_alone_changes_is_no_mistake(tables: Path) -> None:
    """Byte order mark, CRLF, its own quotes; the line ends of an old Mac; a column of whole numbers in quotes."""
    for path in tables.glob("*.csv"):
        saved(path, opened(path))
    content(OBS, lambda b: b.replace(b"\r\n", b"\r"))(tables)
    content("pairs", lambda b: b.replace(b"yxr-009-1,yxr-004-2", b'"yxr-009-1","yxr-004-2"'))(tables)
    assert faults(tables) == []
    assert audited(tables) == []


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.name)
def test_the_check_names_the_mistake(mistake: Mistake, tables: Path, grown: Path) -> None:
    """Where it is, what must hold and the way out; and beside it at most what follows from it."""
    mistake.change(tables)
    expected = None if mistake.key is None else line(grown, mistake.table, mistake.key)
    if isinstance(mistake.key, int) and mistake.key > 0:
        expected = mistake.key + 1  # a row that the mistake itself has made
    said = faults(tables)
    here = [f for f in said if (f.file, f.row, f.column) == (f"{mistake.table}.csv", expected, mistake.column)]
    assert any(mistake.rule in fault.rule and mistake.way_out in fault.way_out for fault in here), said[:3]
    assert len(said) <= 3 or mistake.name in NOISY
    assert {fault.file for fault in said} <= {f"{mistake.table}.csv", "pairs.csv"} | (
        {f"{OBS}.csv"} if mistake.name in UNPAIRED else set()
    )


# --- what only the document shows ---

AUDITED = [
    ("万 for 亿", cells(OBS, "yxr-004-1", unit="万元"),
     ["yxr-004-1: unit 万元 stands neither in the figure nor beside it"]),
    ("converted into 万", cells(OBS, "yxr-004-1", value="54321000", unit="万元"),
     ["yxr-004-1: value 5.4321e+07 does not stand in '5432.1亿元'",
      "yxr-004-1: unit 万元 stands neither in the figure nor beside it"]),
    ("format per cent", cells(OBS, "yxr-006-2", value="0.07"), ["yxr-006-2: value 0.07 does not stand in '7%'"]),
    ("filled down", cells(OBS, "yxr-006-3", value="62.2"), ["yxr-006-3: value 62.2 does not stand in '61.2%'"]),
    ("wrong paragraph", cells(OBS, GDP, paragraph="7"),
     ["paragraph 6: 86.5 (occurrence 1)", "yxr-006-1: '86.5亿元' stands 0 times in paragraph 7; read the paragraph again"]),
    ("full-width percent sign", cells(OBS, "yxr-006-2", printed="7％"),
     ["paragraph 6: 7 (occurrence 1)", "yxr-006-2: '7％' stands 0 times in paragraph 6; read the paragraph again"]),
    ("invisible character in the figure", cells(OBS, GDP, printed="\u200b86.5亿元"),
     ["paragraph 6: 86.5 (occurrence 1)",
      "yxr-006-1: '\\u200b86.5亿元' stands 0 times in paragraph 6; read the paragraph again"]),
    ("apostrophe in the figure", cells(OBS, "yxr-006-2", printed="'7%"),
     ["paragraph 6: 7 (occurrence 1)", "yxr-006-2: \"'7%\" stands 0 times in paragraph 6; read the paragraph again"]),
    ("figure too short", cells(OBS, "yxr-004-2", printed="3%", value="3"), ["paragraph 4: 5.3 (occurrence 1)"]),
    ("figure not unique", cells(OBS, "yxr-009-1", printed="左右"),
     ["paragraph 9: 5 (occurrence 1)",
      "yxr-009-1: '左右' stands 3 times in paragraph 9; lengthen it by the fewest characters that make it unique",
      "yxr-009-1: value 5 does not stand in '左右'"]),
    ("stretch left out of the figure", cells(OBS, DUE, printed="90亿元以上"),
     ["paragraph 10: 95 (occurrence 1)", "yxr-010-1: value_high 95 does not stand in '90亿元以上'"]),
    ("bound not read", cells(OBS, "yxr-009-2", bound="exact"),
     ["yxr-009-2: bound is exact, the print reads as at_least"]),
    ("digits forgotten", sheet("excluded", lambda rows: rows[:-1]), ["paragraph 8: 2025 (occurrence 1)"]),
    ("wrong occurrence", cells("excluded", -1, nth="2"),
     ["paragraph 8: 2025 (occurrence 1)",
      "excluded.csv: 2025 (occurrence 2) is not in paragraph 8 of yunxi-report-2025"]),
    ("read and set aside", sheet("excluded", followed_by([grow.SOURCE, "6", "7", "1", "other", ""])),
     ["paragraph 6: 7 is both observed and excluded: remove one"]),
    ("paragraphs miscounted", cells("sources", grow.SOURCE, paragraphs="14"),
     ["yunxi-report-2025 has 12 paragraphs, sources.csv says 14"]),
    ("another text", cells("sources", grow.SOURCE, sha256="0" * 64),
     [f"yunxi-report-2025 is not the document that was read (SHA-256 is {CHECKSUM}): read its 21 rows again"]),
]  # fmt: skip


@pytest.mark.parametrize(("change", "messages"), [case[1:] for case in AUDITED], ids=[case[0] for case in AUDITED])
def test_the_audit_names_what_only_the_document_shows(change: Change, messages: list[str], tables: Path) -> None:
    change(tables)
    assert faults(tables) == []
    assert audited(tables) == messages


# --- the guide ---


def test_the_guide_lists_what_is_said() -> None:
    """Each rule of the check has its line in the guide's table, and so has each kind of message of the audit."""
    guide = GUIDE.read_text(encoding="utf-8")
    kinds = ["stands neither in the figure nor beside it", "does not stand in", "stands 0 times in paragraph",
             "stands 3 times in paragraph", "the print reads as", "(occurrence 1)", "is both observed and excluded",
             "SHA-256 is", "paragraphs, sources.csv says", "digit runs, sources.csv says", "is not in paragraph",
             "in SOURCES_DIR is not UTF-8", "stands in the wrong order", "is separated by semicolons",
             "is separated by tabs", "must be one line", "cannot be same across places or indicators",
             "is a goal without a line in pairs.csv", "is a task of another document", "is no county or area"]  # fmt: skip
    variable = r"\(%, 亿元\)|\(12\)|\d+ cells, .*|the header has \d+|(?<=is not in )\w+\.csv"
    rules = {re.sub(variable, "", mistake.rule).strip() for mistake in MISTAKES}
    assert [rule for rule in sorted({*rules, *kinds}) if rule not in guide] == []


# --- what is said since, and gaps: what should be said, and is not ---


def the_only_fault(folder: Path) -> Fault:
    (fault,) = faults(folder)
    return fault


def test_columns_in_another_order(tables: Path) -> None:
    sheet(OBS, swapped("value", "unit"))(tables)
    assert {(fault.file, fault.row, fault.rule, fault.way_out) for fault in faults(tables)} == {
        (f"{OBS}.csv", None, *ORDER)
    }


@pytest.mark.parametrize(("delimiter", "name"), [(";", "semicolon"), ("\t", "tab")])
@pytest.mark.parametrize("table", [OBS, "units"])
def test_another_separator(delimiter: str, name: str, table: str, tables: Path) -> None:
    sheet(table, lambda rows: None, delimiter)(tables)
    fault = the_only_fault(tables)
    assert (fault.file, fault.row) == (f"{table}.csv", None)
    assert name in fault.rule and "comma" in fault.way_out


def test_an_empty_column_at_the_right(tables: Path) -> None:
    sheet(OBS, widened(""))(tables)
    assert "column 21" in str(the_only_fault(tables))


@pytest.mark.parametrize("table", [OBS, "pairs", "terms"])
def test_an_empty_row_of_commas(table: str, tables: Path, grown: Path) -> None:
    sheet(table, empty_rows(1))(tables)
    fault = the_only_fault(tables)
    assert fault.row == len(opened(grown / f"{table}.csv")) + 1
    assert (fault.rule, fault.way_out) == EMPTY_ROW


def test_a_row_without_its_empty_cells(tables: Path) -> None:
    content(OBS, lambda b: b.replace(b",yxr-review,,\n", b",yxr-review\n", 1))(tables)
    fault = the_only_fault(tables)
    assert fault.rule == "has 18 cells, the header has 20"
    assert fault.way_out == MISSING_CELLS


@pytest.mark.parametrize("text", ["#N/A", "#REF!", "#NAME?", "#VALUE!", "None", "NaN", "=A1"])
@pytest.mark.parametrize("column", ["note_zh", "scope_zh"])
def test_no_text_but_what_a_spreadsheet_left(text: str, column: str, tables: Path, grown: Path) -> None:
    cells(OBS, DUE, **{column: text, column.replace("_zh", "_en"): "in words"})(tables)
    row = line(grown, OBS, DUE)
    fault = the_only_fault(tables)
    assert (fault.file, fault.row, fault.column) == (OBS + ".csv", row, column)
    assert fault.rule == LEFTOVER[0] and LEFTOVER[1] in fault.way_out


@pytest.mark.parametrize(
    ("table", "key", "filled", "empty"),
    [
        (OBS, DUE, "scope_zh", "scope_en"),
        ("sources", grow.SOURCE, "issuer_zh", "issuer_en"),
        ("indicators", "folk-song-gatherings", "caveat_zh", "caveat_en"),
        ("pairs", "yxr-011-1", "note_zh", "note_en"),
        ("mentions", "mention-yxr-1", "note_zh", "note_en"),
    ],
)
def test_a_text_in_one_language(table: str, key: str, filled: str, empty: str, tables: Path, grown: Path) -> None:
    cells(table, key, **{filled: "全县"})(tables)
    fault = the_only_fault(tables)
    assert (fault.row, fault.column, fault.rule) == (
        line(grown, table, key), empty, "must stand in both languages or in neither",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("table", "key", "column"),
    [("indicators", "folk-song-gatherings", "name_zh"), ("sources", grow.SOURCE, "title_zh"), (OBS, BARE, "scope_zh")],
)
def test_a_line_break_in_a_name(table: str, key: str, column: str, tables: Path, grown: Path) -> None:
    cells(table, key, **{column: "上\n下"})(tables)
    fault = the_only_fault(tables)
    assert (fault.file, fault.row, fault.column) == (f"{table}.csv", line(grown, table, key), column)
    assert (fault.rule, fault.way_out) == ("must be one line", "remove the line break inside the cell")


def test_a_checksum_in_capitals(tables: Path) -> None:
    cells("sources", grow.SOURCE, sha256="A" * 64)(tables)
    fault = the_only_fault(tables)
    assert fault.rule == "must be 64 hexadecimal digits in lower case"


def test_a_place_that_is_new(tables: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = Path(geo.__file__).parent
    monkeypatch.setattr(geo, "FOLDER", home)
    geo.places.cache_clear()
    found = faults(tables)
    geo.places.cache_clear()
    assert found
    assert all("geo/names.csv" in fault.way_out and "make geo" in fault.way_out for fault in found)


def test_digit_runs_miscounted(tables: Path) -> None:
    cells("sources", grow.SOURCE, digit_runs="29")(tables)
    assert audited(tables) == ["yunxi-report-2025 has 31 digit runs, sources.csv says 29"]


@pytest.mark.parametrize("result", ["yxr-006-2", "yxr-005-1"], ids=["place", "indicator"])
def test_a_pair_of_unlike_things(result: str, tables: Path, grown: Path) -> None:
    cells("pairs", "yxr-009-1", result=result)(tables)
    fault = the_only_fault(tables)
    assert (fault.file, fault.row, fault.column) == ("pairs.csv", line(grown, "pairs", "yxr-009-1"), "comparable")
    assert fault.rule == "cannot be same across places or indicators"


def test_a_goal_without_a_pair(tables: Path, grown: Path) -> None:
    sheet("pairs", lambda rows: [row for row in rows if row[0] != "yxr-009-1"])(tables)
    fault = the_only_fault(tables)
    assert (fault.file, fault.row, fault.column) == (f"{OBS}.csv", line(grown, OBS, "yxr-009-1"), "id")
    assert fault.rule == "is a goal without a line in pairs.csv"
    assert fault.way_out == "add the line: the result it may be held against, or no with its reason"


def test_a_task_of_another_document(tables: Path, grown: Path) -> None:
    cells(OBS, BARE, task="gyr-targets")(tables)
    fault = the_only_fault(tables)
    assert (fault.row, fault.column) == (line(grown, OBS, BARE), "task")
    assert fault.rule == "is a task of another document"


def test_a_mention_of_a_whole_city(tables: Path, grown: Path) -> None:
    cells("mentions", "mention-yxr-2", place="guiyang")(tables)
    fault = the_only_fault(tables)
    assert (fault.row, fault.column) == (line(grown, "mentions", "mention-yxr-2"), "place")
    assert fault.rule == "is no county or area"


def test_the_audit_of_wrong_tables(
    tables: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    cells(OBS, GDP, value="86,5")(tables)

    def refused() -> None:
        raise TableFaults(faults(tables))

    monkeypatch.setattr(audit, "tables", refused)
    assert audit.main([]) == audit.TABLE_FAULTS == 3
    assert "must be a plain number" in capsys.readouterr().err


@pytest.fixture
def gbk(tables: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Save the document as GBK, and let the audit read it with the grown tables."""
    text = (grow.HERE / f"{grow.SOURCE}.txt").read_text(encoding="utf-8")
    (tmp_path / f"{grow.SOURCE}.txt").write_bytes(text.encode("gb18030"))
    monkeypatch.setenv("SOURCES_DIR", str(tmp_path))
    checked = load.typed(load.read(tables))
    monkeypatch.setattr(audit, "tables", lambda: replace(checked, sources=checked.sources.loc[[grow.SOURCE]]))


@pytest.mark.usefixtures("gbk")
def test_a_document_saved_in_gbk(capsys: pytest.CaptureFixture[str]) -> None:
    assert audit.main([]) == audit.NO_DOCUMENTS == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err == f"{grow.SOURCE}.txt in SOURCES_DIR is not UTF-8 (invalid continuation byte): save it as UTF-8\n"
