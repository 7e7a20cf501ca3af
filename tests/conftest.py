"""Settings of all tests: Hypothesis never fails for being slow, and repeats itself exactly where a machine judges."""

import os

from hypothesis import settings

settings.register_profile("desk", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "desk")
