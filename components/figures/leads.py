"""What a field or a place leads with: a sentence of its own, with numbers of the rows that are drawn.

The sentences stand in components/words/*/leads.po, as `lead.<Figure>.<code>`; the indicators they name in braces are the
choice of what leads. Where there is no sentence, or a number it names is not among the rows, nothing leads.
"""

from dataclasses import dataclass
from string import Formatter

import pandas as pd

from components import numbers
from components.figures.figure import Brief
from components.words import Words
from data.load import Row, records

YEAR = "year"


@dataclass(frozen=True)
class Lead:
    """The sentence, and the ids of the observations whose numbers stand in it."""

    finding: str
    observations: frozenset[str]


@dataclass(frozen=True)
class Stated:
    """A number as the sentence writes it: {code} with what is counted, {code:bare} where the sentence says that itself."""

    row: Row
    words: Words

    def __format__(self, spec: str) -> str:
        """Write the number with its bound in words, as running text does."""
        if not spec:
            return numbers.qualified(self.row, self.words, spoken=True)
        text = numbers.amount(self.row["value"], self.row["unit"], self.words, noun=False)
        return numbers.bounded(text, self.row["bound"], self.words, spoken=True)


def lead(brief: Brief, rows: pd.DataFrame, year: str) -> Lead | None:
    """Return what the Figure of these rows leads with, None where nothing does."""
    words, code = brief.words, "-".join(brief.parameters.values())
    try:
        sentence = words(f"lead.{brief.id}.{code}")
    except KeyError:
        return None
    named = {name for _, name, _, _ in Formatter().parse(sentence) if name} - {YEAR}
    # What is of the whole place comes before what is of a part of it.
    ordered = rows[rows["indicator"].isin(named)].sort_values("scope_zh", kind="stable")
    found = {row["indicator"]: row for row in records(ordered.drop_duplicates("indicator"))}
    if named - set(found):
        return None
    stated = {name: Stated(row, words) for name, row in found.items()}
    finding = words(f"lead.{brief.id}.{code}", **stated, **{YEAR: year})
    return Lead(finding, frozenset(row["id"] for row in found.values()))
