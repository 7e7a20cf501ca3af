"""The built files as polygons and rows, for measuring and checking; the application itself never needs them.

In: the folder with boundaries/*.geojson and places.csv. Out: shapes by level, rows of the table, areas.
"""

import csv
import json
from pathlib import Path
from typing import NamedTuple

from pyproj import Geod
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from geo.load import FILES

# CGCS2000, the datum of the source, shares its ellipsoid with GRS 80 to well under a millimetre.
ELLIPSOID = Geod(ellps="GRS80")
# How many digits of an administrative code a unit shares with all that lies in it.
CODE_DIGITS = {"province": 2, "prefecture": 4, "county": 6}


class Shape(NamedTuple):
    """One feature of a boundary file."""

    id: str
    adcode: str
    name: str
    polygon: BaseGeometry


Layers = dict[str, list[Shape]]
Row = dict[str, str]


def area_km2(polygon: BaseGeometry) -> float:
    """Measure a polygon on the ellipsoid."""
    return 0.0 if polygon.is_empty else abs(float(ELLIPSOID.geometry_area_perimeter(polygon)[0])) / 1e6


def level_of(adcode: str) -> str:
    """Tell the level of an administrative code; areas that are no unit of government have none."""
    if not adcode:
        return "area"
    return next(level for level, digits in CODE_DIGITS.items() if set(adcode[digits:]) <= {"0"})


def parent_code(adcode: str) -> str:
    """Give the code of the unit above, empty for the province."""
    above = {"prefecture": 2, "county": 4}.get(level_of(adcode))
    return adcode[:above].ljust(6, "0") if above else ""


def read_layers(folder: Path) -> Layers:
    """Read the three boundary files."""
    return {level: read_layer(folder / "boundaries" / name) for level, name in FILES.items()}


def read_layer(path: Path) -> list[Shape]:
    """Read one boundary file."""
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    return [as_shape(feature["properties"], feature["geometry"]) for feature in features]


def as_shape(properties: dict[str, str], geometry: dict[str, object]) -> Shape:
    """Turn a feature's parts into a shape."""
    return Shape(properties["id"], properties["adcode"], properties["name_zh"], shape(geometry))


def read_rows(path: Path) -> list[Row]:
    """Read a CSV file as rows of text."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
