"""CSV files in, checked tables out.

`tables()` reads every table of `data/tables/` once for the process, checks it (data/check.py) and shares the result:
the frames are read by all sessions and written by none.
"""

from dataclasses import dataclass, fields
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import pandas as pd

Row = dict[str, Any]
FOLDER = Path(__file__).parent / "tables"

# Everything is read as text, so that a code such as 001 or NA stays what the editor wrote; only these are numbers.
NUMBERS = {
    "sources": ("paragraphs", "digit_runs"),
    "units": ("factor",),
    "observations": ("paragraph", "value", "value_high"),
    "excluded": ("paragraph", "nth"),
    "corrections": ("paragraph",),
}


@dataclass(frozen=True)
class Tables:
    """The tables by name; every frame keeps its file's order and is indexed by `id` where it has one."""

    sources: pd.DataFrame
    indicators: pd.DataFrame
    units: pd.DataFrame
    observations: pd.DataFrame
    excluded: pd.DataFrame
    pairs: pd.DataFrame
    corrections: pd.DataFrame


NAMES = tuple(field.name for field in fields(Tables))


def read(folder: Path = FOLDER) -> dict[str, pd.DataFrame]:
    """Read the tables of `folder` as text, unchecked; a missing file raises FileNotFoundError that names it."""
    return {name: read_text(folder / f"{name}.csv") for name in NAMES}


def read_text(path: Path) -> pd.DataFrame:
    """Read one CSV as text. Excel's byte order mark is accepted; an empty cell is an empty text."""
    return pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")


def typed(frames: dict[str, pd.DataFrame]) -> Tables:
    """Give checked text frames their numbers and their index."""
    return Tables(**{name: _typed(name, frame) for name, frame in frames.items()})


def _typed(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    numbers = {column: pd.to_numeric(frame[column]) for column in NUMBERS.get(name, ())}
    frame = frame.assign(**numbers)
    key = {"units": "unit"}.get(name, "id")
    return frame.set_index(key, drop=False) if key in frame else frame


def record(frame: pd.DataFrame, key: str) -> Row:
    """Return one row of an indexed table by its key, as a plain dictionary; an unknown key raises KeyError."""
    return {str(name): value for name, value in frame.loc[key].items()}


def records(frame: pd.DataFrame) -> list[Row]:
    """Return a table's rows as plain dictionaries, in order."""
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]


@lru_cache(maxsize=1)
def tables() -> Tables:
    """Load and check the project's own tables; raises data.check.TableFaults with every fault."""
    from data.check import raise_faults  # pandera is heavy: imported when there is something to check

    frames = read()
    raise_faults(frames)
    return typed(frames)


@lru_cache(maxsize=1)
def version() -> str:
    """Name the state of the data: the first 10 hex digits of the SHA-256 over all tables."""
    digest = sha256()
    for path in sorted(FOLDER.glob("*.csv")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:10]
