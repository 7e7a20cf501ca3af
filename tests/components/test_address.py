"""URL ⇄ view: nothing valid is lost, nothing wild breaks it, everything unknown is named."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from components.address import HOME, LONGEST, PAGES, Problem, View, link, parse, query, valid
from data.load import tables
from data.select import SORTS, Selection
from geo.load import places

ROOT = Path(__file__).resolve().parents[2]
WILD = st.text(st.characters(), max_size=300)
NAMES = tuple(valid())


def codes(name):
    """Some codes of a filter, in the order in which a view holds them."""
    return st.sets(st.sampled_from(valid()[name]), max_size=4).map(
        lambda chosen: tuple(code for code in valid()[name] if code in chosen)
    )


searches = st.text(st.characters(exclude_categories=["Cs"]), max_size=LONGEST).map(str.strip)
selections = st.builds(
    Selection,
    **{name: codes(name) for name in Selection.filters()},
    search=searches,
    sort=st.sampled_from(SORTS),
)
views = st.builds(
    View,
    lang=st.sampled_from(valid()["lang"]),
    selection=selections,
    observation=st.sampled_from(["", *valid()["observation"]]),
    indicator=codes("indicator").map(",".join),
    at=st.sampled_from(["", *valid()["at"]]),
    map=st.sampled_from(valid()["map"]),
    paragraph=st.integers(0, 10**6 - 1),
    page=st.integers(1, 10**6 - 1),
)


@given(views)
def test_every_view_survives_its_address(view):
    assert parse(query(view)) == (view, [])


@given(st.sampled_from(PAGES), views)
def test_every_view_survives_its_link(page, view):
    parts = urlsplit(link(page, view))
    assert parts.path == ("/" if page == HOME else f"/{page}")
    assert parse(dict(parse_qsl(parts.query))) == (view, [])


@pytest.mark.parametrize("name", Selection.filters())
def test_all_codes_of_a_filter_at_once_survive(name):
    chosen: dict[str, Any] = {name: valid()[name]}
    view = View(selection=Selection(**chosen))
    assert parse(query(view)) == (view, [])


@given(st.dictionaries(st.one_of(st.sampled_from([*NAMES, "search", "paragraph", "page"]), WILD), WILD, max_size=12))
@example({"place": "\x00\x1b[31m\u202e", "lang": "\ud800", "page": "٣"})
@example({"period": "2021/2025," * 20_000, "theme": "e" * 10**5, "search": "林" * 10**5, "page": "9" * 10**5})
@example({"page": "²", "observation": ",,,", "indicator": "\t\r\n"})
def test_no_text_breaks_it(asked):
    view, problems = parse(asked)
    assert view.lang in ("zh", "en")
    assert 1 <= view.page < 10**6
    assert len(view.selection.search) <= LONGEST
    assert all(set(getattr(view.selection, name)) <= set(valid()[name]) for name in Selection.filters())
    assert all(problem.parameter in asked and len(problem.value) <= LONGEST for problem in problems)


@given(st.sampled_from(NAMES), WILD)
@example("lang", "fr")
@example("lang", "ZH")
@example("observation", "gyr-006-2 gyr-006-3")
def test_everything_unknown_is_named(name, text):
    asked = [part.strip() for part in text[:LONGEST].split(",") if part.strip()]
    unknown = [part for part in dict.fromkeys(asked) if part not in valid()[name]]
    _, problems = parse({name: text})
    assert [(problem.parameter, problem.value) for problem in problems] == [(name, part) for part in unknown]


@pytest.mark.parametrize(
    ("name", "value", "nearest"),
    [
        ("lang", "fr", ""),
        ("place", "guiyng", "guiyang"),
        ("place", "qinzhen", "qingzhen"),
        ("source", "guiyang-report-2023", "guiyang-report-2024"),
        ("theme", "ecologie", "ecology"),
        ("kind", "goals", "goal"),
        ("bound", "atleast", "at_least"),
        ("sort", "names", "name"),
        ("period", "2021-2025", "2021/2025"),
        ("observation", "gyr-006-22", "gyr-006-2"),
        ("indicator", "forest-covers", "forest-cover"),
        ("verdict", "on-pace", "on_pace"),
        ("reason", "no_baselin", "no_baseline"),
        ("due", "2026/", "2026"),
        ("place", "北京", ""),
        ("at", "wudnag", "wudang"),
        ("at", "qianxii", "qianxi"),
        ("at", "atlantis", ""),
        ("map", "mention", "mentions"),
        ("page", "0", "1"),
        ("page", "-1", "1"),
        ("page", "1.5", "1"),
        ("page", "1000000", "1"),
        ("page", "٣", "1"),
        ("paragraph", "-1", "0"),
        ("paragraph", "six", "0"),
    ],
)
def test_the_nearest_is_named(name, value, nearest):
    assert parse({name: value}) == (View(), [Problem(name, value, nearest)])


def test_what_is_known_is_kept_beside_what_is_not():
    view, problems = parse({"place": " bijie ,atlantis,guiyang,bijie", "kind": "goal", "page": "3", "utm_source": "x"})
    assert view == View(selection=Selection(place=("guiyang", "bijie"), kind=("goal",)), page=3)
    assert problems == [Problem("place", "atlantis")]


def test_defaults_are_left_out():
    assert query(View()) == {}
    assert query(View(lang="en")) == {"lang": "en"}
    assert query(View(lang="zh", page=1, selection=Selection(search="", sort="document"))) == {}
    wanted = Selection(place=("guiyang", "bijie"), period=("2021/2025",), search="绿色 GDP", sort="value")
    assert query(View("en", wanted, observation="gyr-006-2", indicator="gdp", paragraph=6, page=2)) == {
        "lang": "en",
        "place": "guiyang,bijie",
        "period": "2021/2025",
        "search": "绿色 GDP",
        "sort": "value",
        "observation": "gyr-006-2",
        "indicator": "gdp",
        "paragraph": "6",
        "page": "2",
    }


@pytest.mark.parametrize(
    ("page", "view", "address"),
    [
        ("story", View(), "/"),
        ("story", View(lang="en"), "/?lang=en"),
        ("data", View(), "/data"),
        ("data", View(observation="gyr-006-2"), "/data?observation=gyr-006-2"),
        (
            "data",
            View(lang="en", selection=Selection(place=("guiyang", "bijie"))),
            "/data?lang=en&place=guiyang%2Cbijie",
        ),
        ("goals", View(selection=Selection(period=("2021/2025",))), "/goals?period=2021%2F2025"),
        ("data", View(selection=Selection(search="a&b=c #1 林")), "/data?search=a%26b%3Dc+%231+%E6%9E%97"),
        ("places", View(indicator="gdp"), "/places?indicator=gdp"),
        (
            "compare",
            View(selection=Selection(place=("guiyang", "bijie")), indicator="gdp,forest-cover"),
            "/compare?place=guiyang%2Cbijie&indicator=gdp%2Cforest-cover",
        ),
        ("goals", View(selection=Selection(verdict=("met",), due=("2026",))), "/goals?due=2026&verdict=met"),
        ("places", View(at="wudang"), "/places?at=wudang"),
        ("places", View(lang="en", at="dafang", map="mentions"), "/places?lang=en&at=dafang&map=mentions"),
    ],
)
def test_forms_of_a_link(page, view, address):
    assert link(page, view) == address


def test_every_page_has_its_file_and_every_file_its_page():
    assert sorted(PAGES) == sorted(path.stem for path in (ROOT / "pages").glob("*.py"))
    assert HOME == "story"


def test_valid_values_come_from_the_tables():
    assert valid()["lang"] == ("zh", "en")
    assert valid()["source"] == (
        "guiyang-report-2024", "wudang-action-plan", "guiyang-publicity", "bijie-five-years", "qingzhen-five-years",
    )  # fmt: skip
    assert set(valid()["observation"]) == set(tables().observations["id"])
    assert set(valid()["place"]) == set(tables().observations["place"])
    assert valid()["at"] == tuple(places().index) and len(valid()["at"]) > len(valid()["place"])
