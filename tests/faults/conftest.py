"""Each fault is a test marked with its name and what its reader sees; `make faults` prints them as a list."""

import os

import pytest

OUTCOMES = {"passed": "ok  ", "failed": "FAIL", "skipped": "skip"}
SAID = "fault"


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item):
    outcome = yield
    marker = item.get_closest_marker(SAID)
    report = outcome.get_result()
    if marker and (report.when == "call" or report.outcome != "passed"):
        report.user_properties.append((SAID, " – ".join(marker.args)))


def pytest_terminal_summary(terminalreporter):
    """One line for each fault, where the faults alone were asked for."""
    told = {
        (dict(report.user_properties)[SAID], outcome)
        for outcome in OUTCOMES
        for report in terminalreporter.stats.get(outcome, ())
        if SAID in dict(report.user_properties)
    }
    if told and os.environ.get("FAULTS"):
        terminalreporter.section("faults")
        for what, outcome in sorted(told):
            terminalreporter.line(f"{OUTCOMES[outcome]}  {what}")
