"""The built files as frames, for measuring and checking; the application itself never needs them.

In: the folder with boundaries/*.geojson, the CSV files beside it. Out: shapes of all levels, tables of text, areas.
"""

from pathlib import Path

import geopandas as gpd
import pandas as pd

from geo.load import FILES

# CGCS2000, the datum of the source. The built files do not name it, so GeoPandas takes them for WGS 84.
DATUM = "EPSG:4490"
# How many digits of an administrative code a unit shares with all that lies in it.
CODE_DIGITS = {"province": 2, "prefecture": 4, "county": 6}


def read_shapes(folder: Path) -> gpd.GeoDataFrame:
    """Read the three boundary files: id, adcode, name_zh, geometry and level of every shape."""
    return stack({level: gpd.read_file(folder / "boundaries" / name) for level, name in FILES.items()})


def stack(layers: dict[str, gpd.GeoDataFrame]) -> gpd.GeoDataFrame:
    """Put the layers of all levels into one frame, on the datum of the source."""
    leveled = [layer.assign(level=level).set_crs(DATUM, allow_override=True) for level, layer in layers.items()]
    return gpd.GeoDataFrame(pd.concat(leveled, ignore_index=True))


def read_text(path: Path) -> pd.DataFrame:
    """Read a CSV file with every cell as text; empty stays empty."""
    return pd.read_csv(path, dtype=str, keep_default_na=False)


def area_km2(polygons: gpd.GeoSeries) -> "pd.Series[float]":
    """Measure polygons on the ellipsoid of their datum; GeoPandas itself measures on a plane only."""
    geod = polygons.crs.get_geod()
    square_metres = [abs(geod.geometry_area_perimeter(polygon)[0]) for polygon in polygons]
    return pd.Series(square_metres, index=polygons.index, dtype=float) / 1e6


def level_of(adcode: str) -> str:
    """Tell the level of an administrative code; areas that are no unit of government have none."""
    if not adcode:
        return "area"
    return next(level for level, digits in CODE_DIGITS.items() if set(adcode[digits:]) <= {"0"})


def parent_code(adcode: str) -> str:
    """Give the code of the unit above, empty for the province."""
    above = {"prefecture": 2, "county": 4}.get(level_of(adcode))
    return adcode[:above].ljust(6, "0") if above else ""
