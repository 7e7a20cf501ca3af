"""SVG text in, SVG paths out: for programs that have no Chinese font, such as a print shop's.

The letters are those of the carried font; each becomes a path, and the words stay readable for machines as a label.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Final
from xml.etree import ElementTree
from xml.sax.saxutils import quoteattr

from components.typeset import FONTS

TEXT: Final = re.compile(r"<text\b.*?</text>", re.DOTALL)
ANCHORS: Final = {"start": 0.0, "middle": 0.5, "end": 1.0}
OWN: Final = {"font-family", "font-size", "font-weight", "text-anchor", "x", "y", "dx", "dy"}  # said by the path itself


def outlined(svg: str) -> str:
    """Turn every text of an SVG into paths."""
    return TEXT.sub(lambda found: _path(found[0]), svg)


def _path(element: str) -> str:
    node = ElementTree.fromstring(element)  # noqa: S314 - our own picture
    size = float(node.get("font-size", "16").removesuffix("px"))
    bold = node.get("font-weight") in ("bold", "700")
    share = ANCHORS[node.get("text-anchor", "start")]
    drawn = "".join(_line(text, x, y, size, bold, share) for text, x, y in _lines(node))
    kept = " ".join(f"{name}={quoteattr(value)}" for name, value in node.attrib.items() if name not in OWN)
    return f'<path {kept} aria-label={quoteattr("".join(node.itertext()))} d="{drawn}"/>' if drawn else ""


def _lines(node: ElementTree.Element) -> Iterator[tuple[str, float, float]]:
    """Yield each line of a text with where it begins; Vega writes several lines as tspans."""
    x, y = float(node.get("x", 0)) + float(node.get("dx", 0)), float(node.get("y", 0)) + float(node.get("dy", 0))
    if node.text:
        yield node.text, x, y
    for part in node:
        x, y = float(part.get("x", x)), y + float(part.get("dy", 0))
        yield part.text or "", x, y


def _line(text: str, x: float, y: float, size: float, bold: bool, share: float) -> str:
    font = _Font.of(bold)
    step = size / font.units
    at = x - share * step * sum(font.advance(sign) for sign in text)
    drawn = []
    for sign in text:
        drawn.append(font.drawn(sign, at, y, step))
        at += step * font.advance(sign)
    return "".join(drawn)


class _Font:
    """The carried font as outlines."""

    def __init__(self, bold: bool) -> None:
        from fontTools.ttLib import TTFont  # heavy: imported when someone asks for outlines

        font: Any = TTFont(FONTS / f"NotoSansSC-{'Bold' if bold else 'Regular'}.otf", lazy=True)
        self.units = float(font["head"].unitsPerEm)
        self._names, self._glyphs = font.getBestCmap(), font.getGlyphSet()

    @staticmethod
    @lru_cache(maxsize=2)
    def of(bold: bool) -> "_Font":
        return _Font(bold)

    def _glyph(self, sign: str) -> Any:
        return self._glyphs[self._names.get(ord(sign), ".notdef")]

    def advance(self, sign: str) -> float:
        """Return how far a sign moves the pen, in the font's units."""
        return float(self._glyph(sign).width)

    def drawn(self, sign: str, x: float, y: float, step: float) -> str:
        """Return a sign's outline as path commands, set at x, y."""
        from fontTools.pens.svgPathPen import SVGPathPen
        from fontTools.pens.transformPen import TransformPen

        pen = SVGPathPen(self._glyphs, ntos=lambda number: f"{number:.2f}".rstrip("0").rstrip("."))
        self._glyph(sign).draw(TransformPen(pen, (step, 0, 0, -step, x, y)))
        return str(pen.getCommands())
