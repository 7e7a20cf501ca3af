"""Checks the tables: every fault at once, each naming file, row, column, value, rule and way out.

In: the tables as text frames (data.load.read). Out: a list of Fault; `raise_faults` turns it into one TableFaults.
"""

from collections.abc import Iterator

import numpy as np
import pandas as pd
from pandera.errors import SchemaErrors

from data.faults import Fault, TableFaults
from data.load import HEADER_LINES, records
from data.near import near
from data.schema import SCHEMAS, rule
from geo.load import places

Rule = tuple[str, "pd.Series[bool]", str, str]  # a column, where it is broken, what must hold, the way out
LIKE = ["source", "indicator", "place"]  # in these a restatement is like what it restates


def raise_faults(frames: dict[str, pd.DataFrame]) -> None:
    """Raise TableFaults with every fault of the tables; return nothing where they are sound."""
    if faults := find_faults(frames):
        raise TableFaults(faults)


def find_faults(frames: dict[str, pd.DataFrame]) -> list[Fault]:
    """List the faults: of each table alone; once those are mended of the links between them; then of the meaning."""
    alone = [fault for name, frame in frames.items() for fault in _schema_faults(name, frame)]
    return alone or list(_link_faults(frames)) or list(_meaning_faults(frames))


def _schema_faults(name: str, frame: pd.DataFrame) -> Iterator[Fault]:
    try:
        SCHEMAS[name].validate(frame, lazy=True)
    except SchemaErrors as errors:
        for case in errors.failure_cases.to_dict("records"):
            yield _from_pandera(name, case, frame)


COLUMN_CHECKS = {
    "column_in_dataframe": "missing_column",
    "column_in_schema": "unknown_column",
    "column_ordered": "column_order",
}


def _from_pandera(name: str, case: dict[str, object], frame: pd.DataFrame) -> Fault:
    file, check, column = f"{name}.csv", str(case["check"]), str(case["column"])
    value, index = str(case["failure_case"]), case["index"]
    if check in ("column_in_dataframe", "column_in_schema", "column_ordered"):
        check, column = COLUMN_CHECKS[check], value or _number(frame)
        value = ", ".join(frame.columns)
    elif check == "field_uniqueness":
        check = "unique"
    row = int(index) + HEADER_LINES if isinstance(index, int | float) and index == index else None
    return Fault(file, row, column, value, *rule(check))


def _number(frame: pd.DataFrame) -> str:
    """Name the column without a name by its number, as a spreadsheet counts."""
    return str(list(frame.columns).index("") + 1)


def _link_faults(frames: dict[str, pd.DataFrame]) -> Iterator[Fault]:
    """Every code that names a row of another table must find it."""
    ids = {name: list(frame["id"]) for name, frame in frames.items() if "id" in frame}
    ids |= {"units": list(frames["units"]["unit"]), "places": list(places().index)}
    known = {name: set(codes) for name, codes in ids.items()}
    for table, column, target in LINKS:
        cells = frames[table][column]
        broken = [cell for cell in cells.unique() if not known[target].issuperset(filter(None, cell.split(";")))]
        for index, cell in cells[cells.isin(broken)].items() if broken else ():
            for value in filter(None, cell.split(";")):
                if value not in known[target]:
                    yield _broken_link(table, int(str(index)), column, value, target, ids[target])


def _broken_link(table: str, index: int, column: str, value: str, target: str, known: list[str]) -> Fault:
    near_by = near(value, known, cutoff=0.5)
    if target == "places":  # near names are many: a new place must hear its way in as well
        meant = f"did you mean {near_by[0]}? If not, " if near_by else ""
        hint = f"{meant}add it to geo/names.csv and run make geo, or correct the spelling"
    else:
        hint = f"did you mean {near_by[0]}?" if near_by else f"add it to {target}.csv first, or correct the spelling"
    return Fault(f"{table}.csv", index + HEADER_LINES, column, value, f"is not in {target}.csv", hint)


LINKS = (
    ("sources", "place", "places"),
    ("observations", "source", "sources"),
    ("observations", "indicator", "indicators"),
    ("observations", "place", "places"),
    ("observations", "unit", "units"),
    ("observations", "repeats", "observations"),
    ("excluded", "source", "sources"),
    ("pairs", "goal", "observations"),
    ("pairs", "result", "observations"),
    ("corrections", "source", "sources"),
    ("corrections", "observation", "observations"),
    ("observations", "task", "tasks"),
    ("departments", "place", "places"),
    ("tasks", "source", "sources"),
    ("tasks", "parent", "tasks"),
    ("tasks", "departments", "departments"),
    ("mentions", "place", "places"),
    ("mentions", "source", "sources"),
)


def _meaning_faults(frames: dict[str, pd.DataFrame]) -> Iterator[Fault]:
    """What a single column cannot say: rows that contradict themselves, each other or their document's length."""
    observations = frames["observations"]
    first = observations.set_index("id", drop=False).reindex(observations["repeats"])
    yield from _broken("observations", observations, _row_rules(observations, first.set_index(observations.index)))
    yield from _said_twice(observations)
    yield from _past_the_end(frames)
    yield from _one_language(frames)
    yield from _foreign(frames)
    yield from _without_pair(frames)
    for name in ("pairs", "excluded"):
        again = [("", frames[name].duplicated(), "repeats a row above", "Remove one of the two")]
        yield from _broken(name, frames[name], again)
    yield from _pair_faults(frames["pairs"], observations)
    unused = ~frames["indicators"]["id"].isin(observations["indicator"])
    yield from _broken("indicators", frames["indicators"],
                       [("id", unused, "is used by no observation", "remove the row, or correct the indicator's id")])  # fmt: skip


def _broken(name: str, frame: pd.DataFrame, rules: list[Rule]) -> Iterator[Fault]:
    """Name the cells of a table that break a rule, row by row; an empty column means the row as a whole."""
    found = [(int(at), number) for number, rule in enumerate(rules) for at in np.flatnonzero(rule[1])]
    for at, number in sorted(found):
        column, _, what, way_out = rules[number]
        value = str(frame[column].iloc[at]) if column else ""
        yield Fault(f"{name}.csv", at + HEADER_LINES, column, value, what, way_out)


def _one_language(frames: dict[str, pd.DataFrame]) -> Iterator[Fault]:
    """What may be empty must be so in both languages."""
    for name, frame in frames.items():
        for column in [column for column in map(str, frame) if column.endswith("_zh")]:
            other = f"{column[:-3]}_en"
            here, there = frame[column] != "", frame[other] != ""
            said = "must stand in both languages or in neither", "write the other language"
            yield from _broken(name, frame, [(other, here & ~there, *said), (column, there & ~here, *said)])


def _foreign(frames: dict[str, pd.DataFrame]) -> Iterator[Fault]:
    """A row's task must be of its own document; a mention is of a county or of an area without a boundary."""
    rows, mentions = frames["observations"], frames["mentions"]
    sources = rows["task"].map(dict(zip(frames["tasks"]["id"], frames["tasks"]["source"], strict=True)))
    other = (rows["task"] != "") & (sources != rows["source"])
    yield from _broken("observations", rows, [
        ("task", other, "is a task of another document", "write a task of the row's own document")])  # fmt: skip
    elsewhere = ~mentions["place"].map(places()["level"]).isin(("county", "area"))
    yield from _broken("mentions", mentions, [
        ("place", elsewhere, "is no county or area", "write the county in which it is")])  # fmt: skip


def _without_pair(frames: dict[str, pd.DataFrame]) -> Iterator[Fault]:
    rows = frames["observations"]
    alone = (
        rows["kind"].isin(("goal", "standard")) & (rows["repeats"] == "") & ~rows["id"].isin(frames["pairs"]["goal"])
    )
    yield from _broken("observations", rows, [
        ("id", alone, "is a goal without a line in pairs.csv",
         "add the line: the result it may be held against, or no with its reason")])  # fmt: skip


def _past_the_end(frames: dict[str, pd.DataFrame]) -> Iterator[Fault]:
    """Every paragraph named must lie within its document."""
    lengths = {row["id"]: int(row["paragraphs"]) for row in records(frames["sources"])}
    for name in ("observations", "excluded", "corrections", "tasks", "mentions"):
        rows = frames[name]
        past = pd.to_numeric(rows["paragraph"]) > rows["source"].map(lengths)
        for index, (source, paragraph) in rows.loc[past, ["source", "paragraph"]].T.items():
            yield Fault(f"{name}.csv", int(str(index)) + HEADER_LINES, "paragraph", paragraph,
                        f"is past the document's last paragraph ({lengths[source]})",
                        "count the line of the document again")  # fmt: skip
    for index, row in enumerate(records(frames["terms"])):
        for place in row["paragraphs"].split(";"):
            source, paragraph = place.split(":")
            if int(paragraph) > lengths.get(source, 0):
                yield Fault("terms.csv", index + HEADER_LINES, "paragraphs", place, "names no paragraph of a document",
                            "write an id of sources.csv and a line of that document")  # fmt: skip


def _said_twice(observations: pd.DataFrame) -> Iterator[Fault]:
    same = ["source", "paragraph", "printed", "indicator", "place", "scope_zh", "period", "kind", "note_zh"]
    yield from _broken("observations", observations, [
        ("printed", observations.duplicated(same), "says what a row above says already",
         "remove one of the two, or tell them apart by scope")])  # fmt: skip


def _row_rules(rows: pd.DataFrame, first: pd.DataFrame) -> list[Rule]:
    """Return the rules of observations; `first` holds for each row the one that it restates, or nothing."""
    value, high = rows["value"] != "", rows["value_high"] != ""
    interval, restates = rows["period"].str.contains("/", regex=False), first["id"].notna()
    lower = high & ~(pd.to_numeric(rows["value_high"]) > pd.to_numeric(rows["value"]))
    unlike = restates & (first[LIKE] != rows[LIKE]).any(axis=1)
    to_first = "write the id of the first statement"
    return [
        ("unit", value & (rows["unit"] == ""), "must name a unit where there is a value",
         "write the unit as printed, or 1 where the number has none"),
        ("bound", value != (rows["bound"] != ""), "must be given exactly where there is a value",
         "write exact, at_least, at_most or about beside a value; nothing beside none"),
        ("note_zh", ~value & (rows["note_zh"] == ""), "must say in our words what is stated where there is no value",
         "write the note"),
        ("value_high", lower, "must be above value", "put the lower number in value and the higher in value_high"),
        ("basis", (rows["basis"] == "annual") & interval, "cannot be annual for an interval of years",
         "write cumulative or annual_average, or one year as the period"),
        ("basis", (rows["basis"] == "annual_average") & ~interval, "needs an interval of years",
         "write the period as 2021/2025"),
        ("repeats", rows["repeats"] == rows["id"], "must name another row", to_first),
        ("repeats", restates & (first["id"] != rows["id"]) & (first["repeats"] != ""),
         "names a row that is itself a restatement", to_first),
        ("repeats", unlike, "names a row of another document, place or indicator", to_first),
    ]  # fmt: skip


def _pair_faults(pairs: pd.DataFrame, observations: pd.DataFrame) -> Iterator[Fault]:
    rows = observations.set_index("id", drop=False)
    goal, result = (rows.reindex(pairs[name]).set_index(pairs.index) for name in ("goal", "result"))
    yield from _broken("pairs", pairs, _pair_rules(pairs, goal, result))


def _pair_rules(pairs: pd.DataFrame, goal: pd.DataFrame, result: pd.DataFrame) -> list[Rule]:
    """Return the rules of pairs; `goal` and `result` hold the observations that each names, or nothing."""
    may, named = pairs["comparable"] != "no", result["id"].notna()
    same = (goal["place"] == result["place"]) & (goal["indicator"] == result["indicator"])
    one, other = goal["unit"], result["unit"]
    units = (one + ", " + other).where(one < other, other + ", " + one)
    across = may & named & (one != other)
    return [
        ("goal", ~goal["kind"].isin(("goal", "standard")), "is not a goal", "name an observation of kind goal"),
        ("result", named & ~result["kind"].isin(("result", "context")), "is not a result",
         "name an observation of kind result"),
        ("result", may & ~named, "must name the result of a comparable pair", "name it, or set comparable to no"),
        ("reason", may == (pairs["reason"] != ""), "must be given exactly where comparable is no",
         "choose a reason code, or leave it empty"),
        *(("comparable", across & (units == both), f"cannot hold across units ({both})",
           "set comparable to no with the reason unit_differs") for both in units[across].unique()),
        ("comparable", (pairs["comparable"] == "same") & named & ~same,
         "cannot be same across places or indicators", "write similar and say what differs, or no with its reason"),
    ]  # fmt: skip
