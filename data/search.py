"""Words in, observations out: search in Chinese, pinyin and English over everything that names an observation.

Each word of a query must occur in one of the texts that name an observation. A text that stands in many rows is looked at
once: of every column the distinct texts are kept, made once for a state of the tables, and for each row the number of its
text. So a million rows are searched in a fraction of a second (docs/decisions/0009).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from data.load import Tables
from data.rows import numbers_of
from geo.load import places

LATIN = re.compile(r"[a-z0-9'-]+")
NAMES = ["name_zh", "name_en"]
OWN = ["id", "printed", "scope_zh", "scope_en", "note_zh", "note_en", "period"]
FEW = 4  # where rows are left of fewer than one in so many texts, these alone are looked at
Truths = np.ndarray[Any, np.dtype[np.bool_]]
Rows = np.ndarray[Any, np.dtype[np.intp]] | slice  # positions; slice(None): all


@dataclass(frozen=True, eq=False)
class Part:
    """One column of texts: the distinct ones, which of them each row has, and every sign that occurs in any."""

    texts: Any  # pyarrow.Array
    numbers: np.ndarray[Any, np.dtype[np.int32]]
    signs: frozenset[str]

    def holds(self, word: str, rows: Rows) -> Truths | None:
        """Tell for each of some rows whether its text holds a word; None where none does."""
        if not self.signs.issuperset(word):
            return None
        numbers = self.numbers[rows]
        if few := len(numbers) * FEW < len(self.texts):
            hits = pc.match_substring(self.texts.take(numbers), word)
        else:
            hits = pc.match_substring(self.texts, word)
        held: Truths = hits.to_numpy(zero_copy_only=False)
        return None if not held.any() else held if few else held[numbers]


def find(tables: Tables, query: str) -> pd.Series:
    """Tell for each observation whether it holds every word of the query; an empty query finds all."""
    return pd.Series(found(tables, query), index=tables.observations.index)


def found(tables: Tables, query: str) -> Truths:
    """Tell the same by position."""
    left: Rows = slice(None)
    for word in sorted(query.casefold().replace("’", "'").split(), key=_commonness):
        held = _holds(tables, word, left)
        left = np.flatnonzero(held) if isinstance(left, slice) else left[held]
    hits = np.zeros(len(tables.observations), bool)
    hits[left] = True
    return hits


def _commonness(word: str) -> tuple[bool, int]:
    """Guess which word fewer rows hold, so that the others are looked for in these alone: not a year, and a long one."""
    return word.isdigit(), -len(word)


def _holds(tables: Tables, word: str, rows: Rows) -> Truths:
    asked = [(part, word) for part in _texts(tables)]
    if LATIN.fullmatch(word):
        asked += [(part, word.replace("'", "")) for part in _pinyin(tables)]
    hits = np.zeros(len(tables.observations) if isinstance(rows, slice) else len(rows), bool)
    for part, text in asked:
        if (held := part.holds(text, rows)) is not None:
            hits |= held
    return hits


@lru_cache(maxsize=1)
def _texts(tables: Tables) -> tuple[Part, ...]:
    rows = tables.observations
    found: list[tuple[Iterable[str], np.ndarray[Any, Any]]] = [pd.factorize(rows[column])[::-1] for column in OWN]
    for table, codes in ((tables.indicators, rows["indicator"]), (places(), rows["place"])):
        found += [(table[name], numbers_of(table, codes)) for name in NAMES]
    return tuple(_part((text.casefold().replace("’", "'") for text in texts), numbers) for texts, numbers in found)


@lru_cache(maxsize=1)
def _pinyin(tables: Tables) -> tuple[Part, ...]:
    """Spell what each observation measures, in full and by initials: diqushengchanzongzhi, dqsczz."""
    rows = tables.observations
    scopes, texts = pd.factorize(rows["scope_zh"])
    return (
        _part(map(spell, tables.indicators["name_zh"]), numbers_of(tables.indicators, rows["indicator"])),
        _part(map(spell, texts), scopes),
        _part(map(spell, places()["name_zh"]), numbers_of(places(), rows["place"])),
    )


def _part(texts: Iterable[str], numbers: np.ndarray[Any, Any]) -> Part:
    kept = list(texts)
    return Part(pa.array(kept, pa.large_string()), numbers.astype(np.int32), frozenset().union(*kept))


def spell(text: str) -> str:
    """Spell a Chinese text in Latin letters, in full and by initials."""
    from pypinyin import lazy_pinyin  # its dictionaries are read when someone first searches in Latin letters

    syllables = lazy_pinyin(text)
    return "".join(syllables) + "\n" + "".join(syllable[:1] for syllable in syllables)
