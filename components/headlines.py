"""A row of headline numbers, each with its place, measure, year and kind, and a link to its proof."""

from functools import lru_cache
from typing import NamedTuple

from components import numbers, show
from components.address import View, link
from components.figures.plotted import place_name
from components.figures.years import INFERRED
from components.prose import observation
from components.reader import Reader
from components.words import Words
from data.load import Row, Tables, tables


class Card(NamedTuple):
    """A number as the row shows it."""

    number: str
    name: str
    place: str
    when: str
    code: str
    address: str


def show_row(reader: Reader, codes: tuple[str, ...]) -> None:
    """Show the observations that codes name (components/prose.py says how) as large numbers."""
    show.html("headlines", reader, cards=tuple(_card(tables(), code, reader.words) for code in codes))


@lru_cache(maxsize=64)
def _card(_: Tables, code: str, words: Words) -> Card:
    row = observation(code)
    said = when(row, words)
    return Card(
        number=numbers.qualified({**row, "value_high": None}, words),
        name=words.of(row, "name"),
        place=words("detail.separator").join(
            filter(None, (place_name(row["place"], words, short=False), words.of(row, "scope")))
        ),
        when=words("period.inferred", period=said) if row["period_basis"] == INFERRED else said,
        code=row["place"],
        address=link("data", View(lang=words.lang, observation=row["id"])),
    )


def when(row: Row, words: Words) -> str:
    """Say a number's whole period and its kind: a total of five years is no year's."""
    if "/" not in row["period"]:
        return numbers.when(row, words)
    return words(f"head.{row['kind']}", year=row["period"].replace("/", "–"))
