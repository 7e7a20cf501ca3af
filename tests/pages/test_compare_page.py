"""The compare page: what is asked in the address, what is refused and why, and what could be compared instead."""

import re
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import pytest

from components import compare
from components.words import LANGUAGES, words
from tests.pages.reading import open_page


def told(visit):
    return re.findall(r"<li><b>(.*?)</b>", visit.html)


def ways(visit):
    """The suggestions with the address each leads to."""
    part = visit.html.partition('id="instead"')[2].partition("</section>")[0]
    found = re.findall(r'<a href="([^"]*)"[^>]*>(.*?)</a>', part)
    return {unescape(label): dict(parse_qsl(urlsplit(unescape(there)).query)) for there, label in found}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_without_an_address_there_is_something_to_see(lang):
    visit = open_page("compare", lang=lang)
    assert visit.failed == [] and len(visit.charts) == 1 and visit.notices == []
    speech = words(lang)
    assert speech("compare.reason.unit_differs") in told(visit)
    assert visit.app.multiselect(key="several-place").value == ["qingzhen", "wudang", "bijie"]


@pytest.mark.parametrize(
    ("asked", "refused", "explained"),
    [
        ({"place": "guiyang,wudang", "indicator": "gdp"}, [], ["nested", "goal_with_result", "years_differ"]),
        ({"place": "guiyang", "indicator": "gdp,gdp-growth"}, ["level_with_growth"], ["goal_with_result"]),
        ({"place": "wudang", "indicator": "gdp,industrial-output"}, ["output_with_value_added"], []),
        ({"place": "guiyang,bijie", "indicator": "urban-new-jobs"}, ["total_with_year"], ["goal_with_result"]),
        ({"place": "wudang,bijie", "indicator": "built-up-area"}, [], ["scope_differs", "years_differ"]),
        ({"place": "wudang,bijie", "indicator": "forest-cover,urbanisation-rate"}, [], ["measures_differ"]),
        ({"place": "wudang", "indicator": "forest-cover,built-up-area"}, ["unit_differs"], []),
    ],
)
def test_what_must_not_be_compared_is_said(asked, refused, explained):
    visit = open_page("compare", **asked)
    assert visit.failed == [] and len(visit.charts) == 1
    said = told(visit)
    for code in (*refused, *explained):
        assert words("zh")(f"compare.reason.{code}") in said
    assert (f">{words('zh')('compare.refused')}</h3>" in visit.html) == bool(refused)


def test_nothing_to_show_says_so_and_suggests():
    visit = open_page("compare", place="nanming", indicator="forest-cover")
    assert visit.failed == [] and len(visit.charts) == 0
    assert words("zh")("compare.nothing") in visit.html
    assert set(ways(visit)) == {"乌当", "毕节"}
    assert ways(visit)["毕节"] == {"place": "bijie", "indicator": "forest-cover"}


def test_suggestions_are_what_the_places_share_and_lead_there():
    visit = open_page("compare", place="wudang,qingzhen", indicator="gdp", lang="en")
    found = ways(visit)
    assert found["Talent pool"] == {"lang": "en", "place": "qingzhen,wudang", "indicator": "talent-total"}
    assert "GDP" not in found
    assert found["Guiyang"] == {"lang": "en", "place": "guiyang,qingzhen,wudang", "indicator": "gdp"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_too_many_are_cut_and_said(lang):
    visit = open_page(
        "compare", place="guiyang,guian,qingzhen,wudang,bijie",
        indicator="gdp,gdp-growth,forest-cover,talent-total", lang=lang,
    )  # fmt: skip
    assert visit.failed == [] and len(visit.charts) == 1
    speech = words(lang)
    assert visit.notices == [speech.count("compare.too-many.place", 4), speech.count("compare.too-many.indicator", 3)]
    assert len(visit.app.multiselect(key="several-place").value) == 4


def test_a_choice_writes_both_places_and_measures():
    visit = open_page("compare")
    visit.app.multiselect(key="several-indicator").set_value(["forest-cover"]).run()
    assert visit.query == {"place": "qingzhen,wudang,bijie", "indicator": "forest-cover"} and visit.failed == []
    visit.app.multiselect(key="several-place").set_value(["wudang", "bijie"]).run()
    assert visit.query == {"place": "wudang,bijie", "indicator": "forest-cover"}


def test_one_more_than_allowed_lets_go_of_the_first():
    visit = open_page("compare", place="guiyang,guian,qingzhen,wudang", indicator="gdp")
    visit.app.multiselect(key="several-place").set_value(["guiyang", "guian", "qingzhen", "wudang", "bijie"]).run()
    assert visit.query["place"] == "guian,qingzhen,wudang,bijie" and visit.failed == []


@pytest.mark.parametrize(
    ("asked", "places"),
    [({"indicator": "forest-cover"}, ["wudang", "bijie"]), ({"place": "bijie"}, ["bijie"])],
)
def test_half_an_address_is_completed(asked, places):
    visit = open_page("compare", **asked)
    assert visit.failed == [] and len(visit.charts) == 1
    assert visit.app.multiselect(key="several-place").value == places


def test_hostile_addresses_open_the_page():
    visit = open_page("compare", place="<b>x</b>,bijie" * 3, indicator="gdp\u0000,'; drop table", page="-1")
    assert visit.failed == [] and "<b>x" not in visit.html and len(visit.notices) >= 3


def test_every_measure_is_offered_with_how_many_places_state_it():
    labels = compare.options(words("en"))
    assert labels["forest-cover"] == "Forest cover (2 places)"
    assert next(iter(labels)) == "gdp"


def test_an_indicator_not_offered_on_the_places_page_is_named():
    visit = open_page("places", indicator="gdp-growth")
    assert visit.failed == [] and any("gdp-growth" in line for line in visit.notices)
