"""The catalogue: every Figure in both languages, and its finding counted again from the CSV files alone."""

import csv
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import lru_cache
from itertools import product
from pathlib import Path
from threading import Event

import pytest

from components.credits import credit_lines, ranges
from components.export import evidence
from components.figures import catalogue
from components.figures.catalogue import CATALOGUE, every, figure
from components.figures.plotted import DRAWING, published
from components.words import LANGUAGES, words
from data.load import tables
from data.vocabulary import BOUNDS, KINDS, THEMES
from geo.load import places
from tests.components.scripts import APPROVAL, HAN

TABLES = Path(__file__).resolve().parents[2] / "data" / "tables"
LATIN = re.compile(r"[A-Za-z]{2,}")
EVERY = list(every())
REQUESTS = [(id, lang, parameters) for (id, parameters), lang in product(EVERY, LANGUAGES)]
FIGURES = pytest.mark.parametrize(
    ("id", "lang", "parameters"), REQUESTS, ids=["-".join([id, *p.values(), lang]) for id, lang, p in REQUESTS]
)


@lru_cache(maxsize=8)
def read(name):
    """A table straight from its file, without the project's own reading."""
    with (TABLES / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def by_id(name):
    return {row["id"]: row for row in read(name)}


def growth(row):
    return by_id("indicators")[row["indicator"]]["stat"] == "growth"


# Links, files and embeds carry these: an id is never taken back, nor a parameter, nor one of its values.
PUBLISHED: dict[str, dict[str, set[str]]] = {
    "four-places": {},
    "who-is-who": {"place": {"guizhou", "guiyang", "bijie", "qingzhen", "wudang"}},
    "numbers-by-place": {
        "indicator": {
            "gdp",
            "resident-population",
            "industrial-output",
            "built-up-area",
            "talent-total",
            "forest-cover",
            "urbanisation-rate",
            "good-air-days-share",
            "green-economy-share",
            "agri-processing-rate",
        },
        "place": {"guizhou", "bijie"},
    },
    "goals-by-place": {},
    "mentions-by-county": {"place": {"guiyang", "bijie"}},
    "three-scopes": {},
    "growth-2023": {},
    "result-against-target": {},
    "targets-2024": {},
    "wudang-goals": {},
    "qingzhen-totals": {},
    "bijie-five-and-five": {},
    "across-places": {
        "indicator": {
            "forest-cover",
            "urbanisation-rate",
            "resident-population",
            "gdp",
            "built-up-area",
            "talent-total",
        }
    },
    "comparison": {
        "place": {"guiyang", "guian", "guiyang-guian", "qingzhen", "wudang", "nanming", "bijie"},
        "indicator": {"gdp", "urbanisation-rate", "built-up-area", "forest-cover", "urban-new-jobs"},
    },
    "renewal": {},
    "plan-2024": {"field": {f"gyr-plan-{number:02d}" for number in (1, 2, 3, 4, 5, 6, 7, 8, 10)}},
    "wudang-by-theme": {"theme": set(THEMES)},
    "goals-of-place": {"place": {"bijie", "qingzhen"}},
    "documents-disagree": {},
    "claims-without-number": {"kind": {"result", "goal"}},
    "paragraph-strips": {},
    "ranks-2023": {},
    "recovery": {},
    "ratio-goals": {"place": {"wudang", "guiyang", "bijie"}},
    "goals-by-year": {},
    "goal-verdicts": {},
    "why-not-judged": {},
    "theme-by-place": {"kind": {"goal", "result"}},
    "goals-by-department": {},
    "goals-by-bound": {},
    "numbers-by-document": {},
    "shares-2023-2024": {},
    "judged-goals": {"place": {"guiyang", "bijie"}},
    "counts-2023-2024": {},
    "income-gap": {},
    "homes-2024": {},
    "good-air-days": {},
    "computing-power": {},
    "gdp-share": {},
    "three-years-of-building": {},
}


# The table lists single mentions, the alternative says each county's count.
LISTS = "mentions-by-county"
MAPS = {"four-places", "who-is-who", "numbers-by-place", "goals-by-place", LISTS}


@pytest.mark.parametrize("id", PUBLISHED)
def test_what_was_published_is_there(id):
    parameters = CATALOGUE[id].parameters
    assert set(parameters) == set(PUBLISHED[id])
    assert all(values <= set(parameters[name]) for name, values in PUBLISHED[id].items())


@FIGURES
def test_names_are_stable(id, lang, parameters):
    made = figure(id, lang, **parameters)
    assert (made.id, made.lang, dict(made.parameters)) == (id, lang, parameters)
    assert made.name == "-".join([id, *parameters.values()]).replace(",", "_")
    slug = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
    assert all(slug.fullmatch(name) for name in (id, *parameters, *",".join(parameters.values()).split(",")) if name)


@FIGURES
def test_the_words_are_of_one_language(id, lang, parameters):
    made = figure(id, lang, **parameters)
    said = [made.title, made.subtitle, made.alt, *made.notes, *credit_lines(made)]
    assert all(text.strip() == text != "" for text in said)
    assert not [text for text in said if re.search(r"[{}]|\bnan\b|None", text)]
    if lang == "en":
        assert not [text for text in said if HAN.search(text.replace(APPROVAL, ""))]
    else:
        assert all(HAN.search(text) for text in said)
        assert not [text for text in (made.title, made.subtitle, *made.notes) if LATIN.search(text)]
        assert not set(LATIN.findall(made.alt)) - {"GWh", "DNA"}


@FIGURES
def test_the_alternative_says_the_finding_and_every_row(id, lang, parameters):
    made = figure(id, lang, **parameters)
    assert made.alt.startswith(made.title)
    table = made.table.drop_duplicates("spoken") if id == LISTS else made.table
    rows = table.head(20)
    assert len(rows) > 0
    missing = [row["spoken"] for row in rows.to_dict("records") if row["spoken"] not in made.alt]
    assert missing == []
    more = len(table) - len(rows)
    assert made.alt.endswith((".", "。"))
    assert not more or (f"{more} more rows." if lang == "en" else f"另有{more}行。") in made.alt


@FIGURES
def test_years_that_no_document_prints_are_said_to_be_inferred(id, lang, parameters):
    made = figure(id, lang, **parameters)
    inferred = sum(tables().observations["period_basis"].loc[list(made.observations)] == "inferred")
    all_of_them, some = words(lang)("note.all-years-inferred"), words(lang).count("note.years-inferred", inferred)
    said = all_of_them if inferred == len(made.observations) else some
    shows = "period" in made.table and inferred > 0
    assert (said in made.notes, said in made.alt) == (shows, shows)


@FIGURES
def test_the_table_of_a_page_is_in_words(id, lang, parameters):
    made = figure(id, lang, **parameters)
    read = evidence.readable(made)
    assert len(read.rows) == len(made.table) and read.names[0] == "label" and "text" in read.names
    cells = [[str(cell) for cell in column if cell is not None] for column in zip(*read.rows, strict=True)]
    assert all(cells)  # no column is empty
    assert not {cell for column in cells for cell in column} & {
        *KINDS,
        *BOUNDS,
        *places().index,
        *tables().sources.index,
    }
    assert (len(set(map(tuple, read.rows))) == len(read.rows)) or id == LISTS


@FIGURES
def test_the_table_holds_what_is_drawn(id, lang, parameters):
    table = figure(id, lang, **parameters).table
    assert table["amount"].notna().all() and (table["text"] != "").all()
    shown = published(table)
    assert not set(shown) & set(DRAWING)
    assert {"label", "value", "text", "place", "kind", "bound"} <= set(shown)
    assert all(words(lang)(f"column.{name}") for name in shown)


@FIGURES
def test_citations_are_those_of_the_observations(id, lang, parameters):
    made = figure(id, lang, **parameters)
    stated = by_id("observations")
    assert (made.observations or made.cited) and set(made.observations) <= set(stated)
    if "observation" in made.table:
        assert set(made.table["observation"]) <= set(made.observations)
    rested_on = [stated[code] for code in made.observations]
    if id == LISTS:
        rested_on = [row for row in read("mentions") if row["place"] in set(made.table["place"])]
        assert len(rested_on) == len(made.table)
    expected = [
        (source["id"], tuple(sorted({int(row["paragraph"]) for row in rows})))
        for source in read("sources")
        if (rows := [row for row in rested_on if row["source"] == source["id"]])
    ]
    assert [(cited.source, cited.paragraphs) for cited in made.citations] == expected


@FIGURES
def test_every_printed_value_is_the_tables_own(id, lang, parameters):
    table = figure(id, lang, **parameters).table
    stated = by_id("observations")
    for row in table.to_dict("records"):
        if "observation" in row:
            own = stated[row["observation"]]
            high = float(own["value_high"] or "nan")
            assert float(own["value"]) == row["value"]
            assert high == row["value_high"] or (high != high and row["value_high"] != row["value_high"])
            assert [own[name] for name in ("unit", "bound", "kind", "place", "period")] == [
                row[name] for name in ("unit", "bound", "kind", "place", "period")
            ]


@FIGURES
def test_the_same_request_gives_the_same_object(id, lang, parameters):
    assert figure(id, lang, **parameters) is figure(id, lang, **parameters)


def test_defaults_give_the_same_object_as_naming_them():
    assert figure("across-places", "en") is figure("across-places", "en", indicator="forest-cover")
    assert figure("across-places", "en") is not figure("across-places", "zh")


@pytest.mark.parametrize(
    ("id", "parameters", "message"),
    [
        ("growth-2032", {}, "There is no Figure 'growth-2032'. Did you mean growth-2023?"),
        ("zzz", {}, "There is no Figure 'zzz'. Valid: four-places, who-is-who, "),
        ("growth-2023", {"place": "bijie"}, "Figure growth-2023 has no parameter 'place'. Valid: none."),
        ("across-places", {"indicater": "gdp"}, "has no parameter 'indicater'. Did you mean indicator?"),
        ("across-places", {"indicator": "forrest"}, "indicator cannot be 'forrest'. Did you mean forest-cover?"),
        ("across-places", {"indicator": ""}, "indicator cannot be ''. Valid: forest-cover, urbanisation-rate, "),
    ],
)
def test_what_is_wrong_is_named_with_what_comes_near(id, parameters, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        figure(id, "en", **parameters)


def test_an_unknown_language_is_named():
    with pytest.raises(ValueError, match="fr"):
        figure("growth-2023", "fr")


WORDS = {
    "zh": ["零", "一", "两", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"],
    "en": ["none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"],
}


def test_finding_of_result_against_target():
    stated = by_id("observations")
    pairs = [(stated[pair["goal"]], stated[pair["result"]]) for pair in read("pairs") if pair["comparable"] == "same"]
    pairs = [
        (goal, result)
        for goal, result in pairs
        if goal["place"] == "guiyang" and goal["unit"] == "%" and growth(goal) and goal["value"] and result["value"]
    ]
    lower = [goal["id"] for goal, result in pairs if float(goal["value"]) < float(result["value"])]
    assert (len(pairs), len(lower)) == (4, 3)
    made = {lang: figure("result-against-target", lang) for lang in LANGUAGES}
    zh, en = (WORDS[lang] for lang in LANGUAGES)
    assert made["zh"].title == f"{zh[len(pairs)]}项可比增速里，{zh[len(lower)]}项2024年目标低于刚完成的2023年"
    assert made["zh"].title == "四项可比增速里，三项2024年目标低于刚完成的2023年"
    assert made["en"].title == f"Of {en[len(pairs)]} comparable growth rates, {en[len(lower)]} have a 2024 target " + (
        "below the 2023 result"
    )
    assert set(made["en"].observations) == {row["id"] for pair in pairs for row in pair}


def test_finding_of_wudang_goals():
    goals = [
        row
        for row in read("observations")
        if row["source"] == "wudang-action-plan" and 6 <= int(row["paragraph"]) <= 11
        if row["value"] and not row["repeats"]
    ]
    floors = [row for row in goals if row["bound"] == "at_least"]
    assert (len(goals), len(floors)) == (12, 6)
    assert figure("wudang-goals", "zh").title == "乌当2025年的十二个总体目标里，六个只给下限"
    assert figure("wudang-goals", "en").title == "Of Wudang's twelve overall goals for 2025, six name only a floor"
    assert set(figure("wudang-goals", "en").observations) == {row["id"] for row in goals}


def test_finding_of_growth_2023():
    rates = [
        row
        for row in read("observations")
        if row["kind"] == "result" and row["period"] == "2023" and row["unit"] == "%" and row["value"]
        if row["place"] in ("guiyang", "guian", "guiyang-guian") and not row["repeats"] and growth(row)
    ]
    city = next(float(row["value"]) for row in rates if (row["indicator"], row["place"]) == ("gdp-growth", "guiyang"))
    faster = [row for row in rates if float(row["value"]) > city]
    assert city == 6.0
    zh, en = (figure("growth-2023", lang) for lang in LANGUAGES)
    assert zh.title == f"贵阳市生产总值增长6%，其余{len(rates) - 1}项增速里，{len(faster)}项比它快"
    assert en.title == f"Guiyang's GDP grew 6%; of the {len(rates) - 1} other growth rates, {len(faster)} were faster"
    values = [float(row["value"]) for row in rates]
    assert list(en.table["value"]) == sorted(values, reverse=True)
    assert int(en.table["speaks"].sum()) == len(faster)


def test_finding_of_qingzhen_totals():
    totals = [
        row["indicator"]
        for row in read("observations")
        if (row["place"], row["kind"], row["unit"], row["value"]) == ("qingzhen", "goal", "亿元", "500")
        if not row["repeats"]
    ]
    assert (len(totals), totals.count("gdp")) == (3, 1)
    assert figure("qingzhen-totals", "zh").title == "清镇的三个“500亿”：一个是增加值，两个是总产值"
    assert figure("qingzhen-totals", "en").title == (
        "Qingzhen's three totals of 50 billion: one is value added, two are gross output"
    )


def test_finding_of_numbers_by_document():
    rows = read("observations")
    goals = sum(row["kind"] == "goal" for row in rows)
    assert figure("numbers-by-document", "zh").title == f"五份文件的{len(rows)}条陈述里，{goals}条是目标"
    assert figure("numbers-by-document", "en").title == (
        f"Of {len(rows)} statements in five documents, {goals} are goals"
    )


def test_finding_of_goals_by_bound():
    goals = [row for row in read("observations") if row["kind"] == "goal" and row["value"] and not row["repeats"]]
    floors = sum(row["bound"] == "at_least" for row in goals)
    assert figure("goals-by-bound", "zh").title == f"{len(goals)}个有数字的目标里，{floors}个只给下限"
    assert figure("goals-by-bound", "en").title == f"Of {len(goals)} goals with a number, {floors} name only a floor"
    assert set(figure("goals-by-bound", "en").observations) == {row["id"] for row in goals}


def test_goals_by_year_and_verdicts_count_every_goal_once():
    goals = [row for row in read("observations") if row["kind"] == "goal" and not row["repeats"]]
    for id in ("goals-by-year", "goal-verdicts"):
        assert int(figure(id, "en").table["value"].sum()) == len(goals)
    years = [row["period"][-4:] for row in goals]
    most = max(set(years), key=years.count)
    assert f"{years.count(most)}" in figure("goals-by-year", "zh").title and most in figure("goals-by-year", "zh").title


def test_finding_of_targets_2024():
    listed = [
        row
        for row in read("observations")
        if row["source"] == "guiyang-report-2024" and row["paragraph"] == "24" and growth(row)
    ]
    numbered = [row for row in listed if row["value"]]
    about = sum(row["bound"] == "about" for row in numbered)
    zh, en = (figure("targets-2024", lang) for lang in LANGUAGES)
    assert about == len(numbered) and zh.title == f"贵阳2024年的{WORDS['zh'][about]}项增长目标，全都写着“左右”"
    assert en.title == f'All {WORDS["en"][about]} of Guiyang\'s growth targets for 2024 say "about"'
    assert f"另有{len(listed) - len(numbered)}项增速目标没有数字" in zh.notes[1]


def test_finding_of_three_scopes():
    rate = {
        row["place"]: float(row["value"])
        for row in read("observations")
        if (row["indicator"], row["period"], row["kind"]) == ("gdp-growth", "2023", "result") and not row["repeats"]
    }
    assert (rate["guian"], rate["guiyang"], rate["guiyang-guian"]) == (24.1, 6.0, 6.2)
    assert figure("three-scopes", "zh").title == "贵安新区直管区增长24.1%，但两地合计只比贵阳市快0.2个百分点"
    assert figure("three-scopes", "en").title == (
        "Gui'an's directly administered area grew 24.1%, "
        "yet the two together only 0.2 percentage points faster than Guiyang alone"
    )


# What each title claims of the number it names.
CLAIMS = {
    "forest-cover": {"bijie": "goal", "wudang": "goal"},
    "urbanisation-rate": {"wudang": "goal", "bijie": "goal"},
    "resident-population": {"guiyang": "result", "qingzhen": "goal", "wudang": "goal"},
    "gdp": {"guiyang": "result"},
    "built-up-area": {"bijie": "goal", "qingzhen": "goal", "wudang": "goal"},
    "talent-total": {"qingzhen": "goal", "wudang": "goal"},
}


@pytest.mark.parametrize(("indicator", "lang"), list(product(CLAIMS, LANGUAGES)))
def test_across_places_titles_claim_what_the_rows_say(indicator, lang):
    made = figure("across-places", lang, indicator=indicator)
    last = {row["place"]: row for row in made.table.to_dict("records")}  # rows of a place stand in order of their years
    for place, kind in CLAIMS[indicator].items():
        assert last[place]["spoken"] in made.title
        assert last[place]["kind"] == kind


@pytest.mark.parametrize(
    ("numbers", "parts"),
    [
        ((6, 7, 8, 24), ["6–8", "24"]),
        ((6, 7), ["6", "7"]),
        ((5,), ["5"]),
        ((), []),
        ((1, 2, 3, 5, 6, 7), ["1–3", "5–7"]),
    ],
)
def test_ranges_of_paragraphs(numbers, parts):
    assert ranges(numbers) == parts


def test_the_source_line_in_both_languages():
    zh, en = (credit_lines(figure("result-against-target", lang)) for lang in LANGUAGES)
    assert zh[1] == "来源：《2024年政府工作报告》（贵阳日报、2024-02-29）第6、10、13、15、24、49段。"
    assert en[1] == "Source: 2024 Government Work Report (Guiyang Daily, 2024-02-29), par. 6, 10, 13, 15, 24, 49."


@pytest.mark.parametrize("lang", LANGUAGES)
def test_only_maps_carry_the_boundary_notice(lang):
    carry = {id for id, _ in EVERY if any(APPROVAL in line for line in credit_lines(figure(id, lang)))}
    assert carry == MAPS == {id for id, _ in EVERY if figure(id, lang).is_map}


def test_who_asks_for_a_figure_that_is_being_built_waits_for_it_and_nobody_else_does(monkeypatch):
    begun, go_on, built = Event(), Event(), []
    definition = CATALOGUE["ranks-2023"]

    def slow(brief):
        built.append(brief.id)
        begun.set()
        assert go_on.wait(60)
        return definition.build(brief)

    catalogue._build.cache_clear()
    monkeypatch.setitem(CATALOGUE, "ranks-2023", replace(definition, build=slow))
    with ThreadPoolExecutor(2) as readers:
        asked = [readers.submit(figure, "ranks-2023", "zh") for _ in range(2)]
        assert begun.wait(60)
        assert figure("recovery", "zh").id == "recovery"  # would wait for ever behind one lock
        go_on.set()
        first, second = (one.result(60) for one in asked)
    assert first is second and built == ["ranks-2023"]
