"""More of the same: the project's tables once, 10, 100 or 1000 times over, from a seed.

The first set of documents is the real one. Every further set is those documents again, of other places of the same level
(of an area that is no county another county, for there are only two): as many rows of each indicator, kind, bound, period,
unit and paragraph; other digits of the same length, the same ones throughout a set, so that what restates still agrees;
other texts of the same length and signs. All codes are valid, so that the tables pass the project's own checks.

`python -m tests.growth.generate FOLDER ROWS` writes such tables for a look.
"""

import csv
import random
import sys
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from shutil import copyfile
from typing import Final

from data.load import FOLDER, NAMES, Row, read, records
from geo.load import places

SEED: Final = 20260101
OWN: Final = {  # columns that name rows of a set's own: they get the set's number
    "sources": ("id",),
    "observations": ("id", "source", "repeats", "task"),
    "excluded": ("source",),
    "pairs": ("goal", "result"),
    "corrections": ("id", "source", "observation"),
    "tasks": ("id", "source", "parent"),
    "mentions": ("id", "source"),
}
NUMBERS: Final = {"observations": ("printed", "value"), "excluded": ("digits",)}
PLACED: Final = ("sources", "observations", "mentions")
TEXTS: Final = {
    "observations": ("scope_zh", "scope_en", "note_zh", "note_en"),
    "pairs": ("note_zh", "note_en"),
    "mentions": ("label_zh", "label_en", "note_zh", "note_en"),
}


def write(folder: Path, rows: int, seed: int = SEED) -> Path:
    """Write tables with so many observations (as many as there are, or more) into a folder; return it."""
    folder.mkdir(parents=True, exist_ok=True)
    tables = read()
    real = {name: records(frame) for name, frame in tables.items()}
    left_out = _left_out(real, rows)
    sets = -(-rows // len(real["observations"]))
    for name in NAMES:
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(tables[name])
            for number in range(sets if name in OWN else 1):
                skipped = left_out if number == sets - 1 and name == "observations" else set()
                writer.writerows(
                    row.values() for row in _set(name, real[name], number, seed) if row.get("id") not in skipped
                )
    copyfile(FOLDER / "datapackage.json", folder / "datapackage.json")
    return folder


def _left_out(real: dict[str, list[Row]], rows: int) -> set[str]:
    """Choose which observations the last set does without, so that there are exactly so many: none that others name."""
    named = {row[name] for row in real["pairs"] for name in ("goal", "result")}
    named |= {row["repeats"] for row in real["observations"]} | {row["observation"] for row in real["corrections"]}
    sets = -(-rows // len(real["observations"]))
    spare = [row["id"] for row in real["observations"] if row["id"] not in named]
    too_many = sets * len(real["observations"]) - rows
    if sets < 1 or too_many > len(spare):
        raise ValueError(f"{rows} observations cannot be made: at most {len(spare)} of a set can be left out")
    return {f"{id}{_mark(sets - 1)}" for id in spare[:too_many]}


def _mark(number: int) -> str:
    return f"-x{number}" if number else ""


def _set(name: str, rows: list[Row], number: int, seed: int) -> Iterator[Row]:
    """Make one set's rows of a table; set 0 is the real one."""
    if not number:
        yield from rows
        return
    chance = random.Random(f"{seed} {number} {name}")  # noqa: S311 (repeatable, not secret)
    digits, elsewhere = _digits(seed, number), _elsewhere(seed, number)
    texts: dict[str, str] = {}
    changes: list[tuple[str, Callable[[str], str]]] = [(column, _marked(number)) for column in OWN[name]]
    changes += [(column, lambda text: text.translate(digits)) for column in NUMBERS.get(name, ())]
    changes += [("place", elsewhere.__getitem__)] if name in PLACED else []
    changes += [(column, lambda text: _shuffled(text, texts, chance)) for column in TEXTS.get(name, ())]
    for row in rows:
        kept = NUMBERS.get(name, ()) if row.get("value_high") else ()  # the upper number must stay the upper one
        yield row | {column: change(row[column]) for column, change in changes if column not in kept}


def _marked(number: int) -> Callable[[str], str]:
    return lambda code: f"{code}{_mark(number)}" if code else code


def _digits(seed: int, number: int) -> dict[int, int]:
    """Say which digit becomes which in a set; 0 stays, so that no number grows a leading one."""
    signs = list("123456789")
    random.Random(f"{seed} {number} digits").shuffle(signs)  # noqa: S311 (repeatable, not secret)
    return str.maketrans("123456789", "".join(signs))


def _elsewhere(seed: int, number: int) -> dict[str, str]:
    """Say which place becomes which in a set: one that the real documents are not of, so that these stay as they read."""
    chance = random.Random(f"{seed} {number} places")  # noqa: S311 (repeatable, not secret)
    found = dict(_own_places())
    for levels in (("prefecture",), ("county", "area")):
        every = [str(code) for code in places().index[places()["level"].isin(levels)]]
        mine = [code for code in every if code in found]
        others = [code for code in every if code not in found]
        found |= dict(zip(mine, chance.sample(others, len(mine)), strict=True))
    return found


@lru_cache(maxsize=1)
def _own_places() -> dict[str, str]:
    """Return the places of the real tables, each as itself."""
    tables = read()
    return {code: code for name in PLACED for code in tables[name]["place"]}


def _shuffled(text: str, known: dict[str, str], chance: random.Random) -> str:
    """Put the words, or the Chinese signs, of a text in another order, its ends kept; the same text alike in a set."""
    if text not in known:
        between = " " if " " in text else ""
        parts = text.split(" ") if between else list(text)
        middle = parts[1:-1]
        chance.shuffle(middle)
        known[text] = between.join([*parts[:1], *middle, *parts[1:][-1:]])
    return known[text]


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]))
