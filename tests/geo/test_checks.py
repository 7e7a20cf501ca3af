"""The build's checks hold on the committed files, and each of them notices what it is there for."""

from typing import Any

import pytest
from shapely import affinity, box

from geo import checks
from geo.layers import Layers, Row


@pytest.mark.parametrize("check", checks.CHECKS, ids=lambda check: check.__name__)
def test_committed_files_pass(check: checks.Check, layers: Layers, rows: list[Row]) -> None:
    assert [str(problem) for problem in check(layers, rows)] == []


def first_changed(layers: Layers, level: str, **change: Any) -> Layers:
    """Copy the layers with the first shape of a level changed."""
    first, *rest = layers[level]
    return {**layers, level: [first._replace(**change), *rest]}


def test_a_missing_county_is_noticed(layers: Layers, rows: list[Row]) -> None:
    fewer = {**layers, "county": layers["county"][1:]}
    assert [problem.found for problem in checks.counts(fewer, rows)] == ["87"]
    assert [problem.place for problem in checks.tiling(fewer, rows)] == ["guiyang"]


def test_a_moved_county_is_noticed(layers: Layers, rows: list[Row]) -> None:
    moved = affinity.translate(layers["county"][0].polygon, 0.01)
    shifted = first_changed(layers, "county", polygon=moved)
    assert {problem.place for problem in checks.tiling(shifted, rows)} == {"guiyang"}
    assert "nanming and yunyan" in {problem.place for problem in checks.overlaps(shifted, rows)}


def test_a_wrong_area_is_noticed(layers: Layers, rows: list[Row]) -> None:
    shrunk = first_changed(layers, "county", polygon=box(106.7, 26.5, 106.8, 26.6))
    assert [problem.place for problem in checks.official_areas(shrunk, rows)] == ["nanming"]


def test_a_broken_polygon_is_noticed(layers: Layers, rows: list[Row]) -> None:
    empty = first_changed(layers, "county", polygon=box(0, 0, 1, 1).boundary.intersection(box(5, 5, 6, 6)))
    assert [problem.place for problem in checks.validity(empty, rows)] == ["nanming"]


def test_a_wrong_name_is_noticed(layers: Layers, rows: list[Row]) -> None:
    renamed = first_changed(layers, "county", name="南明县")
    assert [problem.place for problem in checks.names(renamed, rows)] == ["nanming"]


def test_a_point_outside_is_noticed(layers: Layers, rows: list[Row]) -> None:
    elsewhere = [{**row, "lon": "100.0"} if row["id"] == "wudang" else row for row in rows]
    assert [problem.place for problem in checks.points_inside(layers, elsewhere)] == ["wudang"]


@pytest.mark.parametrize("change", [{"id": "bijie"}, {"parent": "nowhere"}, {"level": "prefecture"}])
def test_a_row_that_hangs_loose_is_noticed(layers: Layers, rows: list[Row], change: dict[str, str]) -> None:
    loose = [{**row, **change} if row["id"] == "wudang" else row for row in rows]
    assert list(checks.rows_hang_together(layers, loose))


def test_a_problem_says_file_place_found_expected_and_way_out() -> None:
    line = str(checks.Problem("counties.geojson", "wudang", "1 km²", "686 km²", "build again"))
    assert line == "counties.geojson: wudang: found 1 km², expected 686 km²; build again."
