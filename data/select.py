"""Tables in, rows out: the selections that pages, Figures and the address share. Nothing is computed here."""

from dataclasses import dataclass, fields
from functools import lru_cache

import pandas as pd

from data.load import Tables
from data.search import find

SORTS = ("document", "value", "period", "name")


@dataclass(frozen=True)
class Selection:
    """What a reader asked for, as codes; an empty tuple does not restrict."""

    place: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    theme: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    bound: tuple[str, ...] = ()
    period: tuple[str, ...] = ()
    department: tuple[str, ...] = ()
    search: str = ""
    sort: str = SORTS[0]

    @staticmethod
    def filters() -> tuple[str, ...]:
        """Name the filters that hold codes."""
        return tuple(field.name for field in fields(Selection) if field.name not in ("search", "sort"))


def with_indicators(tables: Tables, rows: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return observations (all, or the given rows) with their indicator's columns beside them."""
    if rows is None:
        return _joined(tables).copy()
    return _with_indicators(tables, rows)


@lru_cache(maxsize=1)
def _joined(tables: Tables) -> pd.DataFrame:
    return _with_indicators(tables, tables.observations)


def _with_indicators(tables: Tables, rows: pd.DataFrame) -> pd.DataFrame:
    columns = ["name_zh", "name_en", "theme", "stat", "better", "definition_zh", "definition_en"]
    return rows.join(tables.indicators[columns], on="indicator")


def select(tables: Tables, selection: Selection) -> pd.DataFrame:
    """Return the observations a selection asks for, in its order, with their indicator's columns."""
    rows = with_indicators(tables)
    for name in Selection.filters():
        if name != "department" and (chosen := getattr(selection, name)):
            rows = rows[rows[name].isin(chosen)]
    if selection.department:
        rows = rows[rows["task"].isin(_tasks_of(tables, selection.department))]
    if selection.search:
        rows = rows[find(tables, selection.search).loc[rows.index]]
    return _sorted(tables, rows, selection.sort)


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


def statements(tables: Tables, *indicators: str, place: str = "", kind: str = "") -> pd.DataFrame:
    """Return the first statements (no restatements) of some indicators that carry a number."""
    rows = with_indicators(tables)
    rows = rows[rows["value"].notna() & (rows["repeats"] == "") & rows["indicator"].isin(indicators)]
    if place:
        rows = rows[rows["place"] == place]
    return rows[rows["kind"] == kind] if kind else rows


def last_year(period: pd.Series) -> pd.Series:
    """Return the year in which each period ends, as a whole number."""
    return period.str[-4:].astype(int)
