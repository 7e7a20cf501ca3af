"""Checks the tables: every fault at once, each naming file, row, column, value, rule and way out.

In: the tables as text frames (data.load.read). Out: a list of Fault; `raise_faults` turns it into one TableFaults.
"""

from collections.abc import Iterator
from difflib import get_close_matches

import pandas as pd
from pandera.errors import SchemaErrors

from data.faults import Fault, TableFaults
from data.load import HEADER_LINES, Row, records
from data.schema import SCHEMAS, rule
from geo.load import places


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
        check, column = COLUMN_CHECKS[check], value or "(no name)"
        value = ", ".join(frame.columns)
    elif check == "field_uniqueness":
        check = "unique"
    row = int(index) + HEADER_LINES if isinstance(index, int | float) and index == index else None
    return Fault(file, row, column, value, *rule(check))


def _link_faults(frames: dict[str, pd.DataFrame]) -> Iterator[Fault]:
    """Every code that names a row of another table must find it."""
    ids = {name: list(frame["id"]) for name, frame in frames.items() if "id" in frame}
    ids |= {"units": list(frames["units"]["unit"]), "places": list(places().index)}
    for table, column, target in LINKS:
        known = set(ids[target])
        for index, cell in enumerate(frames[table][column]):
            for value in filter(None, cell.split(";")):
                if value not in known:
                    yield _broken_link(table, index, column, value, target, ids[target])


def _broken_link(table: str, index: int, column: str, value: str, target: str, known: list[str]) -> Fault:
    near = get_close_matches(value, known, n=1, cutoff=0.5)
    if target == "places" and not near:
        hint = "add it to geo/names.csv and run make geo, or correct the spelling"
        return Fault(f"{table}.csv", index + HEADER_LINES, column, value, "is not in places.csv", hint)
    hint = f"did you mean {near[0]}?" if near else f"add it to {target}.csv first, or correct the spelling"
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
    yield from _row_faults(frames["observations"])
    yield from _said_twice(frames["observations"])
    yield from _past_the_end(frames)
    yield from _one_language(frames)
    yield from _foreign(frames)
    yield from _without_pair(frames)
    for name in ("pairs", "excluded"):
        for index in frames[name].index[frames[name].duplicated()]:
            yield Fault(
                f"{name}.csv", int(str(index)) + HEADER_LINES, "", "", "repeats a row above", "Remove one of the two"
            )
    yield from _pair_faults(frames["pairs"], frames["observations"])
    unused = set(frames["indicators"]["id"]) - set(frames["observations"]["indicator"])
    for index, value in frames["indicators"]["id"].items():
        if value in unused:
            yield Fault("indicators.csv", int(str(index)) + HEADER_LINES, "id", value,
                        "is used by no observation", "remove the row, or correct the indicator's id")  # fmt: skip


def _row_faults(observations: pd.DataFrame) -> Iterator[Fault]:
    first = {row["id"]: row for row in records(observations)}
    for index, row in enumerate(records(observations)):
        for column, broken, what, way_out in _row_rules(row, first.get(row["repeats"])):
            if broken:
                yield Fault("observations.csv", index + HEADER_LINES, column, row[column], what, way_out)


def _one_language(frames: dict[str, pd.DataFrame]) -> Iterator[Fault]:
    """What may be empty must be so in both languages."""
    for name, frame in frames.items():
        for column in [column for column in map(str, frame) if column.endswith("_zh")]:
            other = f"{column[:-3]}_en"
            for index, row in enumerate(records(frame)):
                if bool(row[column]) != bool(row[other]):
                    yield Fault(f"{name}.csv", index + HEADER_LINES, other if row[column] else column, "",
                                "must stand in both languages or in neither", "write the other language")  # fmt: skip


def _foreign(frames: dict[str, pd.DataFrame]) -> Iterator[Fault]:
    """A row's task must be of its own document; a mention is of a county or of an area without a boundary."""
    sources = dict(zip(frames["tasks"]["id"], frames["tasks"]["source"], strict=True))
    for index, row in enumerate(records(frames["observations"])):
        if row["task"] and sources[row["task"]] != row["source"]:
            yield Fault("observations.csv", index + HEADER_LINES, "task", row["task"], "is a task of another document",
                        "write a task of the row's own document")  # fmt: skip
    levels = places()["level"]
    for index, row in enumerate(records(frames["mentions"])):
        if levels[row["place"]] not in ("county", "area"):
            yield Fault("mentions.csv", index + HEADER_LINES, "place", row["place"], "is no county or area",
                        "write the county in which it is")  # fmt: skip


def _without_pair(frames: dict[str, pd.DataFrame]) -> Iterator[Fault]:
    paired = set(frames["pairs"]["goal"])
    for index, row in enumerate(records(frames["observations"])):
        if row["kind"] in ("goal", "standard") and not row["repeats"] and row["id"] not in paired:
            yield Fault("observations.csv", index + HEADER_LINES, "id", row["id"], "is a goal without a line in pairs.csv",
                        "add the line: the result it may be held against, or no with its reason")  # fmt: skip


def _past_the_end(frames: dict[str, pd.DataFrame]) -> Iterator[Fault]:
    """Every paragraph named must lie within its document."""
    lengths = {row["id"]: int(row["paragraphs"]) for row in records(frames["sources"])}
    for name in ("observations", "excluded", "corrections", "tasks", "mentions"):
        for index, row in enumerate(records(frames[name])):
            if int(row["paragraph"]) > lengths[row["source"]]:
                yield Fault(f"{name}.csv", index + HEADER_LINES, "paragraph", row["paragraph"],
                            f"is past the document's last paragraph ({lengths[row['source']]})",
                            "count the line of the document again")  # fmt: skip
    for index, row in enumerate(records(frames["terms"])):
        for place in row["paragraphs"].split(";"):
            source, paragraph = place.split(":")
            if int(paragraph) > lengths.get(source, 0):
                yield Fault("terms.csv", index + HEADER_LINES, "paragraphs", place, "names no paragraph of a document",
                            "write an id of sources.csv and a line of that document")  # fmt: skip


def _said_twice(observations: pd.DataFrame) -> Iterator[Fault]:
    same = ["source", "paragraph", "printed", "indicator", "place", "scope_zh", "period", "kind", "note_zh"]
    again = observations.duplicated(same)
    for index, row in enumerate(records(observations)):
        if again.iloc[index]:
            yield Fault("observations.csv", index + HEADER_LINES, "printed", row["printed"],
                        "says what a row above says already", "remove one of the two, or tell them apart by scope")  # fmt: skip


def _row_rules(row: Row, first: Row | None) -> list[tuple[str, bool, str, str]]:
    value, high = row["value"], row["value_high"]
    interval = "/" in row["period"]
    other = first is not None and first["id"] != row["id"]
    unlike = first is not None and any(first[name] != row[name] for name in ("source", "indicator", "place"))
    return [
        ("unit", bool(value) and not row["unit"], "must name a unit where there is a value",
         "write the unit as printed, or 1 where the number has none"),
        ("bound", bool(value) != bool(row["bound"]), "must be given exactly where there is a value",
         "write exact, at_least, at_most or about beside a value; nothing beside none"),
        ("note_zh", not value and not row["note_zh"], "must say in our words what is stated where there is no value",
         "write the note"),
        ("value_high", bool(high) and (not value or float(high) <= float(value)), "must be above value",
         "put the lower number in value and the higher in value_high"),
        ("basis", row["basis"] == "annual" and interval, "cannot be annual for an interval of years",
         "write cumulative or annual_average, or one year as the period"),
        ("basis", row["basis"] == "annual_average" and not interval, "needs an interval of years",
         "write the period as 2021/2025"),
        ("repeats", bool(row["repeats"]) and row["repeats"] == row["id"], "must name another row",
         "write the id of the first statement"),
        ("repeats", first is not None and other and bool(first["repeats"]),
         "names a row that is itself a restatement",
         "write the id of the first statement"),
        ("repeats", unlike, "names a row of another document, place or indicator", "write the id of the first statement"),
    ]  # fmt: skip


def _pair_faults(pairs: pd.DataFrame, observations: pd.DataFrame) -> Iterator[Fault]:
    rows = {row["id"]: row for row in records(observations)}
    for index, pair in enumerate(records(pairs)):
        for column, broken, what, way_out in _pair_rules(pair, rows[pair["goal"]], rows.get(pair["result"])):
            if broken:
                yield Fault("pairs.csv", index + HEADER_LINES, column, pair[column], what, way_out)


def _pair_rules(pair: Row, goal: Row, result: Row | None) -> list[tuple[str, bool, str, str]]:
    may, units = pair["comparable"] != "no", {goal["unit"], result["unit"] if result is not None else goal["unit"]}
    return [
        ("goal", goal["kind"] not in ("goal", "standard"), "is not a goal", "name an observation of kind goal"),
        ("result", result is not None and result["kind"] not in ("result", "context"),
         "is not a result",
         "name an observation of kind result"),
        ("result", may and result is None, "must name the result of a comparable pair",
         "name it, or set comparable to no"),
        ("reason", may == bool(pair["reason"]), "must be given exactly where comparable is no",
         "choose a reason code, or leave it empty"),
        ("comparable", may and len(units) > 1, f"cannot hold across units ({', '.join(sorted(units))})",
         "set comparable to no with the reason unit_differs"),
        ("comparable", pair["comparable"] == "same" and result is not None
         and (goal["place"], goal["indicator"]) != (result["place"], result["indicator"]),
         "cannot be same across places or indicators", "write similar and say what differs, or no with its reason"),
    ]  # fmt: skip
