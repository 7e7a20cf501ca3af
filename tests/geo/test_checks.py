"""The build's checks hold on the committed files, and each of them notices what it is there for."""

from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
from shapely import Polygon, affinity, box

from geo import checks


@pytest.mark.parametrize("check", checks.CHECKS, ids=lambda check: check.__name__)
def test_committed_files_pass(check: checks.Check, shapes: gpd.GeoDataFrame, places: pd.DataFrame) -> None:
    assert [str(problem) for problem in check(shapes, places)] == []


def changed(frame: Any, place: str, **change: Any) -> Any:
    """Copy a frame with the row of one place changed."""
    copy = frame.copy()
    copy.loc[copy["id"] == place, list(change)] = list(change.values())
    return copy


def test_a_missing_county_is_noticed(shapes: gpd.GeoDataFrame, places: pd.DataFrame) -> None:
    fewer = shapes[shapes["id"] != "nanming"]
    assert [problem.found for problem in checks.counts(fewer, places)] == ["87"]
    assert [problem.place for problem in checks.tiling(fewer, places)] == ["guiyang"]


def test_a_prefecture_without_any_county_is_noticed(shapes: gpd.GeoDataFrame, places: pd.DataFrame) -> None:
    fewer = shapes[(shapes["level"] != "county") | ~shapes["adcode"].str.startswith("5205")]
    (problem,) = checks.tiling(fewer, places)
    assert problem.place == "bijie" and problem.found.startswith("26")


def test_a_moved_county_is_noticed(shapes: gpd.GeoDataFrame, places: pd.DataFrame) -> None:
    (nanming,) = shapes.geometry[shapes["id"] == "nanming"]
    shifted = changed(shapes, "nanming", geometry=affinity.translate(nanming, 0.01))
    assert {problem.place for problem in checks.tiling(shifted, places)} == {"guiyang"}
    assert "nanming and yunyan" in {problem.place for problem in checks.overlaps(shifted, places)}


def test_a_wrong_area_is_noticed(shapes: gpd.GeoDataFrame, places: pd.DataFrame) -> None:
    shrunk = changed(shapes, "nanming", geometry=box(106.7, 26.5, 106.8, 26.6))
    assert [problem.place for problem in checks.official_areas(shrunk, places)] == ["nanming"]


BOW_TIE = Polygon([(106.7, 26.5), (106.8, 26.6), (106.8, 26.5), (106.7, 26.6)])


@pytest.mark.parametrize("polygon", [Polygon(), BOW_TIE], ids=["empty", "crossing itself"])
def test_a_broken_polygon_is_noticed(shapes: gpd.GeoDataFrame, places: pd.DataFrame, polygon: Polygon) -> None:
    broken = changed(shapes, "nanming", geometry=polygon)
    assert [problem.place for problem in checks.validity(broken, places)] == ["nanming"]
    assert all(str(problem) for check in checks.CHECKS for problem in check(broken, places))


def test_a_wrong_name_is_noticed(shapes: gpd.GeoDataFrame, places: pd.DataFrame) -> None:
    renamed = changed(shapes, "nanming", name_zh="南明县")
    assert [problem.place for problem in checks.names(renamed, places)] == ["nanming"]


@pytest.mark.parametrize(
    ("place", "change"),
    [("wudang", {"lon": "100.0"}), ("wudang", {"lat": ""}), ("wudang", {"polygon": "no"}), ("guian", {"lon": "106.5"})],
)
def test_a_point_that_is_not_the_shapes_is_noticed(
    shapes: gpd.GeoDataFrame, places: pd.DataFrame, place: str, change: dict[str, str]
) -> None:
    elsewhere = changed(places, place, **change)
    assert [problem.place for problem in checks.points_inside(shapes, elsewhere)] == [place]


@pytest.mark.parametrize("change", [{"id": "bijie"}, {"parent": "nowhere"}, {"level": "prefecture"}])
def test_a_row_that_hangs_loose_is_noticed(
    shapes: gpd.GeoDataFrame, places: pd.DataFrame, change: dict[str, str]
) -> None:
    assert list(checks.rows_hang_together(shapes, changed(places, "wudang", **change)))


def test_a_problem_says_file_place_found_expected_and_way_out() -> None:
    line = str(checks.Problem("counties.geojson", "wudang", "1 km²", "686 km²", "build again"))
    assert line == "counties.geojson: wudang: found 1 km², expected 686 km²; build again."
