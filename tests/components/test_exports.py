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
from xml.sax.saxutils import escape
from zipfile import ZipFile

import altair as alt
import pandas as pd
import pytest
from markupsafe import escape as html_escape
from PIL import Image
from pypdf import PdfReader

from components import theme, typeset
from components.credits import address, source_line
from components.export import evidence, formats, image, page, sheet, sizes, specification, workbook
from components.export.asked import OPTIONS, Asked, Refused
from components.export.painting import converter
from components.export.sizes import SIZES, Size
from components.figures.catalogue import CATALOGUE, every, figure
from components.figures.plotted import published
from components.theme import DARK, LIGHT, PRINT
from components.words import LANGUAGES, LOCALES
from tests.components import scene

ROOT = Path(__file__).resolve().parents[2]
REQUESTS = [(id, lang, parameters) for (id, parameters), lang in product(every(), LANGUAGES)]
NAMES = ["-".join([id, *parameters.values(), lang]) for id, lang, parameters in REQUESTS]
FIGURES = pytest.mark.parametrize(("id", "lang", "parameters"), REQUESTS, ids=NAMES)
# Each view once, the languages taking turns: for formats that take longer to read back.
TURNS = [(id, LANGUAGES[turn % 2], parameters) for turn, (id, parameters) in enumerate(every())]
EACH = pytest.mark.parametrize(
    ("id", "lang", "parameters"), TURNS, ids=["-".join([t[0], *t[2].values(), t[1]]) for t in TURNS]
)
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


@EACH
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
    assert families == {theme.FONT_STACK.encode()}


@SAMPLE
def test_svg_is_the_same_twice(id, lang):
    assert image.svg(figure(id, lang)) == image.svg(figure(id, lang))


def test_files_are_the_same_in_another_process():
    """What a reader downloads today is what the next start of the server gives."""
    program = (
        "import hashlib; from components.export import image, page, sheet, workbook; "
        "from components.figures.catalogue import figure; "
        "f = figure('three-scopes', 'zh'); print([hashlib.sha256(make(f)).hexdigest() for make in "
        "(image.svg, image.png, image.pdf, image.vega_lite, sheet.csv, workbook.xlsx, page.html)])"
    )
    there = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    wanted = figure("three-scopes", "zh")
    writers = (image.svg, image.png, image.pdf, image.vega_lite, sheet.csv, workbook.xlsx, page.html)
    here = [make(wanted) for make in writers]
    assert there.strip() == str([sha256(made).hexdigest() for made in here])


@EACH
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


@SAMPLE
def test_pdf_is_the_same_twice(id, lang):
    wanted = figure(id, lang)
    first = image.pdf(wanted)
    image.DRAWN.clear()
    assert image.pdf(wanted) == first
    said = PdfReader(BytesIO(first)).metadata
    assert said is not None and said.title == wanted.title
    assert "/CreationDate" not in said


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
    assert converter(str(typeset.FONTS)).vegalite_to_vega(spec)["marks"]
    assert not re.findall(r'"url":', made.decode())  # everything it draws is inside
    assert_numbers(wanted, spec)
    assert folded("".join(spec["title"]["text"])) == folded(wanted.title)
    assert spec["config"]["background"] == LIGHT.paper
    assert "\\u" not in made.decode().replace("\\\\u", "")


def assert_numbers(wanted, spec):
    """The numbers that are drawn are those of the table; a drawing may leave columns out, but changes none."""
    if "observation" not in wanted.table or wanted.table["observation"].duplicated().any():
        return
    own = wanted.table.set_index("observation")
    tables = [rows for rows in spec.get("datasets", {}).values() if isinstance(rows, list)]  # shapes are a Topology
    for row in (row for rows in tables for row in rows):
        if row.get("observation") in own.index and "value" in row:
            value = own.at[row["observation"], "value"]
            assert (None if pd.isna(value) else value) == row["value"]


@SAMPLE
def test_vega_lite_is_the_same_twice(id, lang):
    assert image.vega_lite(figure(id, lang)) == image.vega_lite(figure(id, lang))


@SAMPLE
def test_the_picture_carries_its_credits(id, lang):
    wanted = figure(id, lang)
    said = folded("".join(svg_texts(drawn_svg(id, lang, ()))))
    assert folded(address(wanted)) in said
    assert ("数据版本" if lang == "zh" else "dataversion") in said


CELL = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def sheets(made):
    """Read a workbook: its sheets' cells by place, numbers as numbers, texts as texts; a formula is a fault."""
    with ZipFile(BytesIO(made)) as book:
        assert book.testzip() is None
        shared = ElementTree.fromstring(book.read("xl/sharedStrings.xml"))  # noqa: S314 - our own file
        texts = ["".join(part.text or "" for part in item.iter(f"{CELL}t")) for item in shared]
        names = sorted(name for name in book.namelist() if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name))
        for name in names:
            root = ElementTree.fromstring(book.read(name))  # noqa: S314 - our own file
            assert not list(root.iter(f"{CELL}f"))
            yield {cell.attrib["r"]: read_cell(cell, texts) for cell in root.iter(f"{CELL}c")}


def read_cell(cell, texts):
    value = cell.find(f"{CELL}v")
    if value is None or value.text is None:
        return None
    return texts[int(value.text)] if cell.get("t") == "s" else float(value.text)


@EACH
def test_xlsx(id, lang, parameters):
    wanted = figure(id, lang, **parameters)
    made = workbook.xlsx(wanted)
    assert workbook.xlsx(wanted) == made
    plotted, behind, sources = sheets(made)
    assert plotted["A1"] == wanted.title and plotted["A2"] == wanted.subtitle
    table = evidence.plotted(wanted)
    for line, row in enumerate(table.rows, start=workbook.HEAD + 2):
        for column, value in enumerate(row):
            assert plotted.get(f"{letters(column)}{line}") == (value or None if isinstance(value, str) else value)
    if "value" in table.names:
        written = [row[table.names.index("value")] for row in table.rows]
        assert written == [None if pd.isna(value) else value for value in wanted.table["value"]]
    ids = [cell for place, cell in behind.items() if re.fullmatch(r"A\d+", place)][3:]
    assert ids == list(wanted.observations)
    assert wanted.alt in sources.values()


def test_a_waterfall_stacks_its_bars_on_where_they_begin():
    wanted = figure("why-not-judged", "en")
    with ZipFile(BytesIO(made := workbook.xlsx(wanted))) as book:
        chart = book.read("xl/charts/chart1.xml").decode()
    assert '<c:grouping val="stacked"/>' in chart and chart.count("<c:ser>") == 3 and "<a:noFill/>" in chart
    first, rows = next(sheets(made)), wanted.table.to_dict("records")
    begins = next(place[0] for place, cell in first.items() if cell == "Bar begins at")
    at = [first[f"{begins}{line}"] for line in range(workbook.HEAD + 2, workbook.HEAD + 2 + len(rows))]
    assert at == [min(row["start"], row["end"]) for row in rows] and at[0] == at[-1] == 0
    assert [int(row["text"].split()[0]) for row in rows] == [row["value"] for row in rows]  # it reads as its value says
    drawn = image.svg(wanted).decode()
    assert f">−{rows[1]['value']}<" in drawn


def test_numbers_stand_clear_of_the_next_column_and_the_upper_value_says_what_it_is():
    with ZipFile(BytesIO(workbook.xlsx(figure("wudang-goals", "zh")))) as book:
        assert 'horizontal="right" indent="1"' in book.read("xl/styles.xml").decode()
    assert "高值（力争或区间上端）" in evidence.plotted(figure("wudang-goals", "zh")).headings


def letters(column):
    return chr(65 + column) if column < 26 else letters(column // 26 - 1) + letters(column % 26)


def test_no_cell_of_a_workbook_becomes_a_formula():
    wanted = figure("three-scopes", "en")
    evil = '=HYPERLINK("http://example.org","x")'
    made = workbook.xlsx(replace(wanted, table=wanted.table.assign(label=evil)))
    plotted = next(sheets(made))  # refuses formulas
    assert evil in plotted.values()


@pytest.mark.parametrize(("id", "drawn"), [("growth-2023", True), ("wudang-goals", False), ("four-places", False)])
def test_excel_draws_rows_of_one_unit_only(id, drawn):
    with ZipFile(BytesIO(workbook.xlsx(figure(id, "zh")))) as book:
        charts = [book.read(name).decode() for name in book.namelist() if name.startswith("xl/charts/chart")]
    assert bool(charts) == drawn == workbook.has_chart(figure(id, "zh"))
    # Each bar carries its number as it reads, with its bound.
    assert all(escape(text) in charts[0] for text in figure(id, "zh").table["text"]) if drawn else True


@EACH
def test_html(id, lang, parameters):
    wanted = figure(id, lang, **parameters)
    made = page.html(wanted).decode()
    assert made.startswith("<!doctype html>") and f'<html lang="{LOCALES[lang]}">' in made
    assert "<script" not in made and "<link" not in made and "@import" not in made and " src=" not in made
    hosts = set(re.findall(r"https?://[^/\"' )]+", made))
    assert hosts <= {"http://www.w3.org"}  # the namespace of SVG, which nobody fetches
    assert made.count("<svg ") == 2  # for wide windows and for narrow ones
    names = re.findall(r' id="([^"]+)"', made)
    assert len(names) == len(set(names)) and set(re.findall(r"url\(#([^)]+)\)", made)) <= set(names)
    for text in (wanted.title, wanted.subtitle, wanted.alt, source_line(wanted)):
        assert str(html_escape(text)) in made
    table = evidence.plotted(wanted)
    assert made.count("<tr>") == len(table.rows) + len(wanted.observations) + len(wanted.citations) + 3


@SAMPLE
def test_svg_as_outlines_needs_no_font(id, lang):
    wanted = figure(id, lang)
    drawn, text = image.svg(wanted, outlined=True), image.svg(wanted)
    root = ElementTree.fromstring(drawn)  # noqa: S314 - our own file
    labels = [
        node.get("aria-label") for node in root.iter("{http://www.w3.org/2000/svg}path") if node.get("aria-label")
    ]
    assert b"<text" not in drawn and b"font-family" not in drawn
    assert labels == [text for text in svg_texts(text) if text.strip()]
    assert len(opened(bytes(image.renderer().svg_to_png(drawn.decode()))).getcolors(1 << 24)) > 20


MAPS = [(id, parameters) for id, parameters in every() if figure(id, "zh", **parameters).is_map]


@pytest.mark.parametrize(("id", "parameters"), MAPS, ids=lambda part: part if isinstance(part, str) else "")
def test_geojson(id, parameters, tmp_path):
    import geopandas

    (path := tmp_path / "shapes.geojson").write_bytes(
        formats.make(Asked(id, "geojson", parameters=tuple(parameters.items())))
    )
    shapes = geopandas.read_file(path)
    assert len(shapes) and shapes.geometry.is_valid.all()
    assert {"id", "name_zh", "name_en"} <= set(shapes)


def test_what_is_no_map_has_no_shapes():
    with pytest.raises(Refused, match="no-map"):
        formats.make(Asked("growth-2023", "geojson"))


LAID_OUT = [("four-places", "zh"), ("wudang-goals", "en"), ("result-against-target", "zh"), ("three-scopes", "en"),
            ("goals-by-year", "zh")]  # fmt: skip


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("id", "lang"), LAID_OUT)
def test_every_size_is_laid_out_anew(id, lang, size):
    wanted, asked = figure(id, lang), SIZES[size]
    drawing = image.lay_out(wanted, LIGHT, asked)
    picture = opened(image.png(wanted, LIGHT, asked, scale=1))
    assert picture.size == (asked.width, asked.height or drawing.height)
    assert [round(dpi) for dpi in picture.info["dpi"]] == [asked.ppi, asked.ppi]
    assert drawing.layout.type >= (sizes.least(asked) if asked.height else asked.width / sizes.PAGE[1])
    shown = scene._read(image.finish(wanted, LIGHT, drawing.layout.width, drawing.layout.spare))
    assert shown.cut() == [] and shown.overlapping() == []
    assert shown.height * drawing.layout.type <= picture.height + 1  # nothing is cropped
    if asked.height:
        foot = max(box.bottom for box in shown.texts)
        assert picture.height / drawing.layout.type - foot < 2 * image.MARGIN  # the foot stands at the end


def test_a_height_that_is_too_little_names_the_smallest():
    wanted = figure("numbers-by-document", "zh")
    with pytest.raises(image.TooLow) as refused:
        image.lay_out(wanted, LIGHT, Size(600, 300))
    least = refused.value.least
    assert image.lay_out(wanted, LIGHT, Size(600, least)).height == least


def test_paper_can_be_left_out():
    wanted = figure("three-scopes", "zh")
    picture = opened(image.png(wanted, scale=1, transparent=True))
    assert picture.convert("RGBA").getpixel((2, 2)) == (0, 0, 0, 0)
    assert opened(image.png(wanted, scale=1)).convert("RGBA").getpixel((2, 2)) == (*rgb(LIGHT.paper), 255)


@pytest.mark.parametrize(("scale", "ppi"), [(1, 300), (4, 72), (1.5, 96)])
def test_scale_makes_pixels_and_ppi_is_written(scale, ppi):
    picture = opened(image.png(figure("three-scopes", "zh"), scale=scale, ppi=ppi))
    assert picture.width == round(820 * scale)
    assert [round(dpi) for dpi in picture.info["dpi"]] == [ppi, ppi]


def test_a_tighter_png_has_the_same_pixels():
    made = image.png(figure("three-scopes", "zh"))
    tight = image.smaller(made)
    assert len(tight) < len(made)
    assert opened(tight).tobytes() == opened(made).tobytes() and opened(tight).info["dpi"] == opened(made).info["dpi"]


def test_pdf_has_the_size_of_its_paper():
    box = PdfReader(BytesIO(image.pdf(figure("three-scopes", "zh"), PRINT, SIZES["a4"]))).pages[0].mediabox
    assert (round(float(box.width), 1), round(float(box.height), 1)) == (595.2, 841.9)


def test_drawing_writes_a_table_once_for_all_layers():
    spec = specification.chart(figure("wudang-goals", "zh"), LIGHT)
    named = [layer["data"]["name"] for layer in spec["layer"] if "data" in layer]
    assert len(named) > len(set(named)) and set(named) <= set(spec["datasets"])
    written = [json.dumps(rows, sort_keys=True) for rows in spec["datasets"].values()]
    assert len(written) < len(spec["layer"])


def test_every_format_has_its_type_its_options_and_its_writer():
    assert set(formats.TYPES) == set(OPTIONS) == set(formats.WRITERS) | {"zip"}
    own = {name for id in CATALOGUE for name in CATALOGUE[id].parameters}
    assert not own & {"lang", *(name for names in OPTIONS.values() for name in names)}
