"""Build the boundaries and tables of places: `python -m geo.build [--wheel PATH] [--out FOLDER]`.

In: the wheel that geo/source.py names, downloaded or given; geo/names.csv.
Out: boundaries/{province,prefectures,counties}.geojson, places.csv, sites.csv, written only once checked.
"""

import argparse
import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import geopandas as gpd
import pandas as pd

from geo.checks import RENAME, Problem, problems
from geo.layers import read_text, stack
from geo.load import FILES, FOLDER
from geo.source import SourceError, fetch, read, verify
from geo.tables import DECIMALS, as_csv, place_table, site_table, with_ids


class BuildError(Exception):
    """What was built does not hold; each line is one problem."""

    def __init__(self, found: list[Problem]) -> None:
        """Put one problem on a line."""
        super().__init__("\n".join(map(str, found)))


def rounded(polygons: gpd.GeoSeries) -> gpd.GeoSeries:
    """Round the coordinates of polygons.

    Neighbours share their vertices, so rounding each alone keeps borders common. Simplifying would not.
    """
    near = polygons.transform(lambda coordinates: coordinates.round(DECIMALS)).remove_repeated_points()
    # Vega's projections read a ring that runs counter-clockwise as the whole globe around it.
    return near.orient_polygons(exterior_cw=True)


def check_names(areas: gpd.GeoDataFrame, names: pd.DataFrame) -> None:
    """Stop unless names.csv and the source list the same codes under the same names."""
    coded = names.loc[names["adcode"] != "", ["adcode", "name_zh"]]
    both = coded.merge(areas[["adcode", "name_zh"]], how="outer", on="adcode").fillna("nothing")
    pairs = both.itertuples(index=False, name=None)
    found = [Problem("names.csv", code, ours, theirs, RENAME) for code, ours, theirs in pairs if ours != theirs]
    if found:
        raise BuildError(found)


def as_geojson(layer: gpd.GeoDataFrame) -> str:
    """Write a feature collection, one feature a line so that a change can be read."""
    features = layer[["id", "adcode", "name_zh", "geometry"]].iterfeatures(drop_id=True)
    lines = [json.dumps(feature, ensure_ascii=False, separators=(",", ":")) for feature in features]
    return '{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n"


def files(names: pd.DataFrame, shapes: gpd.GeoDataFrame) -> dict[str, str]:
    """Make the text of every built file, by its path."""
    layers = {level: shapes[shapes["level"] == level] for level in FILES}
    boundaries = {f"boundaries/{FILES[level]}": as_geojson(layer) for level, layer in layers.items()}
    tables = {"places.csv": place_table(names, shapes), "sites.csv": site_table(layers["county"])}
    return boundaries | {name: as_csv(table) for name, table in tables.items()}


def build(wheel: Path, out: Path) -> list[Path]:
    """Build all files from a wheel; nothing is written to `out` unless every check holds."""
    verify(wheel)
    names = with_ids(read_text(FOLDER / "names.csv"))
    areas = stack({level: read(wheel, level) for level in FILES})
    check_names(areas, names)
    shapes = areas.assign(geometry=rounded(areas.geometry)).merge(names[["adcode", "id"]], on="adcode")
    texts = files(names, shapes)
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
