"""Figures of levels, shares and counts: each finding counted again from the CSV files alone."""

from components.figures.catalogue import figure
from components.words import LANGUAGES
from tests.components.test_catalogue import WORDS, by_id, read


def pairs(place, comparable=("same", "similar")):
    """The goals of a place with a number, each with its latest result from before the goal's year."""
    stated = by_id("observations")
    found = {}
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
