"""Tables in, rows out: the selections that pages, files and the address share."""

from collections.abc import Iterable
from dataclasses import dataclass, fields

import pandas as pd

from data.load import Tables
from data.rows import last_year, statements, with_indicators
from data.search import find
from data.verdicts import verdicts

__all__ = ["JUDGED", "SORTS", "Selection", "codes_of", "last_year", "select", "statements", "with_indicators"]

SORTS = ("document", "value", "period", "name")
JUDGED = ("verdict", "reason")  # filters that only goals have
ELSEWHERE = (*JUDGED, "due", "department")  # filters that are no column of a row


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
    rows = with_indicators(tables)
    for name in Selection.filters():
        if name not in ELSEWHERE and (chosen := getattr(selection, name)):
            rows = rows[rows[name].isin(chosen)]
    if selection.due:
        rows = rows[last_year(rows["period"]).astype(str).isin(selection.due)]
    if selection.department:
        rows = rows[rows["task"].isin(_tasks_of(tables, selection.department))]
    for name in JUDGED:
        if chosen := getattr(selection, name):
            rows = rows[rows.index.isin(_judged(tables, name, chosen))]
    if selection.search:
        rows = rows[find(tables, selection.search).loc[rows.index]]
    return _sorted(tables, rows, selection.sort)


def codes_of(tables: Tables, rows: pd.DataFrame, name: str) -> set[str]:
    """Return the codes of a filter that occur in some rows."""
    if name == "due":
        return set(last_year(rows["period"]).astype(str))
    if name == "department":
        return set(tables.tasks["departments"].reindex(rows["task"].unique()).dropna().str.split(";").explode())
    if name in JUDGED:
        return set(verdicts(tables)[name].reindex(rows.index).dropna())
    return set(rows[name])


def _judged(tables: Tables, name: str, codes: tuple[str, ...]) -> Iterable[object]:
    """Name the goals that have one of some verdicts, or were left without for one of some reasons."""
    found = verdicts(tables)
    return found.index[found[name].isin(codes)]


def _tasks_of(tables: Tables, departments: tuple[str, ...]) -> list[str]:
    """Name the tasks that at least one of the departments answers for."""
    answers = tables.tasks["departments"].str.split(";").map(set(departments).intersection)
    return list(tables.tasks.index[answers.map(bool)])


def _sorted(tables: Tables, rows: pd.DataFrame, sort: str) -> pd.DataFrame:
    """Sort by amount (largest first, within one dimension), by period, or by name; stable, so documents keep order."""
    if sort == "value":
        units = tables.units.reindex(rows["unit"])
        keys = rows.assign(dimension=units["dimension"].to_numpy(), amount=rows["value"] * units["factor"].to_numpy())
        return keys.sort_values(["dimension", "amount"], ascending=[True, False], kind="stable")[list(rows)]
    if sort == "period":
        return rows.assign(year=last_year(rows["period"])).sort_values("year", kind="stable")[list(rows)]
    return rows.sort_values("name_zh", kind="stable") if sort == "name" else rows
