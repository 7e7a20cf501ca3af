"""The Figure that holds places and measures against each other: what it draws on one scale, what apart, what it refuses."""

import re
from itertools import product

import pytest

from components.charts.rows import Scale, place_marks, place_rows
from components.figures.catalogue import CATALOGUE, figure
from components.figures.comparison import DEFAULT
from components.theme import LIGHT
from components.words import LANGUAGES, words
from data.compare import known_places, stated
from data.load import tables

JOBS = {"place": "guiyang,bijie", "indicator": "urban-new-jobs"}


def test_one_request_is_one_object_in_whatever_order_it_is_written():
    asked = figure("comparison", "zh", place="bijie, guiyang,bijie", indicator="gdp-growth,gdp")
    assert asked is figure("comparison", "zh", place="guiyang,bijie", indicator="gdp,gdp-growth")
    assert dict(asked.parameters) == {"place": "guiyang,bijie", "indicator": "gdp,gdp-growth"}
    assert asked.name == "comparison-guiyang_bijie-gdp_gdp-growth"


def test_the_default_is_the_first_example():
    assert figure("comparison", "en") is figure("comparison", "en", place="bijie,wudang,qingzhen")
    definition = CATALOGUE["comparison"]
    assert definition.defaults == {"place": ",".join(DEFAULT[0]), "indicator": ",".join(DEFAULT[1])}
    assert len(list(definition.requests())) == 5


def test_every_value_is_known_from_the_tables():
    known = CATALOGUE["comparison"].parameters
    assert dict(known) == {"place": known_places(tables()), "indicator": stated(tables())} and len(known) == 2


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"place": "bijie,guiyng"}, "Figure comparison: place cannot be 'guiyng'. Did you mean guiyang?"),
        ({"indicator": "gdp,forest-covers"}, "indicator cannot be 'forest-covers'. Did you mean forest-cover?"),
        ({"place": ""}, "place cannot be ''."),
        ({"place": "bijie,"}, "place cannot be ''."),
        (
            {"place": "guiyang,guian,qingzhen,wudang,bijie"},
            "Figure comparison: place takes at most 4 codes, not 5.",
        ),
        ({"indicator": "gdp,gdp-growth,forest-cover,talent-total"}, "indicator takes at most 3 codes, not 4."),
        ({"place": "nanming", "indicator": "gdp"}, "these places state no number of these indicators."),
        ({"places": "bijie"}, "Figure comparison has no parameter 'places'. Did you mean place?"),
    ],
)
def test_what_is_wrong_is_named(asked, said):
    with pytest.raises(ValueError, match=re.escape(said)):
        figure("comparison", "zh", **asked)


def test_a_parameter_of_one_code_takes_no_list():
    with pytest.raises(ValueError, match="indicator cannot be 'gdp,forest-cover'"):
        figure("across-places", "zh", indicator="gdp,forest-cover")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_total_and_a_year_stand_apart(lang):
    made = figure("comparison", lang, **JOBS)
    assert list(made.table["place"]) == ["guiyang", "guiyang", "bijie", "bijie"]
    assert made.table["panel"].nunique() == 2
    assert words(lang)("compare.reason.total_with_year") in made.notes
    assert words(lang).count("comparison.panel.total", 5) in made.table["panel"].iloc[-1]


def test_titles_state_the_newest_numbers_or_how_many_scales():
    gdp = {"place": "guiyang,qingzhen,wudang", "indicator": "gdp"}
    assert figure("comparison", "zh", **gdp).title == (
        "地区生产总值：实绩贵阳5154.75亿元；目标清镇至少500亿元，乌当至少325亿元，力争350亿元"
    )
    forest = {"place": "wudang,bijie", "indicator": "forest-cover"}
    assert figure("comparison", "en", **forest).title == "Forest cover, goals: Wudang at least 58%, Bijie at least 60%"
    assert figure("comparison", "zh", **JOBS).title == "城镇新增就业：两个地方的四个数字，要用两把尺来量"
    assert figure("comparison", "zh").title == "三个地方的八个数字，要用两把尺来量"
    assert figure("comparison", "en").title == "The eight numbers from three places need two scales"


def test_conversion_stands_behind_the_number_as_printed():
    asked = {"place": "guiyang,wudang", "indicator": "industrial-land-reserved"}
    zh, en = (figure("comparison", lang, **asked).table for lang in LANGUAGES)
    assert list(zh["text"]) == ["1.78万亩", "8000亩（合0.8万亩）", "约2000亩"]
    assert list(en["text"]) == ["17,800 mu", "8,000 mu", "about 2,000 mu"]
    assert list(zh["converted"]) == [1.78, 0.8, 2000] and list(zh["converted_unit"]) == ["万亩", "万亩", "亩"]
    assert list(zh["value"]) == [1.78, 8000, 2000] and list(zh["unit"]) == ["万亩", "亩", "亩"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_who_is_silent_is_said_and_never_drawn_as_zero(lang):
    made = figure("comparison", lang)
    assert "qingzhen" not in set(made.table.loc[made.table["unit"] == "%", "place"])
    speech = words(lang)
    name = {"zh": "森林覆盖率", "en": "Forest cover"}[lang]
    assert speech("comparison.silent", places={"zh": "清镇", "en": "Qingzhen"}[lang], name=name) in made.notes


def test_panels_alike_share_a_scale_and_others_do_not():
    table = figure("comparison", "zh").table.assign(colour="#000000")
    percent = [panel for panel in table["panel"].unique() if panel.endswith("%")]
    rows = place_rows(table)
    shared = place_marks(table, rows, Scale(shared=False, alike=dict.fromkeys(percent, 0)))
    apart = place_marks(table, rows, Scale(shared=False))
    ends = {name: found.groupby("panel", sort=False)["position"].max() for name, found in (("s", shared), ("a", apart))}
    assert list(ends["s"]) == [1.0, 0.75, 1.0] and list(ends["a"]) == [1.0, 1.0, 1.0]


def test_a_promise_of_zero_stands_at_zero():
    table = figure("comparison", "zh").table.assign(amount=0.0)
    assert set(place_marks(table, place_rows(table), Scale(shared=False))["position"]) == {0.0}


# Whatever is chosen can be drawn: a few measures of each kind, with all places that state them.
KINDS = tables().indicators.loc[list(stated(tables()))].groupby("stat", sort=False).head(3).index


@pytest.mark.parametrize(("indicator", "lang"), list(product(KINDS, LANGUAGES)))
def test_every_kind_of_measure_can_be_drawn(indicator, lang):
    found = tables().observations
    found = found[(found["indicator"] == indicator) & found["value"].notna() & (found["repeats"] == "")]
    made = figure("comparison", lang, place=",".join(found["place"].unique()[:4]), indicator=indicator)
    assert made.title and len(made.table) > 0 and made.draw(LIGHT).to_dict()
