"""Shapes cut to their frame: what is seen stays as it was."""

from io import BytesIO
from typing import Any

from PIL import Image, ImageChops

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
