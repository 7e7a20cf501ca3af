"""Observations as a list to read: a page of rows, each with a link to its proof, and links to the pages around it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache
from math import ceil
from typing import Final
from urllib.parse import quote_plus, urlencode

import pandas as pd

from components import numbers, show
from components.address import View, link, query
from components.export.observations import MOST
from components.figures.plotted import place_name
from components.reader import Reader
from components.words import Words
from data.load import Tables, record, tables
from data.select import Selection, positions

PAGE = 40  # rows
KEPT = 2048  # rows kept as they are shown, 1 KB each
ID = "id"  # stands for a row's in an address: what else an address holds has its signs written otherwise
NONE: Final[Mapping[str, str]] = {}


def show_rows(reader: Reader, rows: pd.DataFrame, page: str, remarks: Mapping[str, str] = NONE) -> None:
    """Show one page of rows (with their indicator's columns) on the page named, with how many there are.

    A remark, by the row's id, follows what the row measures.
    """
    part, number, pages = cut(reader, len(rows))
    beyond(reader, pages)
    _show(reader, rows["id"].iloc[part].tolist(), len(rows), page, remarks)
    pager(reader, page, number, pages)


def show_selected(reader: Reader, selection: Selection, page: str) -> int:
    """Show one page of the observations that a selection asks for, the only ones looked at closely; return how many."""
    chosen = positions(tables(), selection)
    part, number, pages = cut(reader, len(chosen))
    beyond(reader, pages)
    _show(reader, tables().observations.index[chosen[part]].tolist(), len(chosen), page)
    pager(reader, page, number, pages)
    return len(chosen)


def _show(reader: Reader, ids: list[str], total: int, page: str, remarks: Mapping[str, str] = NONE) -> None:
    proof = _proof(reader)
    shown = [_row(tables(), id, reader.words) | {"remark": remarks.get(id, ""), "address": proof(id)} for id in ids]
    clear = "" if total else link(page, View(lang=reader.view.lang))
    show.html("rows", reader, rows=shown, total=total, clear=clear)


def cut(reader: Reader, total: int) -> tuple[slice, int, int]:
    """Return which of so many rows are on the page that the address asks for, its number, and how many pages there are."""
    pages = max(1, ceil(total / PAGE))
    number = min(reader.view.page, pages)
    return slice((number - 1) * PAGE, number * PAGE), number, pages


def beyond(reader: Reader, pages: int) -> None:
    """Say so where the address asks for a page after the last, which is shown in its place."""
    if reader.view.page > pages:
        show.html("notices", reader, lines=[reader.words("notice.beyond", asked=reader.view.page, shown=pages)])


def _proof(reader: Reader) -> Callable[[str], str]:
    """Return what writes the address of a row's proof: the view is written once, only the row's id differs."""
    before, after = link("data", replace(reader.view, observation=ID, page=1)).split(f"observation={ID}")
    return lambda id: f"{before}observation={quote_plus(id)}{after}"


@lru_cache(maxsize=KEPT)
def _row(found: Tables, id: str, words: Words) -> dict[str, str]:
    """Say what a row shows whatever the address; the caller does not change it."""
    row = record(found.observations, id)
    row = {**record(found.indicators, row["indicator"]), **row}
    scope = words.of(row, "scope")
    source = record(found.sources, row["source"])
    return {
        "style": "bare" if numbers.missing(row["value"]) else "",
        "number": numbers.qualified(row, words),
        "note": words.of(row, "note") if numbers.missing(row["value"]) else "",
        "name": words.of(row, "name"),
        "place": words("detail.separator").join(filter(None, (place_name(str(row["place"]), words), scope))),
        "code": str(row["place"]),
        "when": words(f"head.{row['kind']}", year=str(row["period"]).replace("/", "–")),
        "where": words("row.where", title=words.of(source, "title"), paragraph=row["paragraph"]),
    }


def pager(reader: Reader, page: str, number: int, pages: int) -> None:
    """Show links to the pages of a list before and after this one, where there is more than one."""
    if pages == 1:
        return
    ways = {
        name: link(page, replace(reader.view, page=other)) if 1 <= other <= pages else ""
        for other, name in ((number - 1, "pager.previous"), (number + 1, "pager.next"))
    }
    show.html("pager", reader, ways=ways, says=reader.words("pager.page", n=number, of=pages))


def files(reader: Reader, total: int) -> dict[str, str]:
    """Return the addresses of the current selection as files, by the name a reader knows them by.

    Of more rows than a workbook takes there is none.
    """
    asked = urlencode(query(replace(reader.view, page=1, observation="")))
    machine = "&".join(filter(None, (asked, "bom=0")))
    found = {"CSV": f"/observations.csv?{asked}", reader.words("file.csv-machine"): f"/observations.csv?{machine}"}
    if total <= MOST:
        found["XLSX"] = f"/observations.xlsx?{asked}"
    return {**found, "JSON": f"/observations.json?{asked}"}
