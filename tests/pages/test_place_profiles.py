"""The places page: the province, every profile in both languages, what is not said, and the ways between places."""

import re
from html import unescape
from itertools import product
from urllib.parse import parse_qsl, urlsplit

import pytest

from components.address import MAPS, PAGES
from components.figures.catalogue import CATALOGUE, figure
from components.figures.plotted import place_name
from components.placecards import is_spoken_of, parts
from components.placemaps import FIGURES, offered
from components.words import LANGUAGES, words
from data.load import record, tables
from data.places import counts, key_numbers
from data.select import statements, with_indicators
from geo.load import ancestors, children, places
from tests.components.scripts import stray_chinese
from tests.pages.reading import BESIDE, open_page

FULL = ("guiyang", "wudang", "qingzhen", "bijie", "guian", "guiyang-guian")
MENTIONED, SILENT = "dafang", "honghuagang"
PLACES = (*FULL, "nanming", "huaxi", MENTIONED, "anshun", "zunyi", SILENT)
SENTENCE = re.compile(r"[A-Za-z][a-z']+(?: [A-Za-z][a-z']+){2,}")
FILE = re.compile(r"/figures/[a-z0-9-]+\.(png|svg|pdf|csv|xlsx|json|geojson)")
EVERY = pytest.mark.parametrize(("place", "lang"), list(product(PLACES, LANGUAGES)))


@pytest.fixture(autouse=True)
def no_documents(monkeypatch):
    monkeypatch.delenv("SOURCES_DIR", raising=False)


@pytest.fixture(scope="module")
def visits():
    opened = {}

    def visit(place, lang):
        if (place, lang) not in opened:
            opened[place, lang] = open_page("places", lang=lang, **({"at": place} if place else {}))
        return opened[place, lang]

    return visit


def ways(visit):
    """The places that the links of the page lead to, each with its query, in order."""
    found = re.findall(r'<a href="(/places[^"]*)" target="_self">(.*?)</a>', visit.html)
    queries = [(dict(parse_qsl(urlsplit(unescape(address)).query)), label) for address, label in found]
    return [(query.get("at", "guizhou"), query, unescape(re.sub(r"<[^>]+>", "", label))) for query, label in queries]


def steps(visit):
    return [place for place, _, _ in ways(visit)]


def texts(visit):
    return [text for text, _, _ in visit.texts]


@EVERY
def test_a_profile_opens_under_its_name(visits, place, lang):
    visit = visits(place, lang)
    assert visit.failed == [] and visit.notices == []
    name = place_name(place, words(lang), short=False)
    assert re.findall(r"<h1>(.*?)</h1>", visit.html) == [name.replace("'", "&#39;")]
    assert len(visit.charts) == 1


@EVERY
def test_it_speaks_one_language(visits, place, lang):
    visit = visits(place, lang)
    if lang == "zh":
        assert [text for text in [*texts(visit), *visit.labels] if SENTENCE.search(text)] == []
        return
    units = set(tables().units.index)
    said = [(text, of, tag) for text, of, tag in visit.texts if of != "zh" and not (tag == "td" and text in units)]
    assert [text for text, _, _ in said if stray_chinese(text)] == []
    assert [label for label in visit.labels if stray_chinese(label)] == []


@EVERY
def test_every_link_inside_names_a_page_that_exists(visits, place, lang):
    inside = re.sub(r'<a class="language".*?</a>', "", visits(place, lang).html)
    for address in re.findall(r'href="([^"]+)"', inside):
        path = urlsplit(address).path
        assert path.removeprefix("/") in PAGES or FILE.fullmatch(path) or path in BESIDE, address
        assert lang == "zh" or "lang=en" in address
    assert set(steps(visits(place, lang))) <= set(places().index)


@EVERY
def test_the_way_up_comes_first_and_the_list_of_parts_follows(visits, place, lang):
    found = steps(visits(place, lang))
    above = list(reversed(ancestors(place)))
    assert found[: len(above)] == above
    assert set(children(place)) <= set(found) and place not in found


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_province_lists_its_parts_with_their_counts(visits, lang):
    visit = visits("", lang)
    listed = {place: label for place, _, label in ways(visit)}
    assert set(listed) == {*parts("guizhou"), "guian", "guiyang-guian"}
    for place, label in listed.items():
        own = record(counts(tables()), place)
        names = [name for name in ("results", "goals", "mentions") if own[name]]
        assert all(words(lang).count(f"count.{name}", own[name]) in label for name in names)
        assert bool(re.search(r"[0-9]", label)) == is_spoken_of(place) and not re.search(r"\b0", label)
    assert 'id="across"' in visit.html and len(visit.charts) == 3


@pytest.mark.parametrize(("place", "lang"), list(product(FULL, LANGUAGES)))
def test_a_full_profile_has_every_part(visits, place, lang):
    visit, speech = visits(place, lang), words(lang)
    own = record(counts(tables()), place)
    lead = re.findall(r"<h1>.*?</h1><p>(.*?)</p>", visit.html)[0]
    for name in ("results", "goals"):
        said = speech.count(f"profile.{name}", int(own[name]), years="|").partition("|")[0]
        assert (said in lead) == bool(own[name])
    cards = re.findall(r'<a class="place-[a-z-]+" href="/data\?([^"]+)" target="_self"><span>', visit.html)
    proofs = [dict(parse_qsl(query.replace("&amp;", "&")))["observation"] for query in cards]
    assert proofs == list(key_numbers(tables(), place).index)
    assert 'id="said"' in visit.html and 'id="documents"' in visit.html
    assert ('id="mentions"' in visit.html) == bool(own["mentions"] or own["within"])


@pytest.mark.parametrize("place", FULL)
def test_every_statement_stands_in_the_list_once_and_the_first_group_is_open(visits, place):
    html = visits(place, "zh").html
    said = html[html.index('id="said"') : html.index('id="documents"')]
    listed = re.findall(r'<li class="place-[a-z-]+"><a href="/data\?observation=([a-z0-9-]+)"', said)
    rows = with_indicators(tables())
    own = rows[(rows["place"] == place) & (rows["repeats"] == "")]
    assert sorted(listed) == sorted(own.index)
    groups = re.findall(r"<details class=\"group\"( open)?>", said)
    assert groups == [" open"] + [""] * (own["theme"].nunique() - 1)


def test_a_number_keeps_its_qualifier_and_its_stretch(visits):
    zh, en = visits("wudang", "zh").html, visits("wudang", "en").html
    assert "<b>≥325 <i>亿元</i></b><small>2025年目标，力争350亿元</small>" in zh
    assert "<b>≥32.5 <i>billion yuan</i></b><small>2025 goal, hoping for 35 billion</small>" in en


def test_a_total_of_years_is_not_a_year(visits):
    assert "<small>2017–2021年实绩</small>" in visits("bijie", "zh").html


def test_every_goal_of_a_list_says_what_may_be_said_of_it(visits):
    html = visits("qingzhen", "zh").html
    goals = record(counts(tables()), "qingzhen")["goals"]
    assert html[html.index('id="said"') :].count('class="remark"') == goals


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_lies_inside_what_is_said_before_any_number(visits, lang):
    speech = words(lang)
    said = speech(
        "profile.nested", place=place_name("wudang", speech, False), parent=place_name("guiyang", speech, False)
    )
    assert said in texts(visits("wudang", lang))
    assert speech("profile.union") in texts(visits("guiyang-guian", lang))
    assert any(place_name("qingzhen", speech, False) in text for text in texts(visits("guiyang", lang)))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_county_with_mentions_only_says_that_it_has_no_number(visits, lang):
    visit, speech = visits(MENTIONED, lang), words(lang)
    assert speech("profile.no-numbers", place=place_name(MENTIONED, speech, False)) in texts(visit)
    assert 'class="headlines' not in visit.html and 'id="said"' not in visit.html
    rows = tables().mentions
    own = rows[rows["place"] == MENTIONED]
    assert len(own) > 0 and all(words(lang).of(row, "label") in texts(visit) for _, row in own.iterrows())
    up = speech("profile.up", place=place_name("bijie", speech, False))
    assert ("bijie", up) in [(place, label) for place, _, label in ways(visit)]


@pytest.mark.parametrize(("place", "lang"), list(product([SILENT, "zunyi"], LANGUAGES)))
def test_a_place_of_which_nothing_is_said_says_so_and_is_never_zero(visits, place, lang):
    visit, speech = visits(place, lang), words(lang)
    total = speech.number_word(len(tables().sources))
    assert speech("profile.silent", total=total, place=place_name(place, speech, False)) in texts(visit)
    assert not re.search(r'id="(said|documents|mentions)"|class="headlines', visit.html)
    up = speech("profile.up", place=place_name("guizhou", speech, False))
    assert ("guizhou", up) in [(place, label) for place, _, label in ways(visit)]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_prefecture_spoken_of_only_through_its_counties_says_so(visits, lang):
    lead = re.findall(r"<h1>.*?</h1><p>(.*?)</p>", visits("anshun", lang).html)[0]
    speech = words(lang)
    total = speech.number_word(len(tables().sources))
    assert lead.startswith(speech("profile.no-own", total=total, place=place_name("anshun", speech, False)))
    assert place_name("pingba", speech, False) in texts(visits("anshun", lang))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_unknown_place_is_named_and_the_province_shown(lang):
    visit, speech = open_page("places", at="wudnag", lang=lang), words(lang)
    said = speech(
        "notice.near", name=speech("parameter.at"), value="wudnag", nearest=place_name("wudang", speech, short=False)
    )
    assert visit.notices == [said] and visit.failed == []
    assert f"<h1>{speech('nav.places')}</h1>" in visit.html


def test_the_province_by_name_is_the_province():
    visit = open_page("places", at="guizhou")
    assert visit.failed == [] and f"<h1>{words('zh')('nav.places')}</h1>" in visit.html


@pytest.mark.parametrize(("place", "theme"), list(product(["", "wudang", "guiyang-guian"], MAPS)))
def test_the_address_chooses_the_map(place, theme):
    visit = open_page("places", lang="en", map=theme, **({"at": place} if place else {}))
    assert visit.failed == [] and visit.notices == []
    assert f'"/figures/{FIGURES[theme]}.png' in visit.html and FIGURES[theme] in CATALOGUE
    assert visit.app.get("button_group")[0].value == theme


def test_a_step_keeps_the_map_and_the_choice_of_a_map_keeps_the_place():
    visit = open_page("places", lang="en", at="guiyang", map="goals")
    assert ("guizhou", {"lang": "en", "map": "goals"}, "Guizhou") in ways(visit)
    visit.app.get("button_group")[0].set_value("mentions").run()
    assert visit.query == {"lang": "en", "at": "guiyang", "map": "mentions"} and visit.failed == []


def test_with_the_documents_the_proofs_quote_the_paragraph(monkeypatch, tmp_path):
    lines = [f"第{number}段" for number in range(1, 73)]
    lines[6] = "贵安新区直管区 增长 24.1%。"
    (tmp_path / "guiyang-report-2024.txt").write_text("\n".join(lines), encoding="utf-8")
    monkeypatch.setenv("SOURCES_DIR", str(tmp_path))
    html = open_page("places", at="guian").html
    assert "<mark>24.1%</mark>" in html and 'class="excerpt"' in html


@pytest.mark.parametrize(("place", "first"), [
    ("guizhou", "gdp"), ("guiyang", "gdp"), ("qingzhen", "gdp"), ("huaxi", "gdp"), ("guiyang-guian", "gdp"),
    ("bijie", "industrial-output"), ("dafang", "industrial-output"), ("zunyi", "gdp"),
])  # fmt: skip
def test_a_map_of_numbers_begins_with_a_number_of_the_place_or_of_its_city(place, first):
    measures = offered(place, FIGURES["numbers"])
    assert measures[0] == first
    assert sorted(measures) == sorted(CATALOGUE[FIGURES["numbers"]].parameters["indicator"])
    having = [not statements(tables(), code, place=place).empty for code in measures]
    assert having == sorted(having, reverse=True)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_place_without_a_number_is_said_to_have_none(lang):
    speech = words(lang)
    missing = speech("map.numbers.none", name=place_name("bijie", speech, short=False))
    own, other = (
        open_page("places", lang=lang, at="bijie", map="numbers", **asked) for asked in ({}, {"indicator": "gdp"})
    )
    county = open_page("places", lang=lang, at="dafang", map="numbers")
    said = speech("map.numbers.none", name=place_name("dafang", speech, short=False))
    of_bijie, gdp = (
        figure(FIGURES["numbers"], lang, indicator=code, place="bijie").alt for code in ("industrial-output", "gdp")
    )
    assert of_bijie in drawn(own) and missing not in unescape(own.html)
    assert gdp in drawn(other) and missing in unescape(other.html)
    assert of_bijie in drawn(county) and said in unescape(county.html)


def drawn(visit):
    """What the charts of a page say of themselves to who cannot see them."""
    return [chart.alt for chart in visit.charts]
