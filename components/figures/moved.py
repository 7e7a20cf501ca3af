"""Figures that got another id: old id → new id. Their old addresses lead on to the new ones for good.

An id once published is in links and footnotes that nobody can change any more; so nothing is ever taken out of here.
"""

from typing import Final

MOVED: Final[dict[str, str]] = {}
