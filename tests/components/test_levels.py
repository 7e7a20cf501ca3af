"""Figures of levels, shares and counts: each finding counted again from the CSV files alone."""

import re

import pytest

from components.charts import columns, gaps
from components.charts.columns import place_columns
from components.figures.catalogue import CATALOGUE, figure
from components.figures.good_air_days import days_without
from components.words import LANGUAGES
from data.load import tables
from data.verdicts import verdicts
from tests.components import scene
from tests.components.test_catalogue import WORDS, by_id, read


def pairs(place, comparable=("same", "similar")):
    """The goals of a place with a number, each with its latest result from before the goal's year."""
    stated = by_id("observations")
    found: dict[str, tuple[dict[str, str], dict[str, str]]] = {}
    for pair in read("pairs"):
        if pair["comparable"] in comparable and stated[pair["goal"]]["place"] == place:
            goal, result = stated[pair["goal"]], stated[pair["result"]]
            if goal["value"] and result["value"] and result["period"][-4:] < goal["period"][-4:]:
                found[goal["id"]] = max(found.get(goal["id"], (goal, result)), (goal, result),
                                        key=lambda both: both[1]["period"][-4:])  # fmt: skip
    return list(found.values())


def stat(row):
    return by_id("indicators")[row["indicator"]]["stat"]


def change(goal, result):
    return float(goal["value"]) - float(result["value"])


def test_finding_of_shares_2023_2024():
    found = [(goal, result) for goal, result in pairs("guiyang") if (goal["unit"], stat(goal)) == ("%", "ratio")]
    lower = [goal for goal, result in found if change(goal, result) < 0]
    kept = [goal for goal, result in found if change(goal, result) == 0]
    assert (len(found), len(lower), len(kept)) == (12, 2, 7)
    zh, en = (figure("shares-2023-2024", lang) for lang in LANGUAGES)
    count = {lang: [WORDS[lang][len(rows)] for rows in (found, lower, kept)] for lang in LANGUAGES}
    assert zh.title == "{}项比率里，{}项2024年目标低于2023年已达到的，{}项不变".format(*count["zh"])
    assert en.title == "Of {} shares and rates, {} have a 2024 goal below the 2023 result; {} stay the same".format(
        *count["en"]
    )
    assert set(en.observations) == {row["id"] for both in found for row in both}
    assert set(en.table.loc[en.table["speaks"], "line"]) == {goal["id"] for goal in lower}
    assert not {"digital-economy-share", "green-economy-share"} & {goal["indicator"] for goal, _ in found}
    assert "Digital economy" in en.notes[-1] and "Green economy" in en.notes[-1]


@pytest.mark.parametrize("place", ["guiyang", "bijie"])
def test_finding_of_judged_goals(place):
    goals = [row for row in read("observations") if (row["place"], row["kind"], row["repeats"]) == (place, "goal", "")]
    ruled = {code: row for code, row in verdicts(tables()).to_dict("index").items()
             if row["verdict"] != "cannot_judge" and by_id("observations")[code]["place"] == place}  # fmt: skip
    met = [code for code, row in ruled.items() if row["verdict"] in ("met", "within_limit")]
    zh, en = (figure("judged-goals", lang, place=place) for lang in LANGUAGES)
    name = {"guiyang": ("贵阳", "Guiyang"), "bijie": ("毕节", "Bijie")}[place]
    numbers = [[WORDS[lang][len(codes)] for codes in (ruled, met)] for lang in LANGUAGES]
    if len(ruled) == 1:  # Bijie's one, which is met: no "one of them"
        said = "只有一个能判断，已达到", "only one can be judged today, and it is met"
        assert len(met) == 1 and "2021" in zh.subtitle  # the newest result shown, not the newest there is
    else:
        said = (
            f"{numbers[0][0]}个现在能判断，其中{numbers[0][1]}个已达到",
            f"{numbers[1][0]} can be judged today; met so far: {numbers[1][1]}",
        )
    assert zh.title == f"{name[0]}的{len(goals)}个目标里，{said[0]}"
    assert en.title == f"Of {name[1]}'s {len(goals)} goals, {said[1]}"
    assert set(en.observations) == set(ruled) | {row["result"] for row in ruled.values()}


def test_every_place_with_a_judged_goal_has_its_figure():
    found = verdicts(tables())
    judged = set(tables().observations.loc[found.index[found["verdict"] != "cannot_judge"], "place"])
    assert judged == set(CATALOGUE["judged-goals"].parameters["place"])


def drawn_texts(made, width=760):
    return [box.text for box in scene.on_page(made, width).texts]


def test_judged_goals_say_level_distance_and_pace_apart():
    texts = drawn_texts(figure("judged-goals", "en", place="guiyang"))
    judged = verdicts(tables()).query("verdict != 'cannot_judge'")
    count = int(tables().observations.loc[judged.index, "place"].eq("guiyang").sum())
    assert [texts.count(heading) for heading in ("Level", "Distance", "Pace")] == [count] * 3
    assert "5.8 percentage points short" in " ".join(texts)


def test_finding_of_counts_2023_2024():
    others = ("growth", "ratio", "index", "rank")
    found = [(goal, result) for goal, result in pairs("guiyang") if stat(goal) not in others]
    found = [(goal, result) for goal, result in found if float(goal["value"]) or float(result["value"])]
    lower = [goal for goal, result in found if result["bound"] == "exact" and change(goal, result) < 0]
    assert (len(found), len(lower)) == (10, 7)
    zh, en = (figure("counts-2023-2024", lang) for lang in LANGUAGES)
    count = {lang: [WORDS[lang][len(rows)] for rows in (found, lower)] for lang in LANGUAGES}
    assert zh.title == "{}项可比的数量里，{}项2024年目标低于2023年已做到的".format(*count["zh"])
    assert en.title == "Of {} comparable counts, {} have a 2024 goal below what 2023 delivered".format(*count["en"])
    assert set(en.observations) == {row["id"] for both in found for row in both}


def test_two_floors_are_called_neither_higher_nor_lower():
    table = figure("counts-2023-2024", "en").table
    software = table[table["observation"].isin(["gyr-042-1", "gyr-014-13"])]
    assert set(software["panel"]) == {"Both are floors: which is higher cannot be told"}
    assert not software["speaks"].any()


def test_unlike_counts_stand_in_the_order_of_the_document():
    table = figure("counts-2023-2024", "en").table
    goals = list(table.loc[table["speaks"] & table["kind"].eq("goal"), "observation"])
    order = [row["id"] for row in read("observations")]
    assert goals == sorted(goals, key=order.index)


def test_finding_of_income_gap():
    stated = [row for row in read("observations") if row["indicator"] == "urban-rural-income-ratio" and row["value"]]
    stated = [row for row in stated if not row["repeats"]]
    result, goal = (next(float(row["value"]) for row in stated if (row["place"], row["kind"]) == ("guiyang", kind))
                    for kind in ("result", "goal"))  # fmt: skip
    assert (result, goal) == (2.05, 2.02)
    zh, en = (figure("income-gap", lang) for lang in LANGUAGES)
    less, left = f"{result - goal:.2f}", f"{goal - 1:.2f}"
    assert zh.title == f"城乡收入比：2024年的上限比2023年低{less}，离相等还有{left}"
    assert en.title == f"Income ratio: the ceiling for 2024 is {less} below 2023, and still {left} above equality"
    assert set(en.observations) == {row["id"] for row in stated} and set(en.table["place"]) == {"guiyang", "wudang"}
    assert set(en.table.loc[en.table["kind"] == "goal", "text"]) == {"≤2.02", "≤2"}


def test_finding_of_recovery_and_the_level_beside_each_index():
    zh, en = (figure("recovery", lang) for lang in LANGUAGES)
    indices = {row["indicator"]: row for row in read("observations") if row["indicator"].endswith("-recovery")}
    above = [code for code, row in indices.items() if float(row["value"]) > 100]
    top = max(indices.values(), key=lambda row: float(row["value"]))
    assert len(above) == len(indices) and zh.title.startswith(f"{WORDS['zh'][len(indices)]}项旅游指标全都高于2019年")
    assert zh.title.endswith(f"{top['value']}%") and en.title.endswith(f"{top['value']}%")
    assert list(en.table["detail"]) == ["2023: ≥31 million", "2023: 147 million", "2023: 1,325 yuan"]
    assert set(en.table["unit"]) == {"%"}  # a level is written beside its index, never drawn on its scale


def test_a_gap_is_drawn_from_its_line():
    made = figure("income-gap", "en")
    rows = gaps.place(made.table.assign(colour=""), 1)
    amounts = made.table["amount"]
    assert list(rows["base"]) == [0] * len(rows)
    assert list(rows["position"]) == pytest.approx(list((amounts - 1) / (amounts.max() - 1)))
    below = gaps.place(made.table.assign(colour=""), 2.04)  # numbers on both sides of the line
    assert below["position"].min() == 0 and below["position"].max() == 1
    assert 0 < below["base"].iloc[0] < 1


def test_finding_of_homes_2024():
    promised = [
        row for row in read("observations")
        if (row["source"], row["kind"], row["period"]) == ("guiyang-report-2024", "goal", "2024")
        and row["paragraph"] == "37" and row["unit"] in ("套", "万套", "户", "万户") and row["value"]
    ]  # fmt: skip
    handed_over = [row for row in promised if row["indicator"].endswith("-delivered")]
    assert (len(promised), [row["value"] for row in handed_over]) == (5, ["9617"])
    zh, en = (figure("homes-2024", lang) for lang in LANGUAGES)
    assert zh.title == "2024年的五项住房目标里，一项写的是交付：9617套"
    assert en.title == "Of five housing goals for 2024, one is about homes to be handed over: 9,617"
    assert set(en.observations) == {row["id"] for row in promised}
    panels = en.table.groupby("panel")["unit"].agg(set).to_dict()
    assert panels == {"Homes": {"套", "万套"}, "Renewal, households": {"万户"}}  # homes and households stand apart
    assert all("Guiyang–Gui'an" in detail for detail in en.table.loc[en.table["place"] == "guiyang-guian", "detail"])


@pytest.mark.parametrize(
    ("share", "year", "days"),
    [(99.5, "2023", 2), (99.2, "2024", 3), (95, "2025", 18), (100, "2024", 0), (0, "2024", 366)],
)
def test_days_that_a_share_leaves(share, year, days):
    assert days_without(share, year) == days


def test_finding_of_good_air_days():
    zh, en = (figure("good-air-days", lang) for lang in LANGUAGES)
    stated = [row for row in read("observations") if row["indicator"] == "good-air-days-share" and not row["repeats"]]
    assert set(en.observations) == {row["id"] for row in stated}
    left = [round((100 - float(row["value"])) / 100 * (366 if row["period"] == "2024" else 365))
            for row in sorted(stated, key=lambda row: row["period"])]  # fmt: skip
    assert [int(number) for number in re.findall(r"about (\d+)", en.title)] == left
    assert [int(number) for number in re.findall(r"约(\d+)天", zh.title)] == left
    assert "our arithmetic" in en.notes[0] and "算出" in zh.notes[0]


def test_finding_of_computing_power():
    stated = [row for row in read("observations") if row["indicator"] == "ai-computing-cards" and not row["repeats"]]
    assert [(row["place"], row["value"], row["bound"]) for row in stated] == [
        ("guiyang-guian", "7", "at_least"), ("guiyang", "20", "at_least")
    ]  # fmt: skip
    zh, en = (figure("computing-power", lang) for lang in LANGUAGES)
    assert zh.title == "算力卡：2023年至少7万卡，2024年目标至少20万卡，口径不同，不能相比"
    assert list(zh.table["detail"]) == ["贵阳贵安", "范围未注明"]  # what the pairing says: the goal names no scope
    assert "at least 70,000" in en.title and "at least 200,000" in en.title
    assert en.title.endswith("not the same count")
    assert set(en.observations) == {row["id"] for row in stated}


def test_only_an_exact_number_closes_its_column():
    table = figure("computing-power", "en").table.assign(colour="", bound=["exact", "at_least"])
    placed = place_columns(table)
    assert list(placed["open"]) == [False, True]
    foot = placed["y"] + table["amount"] / table["amount"].max() * columns.SPAN
    assert foot.nunique() == 1  # the heights are the amounts, from one ground


def test_finding_of_gdp_share():
    share = [row for row in read("observations") if row["indicator"] == "primacy-ratio" and row["kind"] == "result"]
    assert [(row["place"], row["value"]) for row in share] == [("guiyang-guian", "25.2")]
    assert figure("gdp-share", "zh").title == "全省经济每100元，贵阳贵安占25.2元"
    assert figure("gdp-share", "en").title == "Of every 100 yuan of the province's economy, 25.2 are Guiyang–Gui'an's"


def test_finding_of_three_years_of_building():
    zh, en = (figure("three-years-of-building", lang) for lang in LANGUAGES)
    codes = {by_id("observations")[code]["indicator"] for code in en.observations}
    yearly = {row["indicator"] for row in read("observations")
              if row["indicator"] in codes and row["kind"] == "result" and "/" not in row["period"]}  # fmt: skip
    assert yearly == set()
    assert zh.title == f"{WORDS['zh'][len(codes)]}个数都是三年合计，哪一年是多少没有印出"
    said = f"All {WORDS['en'][len(codes)]} are totals for three years; for no single year is a number printed"
    assert en.title == said
    assert set(en.table["period"]) == {"2021/2023"}
    assert all("2021–2023 in all" in detail for detail in en.table["detail"])
