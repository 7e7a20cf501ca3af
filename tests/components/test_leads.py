"""What fields and places lead with, and the notes that stand only where they are called for."""

import re
from string import Formatter

import pandas as pd
import pytest

from components import numbers
from components.export import specification
from components.figures.catalogue import CATALOGUE, every, figure
from components.figures.figure import Brief
from components.figures.leads import lead
from components.figures.panels import unscaled_panels
from components.figures.standing import marks_note, scope_notes
from components.theme import LOOKS
from components.words import LANGUAGES, words
from data.load import records, tables
from data.select import with_indicators

LED = ("results-2023", "plan-2024", "wudang-by-theme", "goals-of-place")
MADE = [(id, parameters) for id, parameters in every() if id in LED]
NAMES = [f"{id}-{'-'.join(parameters.values())}" for id, parameters in MADE]
GOAL, RESULT = "goal", "result"


def sentence(id, parameters, lang):
    return words(lang)(f"lead.{id}.{'-'.join(parameters.values())}")


@pytest.mark.parametrize(("id", "parameters"), MADE, ids=NAMES)
def test_what_leads_is_stated_by_the_rows_with_its_bound(id, parameters):
    named = {name for _, name, _, _ in Formatter().parse(sentence(id, parameters, "zh")) if name} - {"year"}
    for lang in LANGUAGES:
        made = figure(id, lang, **parameters)
        rows = with_indicators(tables(), tables().observations.loc[list(made.observations)])
        speaking = rows[made.table["speaks"].tolist()]
        assert set(speaking["indicator"]) == named and len(speaking) == len(named)
        for row in records(speaking):
            bare = numbers.amount(row["value"], row["unit"], words(lang), noun=False)
            assert numbers.bounded(bare, row["bound"], words(lang), spoken=True) in made.title
            assert set(speaking["scope_zh"]) == {""}  # what is of a part of the place would have to say so


def test_no_sentence_leads_where_a_number_it_names_is_missing():
    rows = with_indicators(tables())
    rows = rows[(rows["place"] == "qingzhen") & (rows["kind"] == GOAL)]
    brief = Brief("goals-of-place", tables(), words("en"), {"place": "qingzhen"})
    assert lead(brief, rows, "2026") is not None
    assert lead(brief, rows[rows["indicator"] != "gdp"], "2026") is None
    assert lead(Brief("goals-of-place", tables(), words("en"), {"place": "nowhere"}), rows, "2026") is None


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_subtitle_counts_what_the_title_no_longer_does(lang):
    made = figure("plan-2024", lang, field="gyr-plan-10")
    assert str(len(made.table)) in made.subtitle and str((made.table["bound"] == "at_least").sum()) in made.subtitle


def test_numbers_that_share_no_scale_are_listed_without_marks():
    made = figure("wudang-goals", "zh")
    spec = specification.chart(made, LOOKS["light"])
    listed = {row["observation"] for row in records(made.table) if row["panel"] == words("zh")("wudang-goals.others")}
    assert listed
    for layer in spec["layer"]:
        drawn = {row.get("observation") for row in spec["datasets"].get(layer.get("data", {}).get("name"), [])}
        if drawn & listed:
            assert layer["mark"]["type"] == "text"


def plotted(*marks):
    rows = [(kind, bound, high, "panel") for kind, bound, high in marks]
    return pd.DataFrame(rows, columns=["kind", "bound", "amount_high", "panel"]).astype({"amount_high": float})


@pytest.mark.parametrize(
    ("marks", "said"),
    [
        ([(RESULT, "exact", None)], ["圆点＝实绩。"]),
        ([(GOAL, "at_least", None), (GOAL, "about", None)], ["圆环＝目标，右箭头＝“以上”，浅色带＝“左右”。"]),
        ([(GOAL, "at_least", 350.0)], ["圆环＝目标，虚线环＝力争。"]),  # the stretch takes the arrow's place
        ([], []),
    ],
)
def test_the_key_names_only_the_marks_that_are_drawn(marks, said):
    assert marks_note(plotted(*marks), words("zh")) == said


def test_notes_on_scope_stand_where_the_rows_call_for_them():
    rows = with_indicators(tables())
    assert scope_notes(rows[rows["indicator"] == "gdp"].query("place == 'wudang'"), words("zh")) == []
    assert len(scope_notes(rows[rows["place"] == "guiyang-guian"].query("indicator == 'gdp'"), words("zh"))) == 1
    assert len(scope_notes(rows[rows["indicator"] == "industrial-output"], words("zh"))) == 1
    air = figure("results-2023", "zh", field="gyr-result-07")
    assert not [note for note in air.notes if "总产值" in note or "贵阳贵安" in note]


def test_a_count_of_nothing_is_left_out():
    for id, parameters in every():
        if id == "across-places":
            assert not re.search(r"(?<!\d)0", figure(id, "zh", **parameters).notes[0])
    assert figure("across-places", "zh", indicator="urbanisation-rate").notes[0] == "2个目标。"


def test_panels_without_a_scale_are_those_of_levels_and_ranks():
    speech = words("en")
    assert unscaled_panels(speech) == {speech("results-2023.level"), speech("results-2023.rank")}
    assert set(LED) <= set(CATALOGUE)
