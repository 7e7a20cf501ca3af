"""What all tests share: Hypothesis never fails for being slow and repeats itself exactly where a machine judges; the log."""

import logging
import os

import pytest
from hypothesis import settings

from components.web.operations import logs

settings.register_profile("desk", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "desk")


@pytest.fixture
def lines():
    """What the log says from now on, as it is written."""
    said = []

    class Kept(logging.Handler):
        def emit(self, record):
            said.append(logs.Lines().format(record))

    handler = Kept()
    logs.LOG.addHandler(handler)
    level = logs.LOG.level
    logs.LOG.setLevel(logging.INFO)
    yield said
    logs.LOG.removeHandler(handler)
    logs.LOG.setLevel(level)
