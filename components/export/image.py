"""Pictures of a Figure: PNG, SVG, PDF and the Vega-Lite JSON they are all drawn from, by vl-convert, without a browser.

The finished picture carries everything it needs when it travels alone: title, subtitle, notes, source, notice, version
and address. It is laid out anew for its size: the title breaks, the chart takes the width, the foot stands at the end.
"""

import json
import re
import struct
import zlib
from dataclasses import dataclass, replace
from functools import cache
from math import ceil
from typing import Any, Final
from xml.sax.saxutils import escape

from components import theme, typeset
from components.credits import credit_lines
from components.export import document, outlines, sizes, trim
from components.export.painter import Painter, painter
from components.export.sizes import NATURAL, SCREEN, Size
from components.export.store import Store
from components.figures.figure import Figure
from components.theme import LIGHT, SMALL, SUBTITLE, TINY, TITLE, Look
from components.words import words

WIDTH = 760
NOTO = f' font-family="{theme.FAMILY}"'
CLIP = re.compile(r"\bclip\d+\b")
OPENING = re.compile(r"<svg\b[^>]*?\bwidth=\"([\d.]+)\" height=\"([\d.]+)\"[^>]*>(<rect\b[^>]*/>)?")
MARGIN = 30
FOOT_STEP = 1.55  # line height of the foot
FOOT_GAP = SMALL + 8
REACH = 22  # px by which the names over the first marks may reach above a chart
SLACK = 30  # px that lines of text take less, first and last, than their height says
NEAR = 12  # px of a page that may stay empty rather than be laid out once more
UPPER = 0.4  # of the height that is left over, this share goes above the chart
TRIES = 6
PACKING = 6
PIECE = 2**18  # bytes of a picture packed at once
DRAWN: Final = Store(6 * 2**20)


class TooLow(ValueError):
    """A Figure cannot be laid out in a height; `least` is the smallest one in which it can."""

    def __init__(self, figure: Figure, size: Size, least: int) -> None:
        super().__init__(
            f"{figure.name}: {size.width} × {size.height} px is too low; at this width it needs {least} px"
        )
        self.least = least


@dataclass(frozen=True)
class Layout:
    """A picture's size, how large type stands in it, and the px of its page that are left over in height."""

    size: Size
    type: float
    spare: float = 0.0

    @property
    def width(self) -> int:
        """The width of the chart on the page."""
        return int(self.size.width / self.type) - 2 * MARGIN


@dataclass(frozen=True)
class Drawing:
    """A laid-out picture: the inside of its SVG, and its size in px."""

    inside: str
    layout: Layout
    height: int


def renderer() -> Painter:
    """Return who draws; raises FontMissing, since without the font Chinese would fall to a Japanese serif."""
    typeset.check()
    painter().begin()
    return painter()


def finish(figure: Figure, look: Look = LIGHT, width: int = WIDTH, spare: float = 0.0) -> dict[str, Any]:
    """Return the whole picture as a Vega-Lite specification: the chart with its title above and its credits below.

    `spare` px of height go between the rows of the chart, and what is too much for them above and below it.
    """
    from components.export import specification  # Altair is imported when something is drawn

    spec = specification.chart(figure, look)
    spec["height"] = specification.height(spec, width)
    spare = specification.taller(spec, spare)
    foot = "\n".join(foot_lines(figure, width))
    spec["layer"].append(_foot(foot, spec["height"] + spare * (1 - UPPER), look))
    config = {**theme.vega_config(look, family=theme.FAMILY), "padding": MARGIN}
    title: dict[str, Any] = {"text": title_lines(figure, width), "subtitle": subtitle_lines(figure, width)}
    if spare:
        title["offset"] = config["title"]["offset"] + spare * UPPER
    return {**spec, "width": width, "title": title, "config": config}


def title_lines(figure: Figure, width: int) -> list[str]:
    """Break a Figure's title for a chart's width."""
    return typeset.wrap(figure.title, TITLE, width, bold=True)


def subtitle_lines(figure: Figure, width: int) -> list[str]:
    """Break a Figure's subtitle for a chart's width."""
    return typeset.wrap(figure.subtitle, SUBTITLE, width)


def foot_lines(figure: Figure, width: int) -> list[str]:
    """Break what stands under a Figure for a chart's width."""
    return [line for text in credit_lines(figure) for line in typeset.wrap(text, TINY, width)]


def _foot(text: str, y: float, look: Look) -> dict[str, Any]:
    mark = {"type": "text", "align": "left", "baseline": "top", "lineBreak": "\n", "lineHeight": TINY * FOOT_STEP,
            "fontSize": TINY, "color": look.quiet, "x": 0, "y": y + FOOT_GAP}  # fmt: skip
    return {
        "data": {"values": [{"text": text}]},
        "mark": mark,
        "encoding": {"text": {"field": "text", "type": "nominal"}},
    }


def lay_out(figure: Figure, look: Look = LIGHT, size: Size | int = NATURAL) -> Drawing:
    """Lay a Figure out in a size, or for a chart so many px wide; raises TooLow where a fixed height is too little."""
    size = Size(size + 2 * MARGIN) if isinstance(size, int) else size
    if size.height is None:
        return _draw(figure, look, Layout(size, sizes.natural(size)))
    height = _height(figure, look)
    fits = [Layout(size, type) for type in sizes.candidates(size) if height(Layout(size, type)) * type <= size.height]
    for layout in fits[:TRIES]:
        spare = max(0.0, float(int(size.height / layout.type - height(layout))))
        drawing = _draw(figure, look, replace(layout, spare=spare))
        if drawing.height <= size.height:
            more = (size.height - drawing.height) / layout.type  # what the estimate was too cautious by
            if more > NEAR:
                drawing = _draw(figure, look, replace(layout, spare=int(spare + more)))
            return replace(drawing, height=size.height)
    lowest = Layout(replace(size, height=None), sizes.least(size))
    raise TooLow(figure, size, ceil(max(height(lowest) * lowest.type, _draw(figure, look, lowest).height)))


def _height(figure: Figure, look: Look) -> Any:
    """Return a function that tells how high a Figure's page must be in a layout, without drawing it."""
    from components.export import specification

    chart, tokens = specification.chart(figure, look), theme.vega_config(look)["title"]

    @cache
    def of(width: int) -> float:
        head = len(title_lines(figure, width)) * tokens["lineHeight"] + tokens["offset"] + tokens["subtitlePadding"]
        head += len(subtitle_lines(figure, width)) * tokens["subtitleLineHeight"]
        foot = FOOT_GAP + len(foot_lines(figure, width)) * TINY * FOOT_STEP
        return 2 * MARGIN + float(head) + REACH - SLACK + specification.height(chart, width) + foot

    return lambda layout: of(layout.width)


def _draw(figure: Figure, look: Look, layout: Layout) -> Drawing:
    key = (figure, look.name, layout)
    made = DRAWN.get_or_write(key, lambda: _svg(figure, look, layout))
    opening = OPENING.match(made)
    if not opening:
        raise RuntimeError("vl-convert writes its SVG in another form than the one known here")
    inside = made[opening.end() :].removesuffix("</svg>")
    return Drawing(inside, layout, ceil(round(float(opening[2]) * layout.type, 3)))


def _svg(figure: Figure, look: Look, layout: Layout) -> str:
    drawn = renderer().vegalite_to_svg(finish(figure, look, layout.width, layout.spare))
    return trim.trimmed(renumbered(drawn))


def renumbered(drawn: str) -> str:
    """Number clip paths from 0: Vega counts them through the process, and the same picture must be the same bytes."""
    order: dict[str, str] = {}
    return CLIP.sub(lambda found: order.setdefault(found[0], f"clip{len(order)}"), drawn)


def _whole(drawing: Drawing, look: Look, sides: list[str], transparent: bool, said: str = "") -> str:
    """Put a drawing into an SVG of its own: `sides` as the file says its width and height, `said` before the drawing."""
    box = f"{drawing.layout.size.width} {drawing.height}"
    paper = "" if transparent else f'<rect width="100%" height="100%" fill="{look.paper}"/>'
    inside = drawing.inside
    if drawing.layout.type != 1:
        inside = f'<g transform="scale({drawing.layout.type:.6f})">{inside}</g>'
    role = ' role="img"' if said else ""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" version="1.1" '
        f'width="{sides[0]}" height="{sides[1]}" viewBox="0 0 {box}"{role}>'
        f"{said}{paper}{inside}</svg>"
    )


def svg(
    figure: Figure, look: Look = LIGHT, size: Size | int = NATURAL, transparent: bool = False, outlined: bool = False
) -> bytes:
    """Draw an SVG whose text stays text, or becomes paths; title and alt text stand in it for those who cannot see."""
    drawing = lay_out(figure, look, size)
    said = f"<title>{escape(figure.title)}</title><desc>{escape(figure.alt)}</desc>"
    size = drawing.layout.size
    sides = [_length(px, size) for px in (size.width, drawing.height)]
    inside = outlines.outlined(drawing.inside) if outlined else _in_any_face(drawing.inside)
    return _whole(replace(drawing, inside=inside), look, sides, transparent, said).encode()


def _in_any_face(inside: str) -> str:
    """Name the faces that may stand in for Noto where it is not installed, once for all texts."""
    return f'<g font-family="{theme.FONT_STACK}">{inside.replace(NOTO, "")}</g>'


def _length(px: int, size: Size) -> str:
    """Write a side as a file should: px for screens, millimetres for paper."""
    return str(px) if size.ppi == SCREEN else f"{px / size.ppi * 25.4:.2f}mm"


def png(
    figure: Figure,
    look: Look = LIGHT,
    size: Size | int = NATURAL,
    scale: float = 2,
    transparent: bool = False,
    ppi: int | None = None,
) -> bytes:
    """Draw a PNG of `scale` pixels for each px; its resolution is written into the file."""
    drawing = lay_out(figure, look, size)
    size = drawing.layout.size
    whole = _whole(drawing, look, [str(size.width), str(drawing.height)], transparent)
    return with_resolution(renderer().svg_to_png(whole, scale), ppi or round(size.ppi * scale))


def with_resolution(picture: bytes, ppi: int) -> bytes:
    """Write pixels per inch into a PNG, before its first data."""
    per_metre = round(ppi / 0.0254)
    body = b"pHYs" + struct.pack(">IIB", per_metre, per_metre, 1)
    header, rest = picture[:33], picture[33:]  # signature and IHDR
    if rest[4:8] == b"pHYs":
        rest = rest[21:]
    return header + _chunk(body) + rest


def smaller(picture: bytes) -> bytes:
    """Pack the data of a PNG tighter, pixel for pixel the same; too slow for a reader who waits."""
    header, place = picture[:8], 8
    opened, packed = zlib.decompressobj(), zlib.compressobj(PACKING)
    made = bytearray()
    while place < len(picture):
        (length,) = struct.unpack(">I", picture[place : place + 4])
        kind, body = picture[place + 4 : place + 8], picture[place + 8 : place + 8 + length]
        if kind == b"IDAT":
            while body:  # piece by piece: the whole of a page at 300 ppi takes forty megabytes
                made += packed.compress(opened.decompress(body, PIECE))
                body = opened.unconsumed_tail
        elif kind == b"IEND":
            made += packed.compress(opened.flush()) + packed.flush()
            header += _chunk(b"IDAT" + bytes(made)) + _chunk(kind)
        else:
            header += _chunk(kind + body)
        place += 12 + length
    return header


def _chunk(body: bytes) -> bytes:
    """Write a part of a PNG: length, name and content, checksum."""
    return struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))


def pdf(figure: Figure, look: Look = LIGHT, size: Size | int = NATURAL, transparent: bool = False) -> bytes:
    """Draw a PDF of one page in the picture's own size, with the fonts embedded and the text to be selected."""
    drawing = lay_out(figure, look, size)
    size = drawing.layout.size
    points = [f"{px * 72 / size.ppi:.3f}" for px in (size.width, drawing.height)]
    drawn = renderer().svg_to_pdf(_whole(drawing, look, points, transparent))
    return document.finished(drawn, figure, words(figure.lang)("product.name"))


def vega_lite(figure: Figure, look: Look = LIGHT, width: int = WIDTH) -> bytes:
    """Write the specification, as the public Vega editor opens it."""
    return json.dumps(finish(figure, look, width), ensure_ascii=False, indent=1).encode()
