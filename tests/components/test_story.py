"""The story as an editor writes it: enough of it, short, in both languages, with no number typed by hand."""

import re

import pytest

from components.address import PAGES, parse
from components.figures.catalogue import CATALOGUE, figure
from components.prose import CODE, COUNTS, count, fill, observation
from components.words import LANGUAGES, words
from data.load import tables
from data.measures import newest_result
from data.story import story
from tests.components.scripts import HAN, stray_chinese

STEPS = list(story().steps())
EACH = pytest.mark.parametrize("at", STEPS, ids=lambda at: at.step.id)
LONGEST = {"zh": 120, "en": 80}  # characters, words
# Years that the documents print; no other number may be typed.
YEARS = re.compile(r"(?<![0-9])(2019|2021|2023|2024|2025|2035)(?![0-9])")
LATIN = re.compile(r"[A-Za-z]{2,}")
SENTENCE = {"zh": re.compile(r"[。？！]"), "en": re.compile(r"[.?!](?=[\s\"”]|$)")}


def texts(step, lang):
    """What a step says in a language, filled: its text, question and notes."""
    return {name: fill(words(lang).of(vars(step), name), words(lang)) for name in ("text", "question", "notes")}


def length(text, lang):
    return len(text) if lang == "zh" else len(text.split())


def test_there_are_chapters_and_steps_enough():
    assert len(story().chapters) >= 8 and len(STEPS) >= 32
    assert [at.number for at in STEPS] == list(range(1, len(STEPS) + 1))
    assert [at.chapter_number for at in STEPS] == sorted(at.chapter_number for at in STEPS)
    assert STEPS[-1].chapter_number == len(story().chapters)
    assert all(chapter.steps for chapter in story().chapters)


def test_no_view_is_told_twice():
    told = [figure(at.step.figure, "zh", **at.step.parameters).name for at in STEPS]
    assert sorted(told) == sorted(set(told))


def test_an_address_finds_its_step_and_an_unknown_one_says_so():
    assert [story().at(at.step.id) for at in STEPS] == STEPS
    assert story().at("") == STEPS[0]
    with pytest.raises(KeyError, match="nowhere"):
        story().at("nowhere")


@EACH
def test_its_figure_exists_with_its_parameters(at):
    assert at.step.figure in CATALOGUE
    for lang in LANGUAGES:
        assert figure(at.step.figure, lang, **at.step.parameters).title


@EACH
@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_is_short_and_adds_to_the_finding(at, lang):
    said = texts(at.step, lang)
    assert 0 < length(said["text"], lang) <= LONGEST[lang]
    assert figure(at.step.figure, lang, **at.step.parameters).title not in said["text"]
    assert said["question"].endswith({"zh": ("？",), "en": ("?",)}[lang]) and length(said["question"], lang) <= 40
    assert 2 <= len(SENTENCE[lang].findall(said["notes"])) <= 4
    assert 15 <= at.step.seconds <= 90


@EACH
def test_each_language_is_itself(at):
    chapter = at.chapter
    english = [chapter.title_en, *texts(at.step, "en").values()]
    assert not [text for text in english if stray_chinese(text)]
    chinese = [chapter.title_zh, *texts(at.step, "zh").values()]
    assert not [text for text in chinese if LATIN.search(text)] and all(HAN.search(text) for text in chinese)
    assert "  " not in "".join(english + chinese)


@EACH
def test_no_number_is_typed(at):
    step, chapter = vars(at.step), vars(at.chapter)
    typed = [step[f"{name}_{lang}"] for name in ("text", "question", "notes") for lang in LANGUAGES]
    for text in [*typed, chapter["title_zh"], chapter["title_en"], story().lead_zh, story().lead_en]:
        assert not re.search("[0-9０-９]", YEARS.sub("", CODE.sub("", text))), text


@EACH
def test_both_languages_name_the_same_numbers(at):
    for name in ("text", "question", "notes"):
        zh, en = (CODE.findall(vars(at.step)[f"{name}_{lang}"]) for lang in LANGUAGES)
        assert sorted(zh) == sorted(en)


@EACH
def test_the_page_it_leads_to_exists(at):
    if at.step.page:
        _, problems = parse(at.step.query)
        assert at.step.page in PAGES and at.step.page != "story" and problems == []
    else:
        assert at.step.query == {}


def test_the_opening_is_short_and_whole():
    for lang in LANGUAGES:
        lead = fill(words(lang).of(vars(story()), "lead"), words(lang))
        assert length(lead, lang) <= LONGEST[lang] and "{" not in lead
    assert all(observation(code)["value"] == observation(code)["value"] for code in story().headlines)


def test_a_code_becomes_its_number_with_its_qualifier():
    assert fill("{gdp@wudang}", words("zh")) == "至少325亿元，力争350亿元"
    assert fill("{retail-sales-growth@guiyang@goal}", words("en")) == "about 6.5%"
    assert fill("{retail-sales-growth@guiyang}", words("en")) == "5.2%"  # the result comes first
    with pytest.raises(KeyError, match="gdp@bijie"):
        fill("{gdp@bijie}", words("zh"))


def test_counts_are_counted():
    rows = tables().observations
    assert count("#statements") == len(rows) and count("#documents") == len(tables().sources)
    assert count("#goals") == int(((rows["kind"] == "goal") & (rows["repeats"] == "")).sum())
    assert 0 < count("#goals@wudang") < count("#goals")
    assert count("#goals-without-number") < count("#unjudged") <= count("#goals")
    assert fill("{#newest-year}", words("zh")) == str(newest_result(tables()))
    assert count("#set-aside") == len(tables().excluded)
    assert fill("{#goals}", words("en")) == str(count("#goals"))
    with pytest.raises(KeyError, match="nothing"):
        count("#nothing")


@pytest.mark.parametrize("name", COUNTS)
def test_every_count_counts_something(name):
    assert count(f"#{name}") > 0
