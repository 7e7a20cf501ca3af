"""Every goal in one list: a line each, and behind it what can be said of it, why no more, who answers for it, and where.

Level, distance and pace stand apart (data/judge.py); what cannot be said is said to be unknown, with its reason.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import pandas as pd

from components import controls, listing, numbers, show
from components.address import View, link
from components.figures.plotted import place_name
from components.reader import Reader
from components.remarks import against, difference, yearly
from components.words import Words
from data.judge import UNJUDGED
from data.load import Row, Tables, record, records, tables
from data.measures import disagreements
from data.rows import Numbers
from data.select import JUDGED, Selection, codes_of, counts, first_statements, positions
from data.verdicts import verdicts

PACED = ("on_pace", "behind_pace", "moving_away")
FILTERS = ("place", "theme", "due", "department", "bound")


@dataclass(frozen=True)
class Fact:
    """One line behind a goal: what it is about, what it says, and where that can be checked."""

    name: str
    text: str
    address: str = ""


@dataclass(frozen=True)
class Card:
    """One goal as the list shows it."""

    id: str
    number: str
    name: str
    scope: str
    place: str
    code: str
    due: str
    verdict: str
    said: str
    facts: tuple[Fact, ...]


def show_goals(reader: Reader) -> None:
    """Show the filters, how many goals have which verdict or reason, and the goals themselves."""
    goals = chosen(Selection())
    asked = controls.filters(reader, *FILTERS, elsewhere=(*JUDGED, "kind"), within=offered)
    for name, found_by_code in counted(asked).items():
        controls.pills(reader, name, found_by_code)
    found = chosen(asked)
    part, number, pages = listing.cut(reader, len(found))
    listing.beyond(reader, pages)
    cards = [card(str(code), reader.words) for code in tables().observations.index[found[part]]]
    show.html("goals", reader, cards=cards, total=len(found), every=len(goals))
    listing.pager(reader, "goals", number, pages)


def offered(name: str) -> frozenset[str]:
    """Return the codes of a filter that any goal has."""
    return _offered(tables(), name)


@lru_cache(maxsize=16)
def _offered(of: Tables, name: str) -> frozenset[str]:
    return frozenset(codes_of(of, chosen(Selection()), name))


def chosen(asked: Selection) -> Numbers:
    """Return where in the table stand the goals that a selection asks for, each once."""
    return first_statements(tables(), positions(tables(), replace(asked, kind=("goal",))))


def counted(asked: Selection) -> dict[str, dict[str, int]]:
    """Count the goals of a selection by verdict and by reason, each as if the filter itself were not set."""
    anyhow = replace(asked, reason=())
    parts = {"verdict": replace(anyhow, verdict=()), "reason": anyhow}
    return {name: counts(tables(), chosen(part), name) for name, part in parts.items()}


@lru_cache(maxsize=2048)
def card(id: str, words: Words) -> Card:
    """Make the card of a goal in the reader's language; made once, shared by all."""
    row = record(tables().observations, id)
    judged = record(verdicts(tables()), id)
    said = f"reason.{judged['reason']}" if judged["verdict"] == UNJUDGED else f"verdict.{judged['verdict']}"
    return Card(
        id=id,
        number=numbers.qualified(row, words),
        name=words.of(record(tables().indicators, row["indicator"]), "name"),
        scope=words.of(row, "scope"),
        place=place_name(row["place"], words),
        code=row["place"],
        due=numbers.period(row["period"], words),
        verdict=judged["verdict"].replace("_", "-"),
        said=words(said),
        facts=tuple(_facts(row, judged, words)),
    )


def _facts(row: Row, judged: Row, words: Words) -> Iterator[Fact]:
    if numbers.missing(row["value"]):
        yield Fact(words("goals.fact.reads"), words.of(row, "note"))
    yield from _judged(row, judged, words)
    yield from _held_against(row, judged, words)
    yield from _answerable(row, words)
    yield from _restated(row, words)
    yield from _contradicted(row, words)
    yield Fact(words("goals.fact.proof"), *_where(row, words))


def _judged(row: Row, judged: Row, words: Words) -> Iterator[Fact]:
    """Say the verdict or why there is none; then level, distance, what each year must add, and pace, each apart."""
    if judged["verdict"] == UNJUDGED:
        why = words("remark.reason", verdict=words(f"verdict.{UNJUDGED}"), reason=words(f"reason.{judged['reason']}"))
        yield Fact(words("goals.fact.verdict"), why)
        return
    yield Fact(words("goals.fact.verdict"), words(f"verdict.{judged['verdict']}"))
    yield Fact(words("goals.fact.level"), words("goals.level.met" if judged["met"] else "goals.level.short"))
    far = difference(abs(judged["distance"]), row["unit"], words)
    key = "exact" if judged["distance"] == 0 else "beyond" if judged["met"] else "short"
    yield Fact(words("goals.fact.distance"), words(f"goals.distance.{key}", amount=far))
    if not numbers.missing(judged["yearly"]):
        change = yearly(judged, row["unit"], words)
        yield Fact(words("goals.fact.yearly"), change[:1].upper() + change[1:])
    if not judged["met"]:
        pace = f"verdict.{judged['verdict']}" if judged["verdict"] in PACED else "goals.pace.none"
        yield Fact(words("goals.fact.pace"), words(pace))


def _held_against(row: Row, judged: Row, words: Words) -> Iterator[Fact]:
    """Name the result that stands nearest, how the goal differs from it, and what to mind about the two."""
    if judged["result"]:
        result = record(tables().observations, judged["result"])
        parts = [numbers.qualified(result, words, spoken=True), words("head.result", year=result["period"])]
        text = words("detail.separator").join(parts)
        if not numbers.missing(judged["change"]):
            text = words("remark.separator").join([text, against(judged, row["unit"], words)])
        key = "goals.fact.beside" if judged["comparable"] == "no" else "goals.fact.against"
        yield Fact(words(key), text, _proof(judged["result"], words))
    if note := words.of(judged, "note"):
        yield Fact(words("goals.fact.note"), note)


def _answerable(row: Row, words: Words) -> Iterator[Fact]:
    """Name the task a goal belongs to and the bodies that answer for it."""
    if not row["task"]:
        return
    yield Fact(words("goals.fact.task"), words.of(record(tables().tasks, row["task"]), "name"))
    own = _bodies(row)
    if own:
        yield Fact(words("goals.fact.departments"), _named(own, words))
    elsewhere = dict.fromkeys(code for again in _again(row["id"]) for code in _bodies(again) if code not in own)
    if elsewhere:
        yield Fact(words("goals.fact.departments-again"), _named(list(elsewhere), words))


def _bodies(row: Row) -> list[str]:
    return list(filter(None, record(tables().tasks, row["task"])["departments"].split(";"))) if row["task"] else []


def _named(departments: list[str], words: Words) -> str:
    return words.join([words.of(record(tables().departments, code), "name") for code in departments])


def _restated(row: Row, words: Words) -> Iterator[Fact]:
    """List where the documents state the goal again."""
    for again in _again(row["id"]):
        where, address = _where(again, words)
        said = words("remark.separator").join([numbers.qualified(again, words, spoken=True), where])
        yield Fact(words("goals.fact.again"), said, address)


def _contradicted(row: Row, words: Words) -> Iterator[Fact]:
    """Say in what a restatement differs, and what the curators recorded of it."""
    paragraphs: dict[tuple[str, str], list[str]] = {}
    for one in _grouped("disagreements", "first", row["id"]):
        again = record(tables().observations, one["again"])
        said_again = (words(f"column.{one['field']}"), _reads(again, one["field"], words))
        paragraphs.setdefault(said_again, []).append(str(again["paragraph"]))
    for (field, reads), found in paragraphs.items():
        said = {"field": field, "first": numbers.qualified(row, words, spoken=True), "again": reads}
        text = words("goals.contradiction", **said, paragraphs=words("credit.comma").join(found))
        yield Fact(words("goals.fact.contradiction"), text)
    for id in (row["id"], *(again["id"] for again in _again(row["id"]))):
        for one in _grouped("corrections", "observation", id):
            yield Fact(words("goals.fact.recorded"), words.of(one, "found"))


def _reads(row: Row, field: str, words: Words) -> str:
    """Write what a restatement says: its number, or its years where they are what differs."""
    return numbers.period(row["period"], words) if field == "period" else numbers.qualified(row, words, spoken=True)


def _again(id: str) -> list[Row]:
    return _grouped("observations", "repeats", id)


def _grouped(table: str, column: str, id: str) -> list[Row]:
    """Return the rows of a table whose column names an id."""
    at = _positions(table, column).get(id)
    return [] if at is None else records(_table(table).iloc[at])


@lru_cache(maxsize=3)
def _positions(table: str, column: str) -> dict[str, Numbers]:
    """Say for each id that a column names at which positions its rows stand."""
    found = _table(table).reset_index(drop=True).groupby(column).indices
    return {str(id): np.asarray(at) for id, at in found.items()}


def _table(name: str) -> pd.DataFrame:
    found: pd.DataFrame = disagreements(tables()) if name == "disagreements" else getattr(tables(), name)
    return found


def _where(row: Row, words: Words) -> tuple[str, str]:
    title = words.of(record(tables().sources, row["source"]), "title")
    return words("row.where", title=title, paragraph=row["paragraph"]), _proof(row["id"], words)


def _proof(id: str, words: Words) -> str:
    return link("data", View(lang=words.lang, observation=id))
