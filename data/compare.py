"""Which numbers may be held against each other, on one scale or only side by side, and why. Pure rules, no words.

Tables and ids of observations in; reason codes, scales and what else could be compared out. A reason either refuses a
common scale (REFUSED) or asks for an explanation where the numbers stand beside each other (EXPLAINED). Nothing here
ranks or adds.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations_with_replacement
from typing import Final

import pandas as pd

from data.load import Row, Tables, record, records
from data.rows import last_year, with_indicators
from geo.load import nested

PLACES, INDICATORS = 4, 3  # at most this many beside each other
REFUSED: Final = (
    "level_with_growth",
    "output_with_value_added",
    "statistic_differs",
    "unit_differs",
    "total_with_year",
    "spans_differ",
    "definition_differs",
)
EXPLAINED: Final = (
    "nested",
    "goal_with_result",
    "average_with_year",
    "scope_differs",
    "years_differ",
    "measures_differ",
)
LOOKED_AT = ["indicator", "place", "unit", "basis", "period", "scope_zh"]  # with the kind, all that a reason looks at
AVERAGE = -1  # the span of a yearly average
AIMS = ("goal", "standard")
ADDED, OUTPUT = (
    re.compile("增加值|生产总值"),
    re.compile("产值"),
)  # as the statistics of China name them, without exception
AMOUNTS = ("flow", "growth")  # statistics of which value added and output are kinds
SIZE = re.compile("^[万亿]")  # in front of a unit: 万户 are 户


@dataclass(frozen=True)
class Found:
    """One reason among the numbers chosen: an example of two ids, and how many pairs it holds for."""

    reason: str
    one: str
    other: str
    pairs: int

    @property
    def refuses(self) -> bool:
        """Tell whether the reason forbids a common scale."""
        return self.reason in REFUSED


@lru_cache(maxsize=1)
def _stated(tables: Tables) -> pd.DataFrame:
    rows = with_indicators(tables)
    return rows[rows["value"].notna() & (rows["repeats"] == "")]


@lru_cache(maxsize=1)
def places_of(tables: Tables) -> dict[str, tuple[str, ...]]:
    """List for each indicator that has a number the places it is stated of; indicators in the order of their table."""
    rows = _stated(tables)
    found = {str(code): tuple(dict.fromkeys(part["place"])) for code, part in rows.groupby("indicator", sort=False)}
    return {str(code): found[str(code)] for code in tables.indicators.index if code in found}


def stated(tables: Tables) -> tuple[str, ...]:
    """List the indicators that have a number."""
    return tuple(places_of(tables))


@lru_cache(maxsize=1)
def known_places(tables: Tables) -> tuple[str, ...]:
    """List the places that have a number, in the order of the documents."""
    return tuple(dict.fromkeys(_stated(tables)["place"]))


def shared(tables: Tables, places: Sequence[str]) -> tuple[str, ...]:
    """List the indicators that two or more of some places state: those that most of them do come first."""
    counts = {code: len(set(places).intersection(found)) for code, found in places_of(tables).items()}
    return tuple(sorted((code for code in counts if counts[code] > 1), key=lambda code: -counts[code]))


def elsewhere(tables: Tables, indicator: str, places: Iterable[str]) -> tuple[str, ...]:
    """List the other places that state an indicator."""
    return tuple(code for code in places_of(tables).get(indicator, ()) if code not in set(places))


def completed(
    tables: Tables, places: Sequence[str], indicators: Sequence[str], default: tuple[Sequence[str], Sequence[str]]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Fill in what was not asked: places that state the indicators, indicators that the places share; else the default."""
    if not places and not indicators:
        return tuple(default[0]), tuple(default[1])
    if not places:
        stating = [code for indicator in indicators for code in places_of(tables).get(indicator, ())]
        wanted = dict.fromkeys(sorted(stating, key=lambda code: -stating.count(code)))
        places = [code for code in known_places(tables) if code in list(wanted)[:PLACES]]
    if not indicators:
        own = [code for code, found in places_of(tables).items() if set(places) & set(found)]
        wanted = dict.fromkeys([*shared(tables, places), *own])
        indicators = [code for code in stated(tables) if code in list(wanted)[:INDICATORS]]
    return tuple(places), tuple(indicators)


def convertible(units: pd.DataFrame, one: str, other: str, same_measure: bool = False) -> bool:
    """Tell whether two units differ by a factor alone: 亿元 and 万元, 万户 and 户; not 天 and 分钟, not 家 and 所.

    Of one and the same measure the word that Chinese counts with does not matter: 14个 and 15家 incubators.
    """
    first, second = record(units, one), record(units, other)
    if first["dimension"] != second["dimension"]:
        return False
    if SIZE.sub("", one) == SIZE.sub("", other):  # 万户 and 户, though English says of 万户 alone what they count
        return True
    return bool(first["base_en"] == second["base_en"] and (same_measure or first["base_en"] != ""))


def converted(value: float, unit: str, into: str, units: pd.DataFrame) -> float:
    """Convert a value between two convertible units: 8000亩 are 0.8万亩. Raises ValueError where they are not."""
    if not convertible(units, unit, into, same_measure=True):
        raise ValueError(f"{unit} cannot be converted into {into}")
    times = record(units, unit)["factor"] / record(units, into)["factor"]
    return float(f"{value * times:.12g}")


def compatible(tables: Tables, one: str, other: str) -> tuple[str, ...]:
    """Return why two observations may not share a scale (REFUSED), then what must be said beside them (EXPLAINED)."""
    first, second = _row(tables, one), _row(tables, other)
    checks = {
        "level_with_growth": (first["stat"] == "growth") != (second["stat"] == "growth"),
        "output_with_value_added": {_concept(first), _concept(second)} == {"added", "output"},
        "statistic_differs": _form(first) != _form(second),
        "unit_differs": _units_differ(tables, first, second),
        "total_with_year": (_span(first) > 0) != (_span(second) > 0),
        "spans_differ": 0 < _span(first) != _span(second) > 0,
        "definition_differs": frozenset((one, other)) in _told_apart(tables),
    }
    if first["indicator"] != second["indicator"]:
        beside = {"measures_differ": True}
    else:
        beside = {
            "nested": first["place"] != second["place"] and nested(first["place"], second["place"]),
            "goal_with_result": (first["kind"] in AIMS) != (second["kind"] in AIMS),
            "average_with_year": {_span(first), _span(second)} == {0, AVERAGE},
            "scope_differs": first["scope_zh"] != second["scope_zh"],
            "years_differ": first["period"][-4:] != second["period"][-4:],
        }
    refused = [code for code in REFUSED if checks[code]]
    if "level_with_growth" in refused:  # says it all: what else differs follows from it
        refused = ["level_with_growth"]
    return (*refused, *(code for code in EXPLAINED if beside.get(code)))


def reasons(tables: Tables, ids: Sequence[str]) -> tuple[Found, ...]:
    """Collect the reasons among some observations, each once, with its first pair as the example."""
    place = {code: number for number, code in enumerate(ids)}
    pairs: dict[str, list[tuple[int, int]]] = {}
    numbers: Counter[str] = Counter()
    for mine, theirs in combinations_with_replacement(_alike(tables, ids), 2):
        if mine is theirs:
            pair, number = mine[:2], len(mine) * (len(mine) - 1) // 2
        else:
            pair, number = sorted((mine[0], theirs[0]), key=place.__getitem__), len(mine) * len(theirs)
        for reason in compatible(tables, *pair) if number else ():
            pairs.setdefault(reason, []).append((place[pair[0]], place[pair[1]]))
            numbers[reason] += number
    if set(pairs) & set(REFUSED):  # why they stand apart has been said
        pairs.pop("measures_differ", None)
    examples = {code: min(pairs[code]) for code in (*REFUSED, *EXPLAINED) if code in pairs}
    return tuple(Found(code, ids[one], ids[other], numbers[code]) for code, (one, other) in examples.items())


def scales(tables: Tables, ids: Sequence[str]) -> dict[str, int]:
    """Give each observation the number of its scale, from 0: no two on one scale refuse each other."""
    groups: list[list[str]] = []
    found: dict[str, int] = {}
    for alike in _alike(tables, ids):
        code = alike[0]
        fitting = (number for number, group in enumerate(groups) if all(_share(tables, code, had) for had in group))
        number = next(fitting, len(groups))
        groups[number:] = [[*groups[number], code], *groups[number + 1 :]] if number < len(groups) else [[code]]
        found |= dict.fromkeys(alike, number)
    return found


def _alike(tables: Tables, ids: Sequence[str]) -> list[list[str]]:
    """Group observations that `compatible` cannot tell apart, in their order: one of them speaks for all.

    So the work grows with how much they differ, not with the square of how many they are.
    """
    apart, alike = _ids_told_apart(tables), dict[object, list[str]]()
    for row in records(tables.observations.loc[list(ids), ["id", "kind", *LOOKED_AT]]):
        like = row["id"] if row["id"] in apart else (row["kind"] in AIMS, *(row[name] for name in LOOKED_AT))
        alike.setdefault(like, []).append(row["id"])
    return list(alike.values())


def _share(tables: Tables, one: str, other: str) -> bool:
    return not set(compatible(tables, one, other)) & set(REFUSED)


def compared(tables: Tables, places: Sequence[str], indicators: Sequence[str]) -> pd.DataFrame:
    """Return what some places state of some indicators, with their indicator's columns.

    Order: scale, indicator, place as given, year; never by value. `scale`: numbers of one scale may be held against
    each other. `span`: years that a total runs over, 0 where the number is of a year or a date, AVERAGE for a yearly
    average. `into`: the unit in which the numbers of an indicator and scale are held against each other.
    """
    rows = _stated(tables)
    rows = rows[rows["place"].isin(places) & rows["indicator"].isin(indicators)]
    rows = rows.assign(
        order=rows["indicator"].map({code: number for number, code in enumerate(indicators)}),
        turn=rows["place"].map({code: number for number, code in enumerate(places)}),
        year=last_year(rows["period"]),
        span=[_span(row) for row in records(rows)],
    ).sort_values(["order", "turn", "year"], kind="stable")
    rows = rows.assign(scale=rows["id"].map(scales(tables, list(rows["id"]))))
    rows = rows.sort_values(["scale", "order"], kind="stable")
    amount = rows["value"] * rows["unit"].map(tables.units["factor"]).astype(float)
    largest = amount.groupby([rows["indicator"], rows["scale"]]).transform("idxmax")
    return rows.assign(into=rows["unit"].reindex(largest).to_numpy()).drop(columns=["order", "turn", "year"])


@lru_cache(maxsize=1024)
def _row(tables: Tables, code: str) -> Row:
    row = record(tables.observations, code)
    indicator = record(tables.indicators, row["indicator"])
    return {**row, "stat": indicator["stat"], "name_zh": indicator["name_zh"]}


def _concept(row: Row) -> str:
    """Tell value added from output, in levels and in growth; other measures are neither."""
    if row["stat"] not in AMOUNTS:
        return ""
    return "added" if ADDED.search(row["name_zh"]) else "output" if OUTPUT.search(row["name_zh"]) else ""


def _form(row: Row) -> str:
    """Tell a place in a ranking and an index from an amount."""
    return row["stat"] if row["stat"] in ("rank", "index") else ""


def _span(row: Row) -> int:
    """Return the years a total runs over; 0 for a year or a date, AVERAGE for a yearly average."""
    if row["basis"] == "annual_average":
        return AVERAGE
    first, _, last = row["period"].partition("/")
    return int(last or first) - int(first) + 1 if row["basis"] == "cumulative" else 0


def _units_differ(tables: Tables, first: Row, second: Row) -> bool:
    same = first["indicator"] == second["indicator"]
    return not convertible(tables.units, first["unit"], second["unit"], same)


@lru_cache(maxsize=1)
def _ids_told_apart(tables: Tables) -> frozenset[str]:
    return frozenset().union(*_told_apart(tables))


@lru_cache(maxsize=1)
def _told_apart(tables: Tables) -> frozenset[frozenset[str]]:
    """List the pairs of a goal and a result of which the curators say that they measure different things."""
    found = tables.pairs[(tables.pairs["reason"] == "definition_differs") & (tables.pairs["result"] != "")]
    return frozenset(frozenset(pair) for pair in zip(found["goal"], found["result"], strict=True))
