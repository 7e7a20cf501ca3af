"""Boundaries that are missing or broken: maps say that they cannot be shown, everything else goes on, the start tells."""

import re
import shutil

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from components import faulty
from components.charts import page
from components.export import image, specification
from components.figures import catalogue
from components.maps import shapes
from components.web import files, start
from components.web.front import MIDDLEWARE, ROUTES
from components.web.operations.state import State
from components.words import LANGUAGES, words
from geo import load
from tests.pages.reading import open_page

COUNTIES = "counties.geojson"
FORMS = {
    "gone": lambda path: path.unlink(),
    "half": lambda path: path.write_bytes(path.read_bytes()[:10_000]),
    "no shapes": lambda path: path.write_text('{"type": "FeatureCollection", "features": []}'),
}


def forget():
    for kept in (load.features, load._by_place, shapes._topology, page._specification, catalogue._build):
        kept.cache_clear()
    for store in (specification.CHARTS, image.DRAWN, files.KEPT):
        store.clear()
    faulty._NOTED.clear()


@pytest.fixture(params=FORMS)
def broken(request, monkeypatch, tmp_path):
    """A product without the shapes of the counties, in one way or another."""
    shutil.copytree(load.FOLDER / "boundaries", tmp_path / "boundaries")
    FORMS[request.param](tmp_path / "boundaries" / COUNTIES)
    load.places()
    load.sites()
    monkeypatch.setattr(load, "FOLDER", tmp_path)
    forget()
    yield request.param
    monkeypatch.undo()
    forget()


@pytest.mark.fault("boundaries are missing", "in the place of a map that it cannot be shown; every chart goes on")
@pytest.mark.parametrize("lang", LANGUAGES)
def test_maps_say_so_and_charts_go_on(broken, lang):
    said = re.escape(words(lang)("faulty.figure", id="ID")).replace("ID", "[0-9a-f]{12}")
    places = open_page("places", lang=lang)
    assert not places.app.exception and re.search(said, places.html) and "site-foot" in places.html
    assert places.charts  # one measure across places
    assert not open_page("results", lang=lang).failed


@pytest.mark.parametrize("broken", ["gone"], indirect=True)
def test_files_of_maps_answer_a_problem_and_others_are_made(broken):
    app = Starlette(routes=ROUTES, middleware=MIDDLEWARE)
    client = TestClient(app, base_url="http://localhost", raise_server_exceptions=False)
    for address in ("/figures/mentions-by-county.svg", "/figures/mentions-by-county.geojson"):
        answer = client.get(address)
        assert (answer.status_code, answer.json()["type"]) == (500, "urn:problem:request:failure")
        assert "geojson" not in answer.text and "Traceback" not in answer.text
    shapes_asked = client.get("/api/v1/places?limit=1")
    assert shapes_asked.status_code == 500 and "geojson" not in shapes_asked.json()["detail"]
    for address in ("/figures/growth-2023.svg", "/api/v1/observations?limit=1", "/api/v1/places?limit=1&geometry=none"):
        assert client.get(address).status_code == 200, address


@pytest.mark.fault(
    "boundaries are missing at the start",
    "the start names the file and the way out; the replica serves, but is not ready",
)
def test_the_start_names_the_file(broken, monkeypatch, capsys):
    state = State()
    monkeypatch.setattr(start, "STATE", state)
    start._look_around()
    said = capsys.readouterr().err
    assert f"geo/boundaries/{COUNTIES}" in said and "make geo" in said and "without its boundaries" in said
    assert state.reasons()["boundaries"] == "failed" and "fonts" not in state.reasons()


def test_sound_boundaries_have_no_fault():
    assert load.boundary_faults() == []
