"""What is committed is what the build makes, and the build refuses what it does not know."""

import json
import os
from pathlib import Path

import geopandas as gpd
import pytest

from geo.load import FILES, FOLDER
from geo.source import SourceError, fetch, verify

pytest.importorskip("airportsdata", reason="the build needs requirements-dev.txt")
from geo.build import BuildError, build, check_names
from geo.layers import read_text

BUILT = (*(f"boundaries/{name}" for name in FILES.values()), "places.csv", "sites.csv")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Find the wheel at GEOTOOL_WHEEL, or fetch it."""
    at_hand = os.environ.get("GEOTOOL_WHEEL")
    if at_hand:
        return Path(at_hand)
    try:
        return fetch(tmp_path_factory.mktemp("wheel"))
    except SourceError as error:
        pytest.skip(f"{error} For this test, set GEOTOOL_WHEEL to its path.")


@pytest.fixture(scope="module")
def rebuilt(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build everything into an empty folder."""
    out = tmp_path_factory.mktemp("rebuilt")
    build(wheel, out)
    return out


@pytest.mark.parametrize("name", BUILT)
def test_the_build_makes_the_committed_bytes(rebuilt: Path, name: str) -> None:
    assert (rebuilt / name).read_bytes() == (FOLDER / name).read_bytes()


def test_the_build_makes_nothing_else(rebuilt: Path) -> None:
    made = {path.relative_to(rebuilt).as_posix() for path in rebuilt.rglob("*") if path.is_file()}
    assert made == set(BUILT)


def test_another_wheel_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "geotool_cn-1.1.0-py3-none-any.whl"
    other.write_bytes(b"other data")
    with pytest.raises(SourceError, match=r"sha256 is .* expected .* as released"):
        verify(other)


def test_a_missing_wheel_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no such file"):
        verify(tmp_path / "none.whl")


def test_a_name_the_source_does_not_have_stops_the_build(shapes: gpd.GeoDataFrame) -> None:
    names = read_text(FOLDER / "names.csv")
    check_names(shapes, names)
    with pytest.raises(BuildError, match=r"^names\.csv: 520000: found 贵州省, expected nothing; mend the row.*$"):
        check_names(shapes[1:], names)
    with pytest.raises(BuildError, match=r"^names\.csv: 520000: found nothing, expected 贵州省; mend the row.*$"):
        check_names(shapes, names[1:])


@pytest.mark.parametrize("name", FILES.values())
def test_features_carry_three_properties_in_the_order_of_their_codes(name: str) -> None:
    features = json.loads((FOLDER / "boundaries" / name).read_text(encoding="utf-8"))["features"]
    codes = [feature["properties"]["adcode"] for feature in features]
    assert codes == sorted(codes)
    assert {tuple(feature["properties"]) for feature in features} == {("id", "adcode", "name_zh")}
