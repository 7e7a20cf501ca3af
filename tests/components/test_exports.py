"""Files to take away: whole, readable by other programs, and the same bytes for the same request."""

import csv
import json
import re
import subprocess
import sys
from dataclasses import replace
from functools import lru_cache
from hashlib import sha256
from io import BytesIO, StringIO
from itertools import product
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import altair as alt
import pandas as pd
import pytest
from PIL import Image
from pypdf import PdfReader

from components.credits import source_line
from components.export import image, sheet
from components.figures.catalogue import every, figure
from components.figures.plotted import published
from components.theme import DARK, LIGHT, PRINT
from components.words import LANGUAGES

ROOT = Path(__file__).resolve().parents[2]
REQUESTS = [(id, lang, parameters) for (id, parameters), lang in product(every(), LANGUAGES)]
NAMES = ["-".join([id, *parameters.values(), lang]) for id, lang, parameters in REQUESTS]
FIGURES = pytest.mark.parametrize(("id", "lang", "parameters"), REQUESTS, ids=NAMES)
SAMPLE = pytest.mark.parametrize(
    ("id", "lang"), [("four-places", "zh"), ("wudang-goals", "en"), ("targets-2024", "zh")]
)
PNG_START, BOM = b"\x89PNG\r\n\x1a\n", b"\xef\xbb\xbf"


def folded(text):
    return "".join(text.split())


def svg_texts(drawn):
    root = ElementTree.fromstring(drawn)  # noqa: S314 - our own file
    return ["".join(node.itertext()) for node in root.iter("{http://www.w3.org/2000/svg}text")]


@lru_cache(maxsize=64)
def drawn_svg(id, lang, parameters):
    return image.svg(figure(id, lang, **dict(parameters)))


def opened(made):
    assert made.startswith(PNG_START)
    picture = Image.open(BytesIO(made))
    picture.load()
    return picture


def rgb(colour):
    return tuple(int(colour[i : i + 2], 16) for i in (1, 3, 5))


@FIGURES
def test_png(id, lang, parameters):
    made = image.png(figure(id, lang, **parameters), scale=1)
    picture = opened(made)
    assert picture.width == image.WIDTH + 2 * image.MARGIN
    assert [round(dpi) for dpi in picture.info["dpi"]] == [72, 72]
    assert picture.convert("RGB").getpixel((2, 2)) == rgb(LIGHT.paper)


@SAMPLE
@pytest.mark.parametrize(("look", "width"), [(DARK, 760), (LIGHT, 340), (PRINT, 1600)])
def test_png_of_other_looks_and_widths(id, lang, look, width):
    picture = opened(image.png(figure(id, lang), look, width, scale=1))
    assert picture.width == width + 2 * image.MARGIN
    assert picture.convert("RGB").getpixel((2, 2)) == rgb(look.paper)


@SAMPLE
def test_png_for_print_says_its_resolution(id, lang):
    picture = opened(image.png(figure(id, lang)))
    assert [round(dpi) for dpi in picture.info["dpi"]] == [144, 144]


@SAMPLE
def test_png_at_scale_2_is_twice_as_wide(id, lang):
    assert opened(image.png(figure(id, lang))).width == 2 * (image.WIDTH + 2 * image.MARGIN)


@SAMPLE
def test_png_is_the_same_twice(id, lang):
    assert image.png(figure(id, lang), scale=1) == image.png(figure(id, lang), scale=1)


@FIGURES
def test_svg(id, lang, parameters):
    wanted = figure(id, lang, **parameters)
    drawn = drawn_svg(id, lang, tuple(parameters.items()))
    said = folded("".join(svg_texts(drawn)))
    for text in (wanted.title, wanted.subtitle, source_line(wanted), *wanted.notes):
        assert folded(text) in said
    root = ElementTree.fromstring(drawn)  # noqa: S314 - our own file
    assert float(root.attrib["width"]) == image.WIDTH + 2 * image.MARGIN
    assert b"<script" not in drawn and b"href=" not in drawn.replace(b"xlink:href", b"href=")
    families = set(re.findall(rb'font-family="([^"]*)"', drawn))
    assert families == {b"Noto Sans SC"}


@SAMPLE
def test_svg_is_the_same_twice(id, lang):
    assert image.svg(figure(id, lang)) == image.svg(figure(id, lang))


def test_files_are_the_same_in_another_process():
    """What a reader downloads today is what the next start of the server gives."""
    program = (
        "import hashlib; from components.export import image, sheet; from components.figures.catalogue import figure; "
        "f = figure('three-scopes', 'zh'); print([hashlib.sha256(make(f)).hexdigest() "
        "for make in (image.svg, image.png, image.vega_lite, sheet.csv)])"
    )
    there = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    wanted = figure("three-scopes", "zh")
    here = [make(wanted) for make in (image.svg, image.png, image.vega_lite, sheet.csv)]
    assert there.strip() == str([sha256(made).hexdigest() for made in here])


@FIGURES
def test_pdf(id, lang, parameters):
    wanted = figure(id, lang, **parameters)
    made = image.pdf(wanted)
    reader = PdfReader(BytesIO(made))
    assert len(reader.pages) == 1
    page = reader.pages[0]
    assert round(float(page.mediabox.width)) == image.WIDTH + 2 * image.MARGIN
    fonts = list(embedded(page))
    assert fonts and all(fonts)
    said = folded(page.extract_text())
    assert folded(wanted.title)[:6] in said
    assert folded(source_line(wanted))[:8] in said


def embedded(page: Any):
    """Tell for each font of a page whether its file is inside, and that it is the product's own."""
    for font in fonts_of(page["/Resources"].get_object()):
        for descendant in font.get("/DescendantFonts", [font]):
            descriptor = descendant.get_object()["/FontDescriptor"].get_object()
            assert "NotoSansSC" in descriptor["/FontName"]
            yield any(f"/FontFile{number}" in descriptor for number in ("", "2", "3"))


def fonts_of(resources: Any):
    yield from (font.get_object() for font in resources.get("/Font", {}).values())
    for item in resources.get("/XObject", {}).values():
        inner = item.get_object()
        if "/Resources" in inner:
            yield from fonts_of(inner["/Resources"].get_object())


# Not strict: the order that differs may by chance be the same.
@pytest.mark.xfail(strict=False, reason="vl-convert writes the objects of a PDF in a new order each time")
@SAMPLE
def test_pdf_is_the_same_twice(id, lang):
    assert image.pdf(figure(id, lang)) == image.pdf(figure(id, lang))


@FIGURES
def test_csv(id, lang, parameters):
    wanted = figure(id, lang, **parameters)
    table = published(wanted.table)
    made = sheet.csv(wanted)
    assert made.startswith(BOM) and sheet.csv(wanted, mark=False) == made[3:] == made.removeprefix(BOM)
    text = made.decode("utf-8-sig")
    assert text.count("\r\n") == len(table) + 1 and "\n" not in text.replace("\r\n", "")
    header, *rows = csv.reader(StringIO(text, newline=""))
    assert header == list(table)
    assert len(rows) == len(table)
    for row, own in zip(rows, table.to_dict("records"), strict=True):
        for cell, value in zip(row, own.values(), strict=True):
            assert_same(cell, value)
    assert sheet.csv(wanted) == made


def assert_same(cell, value):
    if isinstance(value, str):
        assert cell == value
    elif pd.isna(value):
        assert cell == ""
    else:
        assert float(cell) == value


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_becomes_a_formula(start):
    wanted = figure("three-scopes", "en")
    evil = f'{start}HYPERLINK("http://example.org","x")'
    made = sheet.csv(replace(wanted, table=wanted.table.assign(label=evil))).decode("utf-8-sig")
    cells = [row["label"] for row in csv.DictReader(StringIO(made, newline=""))]
    assert cells == [f"'{evil}"] * 3


def test_numbers_below_zero_stay_numbers():
    assert [sheet.harmless(cell) for cell in (-1.5, "−1", "-1", "", None, "a=b")] == [
        -1.5,
        "−1",
        "'-1",
        "",
        None,
        "a=b",
    ]


@FIGURES
def test_vega_lite(id, lang, parameters):
    wanted = figure(id, lang, **parameters)
    made = image.vega_lite(wanted)
    spec = json.loads(made)
    assert spec["$schema"].startswith("https://vega.github.io/schema/vega-lite/v")
    alt.LayerChart.from_dict(spec, validate=True)
    assert "".join(spec["title"]["text"]).replace(" ", "") == wanted.title.replace(" ", "")
    assert spec["config"]["background"] == LIGHT.paper
    assert "\\u" not in made.decode().replace("\\\\u", "")


@SAMPLE
def test_vega_lite_is_the_same_twice(id, lang):
    assert image.vega_lite(figure(id, lang)) == image.vega_lite(figure(id, lang))


@SAMPLE
def test_the_picture_carries_its_credits(id, lang):
    wanted = figure(id, lang)
    said = folded("".join(svg_texts(drawn_svg(id, lang, ()))))
    assert folded(wanted.name) in said
    assert ("数据版本" if lang == "zh" else "dataversion") in said
