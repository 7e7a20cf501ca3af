"""The committed files, read once for all tests of geo."""

import geopandas as gpd
import pandas as pd
import pytest

from geo.layers import read_shapes, read_text
from geo.load import FOLDER


@pytest.fixture(scope="session")
def shapes() -> gpd.GeoDataFrame:
    """Read the committed boundary files."""
    return read_shapes(FOLDER)


@pytest.fixture(scope="session")
def places() -> pd.DataFrame:
    """Read the committed table of places."""
    return read_text(FOLDER / "places.csv")
