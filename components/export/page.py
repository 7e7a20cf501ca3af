"""A Figure as one plain HTML file: picture, words, numbers, evidence, citation; no script, nothing fetched from anywhere."""

import os
from typing import Final

from components import markup, numbers
from components.citation import citations
from components.credits import credit_lines, file_address
from components.export import evidence, image
from components.figures.figure import Figure
from components.theme import FONT_STACK, LIGHT, Look
from components.words import LOCALES, words

SIZE: Final = 820  # px of the picture at most; it shrinks with the window
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
        picture=image.svg(figure, look).decode(),
        plotted=evidence.plotted(figure),
        observations=evidence.observations(figure),
        sources=evidence.sources(figure),
        citations={speech(f"cite.style.{style}"): text for style, text in citations(figure, speech).items()},
        credits=credit_lines(figure),
        downloads={ending: site + file_address(figure, ending) for ending in FORMATS},
    ).encode()
