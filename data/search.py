"""Words in, observations out: search in Chinese, pinyin and English over everything that names an observation.

The text searched is made once for a state of the tables; each word of a query must occur in it.
"""

import re
from functools import lru_cache

import pandas as pd

from data.load import Tables
from geo.load import places

LATIN = re.compile(r"[a-z0-9'-]+")
NAMES = ["name_zh", "name_en"]
OWN = ["id", "printed", "scope_zh", "scope_en", "note_zh", "note_en", "period"]


def find(tables: Tables, query: str) -> pd.Series:
    """Tell for each observation whether it holds every word of the query; an empty query finds all."""
    found = pd.Series(True, index=tables.observations.index)
    for word in query.casefold().replace("’", "'").split():
        hit = _texts(tables).str.contains(word, regex=False)
        if LATIN.fullmatch(word):
            hit |= _pinyin(tables).str.contains(word.replace("'", ""), regex=False)
        found &= hit
    return found


@lru_cache(maxsize=1)
def _texts(tables: Tables) -> pd.Series:
    rows = tables.observations
    parts = [rows[OWN], tables.indicators[NAMES].loc[rows["indicator"]], places()[NAMES].loc[rows["place"]]]
    joined = [part.agg("\n".join, axis=1).to_numpy() for part in parts]
    return pd.Series(
        ["\n".join(texts).casefold().replace("’", "'") for texts in zip(*joined, strict=True)], index=rows.index
    )


@lru_cache(maxsize=1)
def _pinyin(tables: Tables) -> pd.Series:
    """Spell what each observation measures, in full and by initials: diqushengchanzongzhi, dqsczz."""
    spelled = {name: spell(name) for name in tables.indicators["name_zh"]}
    names = tables.observations["indicator"].map(tables.indicators["name_zh"]).map(spelled)
    scopes = {scope: spell(scope) for scope in tables.observations["scope_zh"].unique()}
    towns = {code: spell(name) for code, name in places()["name_zh"].items()}
    return names + "\n" + tables.observations["scope_zh"].map(scopes) + "\n" + tables.observations["place"].map(towns)


def spell(text: str) -> str:
    """Spell a Chinese text in Latin letters, in full and by initials."""
    from pypinyin import lazy_pinyin  # its dictionaries are read when someone first searches in Latin letters

    syllables = lazy_pinyin(text)
    return "".join(syllables) + "\n" + "".join(syllable[:1] for syllable in syllables)
