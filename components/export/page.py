"""A Figure as one plain HTML file: picture, words, numbers, evidence, citation; no script, nothing fetched from anywhere.

The picture stands there twice, for wide and for narrow windows, of which one is shown.
"""

import os
from typing import Final

from components import markup, numbers
from components.citation import citations
from components.credits import credit_lines, file_address
from components.export import evidence, image
from components.export.sizes import PAGE, Size
from components.export.workbook import length
from components.figures.figure import Figure
from components.theme import FONT_STACK, LIGHT, Look
from components.words import LOCALES, words

SIZE: Final = 820  # px of the picture at most; it shrinks with the window
PHONE: Final = Size(PAGE[0])  # the second picture, laid out for narrow windows
BREAK: Final = 620  # px of the window below which it serves: the wide one's labels would be too small to read
SHORT: Final = 18  # characters of a cell that is not broken, a Chinese one counting as two
FORMATS: Final = ("png", "svg", "pdf", "csv", "xlsx", "json", "zip")


def html(figure: Figure, look: Look = LIGHT) -> bytes:
    """Write the page; its picture is SVG whose text can be selected, in the reader's own face where Noto is missing."""
    speech = words(figure.lang)
    site = os.environ.get("PUBLIC_ADDRESS", "").strip().rstrip("/")
    return markup.render(
        "figure_page",
        figure=figure,
        words=speech,
        plain=numbers.plain,
        look=look,
        family=FONT_STACK,
        language=LOCALES[figure.lang],
        width=SIZE,
        narrow=BREAK,
        short=lambda cell: length(cell) <= SHORT,
        pictures={"wide": image.svg(figure, look).decode(), "narrow": _for_phones(figure, look)},
        plotted=evidence.readable(figure),
        observations=evidence.observations(figure),
        sources=evidence.sources(figure),
        citations={speech(f"cite.style.{style}"): text for style, text in citations(figure, speech).items()},
        credits=credit_lines(figure),
        downloads={ending: site + file_address(figure, ending) for ending in FORMATS},
    ).encode()


def _for_phones(figure: Figure, look: Look) -> str:
    """Draw the picture for narrow windows; what it names must not be what the wide one on the same page names."""
    return image.CLIP.sub(r"narrow-\g<0>", image.svg(figure, look, PHONE).decode())
