"""Measures and breaks text in the product's own font, so that labels fit before anything is drawn."""

import re
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from PIL import ImageFont

FONTS = Path(__file__).parent / "fonts"
FACES = ("NotoSansSC-Regular.otf", "NotoSansSC-Bold.otf")
CLOSING = "，。、；：？！）》」』”’…％%"
# A token is a Latin word or number with what clings to it, or one Chinese character with the closing marks behind it.
# An address may break behind the signs that join its parts.
JOINT = r"[&=?,_](?=[a-z])"
TOKEN = re.compile(
    rf"(?:(?!{JOINT})[^\s\u2e80-\uffef])*{JOINT}|[^\s\u2e80-\uffef]+[{CLOSING}]*\s*"
    rf"|[\u2e80-\uffef][{CLOSING}]*\s*|\s+"
)


class FontMissing(RuntimeError):
    """A carried font that cannot be read: nothing can be drawn as a file. `file` is its name."""

    def __init__(self, file: str) -> None:
        super().__init__(f"the font {file} cannot be read; it belongs into components/fonts/. "
                         "Restore it from the repository or, on Debian or Ubuntu, make it anew: make fonts")  # fmt: skip
        self.file = file


class _Measuring(Protocol):
    def getlength(self, text: str) -> float: ...


class _Estimated:
    """Stands in for a font that cannot be read, so that pages go on: browsers draw them with fonts of their own."""

    def getlength(self, text: str) -> float:
        return sum(100.0 if letter >= "\u2e80" else 58.0 for letter in text)


def check() -> None:
    """Raise FontMissing where a carried font cannot be read."""
    for file in FACES:
        try:
            with (FONTS / file).open("rb") as font:
                sound = font.read(4) == b"OTTO"
        except OSError:
            sound = False
        if not sound:
            raise FontMissing(file)


@lru_cache(maxsize=16)
def _font(bold: bool) -> _Measuring:
    try:
        return ImageFont.truetype(FONTS / FACES[bold], size=100)
    except OSError:
        return _Estimated()


@lru_cache(maxsize=8192)
def text_width(text: str, size: float, bold: bool = False) -> float:
    """Return the width in px of the widest line of a text set at `size` px."""
    return max((_font(bold).getlength(line) for line in text.split("\n")), default=0) * size / 100


def wrap(text: str, size: float, limit: float, bold: bool = False) -> list[str]:
    """Break a text into lines no wider than `limit` px; a single word wider than that stays whole."""
    lines: list[str] = []
    for token in TOKEN.findall(text):
        if lines and text_width((lines[-1] + token).rstrip(), size, bold) <= limit:
            lines[-1] += token
        else:
            lines.append(token)
    return [line.rstrip() for line in lines] or [""]
