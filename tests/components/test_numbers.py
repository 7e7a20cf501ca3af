"""Numbers as readers see them: literal rows in, exact words out, in both languages."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components import numbers
from components.words import words
from data.load import records, tables

NAN = float("nan")


def row(value, unit, bound="exact", high=NAN, **columns):
    usual = {"indicator": "gdp", "kind": "goal", "period": "2025"}
    return {**usual, "value": value, "value_high": high, "unit": unit, "bound": bound, **columns}


@pytest.mark.parametrize(
    ("value", "unit", "zh", "en"),
    [
        (5154.75, "亿元", "5154.75亿元", "515.475 billion yuan"),
        (500.0, "亿元", "500亿元", "50 billion yuan"),
        (9.5, "亿元", "9.5亿元", "950 million yuan"),
        (10.0, "亿元", "10亿元", "1 billion yuan"),
        (4.23, "万元", "4.23万元", "42,300 yuan"),
        (640.0, "万人", "640万人", "6.4 million people"),
        (38.87, "万人", "38.87万人", "388,700 people"),
        (1.47, "亿人次", "1.47亿人次", "147 million"),
        (6.0, "%", "6%", "6%"),
        (5.5, "%", "5.5%", "5.5%"),
        (100.0, "%", "100%", "100%"),
        (0.05, "%", "0.05%", "0.05%"),
        (0.0, "%", "0%", "0%"),
        (2.9, "个百分点", "2.9个百分点", "2.9 percentage points"),
        (1.0, "个百分点", "1个百分点", "1 percentage point"),
        (1.0, "天", "1天", "1 day"),
        (2.0, "天", "2天", "2 days"),
        (2.5, "1", "2.5", "2.5"),
        (120.0, "1", "120", "120"),
        (45.0, "平方公里", "45平方公里", "45 km²"),
        (26863.3, "平方公里", "26863.3平方公里", "26,863.3 km²"),
        (9.0, "万亩", "9万亩", "90,000 mu"),
        (100.0, "家", "100家", "100"),
        (0.0, "个", "0个", "0"),
        (2.0, "倍", "2倍", "2 times"),
    ],
)
def test_amounts(value, unit, zh, en):
    assert (numbers.amount(value, unit, words("zh")), numbers.amount(value, unit, words("en"))) == (zh, en)


def test_without_the_noun_english_names_no_unit():
    assert numbers.amount(350.0, "亿元", words("en"), noun=False) == "35 billion"
    assert numbers.amount(350.0, "亿元", words("zh"), noun=False) == "350亿元"
    assert numbers.amount(60.0, "%", words("en"), noun=False) == "60%"


@given(st.decimals("0", "99999", places=2), st.sampled_from(sorted(set(tables().units.index) - {"1"})))
def test_english_says_exactly_what_is_printed(printed, unit):
    """Read the English back: millions and billions lose no digit."""
    said = numbers.amount(float(printed), unit, words("en")).replace("%", " ").split()
    scale = {"million": Decimal(10**6), "billion": Decimal(10**9)}
    read = Decimal(said[0].replace(",", "")) * (scale.get(said[1], Decimal(1)) if len(said) > 1 else 1)
    assert read == printed * Decimal(str(tables().units.at[unit, "factor"]))


@given(st.decimals("0", "99999", places=2), st.sampled_from(sorted(set(tables().units.index) - {"1"})))
def test_chinese_keeps_the_printed_unit(printed, unit):
    said = numbers.amount(float(printed), unit, words("zh"))
    assert said.endswith(unit) and Decimal(said.removesuffix(unit)) == printed
    assert "e" not in said.removesuffix(unit).lower()


@pytest.mark.parametrize(
    ("stated", "zh", "en", "zh_spoken", "en_spoken"),
    [
        (row(640.0, "万人", "at_least"), "≥640万人", "≥6.4 million people", "至少640万人", "at least 6.4 million people"),
        (row(5154.75, "亿元"), "5154.75亿元", "515.475 billion yuan", "5154.75亿元", "515.475 billion yuan"),
        (row(5.5, "%", "about"), "约5.5%", "about 5.5%", "约5.5%", "about 5.5%"),
        (row(2.0, "天", "at_most"), "≤2天", "≤2 days", "至多2天", "at most 2 days"),
        (
            row(325.0, "亿元", "at_least", 350.0),
            "≥325亿元，力争350亿元", "≥32.5 billion yuan, hoping for 35 billion",
            "至少325亿元，力争350亿元", "at least 32.5 billion yuan, hoping for 35 billion",
        ),
        (
            row(20.0, "万人", "exact", 30.0),
            "20万人至30万人", "200,000 people to 300,000", "20万人至30万人", "200,000 people to 300,000",
        ),
        (row(1.0, "位", indicator="gdp-growth-rank-new-areas"), "第1位", "no. 1", "第1位", "no. 1"),
        (row(10.0, "位", "at_most", indicator="gdp-growth-rank-new-areas"), "前10位", "top 10", "前10位", "top 10"),
        (row(2.0, "位"), "2位", "2 places", "2位", "2 places"),
        (row(2.5, "1", "at_most"), "≤2.5", "≤2.5", "至多2.5", "at most 2.5"),
        (row(NAN, "", ""), "没有数字", "no number", "没有数字", "no number"),
        (row(None, "", ""), "没有数字", "no number", "没有数字", "no number"),
    ],
)  # fmt: skip
def test_qualified_numbers(stated, zh, en, zh_spoken, en_spoken):
    said = [numbers.qualified(stated, words(lang)) for lang in ("zh", "en")]
    spoken = [numbers.qualified(stated, words(lang), spoken=True) for lang in ("zh", "en")]
    assert (said, spoken) == ([zh, en], [zh_spoken, en_spoken])


@pytest.mark.parametrize(
    ("bound", "sign_zh", "sign_en", "spoken_zh", "spoken_en"),
    [
        ("exact", "58%", "58%", "58%", "58%"),
        ("at_least", "≥58%", "≥58%", "至少58%", "at least 58%"),
        ("at_most", "≤58%", "≤58%", "至多58%", "at most 58%"),
        ("about", "约58%", "about 58%", "约58%", "about 58%"),
    ],
)
def test_bounds(bound, sign_zh, sign_en, spoken_zh, spoken_en):
    zh, en = words("zh"), words("en")
    assert [numbers.bounded("58%", bound, speech) for speech in (zh, en)] == [sign_zh, sign_en]
    assert [numbers.bounded("58%", bound, speech, spoken=True) for speech in (zh, en)] == [spoken_zh, spoken_en]


@pytest.mark.parametrize(("text", "zh", "en"), [("2023", "2023年", "2023"), ("2021/2025", "2021–2025年", "2021–2025")])
def test_periods(text, zh, en):
    assert (numbers.period(text, words("zh")), numbers.period(text, words("en"))) == (zh, en)


@pytest.mark.parametrize(
    ("stated", "zh", "en"),
    [
        (row(1.0, "%", kind="result", period="2023"), "2023年实绩", "2023 result"),
        (row(1.0, "%", period="2021/2025"), "2025年目标", "2025 goal"),
        (row(1.0, "%", kind="standard"), "常态要求", "standing commitment"),
        (row(325.0, "亿元", "at_least", 350.0), "2025年目标，力争350亿元", "2025 goal, hoping for 35 billion"),
    ],
)
def test_when(stated, zh, en):
    assert (numbers.when(stated, words("zh")), numbers.when(stated, words("en"))) == (zh, en)


@pytest.mark.parametrize(
    ("unit", "zh", "en"),
    [
        ("亿元", "亿元", "yuan"),
        ("天", "天", "days"),
        ("%", "%", "%"),
        ("万人", "万人", "people"),
        ("平方公里", "平方公里", "km²"),
        ("1", "无单位", "no unit"),
        ("亿人次", "亿人次", "visits"),
    ],
)
def test_names_of_units(unit, zh, en):
    assert (numbers.unit_name(unit, words("zh")), numbers.unit_name(unit, words("en"))) == (zh, en)


def test_missing_is_never_zero():
    assert [numbers.missing(value) for value in (None, NAN, 0.0, 0, -1.5)] == [True, True, False, False, False]


@pytest.mark.parametrize(
    ("value", "text"), [(5154.75, "5154.75"), (6.0, "6"), (0.5, "0.5"), (100.0, "100"), (1e16, "10000000000000000")]
)
def test_plain_numbers_are_as_printed(value, text):
    assert numbers.plain(value) == text


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_number_of_the_tables_is_said_with_its_bound(lang):
    speech = words(lang)
    sign = {"at_least": ("≥", "以后", "below"), "at_most": ("≤", "前", "top"), "about": ("约", "about"), "exact": ("",)}
    for stated in records(tables().observations):
        said = numbers.qualified(stated, speech)
        if numbers.missing(stated["value"]):
            assert said == speech("number.none")
        else:
            assert any(mark in said for mark in sign[stated["bound"]]), (stated["id"], said)
            assert not any(mark in said for mark in ("≥", "≤") if mark not in sign[stated["bound"]]), stated["id"]
