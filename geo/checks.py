"""What must hold for the built files, for the build and for the tests.

In: the folder with boundaries/*.geojson and places.csv. Out: the problems found; none is good.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import geopandas as gpd
import pandas as pd

from geo.layers import area_km2, level_of, parent_code, read_shapes, read_text
from geo.load import FILES

COUNTS = {"province": 1, "prefecture": 9, "county": 88}
# Rounding moves a vertex by metres on both sides of a border alike: any sliver at all means that it did not.
SLIVER_KM2 = 0.001
# The source is generalised; the farthest of the areas below, Guanshanhu's, is 1.44 % off.
AREA_TOLERANCE = 0.015
OFFICIAL_KM2 = {
    "guiyang": 8043, "bijie": 26853, "qingzhen": 1386.6, "wudang": 686, "kaiyang": 2026, "xifeng": 1036.5,
    "xiuwen": 1075.7, "huaxi": 964, "baiyun": 270, "guanshanhu": 309, "nanming": 209, "yunyan": 93.6,
}  # fmt: skip
REBUILD = "run `python -m geo.build` again; if it stays, the source has changed"
RENAME = "mend the row in geo/names.csv and run `python -m geo.build`"


class Problem(NamedTuple):
    """One failed check, with what is needed to mend it."""

    file: str
    place: str
    found: str
    expected: str
    way_out: str

    def __str__(self) -> str:
        """Say it in one line."""
        return f"{self.file}: {self.place}: found {self.found}, expected {self.expected}; {self.way_out}."


Problems = Iterator[Problem]


def counts(shapes: gpd.GeoDataFrame, places: pd.DataFrame) -> Problems:
    """Find a level without its number of features or of rows."""
    for level, expected in COUNTS.items():
        for file, frame in ((FILES[level], shapes), ("places.csv", places)):
            found = (frame["level"] == level).sum()
            if found != expected:
                yield Problem(file, f"level {level}", f"{found}", f"{expected}", REBUILD)


def names(shapes: gpd.GeoDataFrame, places: pd.DataFrame) -> Problems:
    """Find a feature whose id, code or name is not its row's."""
    listed = dict(zip(places["id"], places["adcode"] + " " + places["name_zh"], strict=True))
    for one in shapes.itertuples():
        found, expected = f"{one.adcode} {one.name_zh}", listed.get(one.id)
        if found != expected:
            yield Problem(FILES[one.level], one.id, found, f"as in places.csv: {expected}", RENAME)


def rows_hang_together(shapes: gpd.GeoDataFrame, places: pd.DataFrame) -> Problems:
    """Find an id used twice, a parent that is none, a level that the code contradicts."""
    ids = Counter(places["id"])
    for row in places.to_dict("records"):
        if ids[row["id"]] > 1:
            yield Problem("places.csv", row["id"], f"{ids[row['id']]} rows", "one", RENAME)
        if row["parent"] not in ids and row["level"] != "province":
            yield Problem("places.csv", row["id"], f"parent {row['parent']!r}", "an id of the table", RENAME)
        if row["level"] != level_of(row["adcode"]):
            yield Problem("places.csv", row["id"], row["level"], level_of(row["adcode"]), RENAME)


def validity(shapes: gpd.GeoDataFrame, places: pd.DataFrame) -> Problems:
    """Find a polygon that rounding broke."""
    broken = shapes[~shapes.is_valid | shapes.is_empty]
    for one in broken.assign(reason=broken.is_valid_reason()).itertuples():
        yield Problem(FILES[one.level], one.id, one.reason, "a valid polygon", REBUILD)


def overlaps(shapes: gpd.GeoDataFrame, places: pd.DataFrame) -> Problems:
    """Find two places of a level that share ground."""
    for level, layer in shapes.groupby("level", sort=False):
        # Overlaid with itself a layer gives every pair twice, and each shape with itself.
        pairs = layer.overlay(layer, how="intersection", keep_geom_type=True).query("adcode_1 < adcode_2")
        shared = pairs.assign(km2=area_km2(pairs.geometry))
        for one in shared[shared["km2"] > SLIVER_KM2].itertuples():
            yield Problem(FILES[level], f"{one.id_1} and {one.id_2}", f"{one.km2:.4f} km² shared", "none", REBUILD)


def tiling(shapes: gpd.GeoDataFrame, places: pd.DataFrame) -> Problems:
    """Find a place that its parts do not fill, or reach out of."""
    # A broken polygon is for validity() to report; here it must not stop the others.
    mended = shapes.assign(geometry=shapes.make_valid(), parent=shapes["adcode"].map(parent_code))
    filled = mended.dissolve("parent").geometry
    for level, below in (("province", "prefecture"), ("prefecture", "county")):
        wholes = mended[mended["level"] == level].set_index("adcode")
        parts = filled.reindex(wholes.index).fillna()  # with an empty shape
        off = area_km2(wholes.symmetric_difference(parts))
        for place, km2 in zip(wholes["id"], off, strict=True):
            if km2 > SLIVER_KM2:
                found = f"{km2:.4f} km² that are not the same as in {FILES[level]}"
                yield Problem(FILES[below], place, found, "none", REBUILD)


def official_areas(shapes: gpd.GeoDataFrame, places: pd.DataFrame) -> Problems:
    """Find an area that is not the official one, as far as this is known."""
    levels = dict(zip(shapes["id"], shapes["level"], strict=True))
    areas = dict(zip(shapes["id"], area_km2(shapes.geometry), strict=True))
    for place, official in OFFICIAL_KM2.items():
        level, area = levels.get(place, "county"), areas.get(place, 0.0)
        if abs(area / official - 1) > AREA_TOLERANCE:
            expected = f"{official} km² within {AREA_TOLERANCE:.1%}"
            yield Problem(FILES[level], place, f"{area:.1f} km²", expected, REBUILD)


def points_inside(shapes: gpd.GeoDataFrame, places: pd.DataFrame) -> Problems:
    """Find a place with a polygon but no point inside it, or with a point but no polygon."""
    points = gpd.GeoSeries.from_xy(pd.to_numeric(places["lon"]), pd.to_numeric(places["lat"]), crs=shapes.crs)
    joined = gpd.GeoDataFrame(places.merge(shapes[["id", "geometry"]], how="left", on="id"))
    for row, inside in zip(joined.to_dict("records"), joined.contains(points), strict=True):
        cells = [row["lon"], row["lat"], row["area_km2"]]
        if row["geometry"] is None:
            right, expected = row["polygon"] == "no" and not any(cells), "polygon no and empty cells"
        else:
            right, expected = row["polygon"] == "yes" and all(cells) and inside, "a point inside the shape"
        if not right:
            yield Problem("places.csv", row["id"], f"polygon {row['polygon']}, {cells}", expected, REBUILD)


Check = Callable[[gpd.GeoDataFrame, pd.DataFrame], Problems]
CHECKS: tuple[Check, ...] = (
    counts, names, rows_hang_together, validity, overlaps, tiling, official_areas, points_inside,
)  # fmt: skip


def problems(folder: Path) -> list[Problem]:
    """Run every check on the files of a folder."""
    shapes, places = read_shapes(folder), read_text(folder / "places.csv")
    return [problem for check in CHECKS for problem in check(shapes, places)]
