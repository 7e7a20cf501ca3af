"""Build the boundaries and tables of places: `python -m geo.build [--wheel PATH] [--out FOLDER]`.

In: the wheel that geo/source.py names, downloaded or given; geo/names.csv.
Out: boundaries/{province,prefectures,counties}.geojson, places.csv, sites.csv, written only once checked.
"""

import argparse
import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from shapely import orient_polygons, remove_repeated_points, transform
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from geo.checks import RENAME, Problem, problems
from geo.layers import Row, Shape, read_rows
from geo.load import FILES, FOLDER
from geo.source import Area, SourceError, fetch, read, verify
from geo.tables import DECIMALS, as_csv, place_rows, site_rows, slug

Areas = dict[str, dict[str, Area]]


class BuildError(Exception):
    """What was built does not hold; each line is one problem."""

    def __init__(self, found: list[Problem]) -> None:
        """Put one problem on a line."""
        super().__init__("\n".join(map(str, found)))


def rounded(polygon: BaseGeometry) -> BaseGeometry:
    """Round a polygon's coordinates.

    Neighbours share their vertices, so rounding each alone keeps borders common. Simplifying would not.
    """
    near = transform(polygon, lambda coordinates: np.round(coordinates, DECIMALS))
    # Vega's projections read a ring that runs counter-clockwise as the whole globe around it.
    return orient_polygons(remove_repeated_points(near), exterior_cw=True)


def round_all(areas: dict[str, Area]) -> dict[str, Area]:
    """Round all areas of a level."""
    return {adcode: area._replace(polygon=rounded(area.polygon)) for adcode, area in areas.items()}


def check_names(areas: Areas, names: list[Row]) -> None:
    """Stop unless names.csv and the source list the same codes under the same names."""
    ours = {row["adcode"]: row["name_zh"] for row in names if row["adcode"]}
    theirs = {adcode: area.name for level in areas.values() for adcode, area in level.items()}
    pairs = {code: (str(ours.get(code)), str(theirs.get(code))) for code in sorted({*ours, *theirs})}
    found = [Problem("names.csv", code, *pair, RENAME) for code, pair in pairs.items() if pair[0] != pair[1]]
    if found:
        raise BuildError(found)


def as_geojson(shapes: list[Shape]) -> str:
    """Write a feature collection, one feature a line so that a change can be read."""
    lines = [json.dumps(feature(one), ensure_ascii=False, separators=(",", ":")) for one in shapes]
    return '{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n"


def feature(one: Shape) -> dict[str, object]:
    """Make a GeoJSON feature with keys in a fixed order."""
    properties = {"id": one.id, "adcode": one.adcode, "name_zh": one.name}
    return {"type": "Feature", "properties": properties, "geometry": mapping(one.polygon)}


def files(areas: Areas, names: list[Row]) -> dict[str, str]:
    """Make the text of every built file, by its path."""
    ids = {row["adcode"]: slug(row) for row in names}
    shapes = {level: [Shape(ids[code], code, *area) for code, area in areas[level].items()] for level in areas}
    polygons = {one.adcode: one.polygon for level in shapes.values() for one in level}
    boundaries = {f"boundaries/{FILES[level]}": as_geojson(shapes[level]) for level in FILES}
    tables = {
        "places.csv": as_csv(place_rows(names, polygons)),
        "sites.csv": as_csv(site_rows(shapes["county"])),
    }
    return {**boundaries, **tables}


def build(wheel: Path, out: Path) -> list[Path]:
    """Build all files from a wheel; nothing is written to `out` unless every check holds."""
    verify(wheel)
    names = read_rows(FOLDER / "names.csv")
    areas = {level: round_all(read(wheel, level)) for level in FILES}
    check_names(areas, names)
    texts = files(areas, names)
    with TemporaryDirectory() as draft:
        write(texts, Path(draft))
        found = problems(Path(draft))
    if found:
        raise BuildError(found)
    return write(texts, out)


def write(texts: dict[str, str], folder: Path) -> list[Path]:
    """Write the files into a folder, with the same line ends on every system."""
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    return [folder / name for name in texts]


def main() -> None:
    """Read the command line, build, and say what was written."""
    parser = argparse.ArgumentParser(description="Build the boundaries and the tables of places.")
    parser.add_argument("--wheel", type=Path, help="a wheel already at hand, instead of downloading it")
    parser.add_argument("--out", type=Path, default=FOLDER, help="where to write (default: geo/)")
    options = parser.parse_args()
    try:
        with TemporaryDirectory() as folder:
            written = build(options.wheel or fetch(Path(folder)), options.out)
    except (SourceError, BuildError) as error:
        sys.exit(str(error))
    for path in written:
        print(f"{path.name}: {path.stat().st_size} bytes")


if __name__ == "__main__":
    main()
