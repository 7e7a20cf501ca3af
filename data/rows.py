"""Observations as rows: with their indicator's columns beside them, and the year in which each period ends."""

from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from data.load import Tables

INDICATOR = ["name_zh", "name_en", "theme", "stat", "better", "definition_zh", "definition_en"]
Numbers = np.ndarray[Any, np.dtype[np.intp]]


def with_indicators(tables: Tables, rows: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return observations (all, or the given rows) with their indicator's columns beside them."""
    if rows is None:
        return _joined(tables).copy(deep=False)  # whoever writes to it writes to a copy of the column
    return _with_indicators(tables, rows)


def rows_at(tables: Tables, numbers: Numbers) -> pd.DataFrame:
    """Return the observations at some positions of the table, in that order, with their indicator's columns."""
    return _joined(tables).iloc[numbers]


def numbers_of(table: pd.DataFrame, codes: pd.Series) -> Numbers:
    """Return at which position of an indexed table each code stands."""
    return table.index.get_indexer(pd.Index(codes))


@lru_cache(maxsize=1)
def _joined(tables: Tables) -> pd.DataFrame:
    return _with_indicators(tables, tables.observations)


def _with_indicators(tables: Tables, rows: pd.DataFrame) -> pd.DataFrame:
    return rows.join(tables.indicators[INDICATOR], on="indicator")


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
