"""Measures text as office programs set it: some put a little space between Chinese and Latin letters or digits."""

import re
from typing import Final

from components import typeset

BORDER: Final = re.compile(r"(?<=[\u2e80-\u9fff])(?=[0-9A-Za-z≥≤])|(?<=[0-9A-Za-z%])(?=[\u2e80-\u9fff])")


def spaced(text: str) -> str:
    """Put a space where an office program may leave one."""
    return BORDER.sub(" ", text)


def width(text: str, size: float, bold: bool = False) -> float:
    """Return the width of the widest line of a text, in the unit of `size`."""
    return typeset.text_width(spaced(text), size, bold)


def wrap(text: str, size: float, limit: float, bold: bool = False) -> list[str]:
    """Break a text into lines as an office program would at most."""
    return typeset.wrap(spaced(text), size, limit, bold)
