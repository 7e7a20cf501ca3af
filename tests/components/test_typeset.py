"""Measuring and breaking text, and the font that every text is set in."""

import csv
import re
from functools import lru_cache
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from hypothesis import assume, example, given
from hypothesis import strategies as st

from components.theme import LABEL, SMALL, TINY, TITLE
from components.typeset import CLOSING, FONTS, text_width, wrap
from components.words import FOLDER, LANGUAGES, catalogue
from data.story import FILE as STORY
from geo import notice

ROOT = Path(__file__).resolve().parents[2]
CHINESE = "贵阳市乌当区清镇毕节地区生产总值增长目标，。、；：？！）》」』”’…％（《“林"
MIXED = st.text(st.sampled_from(CHINESE + "GDP growth 2023 5154.75% of-the ≥≤·–,.;" + " "), max_size=80)
SIZES = st.sampled_from([TITLE, LABEL, SMALL, TINY])
LIMITS = st.floats(30, 400)


def bare(lines):
    return "".join("".join(lines).split())


@given(MIXED, SIZES, LIMITS, st.booleans())
@example("贵阳，。、；：", LABEL, 30.0, False)
@example("", LABEL, 30.0, False)
def test_no_line_is_wider_than_the_limit_unless_it_is_one_word(text, size, limit, bold):
    for line in wrap(text, size, limit, bold):
        # What cannot be broken: a Latin word or number with what clings to it, or a character with its closing marks.
        one_word = re.fullmatch(rf"\S*|[\u2e80-\uffef][{CLOSING}]*", line) and not re.search(
            rf"[\u2e80-\uffef][{CLOSING}]*[^{CLOSING}\s]", line
        )
        assert text_width(line, size, bold) <= limit or one_word, line


@given(MIXED, SIZES, LIMITS)
def test_every_character_is_kept(text, size, limit):
    assert bare(wrap(text, size, limit)) == bare([text])


# Control characters cannot be set at all; no table holds any.
@given(st.text(st.characters(exclude_categories=["C"]), max_size=60), LIMITS)
def test_every_character_of_any_text_is_kept(text, limit):
    assert bare(wrap(text, LABEL, limit)) == bare([text])


@given(MIXED, SIZES, LIMITS)
@example("第6、8段", LABEL, 24.0)
def test_no_line_begins_with_a_closing_mark(text, size, limit):
    assume(not re.search(rf"\s[{CLOSING}]", text))  # white space before a closing mark is a fault of the text
    broken = wrap(text, size, limit)
    assert not [line for line in broken[1:] if line and line[0] in CLOSING]


@given(MIXED, SIZES)
def test_what_fits_stays_on_one_line(text, size):
    assert wrap(text, size, text_width(text, size) + 1) == [text.rstrip()]


@pytest.mark.parametrize(
    ("text", "limit", "lines"),
    [
        ("地区生产总值增速", 56.0, ["地区生产", "总值增速"]),
        ("一二三四，五", 56.0, ["一二三", "四，五"]),
        ("GDP growth", 60.0, ["GDP", "growth"]),
        ("in 2023, GDP", 1000.0, ["in 2023, GDP"]),
        ("Longdongbao", 10.0, ["Longdongbao"]),
        ("", 10.0, [""]),
    ],
)
def test_literal_breaks(text, limit, lines):
    assert wrap(text, LABEL, limit) == lines


def test_widths_are_the_fonts_own():
    assert text_width("贵阳", 14) == 28.0
    assert text_width("贵阳\n贵", 14) == 28.0
    assert text_width("", 14) == 0
    assert text_width("GDP", 14, bold=True) > text_width("GDP", 14) > 0


@lru_cache(maxsize=2)
def drawable(weight):
    return frozenset(TTFont(FONTS / f"NotoSansSC-{weight}.otf").getBestCmap())


def said():
    """Every text that can be drawn: words, tables, places, story, notices."""
    for lang in LANGUAGES:
        for message in catalogue(lang):
            if message.id:
                yield from message.string if isinstance(message.string, tuple | list) else (message.string,)
        yield (FOLDER / f"about.{lang}.md").read_text(encoding="utf-8")
    for path in [*(ROOT / "data" / "tables").glob("*.csv"), ROOT / "geo" / "places.csv", ROOT / "geo" / "sites.csv"]:
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.reader(file):
                yield from row
    yield STORY.read_text(encoding="utf-8")
    yield from (notice.MAP_LINE_ZH, notice.MAP_LINE_EN, notice.ATTRIBUTION_ZH, notice.ATTRIBUTION_EN)


@pytest.mark.parametrize("weight", ["Regular", "Bold"])
def test_the_font_has_every_character(weight):
    needed = {character for text in said() for character in text if character not in "\n\r\t"}
    assert len(needed) > 1000
    assert sorted(character for character in needed if ord(character) not in drawable(weight)) == []
