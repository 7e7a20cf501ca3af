"""CSV files in, checked tables out.

`tables()` reads every table of `data/tables/` once for the process, checks it (data/check.py) and shares the result:
the frames are read by all sessions and written by none.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import lru_cache
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any, Final
from weakref import ref

import pandas as pd
import pyarrow as pa

from data.faults import Fault, TableFaults

Row = dict[str, Any]
SEPARATORS = {";": "semicolons", "\t": "tabs"}
HEADER_LINES = 2  # row 0 of a frame is line 2 of its file
BATCH = 100_000  # lines that are texts of Python's own at one time
FOLDER = Path(__file__).parent / "tables"
KEPT: Final = 20_000  # rows of a table of which those asked for by key are kept as dictionaries
_RECORDS: Final[dict[int, tuple["ref[pd.DataFrame]", dict[str, "Row"]]]] = {}  # by the frame's identity

# Everything is read as text, so that a code such as 001 or NA stays what the editor wrote; only these are numbers.
NUMBERS = {
    "sources": ("paragraphs", "digit_runs"),
    "units": ("factor",),
    "observations": ("paragraph", "value", "value_high"),
    "excluded": ("paragraph", "nth"),
    "corrections": ("paragraph",),
    "tasks": ("paragraph",),
    "mentions": ("paragraph",),
}


@dataclass(frozen=True, eq=False)  # one object for the process: what is derived from it is cached by identity
class Tables:
    """The tables by name; every frame keeps its file's order and is indexed by `id` where it has one."""

    sources: pd.DataFrame
    indicators: pd.DataFrame
    units: pd.DataFrame
    observations: pd.DataFrame
    excluded: pd.DataFrame
    pairs: pd.DataFrame
    corrections: pd.DataFrame
    departments: pd.DataFrame
    tasks: pd.DataFrame
    mentions: pd.DataFrame
    terms: pd.DataFrame


NAMES = tuple(field.name for field in fields(Tables))


def read(folder: Path | None = None) -> dict[str, pd.DataFrame]:
    """Read the tables of `folder`, the project's own unless said, as text.

    Raises TableFaults that names every file and row that cannot be read.
    """
    frames, faults = {}, []
    for name in NAMES:
        try:
            frames[name] = read_text((folder or FOLDER) / f"{name}.csv")
        except TableFaults as found:
            faults += found.faults
    if faults:
        raise TableFaults(faults)
    return frames


def read_text(path: Path) -> pd.DataFrame:
    """Read one CSV as text: an empty cell is an empty text, Excel's byte order mark is accepted.

    Raises TableFaults where the file is not there, not UTF-8, empty, or has rows longer or shorter than its header.
    """
    try:
        with path.open(encoding="utf-8-sig") as file:
            return _table(path, csv.reader(file))
    except OSError as error:
        raise _unreadable(path, "cannot be opened", f"Put it back into its folder ({type(error).__name__})") from error
    except UnicodeDecodeError as error:
        raise _unreadable(path, "is not UTF-8 (GBK, perhaps)", "Save it as 'CSV UTF-8', not as plain CSV") from error


def _table(path: Path, lines: Iterator[list[str]]) -> pd.DataFrame:
    """Make a table of lines, batch by batch, so that a long one takes the room of its texts and not several times that."""
    if (header := next(lines, None)) is None:
        raise _unreadable(path, "is empty", "Restore it: every table has a header line")
    if len(header) == 1 and (found := next((mark for mark in SEPARATORS if mark in header[0]), "")):
        raise _unreadable(path, f"is separated by {SEPARATORS[found]}", "Save it with commas between the cells")
    parts, ragged, number = list[pd.DataFrame](), list[Fault](), HEADER_LINES
    while rows := list(islice(lines, BATCH)):
        ragged += [fault for at, row in enumerate(rows, start=number) for fault in _ragged(path, at, row, header)]
        number += len(rows)
        parts.append(pd.DataFrame([] if ragged else rows, columns=header, dtype=str))
    if ragged:
        raise TableFaults(ragged)
    return _joined(parts) if parts else pd.DataFrame([], columns=header, dtype=str)


def _joined(parts: list[pd.DataFrame]) -> pd.DataFrame:
    """Join the batches of a table; each column in one piece, for whoever takes a row of many pieces puts them together."""
    joined = pd.concat(parts, ignore_index=True)
    if len(parts) == 1 or not joined.columns.is_unique:
        return joined
    whole: pd.DataFrame = pa.Table.from_pandas(joined, preserve_index=False).combine_chunks().to_pandas()
    return whole


def _ragged(path: Path, number: int, row: list[str], header: list[str]) -> Iterator[Fault]:
    """Yield what is wrong with the shape of one row."""
    if not any(cell.strip() for cell in row):
        yield Fault(path.name, number, "", "", "is an empty row", "Delete it")
    elif len(row) < len(header):
        yield Fault(path.name, number, "", "", f"has {len(row)} cells, the header has {len(header)}",
                    "Cells are missing at the end: write the row again, a comma for each empty cell. "
                    "Put a text that holds a comma in double quotes, and close every quote")  # fmt: skip
    elif len(row) > len(header):
        yield Fault(path.name, number, "", "", f"has {len(row)} cells, the header has {len(header)}",
                    "Put a text that holds a comma in double quotes")  # fmt: skip


def _unreadable(path: Path, rule: str, way_out: str) -> TableFaults:
    return TableFaults([Fault(path.name, None, "", "", rule, way_out)])


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
    kept = _kept(frame)
    if (found := kept.get(key)) is None:
        row: Any = frame.loc[key]
        found = dict(zip(map(str, frame.columns), row.tolist(), strict=True))
        if len(frame) <= KEPT:
            kept[key] = found
    return dict(found)


def _kept(frame: pd.DataFrame) -> dict[str, Row]:
    """Return the rows of a frame that were asked for before; they go with the frame, which nobody writes to."""
    at = id(frame)
    owner, kept = _RECORDS.get(at, (None, {}))
    if owner is None or owner() is not frame:
        kept = {}
        _RECORDS[at] = (ref(frame, lambda _: _RECORDS.pop(at, None)), kept)
    return kept


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
        digest.update(path.name.encode() + b"\0")
        with path.open("rb") as file:
            while part := file.read(2**20):
                digest.update(part)
    return digest.hexdigest()[:10]
