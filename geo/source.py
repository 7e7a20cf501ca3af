"""The published boundaries.

In: the wheel of one exact package version, through pip or from a path.
Out: Guizhou's areas of one level, as a frame of codes, names and polygons.
"""

import hashlib
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import geopandas as gpd

# This version exactly: later ones hold other data.
REQUIREMENT = "geotool-cn==1.1.0"
WHEEL_SHA256 = "733a8e66dfeb771774dcd8466966a82934c13ea847dffd286263f82e8e3e3bc3"
MEMBERS = {
    "province": "GeoToolCN/data/china_province.geojson",
    "prefecture": "GeoToolCN/data/china_city.geojson",
    "county": "GeoToolCN/data/china_district.geojson",
}
# The source's column gb is the country and then the administrative code; border lines carry an empty one.
CHINA = "156"
GUIZHOU = "52"


class SourceError(Exception):
    """The boundaries could not be had, or are not the ones this project was built on."""


def fetch(folder: Path) -> Path:
    """Download the wheel into a folder with the user's own pip and its configuration."""
    options = ["--no-deps", "--only-binary", ":all:", "--retries", "1", "--disable-pip-version-check"]
    command = [sys.executable, "-m", "pip", "download", *options, "--dest", str(folder), REQUIREMENT]
    finished = subprocess.run(command, capture_output=True, text=True)
    wheels = sorted(folder.glob("geotool_cn-*.whl"))
    if finished.returncode or not wheels:
        last_line = (finished.stderr.strip().splitlines() or ["no message"])[-1]
        raise SourceError(f"{REQUIREMENT}: pip could not download it ({last_line}); pass --wheel PATH.")
    return wheels[0]


def verify(wheel: Path) -> None:
    """Refuse a wheel that is not, to the byte, the one this project was built on."""
    if not wheel.is_file():
        raise SourceError(f"{wheel}: no such file; pass the path of the wheel of {REQUIREMENT}.")
    found = hashlib.sha256(wheel.read_bytes()).hexdigest()
    if found != WHEEL_SHA256:
        found_expected = f"sha256 is {found}, expected {WHEEL_SHA256}"
        raise SourceError(f"{wheel.name}: {found_expected}; use the wheel of {REQUIREMENT} as released.")


def read(wheel: Path, level: str) -> gpd.GeoDataFrame:
    """Read Guizhou's areas of one level: adcode, name_zh and geometry, in the order of their code."""
    with ZipFile(wheel) as archive, archive.open(MEMBERS[level]) as file:
        areas = gpd.read_file(file, columns=["gb", "name"], where=f"gb LIKE '{CHINA}{GUIZHOU}%'")
    adcodes = areas["gb"].str.removeprefix(CHINA)
    return areas.assign(adcode=adcodes, name_zh=areas["name"])[["adcode", "name_zh", "geometry"]].sort_values("adcode")
