"""The meaning of every column, read from the schemas: for docs, workbooks, the data package and the pages alike."""

from functools import lru_cache
from typing import Any

import pandas as pd


@lru_cache(maxsize=1)
def columns() -> pd.DataFrame:
    """List every column of every table. Columns: table, column, meaning_zh, meaning_en, choices (codes, if closed)."""
    from data.schema import SCHEMAS  # pandera is heavy: imported when someone asks what a column means

    return pd.DataFrame(
        [
            {
                "table": table,
                "column": name,
                "meaning_zh": column.title,
                "meaning_en": column.description,
                "choices": _choices(column),
            }
            for table, schema in SCHEMAS.items()
            for name, column in schema.columns.items()
        ]
    )


def of(table: str) -> pd.DataFrame:
    """Return the columns of one table."""
    every = columns()
    return every[every["table"] == table].reset_index(drop=True)


def _choices(column: Any) -> str:
    return ", ".join((column.metadata or {}).get("choices", ()))


def meanings(table: str, lang: str) -> list[tuple[str, str]]:
    """Return a table's columns with their meaning in one language."""
    found = of(table)
    return list(zip(found["column"], found[f"meaning_{lang}"], strict=True))
