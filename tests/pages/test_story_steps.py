"""The story's page: every step opens by its address, the buttons move through all of them, the ends are ends."""

import re
from html import unescape
from itertools import product

import pytest

from components.figures.catalogue import figure
from components.prose import fill
from components.words import LANGUAGES, words
from data.story import story
from tests.pages.reading import open_page

STEPS = list(story().steps())
FIRST, LAST = STEPS[0].step.id, STEPS[-1].step.id


def opened(step="", lang="zh"):
    return open_page("story", **({"step": step} if step else {}), **({"lang": lang} if lang != "zh" else {}))


def button(visit, name):
    return visit.app.button(key=f"step-{name}")


def shown(visit):
    (step,) = re.findall(r'class="step-where" data-step="([^"]+)"', visit.html)
    return step


@pytest.mark.parametrize(
    ("at", "lang"), list(product(STEPS, LANGUAGES)), ids=lambda value: getattr(value, "step", value)
)
def test_a_step_opens_by_its_address(at, lang):
    visit, speech = opened(at.step.id, lang), words(lang)
    assert visit.failed == [] and visit.notices == [] and shown(visit) == at.step.id
    assert len(visit.charts) == visit.html.count('class="fig-head"') == 1
    title = figure(at.step.figure, lang, **at.step.parameters).title
    assert [unescape(found) for found in re.findall(r"<h2>(.*?)</h2>", visit.html)][:1] == [title]
    text = fill(speech.of(vars(at.step), "text"), speech)
    assert unescape(visit.html).count(text) == 1 and not re.search(r"\{#?[a-z0-9@-]+\}", visit.html)
    assert speech("step.progress", number=at.number, total=len(STEPS)) in visit.html
    assert speech("step.chapter", number=at.chapter_number, total=len(story().chapters)) in visit.html
    assert visit.html.count('<i class="told') == at.number and visit.html.count('aria-current="step"') == 1


def test_the_opening_stands_above_the_first_step_alone():
    start, later = opened(), opened(LAST)
    assert shown(start) == FIRST and 'class="headlines"' in start.html
    assert 'class="headlines"' not in later.html and re.findall(r"<h1[^>]*>", later.html) == ['<h1 class="story-name">']


def test_next_goes_through_every_step_to_the_end():
    visit = opened()
    assert button(visit, "previous").disabled and button(visit, "first").disabled
    for at in STEPS[1:]:
        button(visit, "next").click()
        visit.app.run()
        assert visit.failed == [] and visit.query == {"step": at.step.id} and shown(visit) == at.step.id
    assert button(visit, "next").disabled and button(visit, "last").disabled
    assert not button(visit, "previous").disabled and not button(visit, "first").disabled


def test_back_leads_to_the_opening_and_the_ends_to_the_ends():
    visit = opened(STEPS[2].step.id, "en")
    button(visit, "previous").click().run()
    assert visit.query == {"lang": "en", "step": STEPS[1].step.id}
    button(visit, "previous").click().run()
    assert visit.query == {"lang": "en"} and shown(visit) == FIRST
    button(visit, "last").click().run()
    assert visit.query == {"lang": "en", "step": LAST} and shown(visit) == LAST
    button(visit, "first").click().run()
    assert visit.query == {"lang": "en"} and visit.failed == []


def test_the_keys_are_those_of_a_reader():
    visit = opened()
    keys = {name: button(visit, name).proto.shortcut for name in ("previous", "next", "first", "last")}
    assert keys == {"previous": "left", "next": "right", "first": "home", "last": "end"}


def test_the_list_leads_to_every_step():
    for lang in LANGUAGES:
        (listed,) = re.findall(r'<details class="terms step-list">(.*?)</details>', opened(lang=lang).html, re.DOTALL)
        wanted = [f"/?lang={lang}&step={at.step.id}" if lang != "zh" else f"/?step={at.step.id}" for at in STEPS]
        assert [unescape(address) for address in re.findall(r'href="([^"]+)"', listed)] == wanted


def test_the_other_language_shows_the_same_step():
    label, there = opened(LAST).language
    assert label == "English" and there == {"step": LAST, "lang": "en"}


@pytest.mark.parametrize("wrong", [LAST + "s", "nowhere-at-all", "<b>"])
def test_an_unknown_step_is_named_and_the_opening_shown(wrong):
    visit = opened(wrong)
    assert shown(visit) == FIRST and 'class="headlines"' in visit.html
    (notice,) = visit.notices
    assert words("zh")("parameter.step") in notice and wrong in notice
    assert (f"“{LAST}”" in notice) == wrong.startswith(LAST)
