"""Shapes as TopoJSON: every border once, as steps on a grid, a quarter of the size and not a metre coarser.

In: GeoJSON features whose neighbours share their vertices, as geo/build.py leaves them. Out: a Topology of one object.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

GRID = 10_000  # steps a degree: the four decimals that the built files carry
Point = tuple[int, int]
Ring = list[Point]


def topology(features: Iterable[dict[str, Any]], name: str) -> dict[str, Any]:
    """Turn features into a Topology with one object, `name`; properties stay as they are."""
    shapes = [(feature, [[_on_grid(ring) for ring in part] for part in _parts(feature)]) for feature in features]
    joints = _joints(ring for _, parts in shapes for part in parts for ring in part)
    arcs: dict[tuple[Point, ...], int] = {}
    geometries = [
        {
            "type": "MultiPolygon",
            "properties": dict(feature["properties"]),
            "arcs": [[[_number(arc, arcs) for arc in _cut(ring, joints)] for ring in part] for part in parts],
        }
        for feature, parts in shapes
    ]
    return {
        "type": "Topology",
        "transform": {"scale": [1 / GRID, 1 / GRID], "translate": [0, 0]},
        "arcs": [_steps(arc) for arc in arcs],
        "objects": {name: {"type": "GeometryCollection", "geometries": geometries}},
    }


def _parts(feature: dict[str, Any]) -> list[list[list[list[float]]]]:
    shape = feature["geometry"]
    parts: list[list[list[list[float]]]] = shape["coordinates"]
    return parts if shape["type"] == "MultiPolygon" else [parts]  # type: ignore[list-item]


def _on_grid(ring: list[list[float]]) -> Ring:
    """Put a ring's vertices on the grid, without the last, which repeats the first."""
    return [(round(lon * GRID), round(lat * GRID)) for lon, lat in ring[:-1]]


def _joints(rings: Iterable[Ring]) -> set[Point]:
    """Find the vertices where more than two ways meet: there, and only there, borders are cut."""
    ways: dict[Point, set[Point]] = defaultdict(set)
    for ring in rings:
        for before, here in zip(ring[-1:] + ring, ring, strict=False):
            ways[here].add(before)
            ways[before].add(here)
    return {point for point, others in ways.items() if len(others) > 2}


def _cut(ring: Ring, joints: set[Point]) -> Iterator[tuple[Point, ...]]:
    """Cut a ring at its joints; one without any begins at its least vertex, wherever it was begun."""
    cuts = [number for number, point in enumerate(ring) if point in joints] or [ring.index(min(ring))]
    for start, end in zip(cuts, [*cuts[1:], cuts[0] + len(ring)], strict=True):
        yield tuple(ring[number % len(ring)] for number in range(start, end + 1))


def _number(arc: tuple[Point, ...], arcs: dict[tuple[Point, ...], int]) -> int:
    """Return an arc's number, or the complement of it where it is run the other way round."""
    if arc[::-1] in arcs:
        return ~arcs[arc[::-1]]
    return arcs.setdefault(arc, len(arcs))


def _steps(arc: tuple[Point, ...]) -> list[list[int]]:
    """Write an arc as its first vertex and the steps from each to the next."""
    steps = [[x - u, y - v] for (u, v), (x, y) in pairwise(arc)]
    return [list(arc[0]), *steps]
