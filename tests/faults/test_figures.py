"""A Figure that raises costs its own place and no more."""

import gzip
import json
import re
import tempfile
from io import BytesIO
from zipfile import ZipFile

import pytest
from pptx import Presentation
from pypdf import PdfReader
from starlette.applications import Starlette
from starlette.testclient import TestClient

from components import faulty, strips
from components.charts import page
from components.export import image, kit, specification
from components.export.deck import slides
from components.export.kit import Kit
from components.figures import catalogue
from components.web import decks, kits, plain, stage
from components.web import shelf as shelves
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
    slides._slide.cache_clear()
    for kept in (plain._story, plain._figures, stage._packed, stage._made):
        kept.clear()


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


def undrawn(monkeypatch):
    """Have the broken Figure raise where it is drawn for files and slides, which is another way than for pages."""
    draw = specification._made

    def drawn(figure, look):
        if figure.id == BROKEN and len(figure.table):  # what stands in its place has no rows
            raise RuntimeError(INSIDE)
        return draw(figure, look)

    monkeypatch.setattr(specification, "_made", drawn)
    specification.CHARTS.clear()
    image.DRAWN.clear()


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


def small_kits(monkeypatch, folder):
    """Have the address of a chapter's kit lead to two Figures, one of them the broken one, and few files of each."""
    of = Kit("small", tuple((id, catalogue.request(id)) for id in (BROKEN, "three-scopes")))
    monkeypatch.setattr(kit, "FILES", {"svg": kit.FILES["svg"]})
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    fresh = shelves.Shelf()
    monkeypatch.setattr(kits, "shelf", lambda: fresh)
    monkeypatch.setattr(kits, "kits", lambda: {"small": of})
    monkeypatch.setattr(kits, "FIRST", 60)  # a slow machine is not a fault


def inside(answer):
    with ZipFile(BytesIO(answer.content)) as packed:
        return {name.removeprefix("small/"): packed.read(name).decode() for name in packed.namelist()}


@pytest.mark.fault("a Figure of a press kit raises", "the kit comes without it and says so; the next one is made anew")
def test_a_press_kit_goes_without_it(client, broken, monkeypatch, tmp_path, lines):
    small_kits(monkeypatch, tmp_path)
    if broken == "drawn":
        undrawn(monkeypatch)
    lacking = client.get("/kits/small.zip")
    assert lacking.headers["cache-control"] == "no-store" and "etag" not in lacking.headers
    assert client.get("/kits/small.zip", headers={"If-None-Match": "*"}).status_code == 200
    files = inside(lacking)
    other = {f"figures/three-scopes/three-scopes.{lang}.svg" for lang in LANGUAGES}
    assert other <= set(files) and not [name for name in files if name.startswith(f"figures/{BROKEN}")]
    for lang in LANGUAGES:
        said = files[f"MISSING.{lang}.md"]
        (mark,) = re.findall(f"`{BROKEN}`: " + re.escape(words(lang)("kit.fault", id="ID")).replace("ID", "(.*)"), said)
        assert words(lang)("kit.missing.why") in said
        assert any(f"figure failed, id {mark}" in line for line in lines)
    assert not [name for name, text in files.items() if INSIDE in text]
    monkeypatch.undo()
    forget()
    small_kits(monkeypatch, tmp_path)
    whole = client.get("/kits/small.zip")
    assert whole.headers["etag"] and f"figures/{BROKEN}/{BROKEN}.zh.svg" in inside(whole)
    assert "MISSING.zh.md" not in inside(whole)


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
        drawn = image.renderer().vegalite_to_svg({**answer.json()[lang], "width": 520})
        assert words(lang)("faulty.stage", id="")[:-1] in drawn
    assert set(answer.json()["qr"]) == set(LANGUAGES)
    again = client.get(f"/stage/drawing/{STEP.id}.json").json()  # the fault is not kept
    assert "layer" in again["zh"]


@pytest.fixture
def broken_once(broken):
    """The id of the fault, and what says so in its place."""
    mark = faulty.shown(BROKEN, "en", {})[1]
    return mark, words("en")("faulty.stage", id=mark)


def kept_by_nobody(answer):
    return answer.status_code == 200 and answer.headers["cache-control"] == "no-store" and "etag" not in answer.headers


@pytest.mark.parametrize("broken", ["built"], indirect=True)
@pytest.mark.fault("a list that holds a Figure that raises", "its place says so; the others are there as always")
def test_what_holds_every_figure_holds_the_others(client, broken_once):
    mark, said = broken_once
    story = client.get("/story.html?lang=en")
    assert words("en")("faulty.figure", id=mark) in story.text and f"/figures/{OTHER.figure}.svg" in story.text
    listed = client.get("/figures.html?lang=en")
    assert listed.text.count(said) == 1 and f"/figures/{OTHER.figure}.html" in listed.text
    for answer in (story, listed):
        assert f"/figures/{BROKEN}." not in answer.text and INSIDE not in answer.text and kept_by_nobody(answer)
    for address in ("/", f"/?step={STEP.id}", "/sitemap.xml"):
        assert client.get(address).status_code == 200


@pytest.mark.parametrize("broken", ["built"], indirect=True)
@pytest.mark.parametrize("address", ["figures?limit=50", f"views?figure={BROKEN},{OTHER.figure}"])
def test_the_data_interface_names_the_others(client, lines, broken_once, address):
    mark, _ = broken_once
    answer = client.get(f"/api/v1/{address}&lang=en")
    rows = {row["figure"]: row for row in answer.json()["data"]}
    failed, other = rows.pop(BROKEN), rows[OTHER.figure]
    assert failed["failed"] == mark and failed["title_en"] is failed["map"] is None and failed["addresses"] == {}
    assert other["title_en"] and other["addresses"] and {row["failed"] for row in rows.values()} == {None}
    assert kept_by_nobody(answer) and INSIDE not in answer.text
    table = client.get(f"/api/v1/{address}&lang=en&format=csv")
    assert kept_by_nobody(table) and table.text.count(mark) == 1
    alone = client.get(f"/api/v1/{address.partition('?')[0]}/{BROKEN}?lang=en")
    assert alone.status_code == 500 and alone.json()["id"] == mark and INSIDE not in alone.text
    assert [line for line in lines if mark in line]


def test_what_the_data_interface_lists_sound_is_kept(client):
    answer = client.get("/api/v1/figures?limit=2")
    assert answer.headers["etag"] and "public" in answer.headers["cache-control"]


@pytest.mark.parametrize("broken", ["built"], indirect=True)
@pytest.mark.parametrize("ending", ["pptx", "pdf"])
@pytest.mark.fault("a deck with a Figure that raises", "its slide says so, with its notes; the other slides are there")
def test_a_deck_has_a_slide_that_says_so(client, broken, ending):
    decks.KEPT.clear()
    answer = client.get(f"/decks/en-light.{ending}?steps={STEP.id},{OTHER.id}")
    mark = faulty.shown(BROKEN, "en", {})[1]
    assert kept_by_nobody(answer) and decks.KEPT.entries == 0
    if ending == "pdf":
        pages = [page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages]
    else:
        shown = Presentation(BytesIO(answer.content)).slides
        texts = [[shape.text_frame.text for shape in slide.shapes if shape.has_text_frame] for slide in shown]
        pages = ["\n".join(text) for text in texts]
        assert any(mark in slide._element.xml for slide in shown)  # the picture's description
        assert any(STEP.notes_en in slide.notes_slide.notes_text_frame.text for slide in shown if slide.has_notes_slide)
    title = words("en")("faulty.title")
    assert len(pages) == 3 and sum(" ".join(page.split()).count(title) for page in pages) == 1
    assert INSIDE not in "".join(pages)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_talk_keeps_the_slide(client, broken, lang):
    """Built or drawn: what is said stays, the stage asks for its chart and hears that there is none."""
    shown = client.get("/stage/talk.json").json()["slides"]
    assert [slide["id"] for slide in shown] == [step.id for step in STEPS]
    (told,) = [slide[lang] for slide in shown if slide["id"] == STEP.id]
    assert told["notes"] and (told["title"] == words(lang)("faulty.title")) == (broken == "built")
    assert INSIDE not in str(shown)


def test_a_deck_as_one_file_says_so(client, monkeypatch, broken):
    if broken == "drawn":
        undrawn(monkeypatch)
    with faulty.watched() as faults:
        made = stage._made("en", "dark", (STEP.id, OTHER.id))
    text = gzip.decompress(made[0]).decode()
    assert faults and words("en")("faulty.stage", id=faults[0]) in text and INSIDE not in text
    assert json.dumps(words("zh")("faulty.title"))[1:-1] in text


def test_what_is_made_without_a_figure_is_not_kept():
    asked = []

    @faulty.kept(2)
    def made(name):
        asked.append(name)
        return faulty.note(name, RuntimeError(INSIDE)) if name == "broken" else name

    with faulty.watched() as faults:
        assert made("sound") == made("sound") and made("broken") == made("broken")
    assert asked == ["sound", "broken", "broken"] and len(faults) == 2
    made.clear()
    assert made("sound") == "sound" and asked.count("sound") == 2
