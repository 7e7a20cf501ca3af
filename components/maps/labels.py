"""Where the labels of the four places stand, outside the shapes, for both kinds of map. Degrees, WGS 84."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Anchor:
    """A leader line from inside a shape to its label, and to which side the label's text runs."""

    lon: float
    lat: float
    label_lon: float
    label_lat: float
    align: str


ANCHORS: Final = {
    "bijie": Anchor(105.95, 27.35, 105.72, 28.3, "right"),
    "guiyang": Anchor(106.95, 27.18, 107.75, 27.72, "left"),
    "wudang": Anchor(106.88, 26.70, 107.75, 26.52, "left"),
    "qingzhen": Anchor(106.33, 26.55, 105.65, 25.75, "right"),
}
CENTRE: Final = (106.58, 26.93)
EXTENT: Final = 6.05  # degrees of longitude that must fit
