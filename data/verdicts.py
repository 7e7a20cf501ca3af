"""Tables in, one judgement for every goal out: which result a goal is held against, and what data/judge.py says of it."""

from collections import defaultdict
from functools import lru_cache

import pandas as pd

from data.judge import Aim, Judgement, Reached, cannot, judge
from data.load import Row, Tables, records
from data.rows import last_year, with_indicators

LEVEL = "end_of_period"
SAME = ("indicator", "place", "scope_zh", "unit", "basis")  # results alike in these are of the same thing
OF_NUMBER = ("id", "value", "bound", "period")  # what a judgement looks at


@lru_cache(maxsize=1)
def verdicts(tables: Tables) -> pd.DataFrame:
    """Judge every goal that is no restatement.

    Index: goal id. Columns: verdict, reason, met, distance, yearly, result (id of what it was held against, or ''),
    comparable (same, similar, no), note_zh, note_en (of the pairing), due (year), change (goal minus result, or NaN).
    """
    rows = with_indicators(tables)
    goals = rows[(rows["kind"] == "goal") & (rows["repeats"] == "")]
    pairs = _latest_pairs(tables)
    named = tables.observations.index.isin([pair["result"] for pair in pairs.values()])
    results = {row["id"]: row for row in records(tables.observations.loc[named, [*OF_NUMBER, *SAME]])}
    judged = records(goals[[*OF_NUMBER, "unit", "basis", "better"]])
    found = [_judged(tables, goal, pairs.get(goal["id"]), results) for goal in judged]
    return pd.DataFrame(found, index=goals.index)


def _latest_pairs(tables: Tables) -> dict[str, Row]:
    """Choose for each goal the pair whose result is the latest of those not after the goal's year; the first of equals."""
    years = last_year(tables.observations["period"]).to_dict()
    chosen: dict[str, tuple[int, Row]] = {}
    for pair in records(tables.pairs):
        year = years[pair["result"]] if pair["result"] else 0
        if year <= years[pair["goal"]] and year > chosen.get(pair["goal"], (-1, {}))[0]:
            chosen[pair["goal"]] = (year, pair)
    return {goal: pair for goal, (_, pair) in chosen.items()}


def _judged(tables: Tables, goal: Row, pair: Row | None, results: dict[str, Row]) -> Row:
    result = results[pair["result"]] if pair and pair["result"] else None
    judgement = _judgement(tables, goal, pair, result)
    same_unit = (
        result is not None and result["unit"] == goal["unit"] and pair is not None and pair["comparable"] != "no"
    )
    return {
        **vars(judgement),
        "result": result["id"] if result else "",
        "comparable": pair["comparable"] if pair else "no",
        "note_zh": pair["note_zh"] if pair else "",
        "note_en": pair["note_en"] if pair else "",
        "due": _year(goal),
        "change": float(f"{goal['value'] - result['value']:.12g}") if result and same_unit else float("nan"),
    }


def _judgement(tables: Tables, goal: Row, pair: Row | None, result: Row | None) -> Judgement:
    if goal["value"] != goal["value"]:
        return cannot("no_number")
    if pair is None or pair["comparable"] == "no" or result is None:
        return cannot(pair["reason"] if pair and pair["reason"] else "no_baseline")
    if result["value"] != result["value"]:
        return cannot("no_number")
    aim = Aim(goal["value"], _year(goal), goal["bound"], goal["better"], goal["basis"] == LEVEL)
    return judge(aim, _reached(result), _earlier(tables, result))


def _reached(row: Row) -> Reached:
    return Reached(row["value"], _year(row), row["bound"])


def _earlier(tables: Tables, result: Row) -> Reached | None:
    """Find the latest earlier result of the same thing, place and scope, for the pace."""
    same = _results(tables).get(tuple(result[name] for name in SAME), [])
    older = [row for row in same if _year(row) < _year(result)]
    return _reached(older[-1]) if older else None


@lru_cache(maxsize=1)
def _results(tables: Tables) -> dict[tuple[str, ...], list[Row]]:
    """List the results with a number by what they are of, the latest period last."""
    rows = tables.observations
    found: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    rows = rows.loc[(rows["kind"] == "result") & rows["value"].notna(), [*OF_NUMBER, *SAME]]
    for row in records(rows.sort_values("period", kind="stable")):
        found[tuple(row[name] for name in SAME)].append(row)
    return found


def _year(row: Row) -> int:
    return int(row["period"][-4:])
