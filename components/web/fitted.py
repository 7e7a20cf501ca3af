"""How high an embedded Figure is at a width: for frames whose page does not listen to what the frame says of itself.

In: what an embed shows, and the width of its frame. Out: px that hold title, chart, sources and link. The sizes repeat
assets/embed.css; nothing is drawn.
"""

from typing import Final

from components import typeset
from components.export.face import SHOWN, Face
from components.words import words

SIDES: Final = 32  # px beside the column
WIDEST: Final = 1000  # px of the column
EDGES: Final = 14 + 12 + 3.2 + 9.6 + 8  # px above, below and between the parts
SLACK: Final = (
    40  # px that a chart may reach above its first mark and below its last, and for the lines of another face
)
TITLES: Final = (18.4, 23.2)  # px of the title, which grows with the frame
GROWS: Final = 0.036
TITLE_LINE, SUBTITLE, SUBTITLE_LINE, FOOT, FOOT_LINE = 1.35, 15.2, 1.5, 12.16, 1.6


def height(face: Face, width: int) -> int:
    """Return how many px high a frame of a width must be."""
    column = min(width, WIDEST) - SIDES
    title = min(max(TITLES[0], GROWS * width), TITLES[1])
    link = words(face.lang)("embed.open", name=words(face.lang)("product.name"))
    foot = sum(len(typeset.wrap(line, FOOT, column)) for line in (*face.credits, link))
    text = (
        len(typeset.wrap(face.title, title, column, bold=True)) * title * TITLE_LINE
        + len(typeset.wrap(face.subtitle, SUBTITLE, column)) * SUBTITLE * SUBTITLE_LINE
        + foot * FOOT * FOOT_LINE
    )
    return round(EDGES + text + _chart(face, column) + SLACK)


def _chart(face: Face, width: int) -> float:
    from components.export import specification

    return specification.height(face.specifications[SHOWN[0]], width)
