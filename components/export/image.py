"""Pictures of a Figure: PNG, SVG, PDF and the Vega-Lite JSON they are all drawn from, by vl-convert, without a browser.

The finished picture carries everything it needs when it travels alone: title, subtitle, notes, source, notice, version.
"""

import json
import re
from functools import lru_cache
from typing import Any

import altair as alt

from components import theme, typeset
from components.credits import credit_lines
from components.figures.figure import Figure
from components.theme import LIGHT, SMALL, SUBTITLE, TINY, TITLE, Look

WIDTH = 760
CLIP = re.compile(r"\bclip\d+\b")
MARGIN = 30
FOOT_STEP = 1.55  # line height of the foot


@lru_cache(maxsize=1)
def renderer() -> Any:
    """Return vl-convert with the product's font registered; without it Chinese would fall to a Japanese serif."""
    import vl_convert

    vl_convert.register_font_directory(str(typeset.FONTS))
    return vl_convert


def finish(figure: Figure, look: Look = LIGHT, width: int = WIDTH) -> dict[str, Any]:
    """Return the whole picture as a Vega-Lite specification: the chart with its title above and its credits below."""
    chart = figure.draw(look).copy(deep=False)  # the copy takes the chart's own parts, such as a map's projection
    foot = [line for text in credit_lines(figure) for line in typeset.wrap(text, TINY, width)]
    chart.layer = [*chart.layer, _foot(foot, chart.height, look)]
    chart.width, chart.title = width, _title(figure, width)
    config = {**theme.vega_config(look, family=theme.FAMILY), "padding": MARGIN}
    spec: dict[str, Any] = {**chart.to_dict(), "config": config}
    return spec


def _title(figure: Figure, width: int) -> alt.TitleParams:
    return alt.TitleParams(
        text=typeset.wrap(figure.title, TITLE, width, bold=True),
        subtitle=typeset.wrap(figure.subtitle, SUBTITLE, width),
    )


def _foot(lines: list[str], height: float, look: Look) -> alt.Chart:
    data = alt.Data(values=[{"text": "\n".join(lines)}])
    foot: alt.Chart = alt.Chart(data).mark_text(
        align="left", baseline="top", lineBreak="\n", lineHeight=TINY * FOOT_STEP, fontSize=TINY, color=look.quiet,
        x=0, y=height + SMALL + 8,
    ).encode(text="text:N")  # fmt: skip
    return foot


def png(figure: Figure, look: Look = LIGHT, width: int = WIDTH, scale: float = 2) -> bytes:
    """Draw a PNG, `width` px wide at `scale` 1, its resolution written into the file."""
    # vl-convert draws at scale × ppi / 72: the resolution alone makes the picture larger.
    return bytes(renderer().vegalite_to_png(finish(figure, look, width), scale=1, ppi=72 * scale))


def svg(figure: Figure, look: Look = LIGHT, width: int = WIDTH) -> bytes:
    """Draw an SVG whose text stays text."""
    drawn = str(renderer().vegalite_to_svg(finish(figure, look, width)))
    return _renumbered(drawn).encode()


def _renumbered(drawn: str) -> str:
    """Number clip paths from 0: Vega counts them through the process, and the same picture must be the same bytes."""
    order: dict[str, str] = {}
    return CLIP.sub(lambda found: order.setdefault(found[0], f"clip{len(order)}"), drawn)


def pdf(figure: Figure, look: Look = LIGHT, width: int = WIDTH) -> bytes:
    """Draw a PDF with the fonts embedded."""
    return bytes(renderer().vegalite_to_pdf(finish(figure, look, width)))


def vega_lite(figure: Figure, look: Look = LIGHT, width: int = WIDTH) -> bytes:
    """Write the specification, as the public Vega editor opens it."""
    return json.dumps(finish(figure, look, width), ensure_ascii=False, indent=1).encode()
