"""`make rehearse`: walks the whole talk on every size of screen and in both languages, and says what a room would see go wrong.

Cut or overlapping or small or pale text, signs the font lacks, pictures that repeat or come late, requests to others.
Ends with 1 where there is a fault. `--sizes 1280x720`, `--langs zh`, `--steps growth,ranks` and `--look light` rehearse less.
"""

import argparse
import sys
from itertools import product
from statistics import median, quantiles
from typing import Final

from components.address import STAGES
from components.words import LANGUAGES
from tests.browser.serve import browser, browser_path, server
from tests.rehearsal.walk import Rehearsal, walk

SIZES: Final = ("1280x720", "1920x1080", "3840x2160", "1024x768")
TARGET: Final = 250.0  # ms from key to picture, median
SLOW: Final = 1000.0  # ms a single picture may take; beyond, a room waits


def main() -> int:
    """Rehearse what was asked for; return the exit code."""
    asked = argparse.ArgumentParser(prog="make rehearse", description=__doc__)
    asked.add_argument("--sizes", nargs="+", default=SIZES, help="of the screen, as 1280x720")
    asked.add_argument("--langs", nargs="+", default=LANGUAGES, choices=LANGUAGES)
    asked.add_argument("--look", choices=STAGES, help="one look; otherwise dark in Chinese and light in English")
    asked.add_argument("--steps", default="", help="ids joined by commas; otherwise all")
    given = asked.parse_args()
    if not browser_path():
        print("no rehearsal: no browser found")
        return 2
    count = 0
    with server() as running, browser() as chromium:
        for size, lang in product(given.sizes, given.langs):
            look = given.look or dict(zip(LANGUAGES, STAGES, strict=True))[lang]
            width, _, height = size.partition("x")
            walked = walk(chromium, running.url, lang, look, (int(width), int(height)), given.steps)
            count += told(f"{size} {lang} {look}", walked)
    print(f"\n{count} faults" if count else "\nno faults")
    return 1 if count else 0


def told(name: str, walked: Rehearsal) -> int:
    """Print how a walk went; return how many faults it had."""
    times = sorted(walked.ms.values())
    middle, late = median(times), quantiles(times, n=20)[-1] if len(times) > 1 else times[0]
    print(
        f"\n{name}: {len(walked.pictures)} pictures, key to picture {middle:.0f} ms (p95 {late:.0f}), "
        f"smallest type {walked.smallest:.2%} of the height",
        flush=True,
    )
    faults = [f"{picture}: {fault}" for picture, found in walked.faults.items() for fault in found]
    faults += [f"asked of others: {url}" for url in sorted(set(walked.outside))]
    faults += [f"{picture}: slow: {took:.0f} ms" for picture, took in walked.ms.items() if took > SLOW]
    if middle > TARGET:
        faults.append(f"slow: key to picture {middle:.0f} ms, to be {TARGET:.0f}")
    for fault in faults:
        print(f"  {fault}", flush=True)
    return len(faults)


if __name__ == "__main__":
    sys.exit(main())
