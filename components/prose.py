"""Running text with numbers in it: every {code} becomes a number of the tables, qualifier and all.

{indicator@place} or {indicator@place@kind} stands for what a document states, {#name} or {#name@place} for a count,
{##name} for a count in words, {#newest-year} for the year of the newest result.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final

import pandas as pd

from components import numbers
from components.words import FOLDER, Words
from data.load import Row, Tables, records, tables, version
from data.measures import newest_result
from data.select import statements
from data.story import story
from data.verdicts import verdicts
from geo import notice

NEWEST: Final = "newest-year"
CODE = re.compile(r"\{(#{0,2}[a-z0-9@-]+)\}")


def observation(code: str) -> Row:
    """Find the observation a code names: indicator@place, the result first; or indicator@place@kind.

    Raises KeyError that names the code where the tables hold no such number.
    """
    return dict(_observation(tables(), code))


@lru_cache(maxsize=512)
def _observation(found: Tables, code: str) -> Row:
    indicator, place, *kind = code.split("@")
    rows = statements(found, indicator, place=place, kind=kind[0] if kind else "")
    if rows.empty:
        raise KeyError(f"the story names {code!r}, but the tables hold no such number")
    return records(rows.sort_values("kind", ascending=False, kind="stable"))[0]  # result before goal


def _first_goals(found: Tables) -> pd.DataFrame:
    rows = found.observations
    return rows[(rows["kind"] == "goal") & (rows["repeats"] == "")]


def _unjudged(found: Tables) -> pd.DataFrame:
    judged = verdicts(found)
    return found.observations.loc[judged.index[judged["verdict"] == "cannot_judge"]]


COUNTS: Final[dict[str, Callable[[Tables], pd.DataFrame]]] = {
    "documents": lambda found: found.sources,
    "undated": lambda found: found.sources[(found.sources["given"] == "") & (found.sources["published"] == "")],
    "places": lambda found: found.sources.drop_duplicates("place"),
    "statements": lambda found: found.observations,
    "goals": _first_goals,
    "goals-without-number": lambda found: _first_goals(found).query("value.isna()"),
    "unjudged": _unjudged,
    "set-aside": lambda found: found.excluded,
    "contradictions": lambda found: found.corrections,
}


def count(code: str) -> int:
    """Count what a code names: #goals, or #goals@wudang (or say #newest-year); an unknown name raises KeyError."""
    return _count(tables(), code)


@lru_cache(maxsize=256)
def _count(found: Tables, code: str) -> int:
    name, _, place = code.lstrip("#").partition("@")
    if name == NEWEST:
        return newest_result(found)
    rows = COUNTS[name](found)
    return int((rows["place"] == place).sum()) if place else len(rows)


def fill(text: str, words: Words) -> str:
    """Put the numbers into a text."""
    return _filled(tables(), text, words)


@lru_cache(maxsize=512)
def _filled(_: Tables, text: str, words: Words) -> str:
    return CODE.sub(lambda match: _written(match[1], words), text)


def _written(code: str, words: Words) -> str:
    if code.startswith("##"):
        return words.number_word(count(code))
    return f"{count(code)}" if code.startswith("#") else numbers.qualified(observation(code), words, spoken=True)


def story_title(words: Words) -> str:
    """Return the title of the story, in which documents and places are counted."""
    return fill(words.of(vars(story()), "title"), words)


def about(words: Words) -> str:
    """Return what the product says of itself, as Markdown: method, limits, boundaries, licences, version of the data."""
    boundaries = notice.ATTRIBUTION_ZH if words.lang == "zh" else notice.ATTRIBUTION_EN
    text = (FOLDER / f"about.{words.lang}.md").read_text(encoding="utf-8")
    return fill(text.replace("{boundaries}", boundaries).replace("{version}", version()), words)
