"""What can be asked for: each resource with its rows, its columns, its filters and its orders, read from the tables.

A table's coded columns are its filters: a new column with codes, or one that names rows of another table, is one
without a line here. Observations are selected exactly as the pages select them (data/select.py).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import pandas as pd

from components import address
from components.figures.moved import MOVED
from components.web.api import computed
from components.web.api.columns import JOINT, LISTS, Column, of_table
from components.web.api.parameters import (
    MOST_ROWS,
    USUAL_ROWS,
    Filter,
    Parameter,
    form,
    geometry,
    paging,
    said,
    search,
    sort,
)
from components.words import Words
from data.load import NAMES, tables
from data.rows import Numbers
from data.select import SORTS, Selection, having, positions, rows_at
from geo.load import places

Asked = Mapping[str, Any]
SCALARS: Final = ("string", "number", "integer")
TABLE_ORDER: Final = "table"  # the rows as their table has them
BUILT_ROWS = 50  # of one answer, where each row is a Figure that is built for it
KEYS: Final = {"units": "unit", "excluded": "", "pairs": ""}


@dataclass(frozen=True)
class Resource:
    """One kind of rows. `key` names the column of ids, '' where rows have none; `finish` adds what only a page needs."""

    name: str
    key: str
    columns: tuple[Column, ...]
    filters: tuple[Filter, ...]
    sorts: tuple[str, ...]
    rows: Callable[[], pd.DataFrame]
    finish: Callable[[pd.DataFrame, Words], pd.DataFrame] = lambda rows, _: rows
    most: int = MOST_ROWS
    selected: bool = False  # filtered as the pages filter: search, and the orders of a Selection
    located: bool = False  # answered as GeoJSON
    moved: Callable[[str], str] = lambda _: ""  # the id that a row has now which once had another, '' where none had

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """Return everything that may be asked of the list of rows."""
        found = [row.parameter() for row in self.filters]
        found += [search()] if self.selected else []
        found += [sort(self.sorts, f"{self.name}-sort"), *paging(self.most, min(self.most, USUAL_ROWS))]
        return (*found, *([geometry()] if self.located else []), *form())

    @property
    def item_parameters(self) -> tuple[Parameter, ...]:
        """Return everything that may be asked of a single row."""
        return (*([geometry()] if self.located else []), *form())

    def page(self, asked: Asked) -> tuple[pd.DataFrame, int]:
        """Return the rows of the page that is asked for, in the order asked for, and how many rows there are in all."""
        part = slice(asked["offset"], asked["offset"] + asked["limit"])
        if self.selected:
            chosen = self._positions(asked)
            return rows_at(tables(), chosen[part]), len(chosen)
        rows = self.rows()
        for row in self.filters:
            if wanted := asked[row.name]:
                rows = rows[_holds(rows[row.column], wanted, row.split)]
        return _sorted(rows, asked["sort"]).iloc[part], len(rows)

    def _positions(self, asked: Asked) -> Numbers:
        """Return where the observations stand that are asked for."""
        codes = {name: tuple(asked[name] or ()) for name in Selection.filters()}
        chosen = positions(tables(), Selection(**codes, search=asked["search"].strip(), sort=asked["sort"]))
        for row in self.filters:
            if row.name not in codes and (wanted := asked[row.name]):
                chosen = chosen[having(tables(), row.column, wanted)[chosen]]
        return chosen


def _holds(cells: pd.Series, wanted: list[str], split: bool) -> "pd.Series[bool]":
    if not split:
        return cells.isin(wanted)
    codes = set(wanted)  # of no rows at all pandas would not know that the answers are truths
    return pd.Series([not codes.isdisjoint(cell.split(JOINT)) for cell in cells], cells.index, bool)


def _sorted(rows: pd.DataFrame, order: str) -> pd.DataFrame:
    """Sort by a column, '-' for the largest first; what is missing stands last, equals keep the table's order."""
    if order == TABLE_ORDER:
        return rows
    cells = rows[order.removeprefix("-")]
    if not pd.api.types.is_numeric_dtype(cells):
        cells = cells.where(cells != "")
    return rows.loc[_positions(cells, not order.startswith("-"))]


def _positions(cells: pd.Series, ascending: bool) -> "pd.Index[Any]":
    ordered = cells.sort_values(ascending=ascending, kind="stable", na_position="last")
    return ordered.index


def _orders(columns: tuple[Column, ...], rows: pd.DataFrame) -> tuple[str, ...]:
    names = [column.name for column in columns if column.type in SCALARS and column.name in rows]
    return (TABLE_ORDER, *(f"{sign}{name}" for name in names for sign in ("", "-")))


@lru_cache(maxsize=1)
def resources() -> dict[str, Resource]:
    """Return every resource by its name: one for each table, then what is computed or stands beside the tables."""
    found = [_observations(), *(_of_table(name) for name in NAMES if name != "observations")]
    return {made.name: made for made in [*found, _places(), _verdicts(), _figures(), _views()]}


@lru_cache(maxsize=32)
def ids(resource: str) -> tuple[str, ...]:
    """Return the ids of a table's rows, or of the places."""
    frame = places() if resource == "places" else getattr(tables(), resource)
    return tuple(map(str, frame.index))


def coded(table: str, columns: tuple[Column, ...]) -> tuple[Filter, ...]:
    """Return a filter for each column that holds codes or ids."""
    found = []
    for column in columns:
        split = column.name in LISTS.get(table, ())
        if column.target:
            name = column.name.removesuffix("s") if split else column.name
            found.append(Filter(name, column.name, ids(column.target), column.meaning, f"{column.target}-id", split))
        elif column.choices:
            found.append(Filter(column.name, column.name, column.choices, column.meaning, f"{table}-{column.name}"))
    return tuple(found)


def _of_table(name: str) -> Resource:
    columns, rows = of_table(name), getattr(tables(), name)
    key = KEYS.get(name, "id")
    # Two excluded digit runs, or two pairs, have no id of their own: their position is what a sort can point at.
    rows = rows if key else rows.reset_index(drop=True)
    return Resource(name, key, columns, coded(name, columns), _orders(columns, rows), lambda: rows)


def _observations() -> Resource:
    columns = of_table("observations")
    known = address.valid()
    meanings = {column.name: column.meaning for table in ("indicators", "observations") for column in of_table(table)}
    own = tuple(
        Filter(name, name, known[name], meanings.get(name) or said(name), f"observations-{name}")
        for name in Selection.filters()
    )
    more = tuple(row for row in coded("observations", columns) if row.name not in Selection.filters())
    return Resource(
        "observations", "id", (*columns, *computed.observation_columns()), (*own, *more), SORTS,
        lambda: tables().observations, computed.observations, selected=True,
    )  # fmt: skip


def _places() -> Resource:
    columns, rows = computed.place_columns(), computed.place_rows()
    by_name = {column.name: column for column in columns}
    filters = (
        Filter("level", "level", tuple(dict.fromkeys(rows["level"])), by_name["level"].meaning, "places-level"),
        Filter("parent", "parent", ids("places"), by_name["parent"].meaning, "places-id"),
    )
    return Resource("places", "id", columns, filters, _orders(columns, rows), computed.place_rows, located=True)


def _verdicts() -> Resource:
    columns, rows = computed.verdict_columns(), computed.verdict_rows()
    filters = coded("verdicts", tuple(column for column in columns if column.name not in ("goal", "result")))
    return Resource(
        "verdicts", "goal", columns, filters, _orders(columns, rows), computed.verdict_rows, computed.verdict_words
    )


def _figures() -> Resource:
    return Resource(
        "figures", "figure", computed.figure_columns(), (), (TABLE_ORDER,), computed.figure_rows,
        computed.figure_words, most=BUILT_ROWS, moved=lambda id: MOVED.get(id, ""),
    )  # fmt: skip


def _views() -> Resource:
    columns = computed.view_columns()
    meaning = next(column.meaning for column in columns if column.name == "figure")
    filters = (Filter("figure", "figure", tuple(computed.figure_rows().index), meaning, "figures-id", moved=MOVED),)
    return Resource(
        "views", "view", columns, filters, (TABLE_ORDER,), computed.view_rows, computed.figure_words, most=BUILT_ROWS,
        moved=_moved_view,
    )  # fmt: skip


def _moved_view(id: str) -> str:
    """Return what the id of a view is now whose Figure got another one."""
    old = next((old for old in MOVED if id == old or id.startswith(f"{old}-")), "")
    return MOVED[old] + id.removeprefix(old) if old else ""
