"""The committed files, read once for all tests of geo."""

import pytest

from geo.layers import Layers, Row, read_layers, read_rows
from geo.load import FOLDER


@pytest.fixture(scope="session")
def layers() -> Layers:
    """Read the committed boundary files."""
    return read_layers(FOLDER)


@pytest.fixture(scope="session")
def rows() -> list[Row]:
    """Read the committed table of places."""
    return read_rows(FOLDER / "places.csv")
