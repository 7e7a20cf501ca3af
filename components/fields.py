"""The fields of Guiyang's report: their names, the one the address chose, and their claims without a number."""

import pandas as pd

from components.figures.catalogue import CATALOGUE
from components.reader import Reader
from data.load import record, tables
from data.select import with_indicators

FIELDS = CATALOGUE["results-2023"].parameters["field"]


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
