"""Tables in, rows out: the selections that pages, Figures and the address share. Nothing is computed here."""

from collections.abc import Iterable
from dataclasses import dataclass, fields

import pandas as pd

from data.load import Tables


@dataclass(frozen=True)
class Selection:
    """What a reader asked for, as codes; an empty tuple does not restrict."""

    place: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    theme: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    bound: tuple[str, ...] = ()
    period: tuple[str, ...] = ()
    search: str = ""

    @staticmethod
    def filters() -> tuple[str, ...]:
        """Name the filters that hold codes."""
        return tuple(field.name for field in fields(Selection) if field.name != "search")


def with_indicators(tables: Tables, rows: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return observations (all, or the given rows) with their indicator's columns beside them."""
    rows = tables.observations if rows is None else rows
    columns = ["name_zh", "name_en", "theme", "stat", "better", "definition_zh", "definition_en"]
    return rows.join(tables.indicators[columns], on="indicator")


def select(tables: Tables, selection: Selection) -> pd.DataFrame:
    """Return the observations a selection asks for, in document order, with their indicator's columns."""
    rows = with_indicators(tables)
    for name in Selection.filters():
        if chosen := getattr(selection, name):
            rows = rows[rows[name].isin(chosen)]
    if words := selection.search.split():
        rows = rows[_contains_all(rows, words)]
    return rows


def _contains_all(rows: pd.DataFrame, words: Iterable[str]) -> pd.Series:
    columns = ["name_zh", "name_en", "printed", "id", "note_zh", "note_en", "definition_zh", "definition_en"]
    text = rows[columns].agg(" ".join, axis=1).str.casefold()
    found = pd.Series(True, index=rows.index)
    for word in words:
        found &= text.str.contains(word.casefold(), regex=False)
    return found


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
