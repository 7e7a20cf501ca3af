"""The goals page: every goal in one list, filters in the address, verdicts and reasons by a click."""

import re
from html import unescape

import pytest

from components import goals
from components.words import LANGUAGES, words
from data.load import tables
from data.measures import disagreements
from data.select import Selection
from data.verdicts import verdicts
from tests.pages.reading import open_page

LINE = re.compile(r"<li class=\"place-[a-z-]+\"><details><summary><b>(.*?)</b>")
TOTAL = re.compile(r'<p class="quiet">(.*?)</p>\s*<ol class="goals">')


def shown(visit):
    return [unescape(text) for text in LINE.findall(visit.html)]


def total(visit):
    return [int(text) for said in TOTAL.findall(visit.html) for text in re.findall(r"[0-9]+", said)]


def facts(id, lang="zh"):
    return [(fact.name, fact.text) for fact in goals.card(id, words(lang)).facts]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_goal_is_there_once(lang):
    visit = open_page("goals", lang=lang)
    found = verdicts(tables())
    assert visit.failed == [] and total(visit) == [len(found)] and len(shown(visit)) == 40
    assert len({goals.card(str(id), words(lang)) for id in found.index}) == len(found)


@pytest.mark.parametrize(
    ("asked", "ids"),
    [
        ({"verdict": "met"}, ["gyr-058-6", "bjy-012-2"]),
        ({"verdict": "met,not_yet_due", "place": "guiyang"}, ["gyr-058-6", "gyr-067-3", "gyr-067-4"]),
        ({"reason": "unit_differs"}, ["gyr-028-1"]),
        ({"due": "2035"}, ["wdp-011-1"]),
        ({"search": "森林", "due": "2026"}, ["bjy-012-2"]),
        ({"place": "qingzhen", "bound": "about"}, ["qzy-010-1", "qzy-039-1"]),
        ({"department": "wudang-science", "theme": "innovation", "verdict": "met"}, []),
        ({"kind": "result", "verdict": "met"}, ["gyr-058-6", "bjy-012-2"]),  # a goal is a goal, whatever else is asked
    ],
)
def test_the_address_filters(asked, ids):
    visit = open_page("goals", **asked)
    expected = [unescape(goals.card(id, words("zh")).number) for id in ids]
    assert visit.failed == [] and shown(visit) == expected
    assert total(visit)[-1] == len(ids)


def test_a_click_on_a_verdict_or_a_reason_writes_the_address():
    visit = open_page("goals", place="guiyang")
    (verdict,) = (group for group in visit.app.get("button_group") if group.label == "结论")
    assert next(option.content for option in verdict.proto.options).startswith("已达到 ")
    visit.app.button_group(key="filter-verdict").set_value(["met"]).run()
    assert visit.query == {"place": "guiyang", "verdict": "met"} and total(visit)[-1] == len(shown(visit)) == 1
    visit.app.button_group(key="filter-verdict").set_value([]).run()
    visit.app.button_group(key="filter-reason").set_value(["no_number", "no_result"]).run()
    assert visit.query == {"place": "guiyang", "reason": "no_number,no_result"} and visit.failed == []


def test_counts_are_of_the_current_selection_and_add_up():
    for asked in (Selection(), Selection(place=("bijie",)), Selection(verdict=("met",)), Selection(due=("2025",))):
        counts = goals.counted(asked)
        anyhow = len(goals.chosen(Selection(place=asked.place, due=asked.due)))
        assert sum(counts["verdict"].values()) == anyhow
        assert sum(n for code, n in counts["reason"].items() if code) == (
            0 if asked.verdict else counts["verdict"]["cannot_judge"]
        )


def test_level_distance_and_what_each_year_needs_stand_apart():
    assert facts("gyr-067-4")[:5] == [
        ("结论", "未到期"),
        ("够没够到", "未达到"),
        ("差多少", "还差7个百分点"),
        ("还要变多少", "2024年要提高7个百分点"),
        ("快慢", "没有更早的实绩作起点，不谈快慢"),
    ]
    held = facts("bjy-012-2", "en")
    assert held[:3] == [("Verdict", "met"), ("Level", "Met"), ("Distance", "Exactly there, nothing to spare")]
    assert held[3] == ("Held against", "60% · 2021 result; the same as the comparable result")
    assert "Pace" not in dict(held)


def test_what_cannot_be_judged_says_why_and_nothing_more():
    said = dict(facts("gyr-028-1"))
    assert said["结论"] == "不能判断：单位不同" and "差多少" not in said and "快慢" not in said
    assert said["最近的实绩（不可比）"].startswith("1.78万亩 · 2023年实绩")


def test_departments_restatements_and_contradictions_are_named():
    said = facts("wdp-007-3")
    assert [text for name, text in said if name == "前后不一"] == ["界限不同：先说至少9万人，第20、78、89段说9万人"]
    assert sum(name == "重申" for name, _ in said) == 3
    assert "区人力资源和社会保障局" in dict(said)["责任单位（重申处）"] and "责任单位" not in dict(said)
    assert dict(facts("wdp-018-1"))["责任单位"] == "区委组织部、区财政局、区科技局"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_contradiction_of_a_goal_is_on_its_card(lang):
    found = disagreements(tables())
    label = words(lang)("goals.fact.contradiction")
    judged = [id for id in found["first"].unique() if id in verdicts(tables()).index]
    assert judged
    for id in judged:
        said = [text for name, text in facts(id, lang) if name == label]
        for again in found.loc[found["first"] == id, "again"]:
            paragraph = str(tables().observations.at[again, "paragraph"])
            assert any(re.search(rf"(?<![0-9]){paragraph}(?![0-9])", text) for text in said)


def test_pages_of_the_list_and_past_the_last():
    visit = open_page("goals", page="99999")
    assert visit.failed == [] and 0 < len(shown(visit)) <= 40


def test_the_data_page_keeps_the_filters_that_only_goals_have_and_shows_them():
    visit = open_page("data", verdict="met", lang="en")
    assert visit.failed == [] and visit.app.multiselect(key="filter-verdict").value == ["met"]
    assert visit.html.count("<li class=") == 2
    visit.app.multiselect(key="filter-verdict").set_value([]).run()
    assert visit.query == {"lang": "en"}


def test_hostile_addresses_open_the_page():
    visit = open_page("goals", verdict="<script>", reason="met\u202e", due="²", department=",,", place="guiyang")
    assert visit.failed == [] and len(visit.notices) == 3 and "<script>" not in visit.html
    assert set(re.findall(r'<li class="place-([a-z-]+)"', visit.html)) == {"guiyang"}
