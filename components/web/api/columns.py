"""What a column of an answer holds: its name, type, meaning in both languages, codes, and what it points at.

Columns of the tables are read from the schemas; those that only an answer has are explained by the words.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import pandas as pd

from components.words import LANGUAGES, Words, words
from data import dictionary
from data.check import LINKS
from data.load import NUMBERS, records
from data.package import WHOLE

LISTS: Final = {
    "tasks": ("departments",),
    "departments": ("variants",),
    "terms": ("paragraphs",),
}  # joined by semicolons
JOINT: Final = ";"


@dataclass(frozen=True)
class Column:
    """One column of a resource; `target` is the resource whose ids it holds, `required` says it is never null."""

    name: str
    type: str
    meaning: dict[str, str]
    choices: tuple[str, ...] = ()
    target: str = ""
    required: bool = False

    def schema(self, lang: str) -> dict[str, Any]:
        """Describe the column as JSON Schema, in one language."""
        kinds: dict[str, Any] = {"type": self.type if self.required else [self.type, "null"]}
        if self.choices:
            kinds["enum"] = [*self.choices] if self.required else [*self.choices, None]
        if self.type == "array":
            kinds["items"] = {"type": "string"}
        return {**kinds, "description": self.meaning[lang]}


def own(name: str, type: str = "string", required: bool = False, **more: Any) -> Column:
    """Make a column that no table has; the words explain it."""
    return Column(name, type, {lang: _said(words(lang), name) for lang in LANGUAGES}, required=required, **more)


def both(name: str, required: bool = True) -> list[Column]:
    """Make a column of words, once for each language."""
    return [
        Column(f"{name}_{of}", "string", {lang: _said(words(lang), name, of) for lang in LANGUAGES}, required=required)
        for of in LANGUAGES
    ]


def _said(speech: Words, name: str, of: str = "") -> str:
    meaning = speech(f"api.column.{name}")
    return speech(f"api.in.{of}", meaning=meaning) if of else meaning


@lru_cache(maxsize=32)
def of_table(table: str) -> tuple[Column, ...]:
    """Return the columns of a table as its schema has them."""
    targets = {column: to for named, column, to in LINKS if named == table}
    return tuple(_column(table, row, targets.get(row["column"], "")) for row in records(dictionary.of(table)))


def _column(table: str, row: dict[str, Any], target: str) -> Column:
    name = row["column"]
    kind = "array" if name in LISTS.get(table, ()) else "string"
    if name in NUMBERS.get(table, ()):
        kind = "integer" if name in WHOLE else "number"
    return Column(
        name,
        kind,
        {lang: row[f"meaning_{lang}"] for lang in LANGUAGES},
        tuple(row["choices"].split(", ")) if row["choices"] else (),
        target,
        _filled(table, name),
    )


def _filled(table: str, name: str) -> bool:
    """Ask the schema itself whether a cell of the column may be empty."""
    from data.schema import SCHEMAS

    blank = pd.Series([""])
    return not all(check(blank).check_passed for check in SCHEMAS[table].columns[name].checks)
