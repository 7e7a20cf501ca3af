"""The sizes of pictures: named ones, free ones, and how large type stands in each.

A picture is laid out on a page of its own: type keeps its size there and the page is as wide as the picture divided by
`type`. So a wide picture may hold small type on a wide page, a tall one large type on a narrow page; nothing is stretched.
"""

from dataclasses import dataclass
from typing import Final

SCREEN, PAPER = 72, 300  # ppi: px of a screen as the product draws them; the dots of print


@dataclass(frozen=True)
class Size:
    """A picture's width and height in px (no height: as high as the Figure needs), and the ppi they are meant for."""

    width: int
    height: int | None = None
    ppi: int = SCREEN


NATURAL: Final = Size(820)
SIZES: Final = {
    "web": Size(1200, 675),  # the card of a link, 16:9
    "wide": Size(1600, 900),  # a slide, 16:9
    "square": Size(1080, 1080),
    "story": Size(1080, 1920),  # a phone held upright, 9:16
    "print": Size(1063, None, PAPER),  # a column of 90 mm
    "a4": Size(2480, 3508, PAPER),  # 210 × 297 mm
}
SIDES: Final = (260, 4000)  # px a side may have
LARGEST: Final = SIDES[1]
SCALES: Final = (1.0, 4.0)
RESOLUTIONS: Final = (72, 600)  # ppi
PAGE: Final = (400, 1660)  # px of the narrowest and the widest page that Figures are laid out on
ROOMY: Final = 580  # px of the narrowest page that keeps labels beside their lines
SMALLEST: Final = 0.65  # type may shrink to this: labels of 9 px on a screen, 9 pt on paper
STEPS: Final = 48


def natural(size: Size) -> float:
    """Return how large type stands where the height is free: as drawn, unless the page would be too narrow or wide."""
    page = min(max(size.width * SCREEN / size.ppi, PAGE[0]), PAGE[1])
    return size.width / page


def least(size: Size) -> float:
    """Return the smallest type of a size."""
    return max(SMALLEST * size.ppi / SCREEN, size.width / PAGE[1])


def candidates(size: Size) -> list[float]:
    """List the sizes that type may have in a picture of fixed height, the largest first."""
    upright = size.height is not None and size.height >= 1.5 * size.width
    narrowest = PAGE[0] if upright and size.ppi == SCREEN else ROOMY
    low = least(size)
    high = max(size.width / narrowest, low)
    return [high * (low / high) ** (step / STEPS) for step in range(STEPS + 1)]
