"""Measures and breaks text in the product's own font, so that labels fit before anything is drawn."""

import re
from functools import lru_cache
from pathlib import Path

from PIL import ImageFont

FONTS = Path(__file__).parent / "fonts"
CLOSING = "，。、；：？！）》」』”’…％%"
# A token is a Latin word or number with what clings to it, or one Chinese character with the closing marks behind it.
# An address may break behind the signs that join its parts.
JOINT = r"[&=?,_](?=[a-z])"
TOKEN = re.compile(
    rf"(?:(?!{JOINT})[^\s\u2e80-\uffef])*{JOINT}|[^\s\u2e80-\uffef]+[{CLOSING}]*\s*"
    rf"|[\u2e80-\uffef][{CLOSING}]*\s*|\s+"
)


@lru_cache(maxsize=16)
def _font(bold: bool) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS / f"NotoSansSC-{'Bold' if bold else 'Regular'}.otf", size=100)


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
