"""`make bench-scale`: what many readers and many rows ask of the product, as tables with ratios of this one run.

`load`: readers against an empty app, a bare chart and replicas. `growth`: up to a million rows. `--quick` measures less.
"""

import argparse
import os
import platform
from collections.abc import Callable
from typing import Final

from tests.growth import report as growth
from tests.load import report as load

PARTS: Final[dict[str, Callable[[bool], None]]] = {"load": load.main, "growth": growth.main}


def main() -> None:
    """Measure the parts asked for, each printing its own tables."""
    asked = argparse.ArgumentParser(prog="make bench-scale", description=__doc__)
    asked.add_argument("part", nargs="?", choices=PARTS, help="otherwise all")
    asked.add_argument("--quick", action="store_true", help="measure less")
    given = asked.parse_args()
    print(f"{platform.platform()}, Python {platform.python_version()}, {os.cpu_count()} processors")
    for name, part in PARTS.items():
        if given.part in (None, name):
            part(given.quick)


if __name__ == "__main__":
    main()
