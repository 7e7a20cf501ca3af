"""A Figure that raises costs its own place and no more."""

import re

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from components import faulty, strips
from components.charts import page
from components.export import image, specification
from components.figures import catalogue
from components.web import plain, stage
from components.web.front import MIDDLEWARE, ROUTES
from components.web.operations import metrics
from components.words import LANGUAGES, words
from data.story import story
from tests.pages.reading import open_page

BROKEN = "ranks-2023"
INSIDE = "what-the-fault-says-inside"
STEPS = [at.step for at in story().steps()]
STEP = next(step for step in STEPS if step.figure == BROKEN)
OTHER = next(step for step in STEPS if step.figure != BROKEN)


@pytest.fixture
def client():
    app = Starlette(routes=ROUTES, middleware=MIDDLEWARE)
    return TestClient(app, base_url="http://localhost", raise_server_exceptions=False)


def forget():
    faulty._NOTED.clear()
    for kept in (plain._story, plain._figures, stage._packed):
        kept.cache_clear()


@pytest.fixture(params=["built", "drawn"])
def broken(request, monkeypatch):
    """A Figure that raises when it is built, or when it is drawn."""
    build, draw = catalogue._build, page._specification

    def built(id, lang, parameters):
        if id == BROKEN:
            raise RuntimeError(INSIDE)
        return build(id, lang, parameters)

    def drawn(figure, look):
        if figure.id == BROKEN:
            raise RuntimeError(INSIDE)
        return draw(figure, look)

    forget()
    if request.param == "built":
        monkeypatch.setattr(catalogue, "_build", built)
    else:
        monkeypatch.setattr(page, "_specification", drawn)
    yield request.param
    forget()


def told(visit, lang):
    """Return the ids that stand in the place of Figures."""
    said = re.escape(words(lang)("faulty.figure", id="ID")).replace("ID", "([0-9a-f]{12})")
    return re.findall(said, visit.html)


def counted():
    return metrics.ERRORS.labels("figure")._value.get()


@pytest.mark.fault("a Figure raises", "the page lives; in the Figure's place: the fault is ours, and its id")
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_lives_and_its_place_says_so(broken, lang, lines):
    before = counted()
    visit = open_page("results", lang=lang)
    assert not visit.app.exception and INSIDE not in visit.html
    (mark,) = told(visit, lang)
    assert len(visit.charts) >= 3 and "site-foot" in visit.html
    (line,) = [line for line in lines if f"figure failed, id {mark}" in line]
    assert f'"figure":"{BROKEN}"' in line and INSIDE not in line and "RuntimeError" in line
    assert counted() > before
    assert told(open_page("results", lang=lang), lang) == [mark]  # the same fault keeps its id, and has one line
    assert len([line for line in lines if "figure failed" in line]) == 1


@pytest.mark.fault("a Figure of the story raises", "its step says so, every other step is told as always")
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_other_steps_of_the_story_live(broken, lang):
    step = open_page("story", lang=lang, step=STEP.id)
    assert not step.app.exception and told(step, lang)
    assert [button for button in step.app.button if button.key == "step-next"]
    other = open_page("story", lang=lang, step=OTHER.id)
    assert not other.failed and len(other.charts) == 1
    assert (words(lang)("faulty.title") in other.html) == (broken == "built")  # the list of all steps


@pytest.mark.fault(
    "a page itself raises", "what was done of it stays; it says so in their language, and how to name it"
)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_page_that_raises_says_so(monkeypatch, lang, lines):
    def fail(*_):
        raise RuntimeError(INSIDE)

    forget()
    before = metrics.ERRORS.labels("script")._value.get()
    monkeypatch.setattr(strips, "show_strips", fail)
    visit = open_page("sources", lang=lang)
    said = re.escape(words(lang)("faulty.page", id="ID")).replace("ID", "([0-9a-f]{12})")
    (mark,) = re.findall(said, visit.html)
    assert words(lang)("nav.sources") in visit.html and "site-foot" in visit.html
    assert not visit.app.exception and INSIDE not in visit.html
    (line,) = [line for line in lines if mark in line]
    assert '"script":"sources"' in line and INSIDE not in line
    assert metrics.ERRORS.labels("script")._value.get() == before + 1


@pytest.mark.parametrize("at", ["present", "desk"])
def test_pages_that_list_figures_live(broken, at):
    visit = open_page(at, lang="en", **({"pair": "abcdefgh"} if at == "present" else {}))
    assert not visit.failed


def test_the_desk_says_so(broken):
    visit = open_page("desk", lang="en", figure=BROKEN)
    assert not visit.app.exception
    assert bool(told(visit, "en")) == (broken == "built")


@pytest.mark.parametrize("broken", ["built"], indirect=True)
@pytest.mark.fault("a file of a Figure that raises", "500 with an id, in their language; no word of the inside")
@pytest.mark.parametrize(
    "address", [f"/figures/{BROKEN}.csv?lang=en", f"/figures/{BROKEN}.png?lang=en", f"/embed/{BROKEN}?lang=en"]
)
def test_its_addresses_answer_a_problem(client, broken, address, lines):
    answer = client.get(address)
    problem = answer.json()
    assert (answer.status_code, answer.headers["content-type"]) == (500, "application/problem+json")
    assert problem["title"] == words("en")("told.failure") and any(problem["id"] in line for line in lines)
    assert INSIDE not in answer.text + "".join(lines) and "Traceback" not in answer.text


@pytest.mark.fault("a Figure of the talk cannot be drawn", "the slide says so instead of waiting; the talk goes on")
def test_the_stage_does_not_wait_for_it(client, monkeypatch):
    def undrawn(*_):
        raise RuntimeError(INSIDE)

    stage._chart.cache_clear()
    stage._drawing.cache_clear()
    with monkeypatch.context() as without:
        without.setattr(specification, "chart", undrawn)
        answer = client.get(f"/stage/drawing/{STEP.id}.json")
    assert answer.status_code == 200 and INSIDE not in answer.text
    for lang in LANGUAGES:
        drawn = image.converter().vegalite_to_svg({**answer.json()[lang], "width": 520})
        assert words(lang)("faulty.stage", id="")[:-1] in drawn
    assert set(answer.json()["qr"]) == set(LANGUAGES)
    again = client.get(f"/stage/drawing/{STEP.id}.json").json()  # the fault is not kept
    assert "layer" in again["zh"]


@pytest.mark.parametrize("broken", ["built"], indirect=True)
def test_what_holds_every_figure_holds_the_others(client, broken):
    for address in ("/story.html?lang=en", "/figures.html?lang=en"):
        answer = client.get(address)
        assert answer.status_code == 200 and BROKEN not in answer.text and OTHER.figure in answer.text
    for address in ("/", f"/?step={STEP.id}", "/sitemap.xml"):
        assert client.get(address).status_code == 200
    slides = [slide["id"] for slide in client.get("/stage/talk.json").json()["slides"]]
    assert slides == [step.id for step in STEPS if step.figure != BROKEN]
