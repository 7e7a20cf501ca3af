"""The desk's address, gallery and texts: what is asked for is found, what is wrong is named, what is copied is whole."""

import re
from datetime import datetime, timedelta
from types import SimpleNamespace
from urllib.parse import parse_qs, parse_qsl, urlsplit
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.address import Problem, View, link, parse, query
from components.citation import citations
from components.desk import controls, files, gallery, texts, wanted
from components.export.asked import Refused, read
from components.figures.catalogue import CATALOGUE, every, figure
from components.words import LANGUAGES, words
from data.load import version
from data.select import Selection

WILD = st.text(st.characters(), max_size=60)
NAMES = ("place", "indicator", "theme", "field", "kind", *wanted.SETTINGS)


def found(**asked):
    return [id for id, _ in gallery.chosen(Selection(**asked))]


@pytest.mark.parametrize(("id", "parameters"), list(every()))
def test_every_figure_survives_its_address_on_the_desk(id, parameters):
    view = View(lang="en", figure=id, parameters=tuple(parameters.items()))
    assert parse(query(view)) == (view, [])
    assert parse(dict(parse_qsl(urlsplit(link("desk", view)).query))) == (view, [])


def test_a_figures_place_is_no_filter_and_a_filters_place_is_no_parameter():
    view, problems = parse({"figure": "ratio-goals", "place": "guiyang", "kind": "goal"})
    assert (view.parameters, problems) == ((("place", "guiyang"),), [])
    assert view.selection == Selection(kind=("goal",))
    view, problems = parse({"place": "guiyang"})
    assert (view.figure, view.parameters, view.selection.place, problems) == ("", (), ("guiyang",), [])


def test_codes_of_a_figure_that_takes_several():
    view, problems = parse({"figure": "comparison", "place": "bijie,guiyang,atlantis", "indicator": "gdp"})
    assert view.parameters == (("place", "guiyang,bijie"), ("indicator", "gdp"))
    assert problems == [Problem("place", "atlantis")]
    many = "guiyang,guian,guiyang-guian,qingzhen,bijie"
    view, problems = parse({"figure": "comparison", "place": many})
    assert len(dict(view.parameters)["place"].split(",")) == 4
    assert [problem.parameter for problem in problems] == ["place"]


@pytest.mark.parametrize(
    ("asked", "problem"),
    [
        ({"figure": "growth-2032"}, Problem("figure", "growth-2032", "growth-2023")),
        ({"figure": "ratio-goals", "place": "wudnag"}, Problem("place", "wudnag", "wudang")),
        ({"figure": "ratio-goals", "size": "widee"}, Problem("size", "widee", "wide")),
        ({"figure": "ratio-goals", "look": "darkk"}, Problem("look", "darkk", "dark")),
        ({"figure": "ratio-goals", "format": "pgn"}, Problem("format", "pgn", "png")),
        ({"figure": "ratio-goals", "in": "fr"}, Problem("in", "fr")),
        ({"figure": "ratio-goals", "scale": "9"}, Problem("scale", "9")),
        ({"figure": "ratio-goals", "width": "12"}, Problem("width", "12")),
        ({"figure": "ratio-goals", "size": "web", "width": "800"}, Problem("width", "800")),
    ],
)
def test_what_is_wrong_is_named(asked, problem):
    assert parse(asked)[1] == [problem]


@given(st.sampled_from(list(CATALOGUE)), st.dictionaries(st.sampled_from(NAMES), WILD, max_size=5))
def test_what_the_desk_takes_the_files_take(id, asked):
    view, problems = parse({"figure": id, **asked})
    assert parse(query(view)) == (view, [])
    assert {problem.parameter for problem in problems} <= set(asked)
    settings = dict(view.settings)
    for ending in wanted.PICTURES:
        read(id, ending, {**dict(view.parameters), **wanted.taken(ending, settings)})


def test_usual_settings_are_left_out():
    usual = {"format": "png", "look": "light", "transparent": "0", "text": "text"}
    assert parse({"figure": "ratio-goals", **usual})[0].settings == ()
    asked = {"size": "web", "transparent": "1"}
    assert dict(parse({"figure": "ratio-goals", **asked})[0].settings) == asked


@pytest.mark.parametrize(
    ("search", "first"),
    [
        ("森林覆盖率", "across-places"),
        ("FOREST cover", "across-places"),
        ("senlin", "across-places"),
        ("slfgl", "across-places"),
        ("ratio-goals", "ratio-goals"),
        ("优良天数", "good-air-days"),
    ],
)
def test_the_gallery_is_searched_in_chinese_pinyin_and_english(search, first):
    assert found(search=search)[0] == first


def test_a_search_narrows_and_may_find_nothing():
    assert found() == list(CATALOGUE)
    assert found(search="no such chart") == []
    assert set(found(search="forest wudang")) < set(found(search="forest")) < set(CATALOGUE)


def test_a_filter_sets_the_parameter_of_a_figure_that_has_one():
    cards = dict(gallery.chosen(Selection(place=("bijie",))))
    assert cards["ratio-goals"] == cards["goals-of-place"] == {"place": "bijie"}
    assert cards["bijie-five-and-five"] == {} and "wudang-goals" not in cards
    cards = dict(gallery.chosen(Selection(theme=("ecology",))))
    assert cards["wudang-by-theme"] == {"theme": "ecology"} and "good-air-days" in cards and "income-gap" not in cards
    for id, parameters in gallery.chosen(Selection(place=("bijie",), theme=("ecology",))):
        figure(id, "zh", **parameters)  # every card can be shown


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_caption_holds_finding_measure_and_sources(lang):
    shown = figure("four-places", lang)
    lines = texts.caption(shown).split("\n")
    assert lines[:2] == [shown.title, shown.subtitle] and len(lines) == 4
    assert "GS（2024）0650" in lines[3]
    assert len(texts.caption(figure("income-gap", lang)).split("\n")) == 3


def test_what_is_copied_names_the_site():
    shown, site = figure("comparison", "en", place="guiyang,bijie", indicator="gdp"), "https://figures.example"
    items = {item["id"]: item["text"] for item in texts.copied(shown, site, (("look", "dark"),), words("zh"))}
    address = urlsplit(items["link"])
    assert (address.netloc, address.path) == ("figures.example", "/figures/comparison")
    assert parse_qs(address.query) == {"place": ["guiyang,bijie"], "indicator": ["gdp"], "lang": ["en"]}
    (source,) = re.findall(r'<iframe src="([^"]+)"', items["embed"])
    assert source.startswith(f"{site}/embed/comparison?") and source.endswith("look=dark")
    assert items["alt"] == shown.alt
    for item in texts.cited(shown, site, words("zh")):
        assert f"{site}/figures/comparison" in item["text"] and shown.title in item["text"]


@pytest.mark.parametrize(
    ("lang", "gap", "name"), [("zh", "引用日期", "国家标准 GB/T 7714"), ("en", "date of citation", "GB/T 7714")]
)
def test_a_citation_by_the_national_standard_says_when_it_was_read(lang, gap, name):
    """At the desk the day is known; in a file, which must not change from day to day, it is a gap to fill in."""
    shown = figure("growth-2023", lang)
    found = {item["id"]: item for item in texts.cited(shown, "https://figures.example", words(lang), "2026-11-21")}
    assert found["gbt7714"]["name"] == name and ")[2026-11-21]. https://figures.example/" in found["gbt7714"]["text"]
    assert f")[{gap}]. /figures/growth-2023" in citations(shown, words(lang))["gbt7714"]
    assert "APA" in found["apa"]["name"] and "BibTeX" in found["bibtex"]["name"]


@pytest.mark.parametrize("zone", ["Asia/Shanghai", None, "Nowhere/Atlantis", "../../etc/passwd"])
def test_the_day_is_the_readers(monkeypatch, zone):
    monkeypatch.setattr(controls, "st", SimpleNamespace(context=SimpleNamespace(timezone=zone)))
    known = ZoneInfo(zone if zone == "Asia/Shanghai" else "UTC")
    assert controls.today() in {(datetime.now(known) - timedelta(minutes=late)).date().isoformat() for late in (0, 1)}


def test_an_embed_can_keep_the_numbers_of_a_release():
    shown = figure("growth-2023", "en")
    items = {item["id"]: item for item in texts.copied(shown, "https://figures.example", (), words("zh"))}
    assert f"/embed/growth-2023%40{version()}?lang=en" in items["embed-frozen"]["text"]
    assert version() in items["embed-frozen"]["name"] and "%40" not in items["embed"]["text"]
    own = figure("comparison", "en", place="wudang,bijie", indicator="urban-new-jobs")  # in no catalogue, in no release
    assert "embed-frozen" not in {item["id"] for item in texts.copied(own, "", (), words("zh"))}


def test_a_setting_reaches_the_files_that_take_it():
    shown = figure("income-gap", "zh")
    settings = {"format": "svg", "size": "web", "scale": "2", "look": "dark", "text": "outlines", "in": "en"}
    asked = {
        ending: dict(parse_qsl(urlsplit(files.address(shown, ending, settings)).query)) for ending in ("png", "svg")
    }
    assert asked["png"] == {"lang": "zh", "size": "web", "scale": "2", "look": "dark"}
    assert asked["svg"] == {"lang": "zh", "size": "web", "look": "dark", "text": "outlines"}
    for one in files.others(shown, settings, words("zh")):
        path = urlsplit(one["address"])
        id, _, ending = path.path.removeprefix("/figures/").partition(".")
        read(id, ending, dict(parse_qsl(path.query)))


def test_the_preview_is_the_file_where_a_page_can_show_it():
    shown = figure("income-gap", "zh")
    assert files.preview(shown, {"scale": "3"}) == files.address(shown, "png", {"scale": "3"})
    assert "income-gap.svg" in files.preview(shown, {"format": "pdf"})


def test_a_choice_without_a_number_is_no_figure():
    empty = (("place", "wudang"), ("indicator", "gdp-growth-rank-new-areas"))
    assert parse({"figure": "comparison", **dict(empty)})[1] == []
    assert wanted.figure_of("comparison", "zh", empty) is None
    with pytest.raises(Refused):
        read("comparison", "png", {"size": "nowhere"})
