"""How many cached files one process answers a second, against plain static files of the same weight from the same server.

Asked by wrk (https://github.com/wg/wrk), where it is installed; beside each file stands the static file nearest in size.
"""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Final
from urllib.request import urlopen

import streamlit

ASKED: Final = {"cached PNG": "/figures/growth-2023.png", "cached embed": "/embed/growth-2023"}
STATIC: Final = Path(streamlit.__file__).parent / "static"
TARGET: Final = 1.5
CONNECTIONS: Final = 8
UNITS: Final = {"us": 0.001, "ms": 1.0, "s": 1000.0}


def measure(site: str, seconds: int) -> list[tuple[str, ...]]:
    """Return two rows for each file: the static one beside it, and itself with its ratio."""
    rows: list[tuple[str, ...]] = []
    for name, path in ASKED.items():
        weight = len(urlopen(site + path).read())  # noqa: S310 - our own server; also puts it into the cache
        plain = min(STATIC.rglob("*.*"), key=lambda file: abs(file.stat().st_size - weight))
        address = f"/{plain.relative_to(STATIC).as_posix()}"
        base = _load(site + address, seconds)
        rows.append(("static file", *_cells(plain.stat().st_size, *base), "", ""))
        own = _load(site + path, seconds)
        ratio = base[0] / own[0]
        rows.append((name, *_cells(weight, *own), f"{ratio:.2f}", "yes" if ratio <= TARGET else "NO"))
    return rows


def tool() -> str | None:
    """Return the path of the load tool, or None."""
    return shutil.which("wrk")


def _cells(weight: int, rate: float, late: float) -> tuple[str, str, str]:
    return f"{weight / 1000:.1f}", f"{rate:.0f}", f"{late:.1f}"


def _load(address: str, seconds: int) -> tuple[float, float]:
    """Ask for an address over and over; return answers a second and the ms within which 99 of 100 came."""
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--latency", address]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in said or "Socket errors" in said:
        raise RuntimeError(said)
    late = re.search(r"99%\s+([\d.]+)(us|ms|s)", said)
    rate = re.search(r"Requests/sec:\s+([\d.]+)", said)
    if not late or not rate:
        raise RuntimeError(f"wrk writes another report than the one known here:\n{said}")
    return float(rate[1]), float(late[1]) * UNITS[late[2]]
