"""Tables in, rows out: the selections that pages, files and the address share."""

from collections.abc import Collection
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from data.load import Tables
from data.rows import Numbers, last_year, rows_at, statements, with_indicators
from data.search import Truths, found
from data.verdicts import verdicts

__all__ = ["JUDGED", "SORTS", "Selection", "codes_of", "counts", "first_statements", "having", "last_year", "positions",
           "rows_at", "select", "statements", "with_indicators"]  # fmt: skip

SORTS = ("document", "value", "period", "name")
JUDGED = ("verdict", "reason")  # filters that only goals have


@dataclass(frozen=True)
class Selection:
    """What a reader asked for, as codes; an empty tuple does not restrict.

    `due` is the year in which a period ends. `verdict` and `reason` are those of goals (data/verdicts.py): whoever
    asks for one gets goals alone, each once, for results and restatements are never judged.
    """

    place: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    theme: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    bound: tuple[str, ...] = ()
    period: tuple[str, ...] = ()
    due: tuple[str, ...] = ()
    department: tuple[str, ...] = ()
    verdict: tuple[str, ...] = ()
    reason: tuple[str, ...] = ()
    search: str = ""
    sort: str = SORTS[0]

    @staticmethod
    def filters() -> tuple[str, ...]:
        """Name the filters that hold codes."""
        return tuple(field.name for field in fields(Selection) if field.name not in ("search", "sort"))


def select(tables: Tables, selection: Selection) -> pd.DataFrame:
    """Return the observations a selection asks for, in its order, with their indicator's columns."""
    return rows_at(tables, positions(tables, selection))


def positions(tables: Tables, selection: Selection) -> Numbers:
    """Return where in the table stand the observations that a selection asks for, in its order.

    Of a million rows a reader sees a page: whoever needs some of them takes these positions, then the rows (rows_at).
    """
    hits = found(tables, selection.search)
    for name in Selection.filters():
        if chosen := getattr(selection, name):
            wanted = _with_tasks(tables, selection.department) if name == "department" else chosen
            hits &= having(tables, name, wanted)
    if selection.sort == SORTS[0]:
        return np.flatnonzero(hits)
    order = _order(tables, selection.sort)
    return order[hits[order]]  # what is left of a stable order is the stable order of what is left


def having(tables: Tables, name: str, codes: Collection[str]) -> Truths:
    """Tell for each observation whether a column of codes, or what a filter looks at, holds one of some codes."""
    return _coded(tables, name).among(codes)


@dataclass(frozen=True, eq=False)
class Coded:
    """What a filter looks at: the distinct codes, and for each row the number of its code, -1 for none."""

    codes: tuple[str, ...]
    numbers: "np.ndarray[Any, np.dtype[np.int32]]"

    def among(self, wanted: Collection[str]) -> Truths:
        """Tell for each row whether it has one of some codes."""
        asked = set(wanted)
        known = np.array([*(code in asked for code in self.codes), False])  # the last one is that of -1
        among: Truths = known[self.numbers]
        return among


@lru_cache(maxsize=32)
def _coded(tables: Tables, name: str) -> Coded:
    numbers, codes = pd.factorize(_cells(tables, name))
    return Coded(tuple(map(str, codes)), numbers.astype(np.int32))


def _cells(tables: Tables, name: str) -> pd.Series:
    """Return what a filter looks at, for each observation."""
    rows = tables.observations
    if name in JUDGED:
        return verdicts(tables)[name].reindex(rows.index)
    if name == "theme":
        return rows["indicator"].map(tables.indicators["theme"])
    if name == "due":
        return rows["period"].str[-4:]
    return rows["task" if name == "department" else name]


def counts(tables: Tables, chosen: Numbers, name: str) -> dict[str, int]:
    """Count the codes of a filter among the observations at some positions, the most frequent first."""
    coded = _coded(tables, name)
    numbers = coded.numbers[chosen]
    counted = np.bincount(numbers[numbers >= 0], minlength=len(coded.codes))
    return {coded.codes[at]: int(counted[at]) for at in np.argsort(-counted, kind="stable") if counted[at]}


def first_statements(tables: Tables, chosen: Numbers) -> Numbers:
    """Leave out the restatements among the observations at some positions."""
    return chosen[having(tables, "repeats", ("",))[chosen]]


def codes_of(tables: Tables, chosen: Numbers, name: str) -> set[str]:
    """Return the codes of a filter that occur in the observations at some positions."""
    codes = set(counts(tables, chosen, name))
    if name == "department":
        return set(tables.tasks["departments"].reindex(list(codes)).dropna().str.split(";").explode())
    return codes


def _with_tasks(tables: Tables, departments: tuple[str, ...]) -> set[str]:
    """Name the tasks that at least one of the departments answers for."""
    answers = tables.tasks["departments"].str.split(";").map(set(departments).intersection)
    return set(tables.tasks.index[answers.map(bool)])


@lru_cache(maxsize=len(SORTS))
def _order(tables: Tables, sort: str) -> Numbers:
    """Sort all observations: by amount (largest first, within one dimension), by period, or by name.

    Stable, so that documents keep their order.
    """
    rows = tables.observations
    if sort == "value":
        units = tables.units.reindex(rows["unit"])
        keys = {
            "dimension": units["dimension"].to_numpy(),
            "amount": rows["value"].to_numpy() * units["factor"].to_numpy(),
        }
        ordered = pd.DataFrame(keys).sort_values(["dimension", "amount"], ascending=[True, False], kind="stable")
        return ordered.index.to_numpy()
    key = last_year(rows["period"]) if sort == "period" else rows["indicator"].map(tables.indicators["name_zh"])
    return key.reset_index(drop=True).sort_values(kind="stable").index.to_numpy()
