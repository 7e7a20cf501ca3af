"""Running text with numbers in it: every {code} becomes the number of an observation, qualifier and all."""

import re

from components import numbers
from components.words import Words
from data.load import Row, records, tables
from data.select import statements

CODE = re.compile(r"\{([a-z0-9@-]+)\}")


def observation(code: str) -> Row:
    """Find the observation a code names: indicator@place, the result first; or indicator@place@kind.

    Raises KeyError that names the code where the tables hold no such number.
    """
    indicator, place, *kind = code.split("@")
    rows = statements(tables(), indicator, place=place, kind=kind[0] if kind else "")
    if rows.empty:
        raise KeyError(f"the story names {code!r}, but the tables hold no such number")
    return records(rows.sort_values("kind", ascending=False, kind="stable"))[0]  # result before goal


def fill(text: str, words: Words) -> str:
    """Put the numbers into a text."""
    return CODE.sub(lambda match: numbers.qualified(observation(match[1]), words, spoken=True), text)
