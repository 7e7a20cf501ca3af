"""Every page in both languages, opened as a reader opens it."""

import json
import re
from html import unescape
from itertools import product

import pytest

from components.address import PAGES
from components.figures.catalogue import figure
from components.prose import story_title
from components.words import LANGUAGES, words
from data.load import tables
from data.story import story
from tests.components.scripts import HAN, stray_chinese
from tests.pages.reading import BESIDE, open_page

SENTENCE = re.compile(r"[A-Za-z][a-z']+(?: [A-Za-z][a-z']+){2,}")
FILE = re.compile(
    r"/figures/[a-z0-9-]+\.(png|svg|pdf|csv|xlsx|json|geojson)|/observations\.(csv|xlsx|json)|/stage"
    r"|/decks/(zh|en)-(light|dark)\.(pptx|pdf|html)"
)
CHARTS = {
    "story": 1,
    "places": 3,
    "results": 5,
    "goals": 5,
    "compare": 1,
    "data": 0,
    "sources": 1,
    "desk": 0,
    "present": 0,
    "about": 0,
}


@pytest.fixture(autouse=True)
def no_documents(monkeypatch):
    monkeypatch.delenv("SOURCES_DIR", raising=False)


@pytest.fixture(scope="module")
def visits():
    opened = {}

    def visit(page, lang):
        if (page, lang) not in opened:
            opened[page, lang] = open_page(page, **({"lang": lang} if lang != "zh" else {}))
        return opened[page, lang]

    return visit


EVERY = pytest.mark.parametrize(("page", "lang"), list(product(PAGES, LANGUAGES)))


@EVERY
def test_it_runs_and_shows_its_charts(visits, page, lang):
    visit = visits(page, lang)
    assert visit.failed == [] and visit.notices == []
    assert len(visit.charts) == CHARTS[page] == visit.html.count('class="fig-head"')
    assert len(visit.maps) == 0  # the drawn map comes first; the interactive one is asked for


@EVERY
def test_it_has_one_main_heading_and_its_frame(visits, page, lang):
    visit, speech = visits(page, lang), words(lang)
    headings = re.findall(r"<h1[^>]*>(.*?)</h1>", visit.html)
    name = story_title(speech) if page == "story" else speech(f"nav.{page}")
    if page == "about":
        assert any(label.startswith(f"# {name}\n") for label in visit.labels)
    else:
        assert headings == [name]
    other = {"zh": "English", "en": "中文"}[lang]
    assert [label for label, _ in visit.links][: len(PAGES)] == [speech(f"nav.{p}") for p in PAGES]
    assert visit.language[0] == other
    assert visit.html.rstrip().endswith("</footer>")
    assert visit.html.count(speech("footer.neutral")) == 1


def test_english_pages_hold_no_chinese(visits):
    # Units stand beside raw values as printed; what the documents print says its own language.
    units = set(tables().units.index)
    stray = [
        (page, text)
        for page in PAGES
        for text, lang, tag in visits(page, "en").texts
        if stray_chinese(text) and lang != "zh" and not (tag == "td" and text in units)
    ]
    assert stray == []


@pytest.mark.parametrize("page", PAGES)
def test_english_controls_hold_no_chinese(visits, page):
    # The other language is named in itself; the hint of the search shows that it takes Chinese.
    said = [label.replace("中文", "").replace("森林", "") for label in visits(page, "en").labels]
    assert [label for label in said if stray_chinese(label)] == []


@pytest.mark.parametrize("page", PAGES)
def test_chinese_pages_hold_no_english_sentences(visits, page):
    visit = visits(page, "zh")
    said = [text for text, _, _ in visit.texts] + visit.labels
    assert [text for text in said if SENTENCE.search(text.replace("Noto Sans SC", ""))] == []
    assert all(HAN.search(text) for text in visit.labels if text not in ("English", ""))


@EVERY
def test_charts_are_the_catalogues_own(visits, page, lang):
    visit = visits(page, lang)
    titles = re.findall(r'<header class="fig-head"><h2>(.*?)</h2>', visit.html)
    assert len(titles) == len(set(titles))
    for chart in visit.charts:
        spec = json.loads(chart.spec)
        assert spec["width"] == "container" and spec["config"]["background"] == "#fbfaf7"
        assert "title" not in spec


def test_the_story_tells_its_chapters_in_order(visits):
    for lang in LANGUAGES:
        html = visits("story", lang).html
        (listed,) = re.findall(r'<details class="terms step-list">(.*?)</details>', html, re.DOTALL)
        chapters = [words(lang).of(vars(chapter), "title") for chapter in story().chapters]
        assert [unescape(title) for title in re.findall(r"<li><b>(.*?)</b>", listed)] == chapters
        titles = [unescape(title) for title in re.findall(r"<a [^>]*>(.*?)</a>", listed)]
        assert titles == [figure(at.step.figure, lang, **at.step.parameters).title for at in story().steps()]
        assert not re.search(r"\{#?[a-z0-9@-]+\}", html)
    assert "24.1%" in visits("story", "zh").html and "5154.75亿元" in visits("story", "zh").html
    assert "515.475 billion yuan" in visits("story", "en").html


def test_every_link_inside_names_a_page_that_exists(visits):
    for page, lang in product(PAGES, LANGUAGES):
        inside = re.sub(r'<a class="language".*?</a>', "", visits(page, lang).html)
        for address in re.findall(r'href="([^"]+)"', inside):
            path = address.partition("?")[0]
            assert (
                path == "/"
                or path.removeprefix("/") in PAGES
                or FILE.fullmatch(path)
                or path[0] == "#"
                or path in BESIDE
            ), address
            assert lang == "zh" or "lang=en" in address or address.startswith(("#", "/decks/en-")), address


@pytest.mark.parametrize(
    ("name", "value", "lang", "notice"),
    [
        ("place", "guiyng", "zh", "链接里的地方“guiyng”不存在，已忽略；最接近的是“贵阳市”。"),
        (
            "place",
            "guiyng",
            "en",
            'The link\'s Place "guiyng" does not exist and was left out; the nearest is "Guiyang".',
        ),
        ("theme", "zzz", "zh", "链接里的主题“zzz”不存在，已忽略，显示其余部分。"),
        ("theme", "zzz", "en", 'The link\'s Theme "zzz" does not exist and was left out; the rest is shown.'),
        ("page", "0", "en", 'The link\'s Page number "0" does not exist and was left out; the nearest is "1".'),
    ],
)
def test_an_unknown_value_is_named(name, value, lang, notice):
    visit = open_page("data", **{name: value, "lang": lang})
    assert visit.notices == [notice] and visit.failed == []


def test_an_unknown_language_opens_the_first():
    visit = open_page("about", lang="fr")
    assert visit.notices == ["链接里的语言“fr”不存在，已忽略，显示其余部分。"]


@pytest.mark.parametrize("value", ["[win](https://example.org)", "![x](https://example.org/x.png)", "**bold** `code`"])
def test_an_unknown_value_is_never_markup(value):
    visit = open_page("about", place=value)
    (notice,) = visit.notices
    assert value in notice  # as the plain text it is
    assert not visit.app.warning and f"]({value}" not in visit.html
    assert 'href="https://example.org' not in visit.html and "<img" not in visit.html


@pytest.mark.parametrize(("lang", "other"), [("zh", "en"), ("en", "zh")])
def test_the_language_link_keeps_the_view(lang, other):
    asked = {"place": "bijie", "theme": "ecology", "search": "森林", "sort": "value", "observation": "gyr-006-2"}
    visit = open_page("data", lang=lang, **asked)
    label, there = visit.language
    assert label == {"en": "English", "zh": "中文"}[other]
    assert there == {**asked, **({"lang": "en"} if other == "en" else {})}


def test_the_other_pages_keep_the_language_only():
    visit = open_page("data", lang="en", place="bijie")
    assert [there for _, there in visit.links[: len(PAGES)]] == [{"lang": "en"}] * len(PAGES)


def count(visit):
    return re.findall(r'<p class="quiet">(?:共)?([0-9]+)(?: rows?|条)</p>', visit.html)


def test_filters_follow_the_address_and_write_it():
    rows = tables().observations
    visit = open_page("data", lang="en", place="bijie", page="2")
    app = visit.app
    assert app.multiselect(key="filter-place").value == ["bijie"]
    assert count(visit) == [str(int((rows["place"] == "bijie").sum()))]
    app.multiselect(key="filter-kind").set_value(["result", "goal"]).run()
    assert visit.query == {"lang": "en", "place": "bijie", "kind": "result,goal"} and visit.failed == []
    kept = rows[(rows["place"] == "bijie") & rows["kind"].isin(["goal", "result"])]
    assert count(visit) == [str(len(kept))]
    app.multiselect(key="filter-place").set_value([]).run()
    assert visit.query == {"lang": "en", "kind": "result,goal"}


def test_search_and_order_write_the_address():
    visit = open_page("data", lang="en")
    visit.app.text_input(key="filter-search").set_value("  forest cover ").run()
    assert visit.query == {"lang": "en", "search": "forest cover"}
    visit.app.selectbox(key="filter-sort").set_value("value").run()
    assert visit.query == {"lang": "en", "search": "forest cover", "sort": "value"}
    assert visit.failed == [] and int(count(visit)[0]) > 0


def test_the_choice_of_a_measure_writes_the_address():
    visit = open_page("places", lang="en", indicator="gdp")
    assert figure("across-places", "en", indicator="gdp").title.replace("'", "&#39;") in visit.html
    visit.app.get("button_group")[-1].set_value("forest-cover").run()
    assert visit.query == {"lang": "en", "indicator": "forest-cover"} and visit.failed == []
    assert figure("across-places", "en", indicator="forest-cover").title in visit.html


def test_the_pager_goes_on_within_the_selection():
    visit = open_page("data", kind="goal", page="2")
    (pager,) = re.findall(r'<nav class="ways pager"[^>]*>(.*?)</nav>', visit.html)
    assert re.findall(r'<a href="([^"]+)"[^>]*>(.*?)</a>', unescape(pager)) == [
        ("/data?kind=goal", "← 上一页"), ("/data?kind=goal&page=3", "下一页 →")]  # fmt: skip
    assert "第2页，共" in pager
    (first,) = re.findall(r'<nav class="ways pager"[^>]*>(.*?)</nav>', open_page("data", kind="goal").html)
    assert first.count("<a ") == 1 and ">← 上一页</span>" in first


@pytest.mark.parametrize(
    ("page", "query"), [("data", {}), ("data", {"kind": "goal", "place": "bijie"}), ("goals", {}), ("sources", {})]
)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_page_after_the_last_is_named(page, query, lang):
    visit = open_page(page, lang=lang, page="999", **query)
    (said,) = re.findall(r'class="notices"[^>]*><p>(.*?)</p>', visit.html)
    pager = re.findall(r'<nav class="ways pager"[^>]*>(.*?)</nav>', visit.html)
    last = re.findall(r"[0-9]+", re.sub(r"<a .*?</a>", "", pager[0]))[0] if pager else "1"
    assert unescape(said) == words(lang)("notice.beyond", asked=999, shown=last) and visit.failed == []
    assert 'class="notices"' not in open_page(page, lang=lang, page=last, **query).html


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_proof_card_shows_the_figure_as_printed(lang):
    visit = open_page("data", observation="gyr-006-2", lang=lang)
    assert '<dd lang="zh"><mark>5154.75亿元</mark></dd>' in visit.html
    assert '<details class="proof" open>' in visit.html
    assert 'class="excerpt"' not in visit.html
    said = [text for text, _, _ in visit.texts]
    number = {"zh": "5154.75亿元", "en": "515.475 billion yuan"}[lang]
    document = {"zh": "2024年政府工作报告", "en": "2024 Government Work Report"}[lang]
    assert number in said and document in said and "2024-02-29" in said and "6" in said


def test_with_the_documents_the_paragraph_is_marked(monkeypatch, tmp_path):
    lines = [f"第{number}段" for number in range(1, 73)]
    lines[5] = "地区生产总值 5154.75 亿元，<b>增长</b>6%。"
    (tmp_path / "guiyang-report-2024.txt").write_text("\n".join(lines), encoding="utf-8")
    monkeypatch.setenv("SOURCES_DIR", str(tmp_path))
    visit = open_page("data", observation="gyr-006-2", lang="en")
    assert (
        '<dd lang="zh" class="excerpt">地区生产总值 <mark>5154.75 亿元</mark>，&lt;b&gt;增长&lt;/b&gt;6%。</dd>'
        in visit.html
    )


def test_without_the_folder_nothing_is_marked(monkeypatch, tmp_path):
    monkeypatch.setenv("SOURCES_DIR", str(tmp_path / "nowhere"))
    visit = open_page("data", observation="gyr-006-2")
    assert visit.failed == [] and 'class="excerpt"' not in visit.html


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_interactive_map_opens_without_tiles(lang):
    visit = open_page("places", lang=lang)
    visit.app.toggle(key=f"interactive-wide-who-is-who-guizhou-{lang}").set_value(True).run()
    assert visit.failed == [] and len(visit.charts) == CHARTS["places"] - 1
    (shown,) = visit.maps  # the one asked for: a page sends little geometry (test_page_maps.py)
    assert "http" not in shown.json and len(shown.json) < 150_000


def test_wild_addresses_open_the_page():
    visit = open_page("data", search="<script>alert(1)</script>" * 50, period="\u202e\u0000", place=",,,", page="²")
    assert visit.failed == [] and "<script>alert" not in visit.html
    assert len(visit.notices) == 2
