"""What must hold for the built files, for the build and for the tests.

In: the folder with boundaries/*.geojson and places.csv. Out: the problems found; none is good.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from shapely import is_valid_reason, union_all
from shapely.geometry import Point

from geo.layers import CODE_DIGITS, Layers, Row, Shape, area_km2, level_of, read_layers, read_rows
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


def counts(layers: Layers, rows: list[Row]) -> Problems:
    """Find a level without its number of features or of rows."""
    levels = Counter(row["level"] for row in rows)
    for level, expected in COUNTS.items():
        for file, found in ((FILES[level], len(layers[level])), ("places.csv", levels[level])):
            if found != expected:
                yield Problem(file, f"level {level}", f"{found}", f"{expected}", REBUILD)


def names(layers: Layers, rows: list[Row]) -> Problems:
    """Find a feature whose id, code or name is not its row's."""
    listed = {row["id"]: (row["adcode"], row["name_zh"]) for row in rows}
    for level, shapes in layers.items():
        for one in shapes:
            if listed.get(one.id) != (one.adcode, one.name):
                found, expected = f"{one.adcode} {one.name}", f"as in places.csv: {listed.get(one.id)}"
                yield Problem(FILES[level], one.id, found, expected, RENAME)


def rows_hang_together(layers: Layers, rows: list[Row]) -> Problems:
    """Find an id used twice, a parent that is none, a level that the code contradicts."""
    ids = Counter(row["id"] for row in rows)
    for row in rows:
        if ids[row["id"]] > 1:
            yield Problem("places.csv", row["id"], f"{ids[row['id']]} rows", "one", RENAME)
        if row["parent"] not in ids and row["level"] != "province":
            yield Problem("places.csv", row["id"], f"parent {row['parent']!r}", "an id of the table", RENAME)
        if row["level"] != level_of(row["adcode"]):
            yield Problem("places.csv", row["id"], row["level"], level_of(row["adcode"]), RENAME)


def validity(layers: Layers, rows: list[Row]) -> Problems:
    """Find a polygon that rounding broke."""
    for level, shapes in layers.items():
        for one in shapes:
            if not one.polygon.is_valid or one.polygon.is_empty:
                yield Problem(FILES[level], one.id, is_valid_reason(one.polygon), "a valid polygon", REBUILD)


def overlaps(layers: Layers, rows: list[Row]) -> Problems:
    """Find two places of a level that share ground."""
    for level, shapes in layers.items():
        for one, other in combinations(shapes, 2):
            if one.polygon.intersects(other.polygon):
                shared = area_km2(one.polygon.intersection(other.polygon))
                if shared > SLIVER_KM2:
                    pair = f"{one.id} and {other.id}"
                    yield Problem(FILES[level], pair, f"{shared:.4f} km² shared", "none", REBUILD)


def tiling(layers: Layers, rows: list[Row]) -> Problems:
    """Find a place that its parts do not fill, or reach out of."""
    for level, below in (("province", "prefecture"), ("prefecture", "county")):
        for whole in layers[level]:
            filled = union_all([part.polygon for part in parts(whole, level, layers[below])])
            off = area_km2(whole.polygon.symmetric_difference(filled))
            if off > SLIVER_KM2:
                found = f"{off:.4f} km² that are not the same as in {FILES[level]}"
                yield Problem(FILES[below], whole.id, found, "none", REBUILD)


def parts(whole: Shape, level: str, shapes: list[Shape]) -> list[Shape]:
    """Pick the shapes whose code says that they lie in a place."""
    return [one for one in shapes if one.adcode.startswith(whole.adcode[: CODE_DIGITS[level]])]


def official_areas(layers: Layers, rows: list[Row]) -> Problems:
    """Find an area that is not the official one, as far as this is known."""
    measured = {one.id: (level, area_km2(one.polygon)) for level, shapes in layers.items() for one in shapes}
    for place, official in OFFICIAL_KM2.items():
        level, area = measured.get(place, ("county", 0.0))
        if abs(area / official - 1) > AREA_TOLERANCE:
            expected = f"{official} km² within {AREA_TOLERANCE:.1%}"
            yield Problem(FILES[level], place, f"{area:.1f} km²", expected, REBUILD)


def points_inside(layers: Layers, rows: list[Row]) -> Problems:
    """Find a place with a polygon but no point inside it, or with a point but no polygon."""
    polygons = {one.id: one.polygon for shapes in layers.values() for one in shapes}
    for row in rows:
        polygon, cells = polygons.get(row["id"]), [row["lon"], row["lat"], row["area_km2"]]
        if polygon is None:
            right = row["polygon"] == "no" and not any(cells)
        else:
            right = row["polygon"] == "yes" and all(cells)
            right = right and polygon.contains(Point(float(row["lon"]), float(row["lat"])))
        if not right:
            expected = "a point inside the shape" if polygon else "polygon no and empty cells"
            yield Problem("places.csv", row["id"], f"polygon {row['polygon']}, {cells}", expected, REBUILD)


Check = Callable[[Layers, list[Row]], Problems]
CHECKS: tuple[Check, ...] = (
    counts, names, rows_hang_together, validity, overlaps, tiling, official_areas, points_inside,
)  # fmt: skip


def problems(folder: Path) -> list[Problem]:
    """Run every check on the files of a folder."""
    layers, rows = read_layers(folder), read_rows(folder / "places.csv")
    return [problem for check in CHECKS for problem in check(layers, rows)]
