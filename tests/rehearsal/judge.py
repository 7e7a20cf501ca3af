"""What is wrong with a picture of the stage: cut, overlapping, small, pale, unprintable; from what look.js saw of it."""

import re
from functools import lru_cache
from itertools import combinations
from typing import Any, Final

from fontTools.ttLib import TTFont

from components import typeset

SMALLEST: Final = 0.018  # of the screen's height: about two hundredths, as read from twenty metres on a screen of four
TOUCHING: Final = 2.0  # px by which inks may share ground
LEADING: Final = 0.2  # of a line's box above and below, which its ink leaves free
LARGE, LARGE_BOLD = 24.0, 18.66  # px from which type is large to WCAG
CONTRAST: Final = {False: 4.5, True: 3.0}  # WCAG AA: of type, of large type
Box = tuple[float, float, float, float]


def faults(seen: dict[str, Any]) -> list[str]:
    """List what is wrong with one picture, one line a fault."""
    found = [fault for text in seen["texts"] for fault in _alone(text, seen)]
    if seen["overfull"]:
        found.append("cut: the heading is higher than its place")
    for one, other in combinations(seen["texts"], 2):
        if one["text"] != other["text"] and shared(ink(one), ink(other)):
            found.append(f"overlap: {one['text'][:24]!r} and {other['text'][:24]!r}")
    return found


def _alone(text: dict[str, Any], seen: dict[str, Any]) -> list[str]:
    found, words = [], text["text"][:30]
    share = text["px"] / seen["screen"][1]
    if share < SMALLEST:
        found.append(f"small: {words!r} takes {share:.2%} of the height")
    if outside(ink(text), seen["rooms"][text["where"]]) or outside(ink(text), (0, 0, *seen["screen"])):
        found.append(f"cut: {words!r}")
    large = text["px"] >= (LARGE_BOLD if text["bold"] else LARGE)
    if (found_contrast := contrast(text["colour"], text["ground"])) < CONTRAST[large]:
        found.append(f"pale: {words!r} has a contrast of {found_contrast:.1f}")
    if missing := sorted({sign for sign in text["text"] if not sign.isspace()} - glyphs()):
        found.append(f"no glyph: {''.join(missing)!r} in {words!r}")
    return found


def ink(text: dict[str, Any]) -> Box:
    """Return the rectangle that a text's ink may take of its line's box."""
    left, top, right, bottom = text["box"]
    free = (bottom - top) * LEADING
    return left, top + free, right, bottom - free


def shared(one: Box, other: Box) -> bool:
    """Tell whether two rectangles share more ground than inks may."""
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return across > TOUCHING and down > TOUCHING


def outside(box: Box, room: tuple[float, ...]) -> bool:
    """Tell whether a part of a rectangle lies outside its room."""
    left, top, right, bottom = room
    return bool(box[0] < left - 1 or box[1] < top - 1 or box[2] > right + 1 or box[3] > bottom + 1)


def contrast(colour: str, ground: str) -> float:
    """Return the contrast of two colours, as WCAG reckons it."""
    light, dark = sorted((luminance(colour), luminance(ground)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    """Return how light a colour is that a browser names as rgb(…)."""
    parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@lru_cache(maxsize=1)
def glyphs() -> set[str]:
    """Return the signs that the carried font holds."""
    with TTFont(typeset.FONTS / "NotoSansSC-Regular.otf") as font:
        return {chr(code) for code in font.getBestCmap()}
