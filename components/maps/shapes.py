"""The shapes of a map Figure: as TopoJSON for the drawing, as GeoJSON for the interactive map and for readers."""

from functools import lru_cache
from typing import Any

from components.figures.figure import Figure
from components.maps.design import Area, land
from components.theme import Look
from data.load import record
from geo import notice
from geo.load import ancestors, feature, places
from geo.topology import topology

OBJECT = "areas"  # the name of the one object in a Topology


def drawn(areas: tuple[Area, ...], look: Look) -> dict[str, Any]:
    """Return the areas as a Topology in the colours of a look; borders stand in it once and are shared by all looks."""
    made = _topology(tuple(area.place for area in areas))
    shapes = made["objects"][OBJECT]["geometries"]
    dressed = [{**shape, "properties": paint(area, look)} for area, shape in zip(areas, shapes, strict=True)]
    return {**made, "objects": {OBJECT: {"type": "GeometryCollection", "geometries": dressed}}}


@lru_cache(maxsize=64)
def _topology(shown: tuple[str, ...]) -> dict[str, Any]:
    return topology(map(feature, shown), OBJECT)


def paint(area: Area, look: Look) -> dict[str, Any]:
    """Return how an area is drawn: fill, line, width of the line."""
    if area.outline:
        return {"fill": "transparent", "line": look.place(area.colour), "width": 1.8 if area.colour else 0.8}
    return {"fill": land(area, look), "line": look.paper, "width": 1}


def collection(figure: Figure) -> dict[str, Any]:
    """Return exactly the shapes a map Figure shows as GeoJSON, named in both languages, with the boundary notice.

    Raises ValueError for a Figure that is no map.
    """
    if not figure.areas:
        raise ValueError(f"Figure {figure.id} is no map: it has no shapes.")
    shown = dict.fromkeys(area.place for area in figure.areas)
    return {
        "type": "FeatureCollection",
        "name": figure.name,
        "attribution": {"zh": notice.ATTRIBUTION_ZH, "en": notice.ATTRIBUTION_EN},
        "features": [named(place) for place in shown],
    }


def named(place: str) -> dict[str, Any]:
    """Return a place's shape with its code, its level, what it lies in, and its names."""
    row = record(places(), place)
    parts = ("adcode", "level", "name_zh", "name_en")
    about = {"id": place, **{part: row[part] for part in parts}, "within": list(ancestors(place))}
    return {"type": "Feature", "properties": about, "geometry": feature(place)["geometry"]}
