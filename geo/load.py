"""Places and their shapes, for whoever draws or reasons about them.

In: places.csv, sites.csv and boundaries/*.geojson, as built by `python -m geo.build`.
Out: data frames, GeoJSON as plain dictionaries, and what is nested in what.
"""

import json
from collections.abc import Iterable
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

FOLDER = Path(__file__).parent
FILES = {"province": "province.geojson", "prefecture": "prefectures.geojson", "county": "counties.geojson"}
# Statistical unions: no unit of government, so their parts are no column of places.csv.
UNIONS = {"guiyang-guian": ("guiyang", "guian")}


@lru_cache(maxsize=1)
def places() -> pd.DataFrame:
    """Read every place, indexed by id. One shared frame: copy it before changing it."""
    table = read_table(FOLDER / "places.csv", numbers=("lon", "lat", "area_km2"))
    return table.assign(polygon=table["polygon"] == "yes")


@lru_cache(maxsize=1)
def sites() -> pd.DataFrame:
    """Read the point sites, indexed by id. One shared frame: copy it before changing it."""
    return read_table(FOLDER / "sites.csv", numbers=("lon", "lat"))


def read_table(path: Path, numbers: tuple[str, ...]) -> pd.DataFrame:
    """Read a CSV indexed by id: text, where empty stays empty, but for the columns of numbers."""
    table = pd.read_csv(path, dtype=str, keep_default_na=False).set_index("id")
    return table.assign(**{column: pd.to_numeric(table[column]) for column in numbers})


def shapes(level: str, within: str | None = None) -> dict[str, Any]:
    """Give the shapes of a level as a GeoJSON FeatureCollection.

    `within` keeps a place itself and what lies in it. Coordinates are shared with every other caller.
    """
    if level not in FILES:
        raise ValueError(f"level {level!r} has no shapes; known: {', '.join(FILES)}.")
    asked = [feature for feature in features(level) if within is None or lies_in(feature, within)]
    if not asked:
        raise ValueError(f"no {level} shape lies in {within!r}; see the column polygon of geo/places.csv.")
    copies = [{**feature, "properties": dict(feature["properties"])} for feature in asked]
    return {"type": "FeatureCollection", "features": copies}


@lru_cache(maxsize=len(FILES))
def features(level: str) -> tuple[dict[str, Any], ...]:
    """Read the features of a level once."""
    text = (FOLDER / "boundaries" / FILES[level]).read_text(encoding="utf-8")
    return tuple(json.loads(text)["features"])


def boundary_faults() -> list[str]:
    """List what is wrong with the files of boundaries: one that cannot be read, or shapes that places.csv has and it lacks."""
    faults, table = [], places()
    for level, file in FILES.items():
        try:
            found = {str(one["properties"]["id"]) for one in features(level) if one["geometry"]["coordinates"]}
        except (OSError, ValueError, KeyError, TypeError) as error:
            faults.append(f"geo/boundaries/{file} cannot be read ({type(error).__name__}); restore it, or run make geo")
            continue
        wanted = set(ids(table.index[(table["level"] == level) & table["polygon"]]))
        if missing := sorted(wanted - found):
            faults.append(f"geo/boundaries/{file} has no shape of {', '.join(missing)}; restore it, or run make geo")
    return faults


def feature(place: str) -> dict[str, Any]:
    """Give the shape of one place as a GeoJSON feature; its coordinates are shared with every other caller."""
    found = _by_place().get(known(place))
    if found is None:
        raise ValueError(f"{place!r} has no shape; see the column polygon of geo/places.csv.")
    return {**found, "properties": dict(found["properties"])}


@lru_cache(maxsize=1)
def _by_place() -> dict[str, dict[str, Any]]:
    return {one["properties"]["id"]: one for level in FILES for one in features(level)}


def lies_in(feature: dict[str, Any], place: str) -> bool:
    """Tell whether a feature is a place or lies in it."""
    own = feature["properties"]["id"]
    return own == known(place) or contains(place, own)


def children(place: str) -> tuple[str, ...]:
    """List the parts that together make up a place.

    Areas that cut across counties, such as Gui'an New Area, are part of a union only.
    """
    if known(place) in UNIONS:
        return UNIONS[place]
    table = places()
    return ids(table.index[(table["parent"] == place) & (table["level"] != "area")])


@lru_cache(maxsize=1024)
def ancestors(place: str) -> tuple[str, ...]:
    """List the administrative units above a place, nearest first."""
    parent = str(places().at[known(place), "parent"])
    return (parent, *ancestors(parent)) if parent else ()


def contains(parent: str, child: str) -> bool:
    """Tell whether a place holds another, as a unit of government or as a statistical union."""
    above = ancestors(child)
    if known(parent) in UNIONS:
        return any(part == child or part in above for part in UNIONS[parent])
    return parent in above


def nested(one: str, other: str) -> bool:
    """Tell whether one of two places holds the other: such a pair is never added up or ranked."""
    return contains(one, other) or contains(other, one)


def known(place: str) -> str:
    """Return a place's id, or say which ids come near it."""
    if place in places().index:
        return place
    near = get_close_matches(place, ids(places().index))
    way_out = f"did you mean {' or '.join(near)}?" if near else "see its column id."
    raise ValueError(f"{place!r} is no place of geo/places.csv; {way_out}")


def ids(index: Iterable[Any]) -> tuple[str, ...]:
    """Turn an index into plain ids."""
    return tuple(str(place) for place in index)
