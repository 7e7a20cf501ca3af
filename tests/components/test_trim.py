"""Shapes cut to their frame, and marks without opacity taken out: what is seen stays as it was."""

from io import BytesIO
from typing import Any

from PIL import Image, ImageChops
from pypdf import PdfReader

from components.export import image, trim
from components.figures.catalogue import figure

FRAME = '<clipPath id="clip0"><rect x="0" y="0" width="100" height="100"/></clipPath>'


def cut(path):
    svg = f'<g class="mark-shape" clip-path="url(#clip0)"><path transform="translate(0,0)" d="{path}"/></g>{FRAME}'
    return trim.trimmed(svg).split(' d="')[1].split('"')[0]


def test_what_lies_inside_stays_as_it_is_written():
    assert cut("M10,10L20,10L20,20Z") == "M10,10L20,10L20,20Z"


def test_what_lies_outside_goes():
    assert cut("M10,10L20,10L20,20ZM500,500L600,500L600,600Z") == "M10,10L20,10L20,20Z"
    assert cut("M500,500L600,500L600,600Z") == "M0,0"


def test_what_crosses_the_frame_is_cut_a_little_beyond_it():
    edge = 100 + trim.BESIDE
    assert cut("M50,10L500,10L500,20L50,20Z") == f"M50.000,10.000L{edge:.3f},10.000L{edge:.3f},20.000L50.000,20.000Z"


def test_what_has_no_frame_is_left_alone():
    assert trim.trimmed('<path transform="translate(0,0)" d="M500,500L600,500L600,600Z"/>').endswith('600Z"/>')


def test_the_picture_is_the_same():
    drawn = image.renderer().vegalite_to_svg(image.finish(figure("mentions-by-county", "zh", place="guiyang")))
    smaller = trim.trimmed(drawn)
    assert len(smaller) < len(drawn) * 0.8
    one, other = (Image.open(BytesIO(image.renderer().svg_to_png(svg))).convert("RGB") for svg in (drawn, smaller))
    # The edges' smoothing may differ by a shade, no more.
    extremes: Any = ImageChops.difference(one, other).getextrema()
    assert max(high for _, high in extremes) < 24


def test_what_is_not_seen_is_not_in_a_file():
    """A phone's list of places is drawn at a map's other widths with no opacity: a PDF would pair its names and numbers wrongly."""
    for id, width in (("numbers-by-place", 760), ("goals-by-year", 760)):
        drawn = image.renderer().vegalite_to_svg(image.finish(figure(id, "zh"), width=width))
        seen = trim.UNSEEN.sub("", drawn)
        assert ' opacity="0"' in drawn and ' opacity="0"' not in trim.trimmed(drawn)
        assert image.renderer().svg_to_png(seen, 1) == image.renderer().svg_to_png(drawn, 1)
    words = PdfReader(BytesIO(image.pdf(figure("numbers-by-place", "zh")))).pages[0].extract_text()
    listed = ("贵阳市　5154.75亿元", "清镇市　≥500亿元", "乌当区　≥325亿元")
    assert not [line for line in listed if line in words] and "5154.75亿元" in words


def test_a_mark_that_is_seen_stays_beside_one_that_is_not():
    seen = '<text opacity="0.5">a</text><path opacity="1" d="M0,0"/>'
    assert trim.trimmed(f'<line x2="1" opacity="0"/><text fill="x" opacity="0"><tspan>b</tspan></text>{seen}') == seen
