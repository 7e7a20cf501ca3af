"""What many rows ask of the product: its tables once, 10, 100, 1000 times over, and a million observations.

Every size is measured in a process of its own (tests/growth/measure.py), so that its memory is its own. The last tables say
how time and memory grow from one size to the next: an exponent of 1 is in proportion, above LINEAR worse than that.
"""

import json
import subprocess
import sys
import tempfile
from itertools import pairwise
from math import log
from pathlib import Path
from time import perf_counter
from typing import Final

from data.load import FOLDER, read
from tests.bench.__main__ import show
from tests.browser.serve import ROOT
from tests.growth.generate import write

Found = dict[str, float | str]
MILLION: Final = 1_000_000
AIM: Final = 0.3  # seconds, at a million observations
AIMED: Final = ("search", "filter")
LINEAR: Final = 1.2
TOO_SHORT: Final = 0.02  # seconds: below, what is measured is the start of things, not the rows
BYTES: Final = ("memory", "memory, used", "peak")


def main(quick: bool) -> None:
    """Measure every size and print what was found, what grows too fast and what misses its aim."""
    real = len(read()["observations"])
    sizes = [real, real * 10, real * 100] if quick else [real, real * 10, real * 100, real * 1000, MILLION]
    with tempfile.TemporaryDirectory() as folder:
        found = {rows: measured(Path(folder) / str(rows), rows, rows != real, _left_out(rows, quick)) for rows in sizes}
    head = ("rows", *(f"{rows:,}" for rows in sizes))
    names = list(dict.fromkeys(name for row in found.values() for name in row))
    show("Seconds (the slowest way, warm; 'first': the first in a process) and MB", head,
         [(name, *(_said(name, found[rows].get(name, "–")) for rows in sizes)) for name in names])  # fmt: skip
    grown = [(name, *_exponents(name, found)) for name in names]
    show("Growth from the size before: 1 is in proportion", head, [(name, "", *powers) for name, *powers in grown])
    for line in verdicts(found):
        print(line)


def _left_out(rows: int, quick: bool) -> list[str]:
    """Say what is not measured: the start when in a hurry, of a million rows all that draws."""
    return ["--tables"] if rows == MILLION else ["--unstarted"] if quick else []


def measured(folder: Path, rows: int, made: bool, left_out: list[str]) -> Found:
    """Make the tables of a size and measure them in a process of their own."""
    began = perf_counter()
    if made:
        write(folder, rows)
    written = perf_counter() - began
    command = [sys.executable, "-m", "tests.growth.measure", str(folder if made else FOLDER)]
    done = subprocess.run([*command, *left_out], cwd=ROOT, capture_output=True, text=True, check=False)
    print(f"  {rows:,} rows: made in {written:.0f} s, measured in {perf_counter() - began - written:.0f} s", flush=True)
    if done.returncode:
        return {"load": (done.stderr.splitlines() or [f"exit code {done.returncode}"])[-1][:40]}
    found: Found = json.loads(done.stdout.splitlines()[-1])
    return found


def exponents(name: str, found: dict[int, Found]) -> list[float | None]:
    """Return for each size but the first how a measure grew: the slope between two sizes, both as logarithms."""
    sizes, powers = list(found), list[float | None]()
    for before, after in pairwise(sizes):
        one, other = found[before].get(name), found[after].get(name)
        if isinstance(one, str) or isinstance(other, str) or one is None or other is None or one <= 0:
            powers.append(None)
        else:
            powers.append(log(max(other, 1e-9) / one) / log(after / before))
    return powers


def _exponents(name: str, found: dict[int, Found]) -> list[str]:
    return ["–" if power is None else f"{power:.2f}" for power in exponents(name, found)]


def verdicts(found: dict[int, Found]) -> list[str]:
    """Name what grows worse than in proportion where it takes time at all, and what misses its aim."""
    lines, sizes = [], list(found)
    for name in dict.fromkeys(name for row in found.values() for name in row):
        for power, after in zip(exponents(name, found), sizes[1:], strict=True):
            took = found[after].get(name)
            if power is not None and power > LINEAR and isinstance(took, float) and took > TOO_SHORT:
                lines.append(f"WORSE THAN LINEAR: {name} grows with exponent {power:.2f} up to {after:,} rows")
    for name in AIMED:
        took = found[sizes[-1]].get(name)
        met = isinstance(took, float) and took < AIM
        lines.append(
            f"{name}: {_said(name, took or '–')} s at {sizes[-1]:,} rows, aim {AIM} s: {'met' if met else 'NOT MET'}"
        )
    return lines


def _said(name: str, value: float | str) -> str:
    if isinstance(value, str):
        return value
    return f"{value / 1e6:,.0f}" if name in BYTES else f"{value:,.4f}" if value < 1 else f"{value:,.2f}"
