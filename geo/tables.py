"""The tables places.csv and sites.csv.

In: names.csv, written by hand; the shapes, rounded; the coordinates of two airports.
Out: tables in the order of names.csv, all cells text, and the CSV they make.
"""

import airportsdata
import geopandas as gpd
import pandas as pd

from geo.layers import area_km2, parent_code

PLACE_COLUMNS = (
    "id", "adcode", "level", "parent", "name_zh", "short_zh", "pinyin", "name_en", "short_en", "lon", "lat",
    "area_km2", "valid_from", "valid_to", "polygon", "note_zh", "note_en",
)  # fmt: skip
SITE_COLUMNS = ("id", "name_zh", "name_en", "iata", "place", "lon", "lat", "source")
DECIMALS = 4
# The names in use; airportsdata has shorter ones.
AIRPORTS = (
    ("guiyang-airport", "KWE", "贵阳龙洞堡国际机场", "Guiyang Longdongbao International Airport"),
    ("bijie-airport", "BFJ", "毕节飞雄机场", "Bijie Feixiong Airport"),
)
SITE_SOURCE = "airportsdata (PyPI, MIT)"
AREA_PARENT = "guizhou"


def with_ids(names: pd.DataFrame) -> pd.DataFrame:
    """Add the short English name, Weining for Weining Yi, Hui and Miao Autonomous County, and the id made of it."""
    short = names["name_en"].str.split().str[0]
    # An id stands in addresses: lower-case letters and hyphens.
    return names.assign(short_en=short, id=short.str.lower().str.replace("–", "-").str.replace("'", ""))


def place_table(names: pd.DataFrame, shapes: gpd.GeoDataFrame) -> pd.DataFrame:
    """Join the names with what the shapes say."""
    area = area_km2(shapes.geometry).map("{:.1f}".format)
    measured = shapes[["adcode", "level"]].assign(
        **position(shapes.representative_point()), area_km2=area, polygon="yes"
    )
    table = names.merge(measured, how="left", on="adcode").fillna({"level": "area", "polygon": "no"})
    ids = dict(zip(shapes["adcode"], shapes["id"], strict=True))
    parents = table["adcode"].map(parent_code).map(ids).where(table["level"] != "area", AREA_PARENT)
    return table.assign(parent=parents)[list(PLACE_COLUMNS)]


def site_table(counties: gpd.GeoDataFrame) -> pd.DataFrame:
    """List the airports, each with the county its point falls in."""
    sites = pd.DataFrame(AIRPORTS, columns=["id", "iata", "name_zh", "name_en"])
    airports = airportsdata.load("IATA")
    listed = pd.DataFrame([airports[iata] for iata in sites["iata"]])
    points = gpd.GeoSeries.from_xy(listed["lon"], listed["lat"], crs=counties.crs)
    located = gpd.GeoDataFrame(sites.assign(**position(points), source=SITE_SOURCE), geometry=points)
    held = counties[["id", "geometry"]].rename(columns={"id": "place"})
    return pd.DataFrame(located.sjoin(held, how="left", predicate="within"), columns=list(SITE_COLUMNS))


def position(points: gpd.GeoSeries) -> "dict[str, pd.Series[str]]":
    """Write the coordinates of points."""
    degrees = f"{{:.{DECIMALS}f}}".format
    return {"lon": points.x.map(degrees), "lat": points.y.map(degrees)}


def as_csv(table: pd.DataFrame) -> str:
    """Write a table as CSV, the same bytes on every system."""
    return table.to_csv(index=False, lineterminator="\n")
