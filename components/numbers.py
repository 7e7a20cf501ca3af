"""Numbers in the reader's language, never without their qualifier.

Chinese keeps the printed unit (5154.75亿元); English turns 亿 and 万 into billions and millions (515.475 billion yuan).
"""

import re
from decimal import Decimal

from components.words import Words
from data.load import Row, record, tables

LARGE = ((Decimal("1e9"), "billion"), (Decimal("1e6"), "million"))
SIZE = re.compile(r"^(10 thousand|100 million) ")  # how the name of a unit such as 万人次 begins
PLACE = "位"  # as the unit of a rank it is written before the number: no. 1
ATTACHED = ("share",)  # 58%: no space before the unit


def missing(value: float | None) -> bool:
    """Tell whether a cell holds no number; missing is never zero."""
    return value is None or value != value


def plain(value: float) -> str:
    """Write a number exactly as it was printed, with grouping left to the caller: 5154.75, 6, 0.5."""
    return format(Decimal(str(value)).normalize(), "f")


def amount(value: float, unit: str, words: Words, noun: bool = True) -> str:
    """Write a value with its unit in the reader's language; `unit` as in units.csv ('1' for none).

    Without `noun` English leaves out what is counted, where it has just been said: 35 billion.
    """
    if words.lang == "zh":
        return plain(value) + ("" if unit == "1" else unit)
    row = record(tables().units, unit)
    number = Decimal(str(value)) * Decimal(str(row["factor"]))
    if row["dimension"] in ATTACHED:
        return f"{number:,f}{row['base_en']}".replace(".0%", "%")
    counted = _noun(row["base_en"], number) if noun else ""
    return " ".join(filter(None, (_scaled(number), counted)))


def _scaled(number: Decimal) -> str:
    for size, name in LARGE:
        if abs(number) >= size:
            return f"{(number / size).normalize():,f} {name}"
    return f"{number.normalize():,f}"


def _noun(base: str, number: Decimal) -> str:
    """Choose between 'day|days': singular before the pipe, plural behind it."""
    one, _, many = base.partition("|")
    return one if number == 1 or not many else many


def qualified(row: Row, words: Words, spoken: bool = False) -> str:
    """Write an observation's number with its bound, and its stretch after it.

    `spoken` writes the bound as words (at least 58%) for running and read-aloud text; else as signs (≥58%).
    A row without a number gives the words for that.
    """
    if missing(row["value"]):
        return words("number.none")
    if row["unit"] == PLACE and tables().indicators.at[row["indicator"], "stat"] == "rank":
        return words(f"rank.{row['bound']}", n=plain(row["value"]))
    text = bounded(amount(row["value"], row["unit"], words), row["bound"], words, spoken)
    if missing(row["value_high"]):
        return text
    high = amount(row["value_high"], row["unit"], words, noun=False)
    key = "number.stretch" if row["bound"] == "at_least" else "number.range"
    return words(key, low=text, high=high)


def bounded(text: str, bound: str, words: Words, spoken: bool = False) -> str:
    """Put a bound before a number's text, as a sign or in words."""
    return words(f"bound.{'spoken' if spoken else 'sign'}.{bound}", number=text)


def period(text: str, words: Words) -> str:
    """Write a period: 2023年, 2021–2025; in English 2023, 2021–2025."""
    first, _, last = text.partition("/")
    return words("period.interval", first=first, last=last) if last else words("period.year", year=first)


def unit_name(unit: str, words: Words) -> str:
    """Name a unit as the subtitle of a chart does, in the reader's language: 亿元; yuan."""
    if unit == "1":
        return words("unit.none")
    if words.lang == "zh":
        return unit
    row = record(tables().units, unit)
    return str(row["base_en"].split("|")[-1] or SIZE.sub("", row["name_en"]))


def when(row: Row, words: Words) -> str:
    """Say a number's year and kind, and its stretch where the number is written without: 2025 goal, hoping for 35."""
    head = words(f"head.{row['kind']}", year=row["period"][-4:])
    if missing(row["value_high"]):
        return head
    return words("number.when-stretch", head=head, high=amount(row["value_high"], row["unit"], words, noun=False))
