"""The profile of one place: what is said of it, its numbers, its map, its results and goals, who says so, and where."""

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

from components import mentions, numbers, placemaps, placewords, show, wayfinding
from components.address import View, link
from components.placecards import PROVINCE, title
from components.proof import proof
from components.reader import Reader
from components.remarks import remarks
from components.words import Words
from data import documents as files
from data.load import Row, record, records, tables
from data.places import documents, key_numbers, stated
from data.select import Selection
from data.vocabulary import KINDS, THEMES

NUMERAL = re.compile(r"(\D*[\d,.]*\d%?)\s*(.*)")
KEPT = 256  # of each part, for as many places and languages


def show_profile(reader: Reader, place: str) -> None:
    """Show all of one place, what there is nothing of left out."""
    words = reader.words
    show.html(
        "place_head",
        reader,
        code=place,
        title=title(place, words),
        text=placewords.sentence(place, words),
        notes=placewords.notes(place, words),
        crumbs=wayfinding.crumbs(reader, place),
        up=wayfinding.up(reader, place),
    )
    if cards := _key_numbers(place, words):
        show.html("key_numbers", reader, cards=cards, code=place)
    placemaps.show_map(reader, place)
    wayfinding.show_parts(reader, place)
    _show_said(reader, place)
    mentions.show_mentions(reader, place)
    wayfinding.show_beside(reader, place)


def show_province(reader: Reader) -> None:
    """Show the head of the page while no place is named."""
    words = reader.words
    text = words("places.lead")
    show.html("place_head", reader, code=PROVINCE, title=words("nav.places"), text=text, notes=[], crumbs=[], up=None)


def _show_said(reader: Reader, place: str) -> None:
    words, rows = reader.words, stated(tables(), place)
    gap = placewords.GAP[words.lang]
    if len(rows):
        restated = tables().observations["place"] == place
        repeats = int(restated.sum()) - len(rows)
        show.html("profile_list", reader, groups=_groups(place, words), repeats=repeats, code=place, gap=gap)
    if cards := _documents(place, words, files.folder()):
        show.html("profile_documents", reader, cards=cards, place=title(place, words), gap=gap)


@lru_cache(maxsize=KEPT)
def _key_numbers(place: str, words: Words) -> tuple[dict[str, str], ...]:
    return tuple(
        {
            "name": words("detail.separator").join(filter(None, (words.of(row, "name"), words.of(row, "scope")))),
            **_parted(row, words),
            "when": _when(row, words),
            "address": _proof(row["id"], words),
        }
        for row in records(key_numbers(tables(), place))
    )


def _parted(row: Row, words: Words) -> dict[str, str]:
    """Part a number from its unit, so that it can be written large; a stretch follows with its year, a range stays."""
    alone = {**row, "value_high": None} if row["bound"] == "at_least" else row
    text = numbers.qualified(alone, words)
    found = NUMERAL.match(text)
    return (
        {"number": found[1], "unit": found[2]}
        if found and numbers.missing(alone["value_high"])
        else {"number": text, "unit": ""}
    )


def _when(row: Row, words: Words) -> str:
    """Say a number's whole period and kind, and its stretch: 2021–2025 goal, hoping for 350 billion yuan."""
    head = words(f"head.{row['kind']}", year=row["period"].replace("/", "–"))
    if numbers.missing(row["value_high"]) or row["bound"] != "at_least":
        return head
    high = numbers.amount(row["value_high"], row["unit"], words, noun=False)
    return words("number.when-stretch", head=head, high=high)


def _proof(observation: str, words: Words) -> str:
    return link("data", View(lang=words.lang, observation=observation))


@lru_cache(maxsize=KEPT)
def _groups(place: str, words: Words) -> tuple[dict[str, Any], ...]:
    """Group what is stated of a place by theme, in each theme by kind; what carries a number comes first.

    Themes without a result or a goal come last.
    """
    rows = records(stated(tables(), place).sort_values("value", key=lambda value: value.isna(), kind="stable"))
    one = len({row["source"] for row in rows}) == 1
    groups = (_group(theme, [row for row in rows if row["theme"] == theme], words, one) for theme in THEMES)
    return tuple(sorted(filter(None, groups), key=lambda group: not group["told"]))


def _group(theme: str, rows: list[Row], words: Words, one_document: bool) -> dict[str, Any]:
    """Group the rows of one theme by kind, with how many there are; no rows make no group."""
    said = {kind: part for kind in KINDS if (part := [row for row in rows if row["kind"] == kind])}
    sizes = [words.count(f"profile.count.{kind}", len(part)) for kind, part in said.items()]
    parts = [
        {"name": words(f"kind.{kind}"), "rows": [_row(row, words, one_document) for row in part]}
        for kind, part in said.items()
    ]
    if not parts:
        return {}
    size = words("detail.separator").join(sizes)
    return {"name": words(f"theme.{theme}"), "size": size, "parts": parts, "told": bool({"result", "goal"} & set(said))}


def _row(row: Row, words: Words, one_document: bool) -> dict[str, str]:
    where = words("profile.paragraph", paragraph=row["paragraph"])
    if not one_document:
        source = record(tables().sources, row["source"])
        where = words("row.where", title=words.of(source, "title"), paragraph=row["paragraph"])
    head = words(f"head.{row['kind']}", year=row["period"].replace("/", "–"))
    return {
        "number": numbers.qualified(row, words),
        "name": words.of(row, "name"),
        "note": words.of(row, "note") if numbers.missing(row["value"]) else "",
        "remark": remarks(words).get(row["id"], ""),
        "detail": words("detail.separator").join(filter(None, (words.of(row, "scope"), head, where))),
        "address": _proof(row["id"], words),
    }


@lru_cache(maxsize=KEPT)
def _documents(place: str, words: Words, folder: Path | None) -> tuple[dict[str, Any], ...]:
    """Make a card for each document; `folder` is where they lie, whose paragraphs the proofs may quote."""
    rows = stated(tables(), place)
    return tuple(
        _document(source, list(rows.index[rows["source"] == source["id"]]), place, words)
        for source in records(documents(tables(), place))
    )


def _document(source: Row, ids: list[str], place: str, words: Words) -> dict[str, Any]:
    sizes = [(f"count.{name}", int(source[name])) for name in ("statements", "mentions")]
    date = words("sources.published", date=source["published"]) if source["published"] else words("proof.no-date")
    chosen = Selection(place=(place,), source=(source["id"],))
    return {
        "code": source["place"],
        "title": words.of(source, "title"),
        "issuer": words.of(source, "issuer") or words("proof.no-issuer"),
        "date": date,
        "size": words("detail.separator").join(words.count(key, number) for key, number in sizes if number),
        "address": link("data", View(lang=words.lang, selection=chosen)) if ids else "",
        "statements": len(ids),
        "proofs": [proof(code, words) for code in ids[: show.PROOFS]],
        "more": len(ids) - show.PROOFS,
    }
