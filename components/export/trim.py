"""What is not seen is taken out of a picture: an SVG in, the same picture out.

A chart that is drawn once for all widths carries marks that show at other widths alone. In a file they would stay as text
that cannot be seen and yet is selected, searched and read aloud, stacked on one spot.
A map of a few counties carries shapes that reach far beyond its frame. They are not seen, but a renderer takes room for
all of them: hundreds of megabytes at a large scale.
"""

import re
from typing import Final

Point = tuple[float, float]
BESIDE: Final = 12.0  # px kept beyond the frame, so that no line is seen along the cut
FRAME: Final = re.compile(
    r'<clipPath id="(clip\d+)"><rect x="([-\d.]+)" y="([-\d.]+)" width="([\d.]+)" height="([\d.]+)"'
)
GROUP: Final = re.compile(r'<g class="mark-shape[^>]*clip-path="url\(#(clip\d+)\)"[^>]*>.*?</g>', re.DOTALL)
SHAPE: Final = re.compile(r'(<path[^>]*? transform="translate\(0,0\)" d=")(M[-\d.,LMZe]*)(")')
UNSEEN: Final = re.compile(
    r'<(?:text|path|line)\b[^>]*\sopacity="0"[^>]*(?:/>|(?<!/)>.*?</(?:text|path|line)>)', re.DOTALL
)


def trimmed(svg: str) -> str:
    """Take out what has no opacity; cut the shapes of every framed map to a little more than their frame."""
    svg = UNSEEN.sub("", svg)
    frames = {found[1]: tuple(float(part) for part in found.groups()[1:]) for found in FRAME.finditer(svg)}
    return GROUP.sub(lambda group: _group(group, frames), svg) if frames else svg


def _group(group: re.Match[str], frames: dict[str, tuple[float, ...]]) -> str:
    if group[1] not in frames:
        return group[0]
    x, y, width, height = frames[group[1]]
    box = (x - BESIDE, y - BESIDE, x + width + BESIDE, y + height + BESIDE)
    return SHAPE.sub(lambda shape: f"{shape[1]}{_outline(shape[2], box)}{shape[3]}", group[0])


def _outline(path: str, box: tuple[float, float, float, float]) -> str:
    """Cut each ring of an outline; one that lies inside stays as it is written, one outside goes."""
    rings = [ring for ring in path.split("M") if ring]
    return "".join(_ring(ring, box) for ring in rings) or "M0,0"


def _ring(ring: str, box: tuple[float, float, float, float]) -> str:
    points: list[Point] = []
    for pair in ring.removesuffix("Z").split("L"):
        x, y = pair.split(",")
        points.append((float(x), float(y)))
    if all(box[0] <= x <= box[2] and box[1] <= y <= box[3] for x, y in points) or not ring.endswith("Z"):
        return f"M{ring}"
    for axis, limit, keep in ((0, box[0], 1), (1, box[1], 1), (0, box[2], -1), (1, box[3], -1)):
        points = _side(points, axis, limit, keep)
    return "M" + "L".join(f"{x:.3f},{y:.3f}" for x, y in points) + "Z" if len(points) > 2 else ""


def _side(points: list[Point], axis: int, limit: float, keep: int) -> list[Point]:
    """Cut a ring at one side of the box (Sutherland and Hodgman)."""
    kept: list[Point] = []
    for one, other in zip(points, points[1:] + points[:1], strict=True):
        inside, next_inside = ((point[axis] - limit) * keep >= 0 for point in (one, other))
        if inside:
            kept.append(one)
        if inside != next_inside:
            share = (limit - one[axis]) / (other[axis] - one[axis])
            crossing = [a + share * (b - a) for a, b in zip(one, other, strict=True)]
            kept.append((crossing[0], crossing[1]))
    return kept
