"""`make bench-scale ARGS=load`: readers against an empty application, one bare chart and this product; replicas; a model.

All in one run on one machine, whose processors the driver shares: its part is printed beside what it measured. Readers
think 2 s on average, which is short: what is compared is how many of them an application bears, not how many it has.
"""

import tempfile
import time
from pathlib import Path
from typing import Final

from tests.bench import apps, cold
from tests.bench.__main__ import show, warmed
from tests.browser.serve import browser, browser_path
from tests.load import applications, files, replicas
from tests.load.applications import LIMIT, Found, Scale, say
from tests.load.files import Arrival
from tests.load.model import Costs, Habits, Needs, Prices, needs
from tests.load.replicas import Scaled

SHARE: Final = 0.8  # of the empty application's readers
SESSION: Final = 3.0  # MB a session more than the empty application's
GAIN: Final = 1.9  # of two replicas, for the processor time they got; two would be linear
RETURN: Final = 3.0  # seconds until a reader of a dead replica is back
WHOLE: Final = Scale(full=8, trial=8, settle=3, finer=3, held=(40, 200), starts=3)
QUICK: Final = Scale(full=3, trial=3, settle=1, finer=1, held=(10, 40), starts=1)
CROWDS: Final = (10**3, 10**4, 10**5, 10**6)
Aim = tuple[str, str, str, bool]


def main(quick: bool) -> None:
    """Measure, and print the tables."""
    began, scale = time.perf_counter(), QUICK if quick else WHOLE
    with tempfile.TemporaryDirectory() as folder:
        found = applications.measure(Path(folder), scale)
    applications.tables(found, scale)
    scaled = replicas.measure(scale.full, quick)
    if scaled:
        replicas.tables(scaled)
    say("what an arrival loads, and cold starts")
    arrival = files.measure(2 if quick else 5)
    aims(found, scaled, scale.starts)
    model(found[-1], arrival)
    print(f"\nthis part took {(time.perf_counter() - began) / 60:.1f} minutes")


def aims(found: list[Found], scaled: Scaled | None, starts: int) -> None:
    """Print what was aimed at beside what was found."""
    empty, ours = found[0], found[-1]
    share = ours.best.readers / max(1, empty.best.readers)
    rows: list[Aim] = [
        (f"readers at once with p95 ≤ {LIMIT:.0f} ms, × empty", f"{share:.2f}", f"≥ {SHARE}", share >= SHARE),
        ("MB a session above the empty application's", f"{ours.session - empty.session:.2f}", f"≤ {SESSION:.0f}",
         ours.session - empty.session <= SESSION),
        *(_replica_aims(scaled) if scaled else ()),
        *_start_aim(starts),
    ]  # fmt: skip
    head = ("aim", "found", "asked", "met")
    show("Aims", head, [(name, value, asked, "yes" if met else "NO") for name, value, asked, met in rows])


def _replica_aims(scaled: Scaled) -> list[Aim]:
    gain, net, slowest = scaled.gain(2), scaled.net_gain(2), max(scaled.killed.returns, default=0.0)
    errors = len(scaled.killed.errors)
    return [
        ("views/s of 2 replicas, × 1, driver and HAProxy on the same processors", f"{gain:.2f}", f"≥ {GAIN}", gain >= GAIN),
        ("the same for the processor time that the replicas got", f"{net:.2f}", f"≥ {GAIN}", net >= GAIN),
        ("seconds until the last reader of a dead replica is back", f"{slowest:.2f}", f"< {RETURN:.0f}",
         bool(scaled.killed.returns) and slowest < RETURN),
        ("errors when replicas die, other than sessions that come back", str(errors), "0", errors == 0),
    ]  # fmt: skip


def _start_aim(starts: int) -> list[Aim]:
    if not browser_path():
        print("\nno cold start: no browser found")
        return []
    with tempfile.TemporaryDirectory() as folder, browser() as running:
        rows = cold.measure(warmed(running), apps.write(Path(folder)), starts)
    show("Cold start (median)", ("application", "s to answer", "s to first page", "× bare", f"≤ {cold.TARGET}"), rows)
    ratio = float(rows[-1][3])
    return [("cold start, × bare chart", f"{ratio:.2f}", f"≤ {cold.TARGET}", ratio <= cold.TARGET)]


def model(ours: Found, arrival: Arrival | None) -> None:
    """Print what many readers need, by what this run measured."""
    came = arrival or Arrival(0, 0, 0)
    if arrival is None:
        print("\nno browser found: the model leaves out the files of readers who come for the first time")
    habits, prices, views = Habits(), Prices(), max(1, len(ours.full.views))
    costs = Costs(ours.full.work, came.work, ours.full.bytes / views, came.bytes, ours.base, ours.session)
    print(f"\nMeasured: {costs.view * 1000:.1f} ms of a processor and {costs.view_bytes / 1000:.0f} kB a view; "
          f"{came.files:.0f} files, {costs.arrival_bytes / 1e6:.1f} MB, {costs.arrival * 1000:.0f} ms an arrival; "
          f"{costs.base:.0f} MB a replica, {costs.session:.2f} MB a session")  # fmt: skip
    print(f"Assumed: {habits}; {prices}")
    head = ("readers in the busiest hour", "views/s", "sessions", "replicas", "GB", "Mbit/s from replicas", "Mbit/s from CDN",
            "USD an hour", "USD a 1,000 readers")  # fmt: skip
    show("What so many readers need", head, [_row(needs(readers, costs, habits, prices)) for readers in CROWDS])


def _row(need: Needs) -> tuple[str, ...]:
    return (f"{need.readers:,}", f"{need.views:.1f}", f"{need.sessions:,}", str(need.replicas), f"{need.memory:.1f}",
            f"{need.origin:.0f}", f"{need.edge:.0f}", f"{need.money:.2f}",
            f"{1000 * need.money / need.readers:.2f}")  # fmt: skip
