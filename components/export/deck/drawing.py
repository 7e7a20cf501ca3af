"""A slide's chart as a picture for a box of given shape: laid out as the stage does it, drawn once for each look and shape."""

import json
from typing import Any, Final

from components import theme
from components.export import image, specification, trim
from components.export.deck.talk import larger
from components.export.store import Store
from components.figures.figure import Figure
from components.theme import FAMILY, Look

NARROWEST, WIDEST = 620, 1280  # px of a chart's page
EDGE: Final = 6  # px around the chart
STEPS: Final = 12
DRAWN: Final = Store(6 * 2**20)


def svg(figure: Figure, look: Look, ratio: float | None) -> str:
    """Draw a Figure's chart, without title and foot, for a box `ratio` times as wide as high; its text stays text.

    Without a ratio it is as high as it needs to be.
    """
    key = (figure, look.name, ratio and round(ratio, 3))
    return DRAWN.get_or_write(key, lambda: _svg(figure, look, ratio))


def _svg(figure: Figure, look: Look, ratio: float | None) -> str:
    spec = specification.chart(figure, look)
    width = _width(spec, ratio) if ratio else NARROWEST
    spec["height"] = specification.height(spec, width)
    if look.stage:
        larger(spec)
    if ratio:
        specification.taller(spec, width / ratio - spec["height"])
    config = {**theme.vega_config(look, family=FAMILY), "padding": EDGE}
    spec.pop("usermeta", None)
    drawn = image.renderer().vegalite_to_svg(json.dumps({**spec, "width": width, "config": config}))
    return trim.trimmed(image.renumbered(drawn))


def _width(spec: dict[str, Any], ratio: float) -> int:
    """Choose how wide to lay a chart out, so that its type stands as large as the box lets it."""
    widths = [NARROWEST + (WIDEST - NARROWEST) * step // STEPS for step in range(STEPS + 1)]
    return max(widths, key=lambda width: (min(ratio / width, 1 / specification.height(spec, width)), width))


def scale(figure: Figure, look: Look, width: float, height: float) -> float:
    """Return how many times as large as it is laid out a chart stands in a box."""
    spec = specification.chart(figure, look)
    laid = _width(spec, width / height)
    return min(width / laid, height / specification.height(spec, laid))


def size(drawn: str) -> tuple[float, float]:
    """Return the width and height of a picture in px."""
    opening = image.OPENING.match(drawn)
    if not opening:
        raise RuntimeError("vl-convert writes its SVG in another form than the one known here")
    return float(opening[1]), float(opening[2])


def png(figure: Figure, look: Look, ratio: float, pixels: int) -> bytes:
    """Draw the same picture as a PNG so many pixels wide."""
    drawn = svg(figure, look, ratio)
    return image.renderer().svg_to_png(drawn, pixels / size(drawn)[0])
