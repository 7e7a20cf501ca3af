"""The fields of Guiyang's report: their names, the one the address chose, and their claims without a number."""

import pandas as pd

from components.figures.catalogue import CATALOGUE
from components.figures.ranks_2023 import RECORDS
from components.reader import Reader
from components.words import Words
from data.load import record, tables
from data.select import with_indicators

FIELDS = CATALOGUE["results-2023"].parameters["field"]
HEADLINES = ("gdp@guiyang@result", "gdp-growth@guiyang@result", "resident-population@guiyang@result")


def names(reader: Reader) -> dict[str, str]:
    """Name the fields in the reader's language, by code."""
    return {code: reader.words.of(record(tables().tasks, code), "name") for code in FIELDS}


def chosen(reader: Reader) -> str:
    """Return the field the address names, else the first."""
    return reader.view.field or FIELDS[0]


def without_number(field: str) -> pd.DataFrame:
    """Return what a field claims without a number: titles, firsts, records, things opened."""
    rows = with_indicators(tables())
    return rows[(rows["task"] == field) & (rows["kind"] == "result") & rows["value"].isna()]


def marked(rows: pd.DataFrame, words: Words) -> dict[str, str]:
    """Mark the claims that are a rank or a record, by their ids: neither is a number of something counted."""
    kinds = {"rank": rows["stat"] == "rank", "record": rows["indicator"].isin(RECORDS)}
    return {str(code): words(f"results.{kind}") for kind, found in kinds.items() for code in rows.index[found]}
