"""Nothing on a picture is cut off and no two texts run into each other, on any width, in either language."""

import re
from itertools import product

import pytest

from components.export import image
from components.figures.catalogue import every, figure
from components.theme import LIGHT
from components.words import LANGUAGES
from tests.components import scene

# A phone, where layouts change, a page; a file on the narrowest and on the widest page it is laid out on.
WIDTHS = {"exported": (340, 1600), "on_page": (340, 520, 760)}


def cases(where):
    for (id, parameters), lang, width in product(every(), LANGUAGES, WIDTHS[where]):
        name = "-".join([id, *parameters.values(), lang, str(width)])
        yield pytest.param(id, parameters, lang, width, id=name)


def check(picture, width):
    assert picture.cut() == []
    assert picture.overlapping() == []
    assert picture.width == width
    assert len(picture.texts) > 3


@pytest.mark.parametrize(("id", "parameters", "lang", "width"), list(cases("exported")))
def test_a_file(id, parameters, lang, width):
    check(scene.exported(figure(id, lang, **parameters), width), width + 2 * image.MARGIN)


@pytest.mark.parametrize(("id", "parameters", "lang", "width"), list(cases("on_page")))
def test_a_page(id, parameters, lang, width):
    check(scene.on_page(figure(id, lang, **parameters), width), width)


def test_the_check_sees_what_is_cut_and_what_overlaps():
    room = (0.0, 0.0, 100.0, 50.0)
    one = scene.Box("one", 10, 10, 60, 20, room)
    two = scene.Box("two", 50, 15, 101.5, 30, room)
    apart = scene.Box("apart", 60.5, 10, 90, 14, room)
    assert scene.Picture(100, 50, (one, two, apart)).overlapping() == [("one", "two")]
    assert scene.Picture(100, 50, (one, two, apart)).cut() == ["two"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_names_of_two_near_marks_stand_apart(lang):
    shown = figure("result-against-target", lang)
    heads = [text for text in shown.table["head"] if text]
    texts = {box.text: box for box in scene.on_page(shown, 340).texts}
    goal, result = sorted((texts[head] for head in heads), key=lambda box: box.left)
    label = texts[shown.table["label"].iloc[0]]
    assert result.left - goal.right >= 10 and goal.left - label.right >= 10


@pytest.mark.parametrize(("width", "through"), [(340, False), (760, True)])
def test_lines_down_through_rows_keep_out_of_their_words(width, through):
    drawn = image.renderer().vegalite_to_svg(figure("ranks-2023", "en").draw(LIGHT).properties(width=width).to_dict())
    lines = re.findall(r"<line [^>]*stroke-dasharray[^>]*>", drawn)
    assert len(lines) == 3 and [('opacity="0"' not in line) for line in lines] == [through] * 3
