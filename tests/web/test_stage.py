"""The stage's answers: the talk as data, its charts, its file, windows in step, and what hostile messages are told."""

import asyncio
import json
import re
from functools import lru_cache
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from components.export.deck import html
from components.export.deck.slides import slides
from components.export.deck.talk import SPOKEN, drawing
from components.figures.catalogue import figure
from components.figures.plotted import published
from components.theme import STAGE_ROWS
from components.web import stage
from components.web.front import MIDDLEWARE
from components.web.pairing import Rooms, code_of, event
from components.words import LANGUAGES, words
from data.story import story

STEPS = [at.step.id for at in story().steps()]
KEY = "a-key-of-a-talk"
PLACE = {"id": "growth", "phase": 1, "lang": "zh", "over": ""}


@lru_cache(maxsize=1)
def client():
    return TestClient(Starlette(routes=stage.ROUTES, middleware=MIDDLEWARE), follow_redirects=False)


@lru_cache(maxsize=1)
def talk():
    return client().get("/stage/talk.json").json()


def test_the_page_holds_no_talk_and_links_to_our_own_files_only():
    answer = client().get("/stage?lang=en&look=light")
    assert answer.status_code == 200 and '<html lang="en" data-look="light">' in answer.text
    assert re.findall(r'(?:src|href)="(?!/assets/|/story\.html)', answer.text) == []
    assert '<script type="application/json" id="talk">null</script>' in answer.text


@pytest.mark.parametrize(
    ("query", "named"),
    [("lang=fr", "zh、en"), ("look=pink", "dark、light"), ("steps=growth,nowhere", "growth"), ("pair=ab", "6到40"),
     ("follow=%3Cscript%3E", "6到40"), ("steps=%3Cimg%20src=x%3E", "four-places")],
)  # fmt: skip
@pytest.mark.parametrize("path", ["/stage", "/stage/talk.json", "/stage/deck.html", "/stage/drawing/growth.json"])
def test_what_names_nothing_is_refused_with_what_is_valid(path, query, named):
    answer = client().get(f"{path}?{query}")
    assert answer.status_code == 422 and named in answer.text
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(("lang", "said"), [("zh", "是否想要："), ("en", "Did you mean:")])
def test_a_mistyped_step_leads_to_the_one_that_was_meant(lang, said):
    answer = client().get(f"/stage?lang={lang}&steps=groth,ranks", headers={"Accept": "text/html,*/*;q=0.8"})
    assert answer.status_code == 422 and answer.headers["content-type"] == "text/html; charset=utf-8"
    assert said in answer.text and f'href="/stage?lang={lang}&amp;steps=growth%2Cranks"' in answer.text
    assert f'href="/figures.html?lang={lang}"' in answer.text


def test_the_talk_says_every_step_in_both_languages_and_draws_none():
    assert [one["id"] for one in talk()["slides"]] == STEPS
    for one in talk()["slides"]:
        for lang in LANGUAGES:
            assert one[lang]["title"] and one[lang]["notes"] and one[lang]["source"]
            assert "specification" not in one[lang]
            assert all(len(row) == len(one[lang]["columns"]) for row in one[lang]["rows"])
    assert set(talk()["words"]["zh"]) == {*SPOKEN, "product"}


def test_chosen_steps_come_in_the_storys_order_and_once():
    found = client().get("/stage/talk.json?steps=ranks,growth,ranks").json()
    assert [one["id"] for one in found["slides"]] == ["growth", "ranks"]


@pytest.mark.parametrize("path", ["/stage/talk.json", "/stage/drawing/growth.json", "/stage/deck.html?steps=growth"])
def test_what_a_browser_has_is_not_sent_again(path):
    first = client().get(path)
    assert first.headers["content-encoding"] == "gzip"
    again = client().get(path, headers={"if-none-match": first.headers["etag"]})
    assert again.status_code == 304 and not again.content
    plain = client().get(path, headers={"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers and plain.content == first.content


def test_a_drawing_carries_both_languages_and_codes_to_its_step():
    found = client().get("/stage/drawing/growth.json?look=light").json()
    assert {lang: found[lang]["config"]["background"] for lang in LANGUAGES} == dict.fromkeys(LANGUAGES, "#fbfaf7")
    assert found["qr"]["zh"]["address"] == "http://testserver/?step=growth"
    assert found["qr"]["en"]["address"] == "http://testserver/?lang=en&step=growth"
    assert found["qr"]["zh"]["svg"].startswith("<svg")
    unknown = client().get("/stage/drawing/nowhere.json")
    assert unknown.status_code == 404 and "growth" in unknown.text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_chart_says_how_many_rows_it_leaves_to_the_table(lang):
    for slide in slides(lang):
        drawn = drawing(slide.id, "dark")[lang]
        said = drawn["usermeta"].get("more", "")
        assert said == (words(lang).count("stage.more", slide.left_out) if slide.left_out else "")
        marks = [rows for rows in drawn["datasets"].values() if isinstance(rows, list) and rows and "amount" in rows[0]]
        if drawn["usermeta"].get("phased") and "observation" in slide.figure.table:
            shown = {row["observation"] for rows in marks for row in rows}
            assert len(slide.figure.table) - len(shown) == slide.left_out


def test_what_a_finding_is_measured_against_stays_on_the_stage():
    (slide,) = slides("en", ["growth"])  # ten rates are faster than the city's GDP: the stage has room for eight rows
    drawn = drawing(slide.id, "dark")["en"]
    rows = next(rows for rows in drawn["datasets"].values() if "observation" in rows[0])
    texts = [row["text"] for row in sorted(rows, key=lambda row: row["y"])]
    city = slide.figure.table.query("reference")
    assert list(city["text"]) == ["6%"] and city["text"].iloc[0] in slide.figure.title
    assert len(texts) == STAGE_ROWS and texts[-1] == "6%"
    assert city["observation"].iloc[0] in [card.observation for card in slide.proofs]


def test_proofs_are_those_of_what_is_drawn_first():
    for slide in slides("zh", ["growth", "livelihood", "shares"]):
        table = slide.figure.table
        finding = set(table[table["speaks"]]["observation"]) if "speaks" in table else set(table["observation"])
        shown = [card.observation for card in slide.proofs]
        assert shown[0] in finding and len(shown) == len(set(shown)) <= len(published(table))


def test_the_file_needs_nothing_else_and_is_made_once(monkeypatch):
    made = []

    def single_file(*about):
        made.append(about)
        return f"<p>{about}</p>".encode()

    monkeypatch.setattr(html, "single_file", single_file)
    first, again = (client().get("/stage/deck.html?lang=en&look=light&steps=ranks") for _ in range(2))
    assert made == [("en", "light", ("ranks",))] and first.content == again.content
    assert first.headers["content-disposition"] == 'attachment; filename="deck-en-light.html"'


def test_the_file_asks_nobody():
    whole = html.single_file("zh", "dark", ["growth"]).decode()
    text = re.sub(r"(<script[^>]*>)[^<].{1000,}?(</script>)", r"\1\2", whole, flags=re.DOTALL)  # Vega's own texts
    assert not re.search(r"<(?:script|link|img)[^>]+(?:src|href)=", text)
    assert 'id="live">{}</script>' in whole and len(text) < len(whole) / 2


def test_a_place_is_told_to_those_who_follow_and_a_code_cannot_lead():
    async def heard():
        rooms = Rooms()
        places = rooms.follow(code_of(KEY))
        assert await anext(places) == {}
        rooms.say(code_of(code_of(KEY)), {"id": "ranks"})  # whoever only has the code
        rooms.say(code_of(KEY), PLACE)
        return await asyncio.wait_for(anext(places), 5)

    assert asyncio.run(heard()) == PLACE
    assert code_of(KEY) != KEY and re.fullmatch("[0-9a-f]{10}", code_of(KEY))


def test_a_window_that_lags_gets_the_newest_place():
    async def last():
        rooms = Rooms()
        places = rooms.follow("code-of-a-talk")
        await anext(places)
        for phase in range(10):
            rooms.say("code-of-a-talk", {**PLACE, "phase": phase})
        return [await anext(places) for _ in range(4)][-1]

    assert asyncio.run(last())["phase"] == 9


def test_events_are_one_line_of_json_each():
    assert event(PLACE) == f"data: {json.dumps(PLACE)}\n\n"
    assert event(None).startswith("event: here\n")


def test_a_place_is_taken():
    assert client().post(f"/stage/lead/{KEY}", json={**PLACE, "by": "window-1"}).json() == {"told": True}
    assert client().post(f"/stage/lead/{KEY}", json={**PLACE, "more": "is left out"}).status_code == 200


WRONG: tuple[dict[str, Any], ...] = (
    {"id": "nowhere"},
    {"id": ["growth"]},
    {"id": None},
    {"phase": True},
    {"phase": -1},
    {"phase": 10},
    {"phase": 1.0},
    {"phase": "1"},
    {"lang": "fr"},
    {"lang": ["zh"]},
    {"over": "proof"},
    {"over": {}},
    {"by": "<b>"},
    {"by": 7},
)


@pytest.mark.parametrize(
    "said",
    [b"", b"{", b"null", b"[]", b'"growth"', b"1e999", b"\xff\xfe", b"[" * 390, json.dumps({}).encode(),
     *(json.dumps({**PLACE, **wrong}).encode() for wrong in WRONG)],
)  # fmt: skip
def test_what_is_no_place_is_refused(said):
    answer = client().post(f"/stage/lead/{KEY}", content=said)
    assert answer.status_code == 422 and answer.headers["content-type"].startswith("text/plain")


def test_a_place_that_is_too_long_and_keys_that_are_none_are_refused():
    assert client().post(f"/stage/lead/{KEY}", content=b" " * 401).status_code == 413
    for path in (
        "/stage/lead/ab",
        "/stage/lead/" + "a" * 41,
        "/stage/lead/a%20key%20that",
        "/stage/lead/..%2f..%2fetc",
    ):
        assert client().post(path, json=PLACE).status_code in (404, 422)
    assert client().get("/stage/follow/ab").status_code == 422
    assert client().get(f"/stage/lead/{KEY}").status_code == 405


@pytest.mark.parametrize(
    ("query", "leads"),
    [("step=growth&lang=en&present=1", "/stage?lang=en#growth.0.en"), ("present=1", f"/stage?lang=zh#{STEPS[0]}.0.zh"),
     ("step=nowhere&present=1", f"/stage?lang=zh#{STEPS[0]}.0.zh")],
)  # fmt: skip
def test_a_step_of_the_story_leads_to_the_stage(query, leads):
    answer = client().get(f"/?{query}")
    assert answer.status_code == 302 and answer.headers["location"] == leads


def test_other_values_and_other_pages_lead_nowhere():
    assert client().get("/?step=growth&present=2").status_code == 200
    assert client().get("/data?present=1").status_code == 200


def test_a_key_stands_in_no_head_of_a_page():
    assert KEY not in client().get(f"/present?pair={KEY}").text


def test_every_step_has_a_figure_that_is_the_same_on_the_page():
    shown = {at.step.id: figure(at.step.figure, "zh", **at.step.parameters).title for at in story().steps()}
    assert {one["id"]: one["zh"]["title"] for one in talk()["slides"]} == shown
