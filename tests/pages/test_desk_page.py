"""The desk as a reader opens it: the gallery, one Figure, its controls, its files, kits that are being made."""

import re
from html import unescape
from types import SimpleNamespace

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from components.address import View
from components.citation import STYLES
from components.desk import kits, texts
from components.export.asked import Refused
from components.export.face import is_kept
from components.export.formats import TYPES
from components.figures.catalogue import CATALOGUE, figure
from components.web import embed, files
from components.web.share import share
from components.words import LANGUAGES, words
from tests.components.scripts import stray_chinese
from tests.pages.reading import open_page

CARD = re.compile(r'<li><a href="(/desk\?[^"]+)"')


@pytest.fixture(scope="module")
def client():
    return TestClient(Starlette(routes=[*files.ROUTES, *embed.ROUTES]), follow_redirects=False)


def cards(visit):
    return [unescape(address) for address in CARD.findall(visit.html)]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_gallery_shows_every_figure(lang):
    visit = open_page("desk", lang=lang)
    assert visit.failed == [] and visit.notices == []
    other = "" if lang == "zh" else "lang=en&"
    assert cards(visit) == [f"/desk?{other}figure={id}" for id in CATALOGUE]
    assert visit.html.count('loading="lazy"') == len(CATALOGUE)
    for id in CATALOGUE:
        assert f"<b>{figure(id, lang).title}</b>" in unescape(visit.html)


def test_search_and_filters_write_the_address_and_follow_it():
    visit = open_page("desk", search="senlin")
    few = cards(visit)
    assert "/desk?figure=across-places" in few and len(few) < 20
    visit.app.multiselect(key="desk-place").set_value(["bijie"]).run()
    assert visit.query == {"search": "senlin", "place": "bijie"} and visit.failed == []
    assert "/desk?figure=ratio-goals&place=bijie" in cards(visit)
    visit.app.text_input(key="desk-search").set_value(" nothing like this ").run()
    assert visit.query == {"search": "nothing like this", "place": "bijie"}
    assert cards(visit) == [] and words("zh")("desk.none") in visit.html


@pytest.mark.parametrize("id", CATALOGUE)
def test_every_figure_opens_at_the_desk(id):
    lang = LANGUAGES[list(CATALOGUE).index(id) % 2]
    visit = open_page("desk", figure=id, lang=lang)
    shown, html = figure(id, lang), unescape(visit.html)
    assert visit.failed == [] and visit.notices == []
    assert f'<h1 class="desk-title">{shown.title}</h1>' in html
    for text in (texts.caption(shown), shown.alt):
        assert f">{text}</pre>" in html
    assert html.count('<button type="button" class="copy"') == 4 + is_kept(shown.name, shown.lang) + len(STYLES)
    assert html.count('<li><a href="/data?') + html.count('<li><a href="/data?lang') >= min(
        len(shown.observations), texts.PROOFS
    )


def test_a_figure_with_its_settings_is_previewed_as_its_very_file(client):
    visit = open_page("desk", figure="ratio-goals", place="bijie", size="square", look="dark")
    (preview,) = re.findall(r'<img src="([^"]+)" alt', visit.html)
    (taken,) = re.findall(r'<a class="desk-take" href="([^"]+)"', visit.html)
    assert preview == taken
    answer = client.get(unescape(preview))
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/png")
    assert figure("ratio-goals", "zh", place="bijie").title in unescape(visit.html)


def test_every_link_to_a_file_or_an_embed_answers(client):
    visit = open_page("desk", figure="mentions-by-county", lang="en", format="svg")
    found = [unescape(address) for address in re.findall(r'href="(/(?:figures|embed)/[^"]+)"', visit.html)]
    assert {address.partition("?")[0].rpartition(".")[2] for address in found} >= set(TYPES)
    for address in dict.fromkeys(found):
        path = address.partition("?")[0]
        ending = path.rpartition(".")[2]
        answer = client.head(address) if ending == "zip" else client.get(address)
        kind = TYPES.get(ending, "text/html; charset=utf-8")
        if path == "/figures/mentions-by-county":
            assert (answer.status_code, answer.headers["location"][:33]) == (
                307,
                "/figures/mentions-by-county.html?"[:33],
            )
            continue
        assert (answer.status_code, answer.headers["content-type"].removesuffix("; charset=utf-8")) == (
            200, kind.removesuffix("; charset=utf-8"),
        )  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "lang", "notice"),
    [
        ({"figure": "growth-2032"}, "zh", "链接里的图“growth-2032”不存在，已忽略；最接近的是“growth-2023”。"),
        (
            {"figure": "ratio-goals", "place": "wudnag"},
            "en",
            'The link\'s Place "wudnag" does not exist and was left out; the nearest is "Wudang District".',
        ),
        ({"figure": "ratio-goals", "size": "widee"}, "zh", "链接里的尺寸“widee”不存在，已忽略；最接近的是“wide”。"),
    ],
)
def test_what_does_not_exist_is_named(asked, lang, notice):
    visit = open_page("desk", lang=lang, **asked)
    assert visit.notices == [notice] and visit.failed == []
    assert ("desk-title" in visit.html) == (asked["figure"] in CATALOGUE)


def test_a_choice_without_a_number_leaves_the_controls():
    asked = {"place": "wudang", "indicator": "gdp-growth-rank-new-areas"}
    visit = open_page("desk", figure="comparison", **asked)
    assert visit.failed == [] and words("zh")("desk.nothing") in visit.html
    visit.app.multiselect(key="desk-comparison-indicator").set_value(["gdp"]).run()
    assert visit.query == {"figure": "comparison", "place": "wudang", "indicator": "gdp"}
    assert "desk-title" in visit.html and visit.failed == []


def test_controls_write_codes_and_usual_values_are_left_out():
    visit = open_page("desk", figure="wudang-by-theme", lang="en")
    app = visit.app
    app.selectbox(key="desk-wudang-by-theme-theme").set_value("ecology").run()
    app.selectbox(key="desk-size").set_value("web").run()
    app.selectbox(key="desk-scale").set_value("2").run()
    app.checkbox(key="desk-transparent").set_value(True).run()
    asked = {"lang": "en", "figure": "wudang-by-theme", "theme": "ecology"}
    assert visit.query == {**asked, "size": "web", "scale": "2", "transparent": "1"}
    app.checkbox(key="desk-transparent").set_value(False).run()
    app.selectbox(key="desk-scale").set_value("").run()
    app.selectbox(key="desk-size").set_value("free").run()
    assert visit.query == {**asked, "width": "820"}
    app.number_input(key="desk-height").set_value(900).run()
    assert visit.query == {**asked, "width": "820", "height": "900"} and visit.failed == []
    app.selectbox(key="desk-size").set_value("").run()
    assert visit.query == asked


def test_the_picture_may_speak_the_other_language():
    visit = open_page("desk", **{"figure": "income-gap", "in": "en"})
    shown = figure("income-gap", "en")
    assert f'<pre id="copy-alt" lang="en">{shown.alt}</pre>' in unescape(visit.html)
    assert "lang=en" in re.findall(r'<img src="([^"]+)" alt', visit.html)[0]
    assert visit.language[1] == {"figure": "income-gap", "in": "en", "lang": "en"}


def test_an_english_desk_holds_no_chinese():
    visit = open_page("desk", figure="income-gap", lang="en")
    said = [text for text, lang, _ in visit.texts if lang != "zh"] + visit.labels
    assert [text for text in said if stray_chinese(text.replace("中文", ""))] == []


def test_every_figure_elsewhere_leads_here_with_its_parameters():
    visit = open_page("results", lang="en", field="gyr-result-03")
    found = [unescape(address) for address in re.findall(r'<a class="to-desk" href="([^"]+)"', visit.html)]
    assert "/desk?lang=en&figure=results-2023&field=gyr-result-03" in found
    assert len(found) == len(visit.charts)


def test_the_link_to_a_figure_on_the_desk_shares_that_figure():
    shared = share("desk", View(lang="en", figure="ratio-goals", parameters=(("place", "bijie"),)))
    assert shared.title == figure("ratio-goals", "en", place="bijie").title
    assert shared.picture.startswith("/figures/ratio-goals.png?place=bijie&lang=en")
    empty = (("place", "wudang"), ("indicator", "gdp-growth-rank-new-areas"))
    assert share("desk", View(figure="comparison", parameters=empty)).title.startswith(words("zh")("nav.desk"))


class Shelf:
    """Stands for the shelf of kits: makes none, counts what it is asked for."""

    def __init__(self, path):
        self.asked, self.path, self.full = [], path, False

    def build(self, kit):
        if self.full:
            raise Refused("busy", status=503, seconds=60)
        self.asked.append(kit.name)
        size = self.path.stat().st_size
        return SimpleNamespace(kit=kit, size=size, done=False, failed=False, progress=(1, len(kit.views)))


def test_a_kit_is_made_without_holding_the_page(monkeypatch, tmp_path):
    (tmp_path / "kit.zip").write_bytes(b"x" * 3 * 2**20)
    shelf = Shelf(tmp_path / "kit.zip")
    monkeypatch.setattr(kits, "shelf", lambda: shelf)
    visit = open_page("desk", lang="en", search="no such chart")
    app = visit.app
    assert "desk-kit" not in visit.html
    app.selectbox(key="desk-kit-name").set_value("all").run()
    app.button(key="desk-kit-make").click().run()
    assert shelf.asked == ["all"] and visit.failed == []
    total = len(app.session_state[kits.HELD].kit.views)
    (bar,) = app.get("progress")
    assert bar.proto.text == f"Everything, with all data: 1 of {total} charts done" and bar.proto.value == round(
        100 / total
    )
    app.session_state[kits.HELD].done = True
    app.run()
    assert 'href="/kits/all.zip?lang=en"' in visit.html and "(3.0 MB)" in visit.html and not app.get("progress")
    app.session_state[kits.HELD].failed = True
    app.run()
    assert "/kits/all.zip" not in visit.html and "could not be made" in visit.html


def test_a_full_workshop_says_when_to_come_back(monkeypatch, tmp_path):
    shelf = Shelf(tmp_path)
    shelf.full = True
    monkeypatch.setattr(kits, "shelf", lambda: shelf)
    visit = open_page("desk", search="no such chart")
    visit.app.button(key="desk-kit-make").click().run()
    assert visit.failed == [] and visit.notices == [words("zh")("refused.busy", seconds=60)]
