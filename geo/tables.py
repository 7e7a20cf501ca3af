"""The rows of places.csv and sites.csv.

In: the rows of names.csv, written by hand; the shapes, rounded; the coordinates of two airports.
Out: rows in the order of their administrative code, all cells text, and the CSV they make.
"""

import csv
import io

import airportsdata
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from geo.layers import Row, Shape, area_km2, level_of, parent_code

PLACE_COLUMNS = (
    "id", "adcode", "level", "parent", "name_zh", "short_zh", "pinyin", "name_en", "short_en", "lon", "lat",
    "area_km2", "valid_from", "valid_to", "polygon", "note_zh", "note_en",
)  # fmt: skip
SITE_COLUMNS = ("id", "name_zh", "name_en", "iata", "place", "lon", "lat", "source")
DECIMALS = 4
# The names in use; airportsdata has shorter ones.
AIRPORTS = {
    "guiyang-airport": ("KWE", "贵阳龙洞堡国际机场", "Guiyang Longdongbao International Airport"),
    "bijie-airport": ("BFJ", "毕节飞雄机场", "Bijie Feixiong Airport"),
}
AREA_PARENT = "guizhou"


def short_english(name: Row) -> str:
    """Give the name without its generic part: Weining for Weining Yi, Hui and Miao Autonomous County."""
    return name["name_en"].split()[0]


def slug(name: Row) -> str:
    """Make the id that stands in addresses: lower-case letters and hyphens."""
    return short_english(name).lower().replace("–", "-").replace("'", "")


def place_rows(names: list[Row], polygons: dict[str, BaseGeometry]) -> list[Row]:
    """Join the names with what the shapes say."""
    ids = {name["adcode"]: slug(name) for name in names if name["adcode"]}
    return [place_row(name, ids, polygons.get(name["adcode"])) for name in names]


def place_row(name: Row, ids: dict[str, str], polygon: BaseGeometry | None) -> Row:
    """Make one row of places.csv."""
    level = level_of(name["adcode"])
    row = {
        **name,
        "id": slug(name),
        "level": level,
        "parent": AREA_PARENT if level == "area" else ids.get(parent_code(name["adcode"]), ""),
        "short_en": short_english(name),
        "polygon": "yes" if polygon else "no",
        **(position(polygon.representative_point()) if polygon else {"lon": "", "lat": ""}),
        "area_km2": f"{area_km2(polygon):.1f}" if polygon else "",
    }
    return {column: row[column] for column in PLACE_COLUMNS}


def position(point: Point) -> Row:
    """Write a point's coordinates."""
    return {"lon": f"{point.x:.{DECIMALS}f}", "lat": f"{point.y:.{DECIMALS}f}"}


def site_rows(counties: list[Shape]) -> list[Row]:
    """Make the rows of sites.csv, each with the county its point falls in."""
    listed = airportsdata.load("IATA")
    rows = []
    for site, (iata, name_zh, name_en) in AIRPORTS.items():
        point = Point(listed[iata]["lon"], listed[iata]["lat"])
        place = next(county.id for county in counties if county.polygon.contains(point))
        source = "airportsdata (PyPI, MIT)"
        cells = (site, name_zh, name_en, iata, place, *position(point).values(), source)
        rows.append(dict(zip(SITE_COLUMNS, cells, strict=True)))
    return rows


def as_csv(rows: list[Row]) -> str:
    """Write rows as CSV, the same bytes on every system."""
    text = io.StringIO()
    writer = csv.DictWriter(text, fieldnames=list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()
