"""Each document as a strip of its paragraphs, as dark as they hold numbers; a paragraph leads to what it states."""

from dataclasses import replace
from functools import lru_cache

from components import listing, show
from components.address import View, link
from components.documentcards import shown
from components.reader import Reader
from data.load import record, records, tables
from data.measures import by_paragraph, density
from data.select import Selection, with_indicators


def show_strips(reader: Reader) -> None:
    """Show a strip for each document of the page, every paragraph a link."""
    words, view = reader.words, reader.view
    strips = [
        {
            "title": words.of(source, "title"),
            "code": source["place"],
            "cells": [
                {
                    "number": number,
                    "shade": density(count),
                    "says": words.count("strips.cell", count, paragraph=number),
                    "address": paragraph_link(view.lang, source["id"], number),
                    "chosen": view.selection.source == (source["id"],) and view.paragraph == number,
                }
                for number, count in _counts()[source["id"]]
            ],
        }
        for source in shown(reader)
    ]
    show.html("strips", reader, strips=strips)
    _, number, pages = listing.cut(reader, len(tables().sources))
    listing.pager(reader, "sources", number, pages)


@lru_cache(maxsize=1)
def _counts() -> dict[str, list[tuple[int, int]]]:
    """Return for each document its paragraphs with the number of statements in each."""
    return {
        str(source): list(zip(rows["paragraph"], rows["statements"], strict=True))
        for source, rows in by_paragraph(tables()).groupby("source")
    }


def paragraph_link(lang: str, source: str, paragraph: int) -> str:
    """Return the address at which the sources page opens a paragraph."""
    return link("sources", View(lang=lang, selection=Selection(source=(source,)), paragraph=paragraph)) + "#paragraph"


def show_paragraph(reader: Reader) -> None:
    """Show what the paragraph that the address names states, and which of its digits were set aside."""
    words, view = reader.words, reader.view
    if len(view.selection.source) != 1 or not view.paragraph:
        return
    source = view.selection.source[0]
    rows, aside = (
        table[(table["source"] == source) & (table["paragraph"] == view.paragraph)]
        for table in (with_indicators(tables()), tables().excluded)
    )
    title = words("row.where", title=words.of(record(tables().sources, source), "title"), paragraph=view.paragraph)
    set_aside = [
        words("strips.aside", digits=row["digits"], reason=words(f"excluded.{row['reason']}")) for row in records(aside)
    ]
    show.html("paragraph", reader, at=f"{source}-{view.paragraph}", title=title, aside=set_aside)
    listing.show_rows(replace(reader, view=replace(view, page=1)), rows, "data")
