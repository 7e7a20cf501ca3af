"""Places, shapes and nesting as the application asks for them."""

import json
import subprocess
import sys
from itertools import pairwise

import pytest

from geo.load import FILES, FOLDER, ancestors, children, contains, nested, places, shapes

# Bytes of geometry a page may carry: prefectures for the context, counties of the two cities.
PAGE_LIMIT = 150_000
FILE_LIMITS = {"province": 30_000, "prefecture": 100_000, "county": 270_000}


def weight(collection: dict[str, object]) -> int:
    """Count the bytes of a collection as a page carries it."""
    return len(json.dumps(collection, ensure_ascii=False, separators=(",", ":")).encode())


def ids(collection: dict[str, list[dict[str, dict[str, str]]]]) -> list[str]:
    """List the ids of a collection."""
    return [feature["properties"]["id"] for feature in collection["features"]]


def test_places_has_types() -> None:
    table = places()
    assert table.at["wudang", "polygon"] and not table.at["guian", "polygon"]
    assert table.at["guizhou", "adcode"] == "520000" and table.at["guizhou", "parent"] == ""
    assert table["area_km2"].dtype == float and table["lon"].isna().sum() == 2


def test_places_are_read_once() -> None:
    assert places() is places()


@pytest.mark.parametrize(
    ("level", "within", "count"),
    [
        ("province", None, 1), ("prefecture", None, 9), ("county", None, 88), ("county", "guizhou", 88),
        ("county", "guiyang", 10), ("county", "bijie", 8), ("county", "wudang", 1),
        ("prefecture", "bijie", 1), ("county", "guiyang-guian", 10),
    ],
)  # fmt: skip
def test_shapes_gives_what_is_asked(level: str, within: str | None, count: int) -> None:
    collection = shapes(level, within)
    assert collection["type"] == "FeatureCollection" and len(collection["features"]) == count


def test_shapes_within_its_own_id() -> None:
    assert ids(shapes("county", "qingzhen")) == ["qingzhen"]


def test_properties_of_a_shape_are_the_callers_own() -> None:
    shapes("county", "wudang")["features"][0]["properties"]["value"] = 1
    assert "value" not in shapes("county", "wudang")["features"][0]["properties"]


def test_an_unknown_level_lists_the_known_ones() -> None:
    with pytest.raises(ValueError, match="known: province, prefecture, county"):
        shapes("village")


def test_an_unknown_place_names_its_neighbours() -> None:
    with pytest.raises(ValueError, match=r"'guiyan' is no place .* did you mean guiyang"):
        shapes("county", "guiyan")


@pytest.mark.parametrize(("level", "within"), [("county", "guian"), ("prefecture", "wudang")])
def test_nothing_to_draw_is_said(level: str, within: str) -> None:
    with pytest.raises(ValueError, match=f"no {level} shape lies in '{within}'"):
        shapes(level, within)


def test_outer_rings_run_clockwise() -> None:
    for level in FILES:
        for feature in shapes(level)["features"]:
            for ring, *_holes in feature["geometry"]["coordinates"]:
                pairs = pairwise(ring)
                assert sum((x2 - x1) * (y2 + y1) for (x1, y1), (x2, y2) in pairs) > 0, feature["properties"]


def test_children() -> None:
    assert len(children("guizhou")) == 9 and "guian" not in children("guizhou")
    assert len(children("guiyang")) == 10 and {"wudang", "qingzhen"} < set(children("guiyang"))
    assert len(children("bijie")) == 8
    assert children("wudang") == ()
    assert children("guiyang-guian") == ("guiyang", "guian")


def test_ancestors_are_units_of_government() -> None:
    assert ancestors("wudang") == ("guiyang", "guizhou")
    assert ancestors("guian") == ("guizhou",)
    assert ancestors("guizhou") == ()


@pytest.mark.parametrize(
    ("parent", "child", "answer"),
    [
        ("guiyang", "qingzhen", True), ("guizhou", "wudang", True), ("bijie", "wudang", False),
        ("wudang", "guiyang", False), ("guiyang", "guiyang", False), ("guiyang-guian", "guiyang", True),
        ("guiyang-guian", "wudang", True), ("guiyang-guian", "guian", True),
        ("guiyang-guian", "bijie", False), ("guizhou", "guiyang-guian", True), ("guiyang", "guian", False),
    ],
)  # fmt: skip
def test_contains(parent: str, child: str, answer: bool) -> None:
    assert contains(parent, child) is answer


def test_nested_either_way() -> None:
    assert nested("wudang", "guiyang") and nested("guiyang", "wudang")
    assert not nested("wudang", "qingzhen") and not nested("guiyang", "bijie")


def test_an_unknown_place_is_no_place() -> None:
    for ask in (
        children,
        ancestors,
        lambda place: contains("guiyang", place),
        lambda place: contains(place, "bijie"),
    ):
        with pytest.raises(ValueError, match="no place"):
            ask("atlantis")


@pytest.mark.parametrize("level", FILES)
def test_files_stay_small(level: str) -> None:
    assert (FOLDER / "boundaries" / FILES[level]).stat().st_size < FILE_LIMITS[level]


def test_a_page_stays_light() -> None:
    drawn = [shapes("prefecture"), shapes("county", "guiyang"), shapes("county", "bijie")]
    assert sum(map(weight, drawn)) < PAGE_LIMIT


def test_loading_needs_no_geometry_library() -> None:
    script = "import sys, geo.load, geo.notice; print({'geopandas', 'shapely', 'pyproj'} & set(sys.modules))"
    finished = subprocess.run([sys.executable, "-c", script], cwd=FOLDER.parent, capture_output=True, text=True)
    assert finished.stdout.strip() == "set()", finished.stderr
