"""Decks: the same words and numbers in every format, charts that can be edited, the same bytes twice."""

import json
import re
from functools import lru_cache
from io import BytesIO
from itertools import pairwise
from typing import Any
from zipfile import ZipFile

import pytest
from pptx import Presentation
from pptx.enum.text import MSO_AUTO_SIZE
from pypdf import PdfReader
from starlette.applications import Starlette
from starlette.testclient import TestClient

from components.export.deck import drawing, forms, html, measure, native, paper, powerpoint, shapes, template
from components.export.deck.forms import Block, Mark
from components.export.deck.frame import HEIGHT, LEAST, SIDE, chart_area, notes, of_slide
from components.export.deck.slides import slides
from components.export.deck.talk import foot
from components.theme import FAMILY, SMALL, STAGES
from components.web import decks
from components.words import LANGUAGES, words
from data.load import record, tables
from data.story import story
from tests.web.asking import first_sheet

STEPS = ("people", "growth", "result-against-target", "livelihood", "shares", "income-gap")
NATIVE = {"growth": 1, "result-against-target": 1, "livelihood": 1, "shares": 1, "income-gap": 1}
BASE = "https://figures.example"
LOOK = STAGES["light"]


@lru_cache(maxsize=4)
def presented(lang):
    return powerpoint.deck(lang, "light", STEPS, base=BASE)


@lru_cache(maxsize=4)
def printed(lang, shape):
    return paper.deck(lang, "light", STEPS, shape, base=BASE)


def opened(made):
    return Presentation(BytesIO(made))


def read(pdf):
    """Return the text of each page without its white space, which a line break may add or take."""
    return [bare(page.extract_text()) for page in PdfReader(BytesIO(pdf)).pages]


def bare(text):
    return re.sub(r"\s+", "", text)


def charts(page):
    return [shape.chart for shape in page.shapes if shape.has_chart]


def drawn(page):
    """Return what a slide's native charts hold: the text of each label with its number."""
    found = {}
    for chart in charts(page):
        for series in chart.plots[0].series:
            labels = {int(label.xpath("c:idx/@val")[0]): "".join(label.xpath(".//a:t/text()"))
                      for label in series._element.xpath("c:dLbls/c:dLbl")}  # fmt: skip
            for nth, value in enumerate(series.values):
                assert (value is None) == (nth not in labels)
                if value is not None:
                    found[labels[nth]] = value
    return found


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_presentation_says_what_the_slides_say(lang):
    told, speech = slides(lang, STEPS), words(lang)
    pages = list(opened(presented(lang)).slides)
    assert len(pages) == len(told) + 1
    for slide, page in zip(told, pages, strict=False):
        said = [shape.text_frame.text for shape in page.placeholders]
        assert page.shapes.title.text_frame.text == slide.figure.title
        assert {slide.chapter, slide.figure.subtitle, foot(slide.figure)} <= set(said)
        assert page.notes_slide.notes_text_frame.text.split("\n") == notes(slide, speech)
        assert slide.question in page.notes_slide.notes_text_frame.text
        assert all(shape.text_frame.auto_size == MSO_AUTO_SIZE.TEXT_TO_FIT_SHAPE for shape in page.placeholders
                   if shape.placeholder_format.idx != template.NUMBER)  # fmt: skip
    last = "\n".join(shape.text_frame.text for shape in pages[-1].shapes if shape.has_text_frame)
    assert f"{BASE}/" in last and "2024" in last


@pytest.mark.parametrize("lang", LANGUAGES)
def test_native_charts_hold_the_numbers_of_the_table(lang):
    told = slides(lang, STEPS)
    for slide, page in zip(told, opened(presented(lang)).slides, strict=False):
        assert len(charts(page)) == NATIVE.get(slide.id, 0)
        held = drawn(page)
        table = slide.figure.table.set_index("text")
        for text, value in held.items():
            number = next(one for one in table.index if text.startswith(one))
            row = table.loc[[number]].iloc[0]
            expected = row["value"] if lang == "zh" else row["amount"]
            assert value == pytest.approx(expected), (slide.id, text)
        if slide.id == "growth":
            assert len(held) == len(slide.figure.table) - slide.left_out
            assert words(lang).count("stage.more", slide.left_out) in [
                shape.text_frame.text for shape in page.shapes if shape.has_text_frame
            ]


def test_the_workbook_of_a_chart_holds_the_same_and_the_unit():
    page = opened(presented("zh")).slides[1]
    (chart,) = charts(page)
    book = chart.part.chart_workbook.xlsx_part.blob
    rows = first_sheet(book)
    names = [series.name for series in chart.plots[0].series]
    values = {row["读作"]: next(row[name] for name in names if row[name] is not None) for row in rows}
    assert values == drawn(page)
    assert {row["单位"] for row in rows} == {"%"}
    assert {row["编号"] for row in rows} <= set(slides("zh", STEPS)[1].figure.observations)
    with ZipFile(BytesIO(book)) as packed:
        assert "General&quot;%&quot;" in packed.read("xl/styles.xml").decode()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_unlike_units_never_share_an_axis(lang):
    scaled = 0
    for slide in slides(lang):
        form = forms.read(slide.figure, LOOK)
        for block in form.blocks if form else ():
            ids = [mark.observation for mark in block.marks if mark.observation]
            units = {record(tables().units, record(tables().observations, id)["unit"])["dimension"] for id in ids}
            assert block.top is None or len(units) <= 1, (slide.id, units)
            assert [mark.value for mark in block.marks if mark.value is not None and block.top is not None and
                    not block.base <= mark.value <= block.top * (1 + 1e-9)] == []  # fmt: skip
            scaled += block.top is not None
    assert scaled > 20


def test_what_needs_a_picture_gets_one_with_its_words():
    page, slide = opened(presented("en")).slides[0], slides("en", STEPS)[0]
    (picture,) = [shape for shape in page.shapes if shape.shape_type == 13]
    assert picture._element.xpath(".//p:cNvPr/@descr") == [slide.figure.alt]
    assert forms.read(slides("en", ["ranks"])[0].figure, LOOK) is None  # a place among ranks is no length


@pytest.mark.parametrize("lang", LANGUAGES)
def test_pictures_can_be_read_from_far_off(lang):
    beside = 0
    for slide in slides(lang):
        if forms.read(slide.figure, LOOK) is None:
            laid = of_slide(slide, drawn=LOOK)
            area = chart_area(slide, laid)
            assert drawing.scale(slide.figure, LOOK, area.width, area.height) * SMALL >= LEAST * HEIGHT, slide.id
            words_at = (laid.chapter_at, laid.title_at, laid.subtitle_at, laid.source_at)
            assert [one for one, next in pairwise(words_at) if one.bottom > next.top] == [], slide.id
            if laid.content.left > SIDE:
                beside += 1
                assert max(one.left + one.width for one in words_at) < laid.content.left
    assert beside > 5


def test_words_stand_beside_a_picture_where_they_are_laid():
    (slide,) = slides("en", ["four-places"])
    page = opened(powerpoint.deck("en", "light", ["four-places"])).slides[0]
    (picture,) = [shape for shape in page.shapes if shape.shape_type == 13]
    title, laid = page.shapes.title, of_slide(slide, drawn=LOOK)
    assert title.left + title.width < picture.left
    assert picture.height > 0.8 * 540 * shapes.EMU and laid.title_at.width < 300
    text = read(paper.deck("en", "light", ["four-places"]))[0]
    assert bare(slide.figure.title) in text and bare(slide.chapter) in text


def test_every_graphic_is_described():
    for page in list(opened(presented("zh")).slides):
        for shape in page.shapes:
            if not shape.has_text_frame:
                assert len(shape._element.xpath(".//p:cNvPr/@descr")[0]) > 10


def test_what_is_missing_is_blank():
    marks = [Mark("a", "", "s", "result", "exact", 3.0, None, "3%", "#111111", False),
             Mark("b", "", "s", "result", "exact", None, None, "–", "#111111", False)]  # fmt: skip
    room = native.Room(600, 200, 80, 14)
    xml, book = native.chart("rows", Block("", tuple(marks), "%", top=3.0), room, LOOK, words("zh"), {})
    assert b'<c:ptCount val="2"/><c:pt idx="0"><c:v>3</c:v></c:pt></c:numCache>' in xml
    assert [row["s"] for row in first_sheet(book)] == [3.0, None]


def test_the_theme_names_colours_and_fonts_for_both_scripts():
    with ZipFile(BytesIO(powerpoint.deck("zh", "dark", ["three-scopes"]))) as packed:
        theme = packed.read("ppt/theme/theme1.xml").decode()
        names = packed.namelist()
        layout = packed.read("ppt/slideLayouts/slideLayout1.xml").decode()
    assert theme.count('<a:latin typeface="Arial"') == theme.count(f'<a:ea typeface="{FAMILY}"') == 2
    # Words keep to their boxes in any font: lines are as high as measured, and what runs over makes its type smaller.
    assert layout.count("<a:normAutofit/>") == 4 and layout.count("<a:spcPts val") == 5 + layout.count("<a:spcBef>")
    assert "spcPct" not in layout
    assert STAGES["dark"].paper[1:] in theme and STAGES["dark"].places["guiyang"][1:] in theme
    assert len([name for name in names if "slideLayouts/slide" in name]) == 1
    assert not [name for name in names if "printerSettings" in name or "thumbnail" in name]


def test_names_of_rows_stand_unbroken_in_their_column():
    steps = (
        "three-scopes",
        "ecology",
        "wudang-departments",
    )  # office programs leave out names that break beyond their row
    for page, id in zip(opened(powerpoint.deck("en", "light", steps)).slides, steps, strict=False):
        shape = next(shape for shape in page.shapes if shape.has_chart)
        space = shape.chart._chartSpace
        column = float(space.xpath(".//c:plotArea//c:manualLayout/c:x/@val")[0]) * shape.width / shapes.EMU
        size = int(space.xpath(".//c:catAx//a:defRPr/@sz")[0]) / 100
        names = [line for name in shape.chart.plots[0].categories for line in str(name).split("\n")]
        assert names and [name for name in names if measure.width(name, size) + native.GAP > column] == [], id
        assert size >= shapes.SMALLEST


def test_chapters_are_sections():
    xml = opened(presented("en")).part._element.xpath("//*[local-name()='section']")
    assert [section.get("name") for section in xml] == list(dict.fromkeys(one.chapter for one in slides("en", STEPS)))
    assert sum(len(section.xpath(".//*[local-name()='sldId']")) for section in xml) == len(STEPS) + 1


@pytest.mark.parametrize("shape", (*paper.SHAPES, paper.HANDOUT))
@pytest.mark.parametrize("lang", LANGUAGES)
def test_printed_pages_say_the_same(lang, shape):
    told, pages = slides(lang, STEPS), read(printed(lang, shape))
    text = "".join(pages)
    if shape != paper.HANDOUT:
        assert len(pages) == len(told) + 1
    for nth, slide in enumerate(told):
        own = text if shape == paper.HANDOUT else pages[nth]
        assert bare(slide.figure.title) in own and bare(slide.figure.subtitle) in own
        shown = (
            [mark.text for block in form.blocks for mark in block.marks]
            if (form := forms.read(slide.figure, LOOK))
            else []
        )
        assert [number for number in shown if bare(number) not in own] == []
        if shape == paper.HANDOUT:
            assert bare(slide.notes) in own and bare(slide.question) in own
            assert slide.figure.observations[0] in own
        else:
            assert bare(foot(slide.figure)) in own


@pytest.mark.parametrize("shape", (*paper.SHAPES, paper.HANDOUT))
def test_pages_are_tagged_titled_and_carry_their_font(shape):
    reader = PdfReader(BytesIO(printed("zh", shape)))
    root: Any = reader.trailer["/Root"]
    assert root["/Lang"] == "zh-CN" and root["/MarkInfo"]["/Marked"] and "/StructTreeRoot" in root
    assert reader.metadata and str(reader.metadata.title).startswith(words("zh")("product.name"))
    assert b"pdfuaid:part" in printed("zh", shape)
    resources: list[Any] = [page["/Resources"] for page in reader.pages]
    fonts = {font.get_object()["/BaseFont"] for held in resources for font in held["/Font"].values()}
    assert fonts and all("NotoSansSC" in font for font in fonts)
    outline: list[Any] = list(reader.outline)
    titles = {entry.title for part in outline for entry in (part if isinstance(part, list) else [part])}
    assert {slide.figure.title for slide in slides("zh", STEPS)} | {slides("zh", STEPS)[0].chapter} <= titles
    sides = [round(float(side)) for side in reader.pages[0].mediabox[2:]]
    assert sides == {"16:9": [960, 540], "4:3": [960, 720], "handout": [595, 842]}[shape]


def test_the_offline_file_holds_the_same_slides():
    text = html.single_file("zh", "light", STEPS).decode()
    (held,) = re.findall(r'<script type="application/json" id="talk">(.*?)</script>', text, re.DOTALL)
    talk = json.loads(held)
    for lang in LANGUAGES:
        said = [(one[lang]["title"], one[lang]["notes"], one[lang]["source"]) for one in talk["slides"]]
        assert said == [(one.figure.title, one.notes, foot(one.figure)) for one in slides(lang, STEPS)]


def test_the_same_bytes_twice_and_progress_is_told():
    told = []
    first = powerpoint.deck("en", "dark", STEPS[1:4], lambda *at: told.append(at)), paper.deck("en", "dark", STEPS[1:4])
    drawing.DRAWN.clear()
    assert (powerpoint.deck("en", "dark", STEPS[1:4]), paper.deck("en", "dark", STEPS[1:4])) == first
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]


@pytest.mark.slow
def test_a_deck_of_the_whole_story():
    told = slides("zh")
    shown = opened(powerpoint.deck("zh", "dark"))
    assert [page.shapes.title.text_frame.text for page in shown.slides][:-1] == [one.figure.title for one in told]
    assert sum(bool(charts(page)) for page in shown.slides) >= 20
    pages = read(paper.deck("zh", "dark"))
    assert len(pages) == len(told) + 1
    assert [one.id for one, page in zip(told, pages, strict=False) if bare(one.figure.title) not in page] == []


def test_an_unknown_step_or_shape_is_named():
    with pytest.raises(KeyError, match="nowhere"):
        powerpoint.deck("zh", "dark", ["nowhere"])
    with pytest.raises(ValueError, match="16:9, 4:3, handout"):
        paper.deck("zh", "dark", [], "round")


@pytest.fixture
def client():
    decks.KEPT.clear()
    return TestClient(Starlette(routes=decks.ROUTES), base_url=BASE, follow_redirects=False)


def test_a_deck_at_its_address(client):
    answer = client.get("/decks/zh-light.pptx?steps=growth,three-scopes")
    assert answer.status_code == 200 and answer.headers["content-type"] == decks.TYPES["pptx"]
    assert 'filename="deck-zh-light-2-steps.pptx"' in answer.headers["content-disposition"]
    assert answer.content == powerpoint.deck("zh", "light", ["three-scopes", "growth"], base=BASE)
    tag = answer.headers["etag"]
    assert (
        client.get("/decks/zh-light.pptx?steps=three-scopes,growth", headers={"If-None-Match": tag}).status_code == 304
    )
    head = client.head("/decks/en-dark.pdf?steps=growth&shape=handout")
    assert head.status_code == 200 and head.content == b"" and head.headers["etag"] != tag
    assert client.get("/decks/en-dark.pdf?steps=growth&shape=4:3").content.startswith(b"%PDF")


def test_all_steps_named_is_the_whole_deck():
    every = ",".join(position.step.id for position in story().steps())
    assert decks.read("zh-dark", "pdf", {"steps": every}, BASE) == decks.read("zh-dark", "pdf", {}, BASE)


def test_the_offline_file_is_the_stages_own(client):
    answer = client.get("/decks/en-dark.html?steps=growth,targets")
    assert answer.status_code == 307
    assert answer.headers["location"] == "/stage/deck.html?lang=en&look=dark&steps=growth,targets"


@pytest.mark.parametrize(
    ("address", "status", "near"),
    [
        ("/decks/zh-light.pptx?steps=grwth", 422, "growth"),
        ("/decks/zh-ligt.pptx", 404, "zh-light"),
        ("/decks/zh-light.docx", 404, "pptx"),
        ("/decks/zh-light.pptx?shape=4:3", 422, "steps"),
        ("/decks/en-light.pdf?shape=3:4", 422, "4:3"),
    ],
)
def test_a_wrong_address_is_told_what_is_valid(client, address, status, near):
    answer = client.get(address)
    assert answer.status_code == status and answer.headers["content-type"] == "application/problem+json"
    assert near in answer.json()["detail"]


def test_too_many_at_once_are_told_when_to_come_back(client, monkeypatch):
    monkeypatch.setattr(decks, "WAITING", 0)
    answer = client.get("/decks/zh-light.pdf?steps=growth")
    assert answer.status_code == 503 and int(answer.headers["retry-after"]) == decks.RETRY
