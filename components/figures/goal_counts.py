"""Figures that count goals: when they fall due, what can be said of them and why not, and who answers for them."""

from itertools import accumulate

import pandas as pd

from components.charts import horizon, waterfall
from components.figures.counting import count_figure, count_table, place_order
from components.figures.figure import Brief, Definition, Figure
from components.figures.plotted import by_place, place_name, spoken
from components.theme import Look
from data.judge import VERDICTS
from data.load import record, records
from data.measures import newest_result
from data.select import last_year
from data.verdicts import verdicts
from data.vocabulary import PAIR_REASONS

UNJUDGED = "cannot_judge"
SHOWN = 12  # bodies; the rest are counted in the note


def goals_by_year(brief: Brief) -> Figure:
    """Draw the horizon: every goal a dot above the year it falls due, and where the newest results end."""
    words, goals = brief.words, _goals(brief)
    counted = goals.groupby([last_year(goals["period"]).rename("year"), "place"]).size().rename("goals").reset_index()
    places = place_order(counted["place"])
    counted = counted.sort_values(
        ["year", "place"], key=lambda cells: cells.map(places.index) if cells.name == "place" else cells
    )
    short = [place_name(place, words) for place in counted["place"]]
    table = count_table(
        words, "count.goals", list(counted["goals"]),
        panel=[words("goals-by-year.due", year=year) for year in counted["year"]],
        label=[place_name(place, words, short=False) for place in counted["place"]],
        place=list(counted["place"]), period=[str(year) for year in counted["year"]], kind="goal",
        short=[f"{name} {number}" for name, number in zip(short, counted["goals"], strict=True)],
    )  # fmt: skip
    by_year = counted.groupby("year")["goals"].sum()
    title = words.count("goals-by-year.title", int(by_year.max()), year=by_year.idxmax(), total=int(by_year.sum()))
    newest = newest_result(brief.tables)
    says = words("goals-by-year.newest", year=newest)
    table["tip"] = table["panel"] + " · " + table["label"] + " · " + table["spoken"]
    return brief.figure(
        title=title,
        subtitle=words("goals-by-year.subtitle"),
        alt=spoken(table, title, words),
        table=table,
        observations=tuple(goals["id"]),
        draw=lambda look: horizon.draw(by_place(table, look), look, newest, says),
    )


def goal_verdicts(brief: Brief) -> Figure:
    """Draw how many goals got which verdict; why-not-judged says why the others got none."""
    words, found = brief.words, verdicts(brief.tables)
    counted = found["verdict"].value_counts()
    codes = [code for code in VERDICTS if code in counted]
    table = count_table(
        words, "count.goals", [int(counted[code]) for code in codes],
        label=[words(f"verdict.{code}") for code in codes],
        kind=["goal" if code == UNJUDGED else "result" for code in codes],
    )  # fmt: skip
    title = words.count("goal-verdicts.title", int(counted.get(UNJUDGED, 0)), total=len(found))
    return count_figure(brief, table, title, found.index, words("goal-verdicts.note"))


def why_not_judged(brief: Brief) -> Figure:
    """Draw what is left of all goals when those are taken away that cannot be judged, reason by reason."""
    words, found = brief.words, verdicts(brief.tables)
    reasons = found.loc[found["verdict"] == UNJUDGED, "reason"].value_counts()
    codes = sorted(reasons.index, key=lambda code: (-reasons[code], PAIR_REASONS.index(code)))
    counts = [int(reasons[code]) for code in codes]
    left = len(found) - sum(counts)
    ends = [len(found), *(len(found) - taken for taken in accumulate(counts)), left]
    table = count_table(
        words, "count.goals", [len(found), *counts, left],
        label=[
            words("why-not-judged.all"),
            *(_capital(words(f"reason.{code}")) for code in codes),
            words("why-not-judged.left"),
        ],
        kind="goal", start=[0, *ends[:-2], 0], end=ends,
    )  # fmt: skip
    table["text"] = table["spoken"]  # a file's reader sees no bars: the number says what is counted
    title = words.count("why-not-judged.title", counts[0], unjudged=sum(counts), reason=words(f"reason.{codes[0]}"))
    return brief.figure(
        title=title,
        subtitle=words("why-not-judged.subtitle", year=newest_result(brief.tables)),
        alt=spoken(table, title, words),
        table=table,
        observations=tuple(found.index),
        draw=lambda look: waterfall.draw(_first_reason_speaks(table, look), look),
        notes=(words("why-not-judged.note"),),
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _first_reason_speaks(table: pd.DataFrame, look: Look) -> pd.DataFrame:
    colours = [look.context, look.accent, *[look.context] * (len(table) - 3), look.ink]
    texts = [f"−{row['value']}" if row["start"] else str(row["value"]) for row in records(table)]
    return table.assign(colour=colours, text=texts)


def goals_by_department(brief: Brief) -> Figure:
    """Draw which bodies answer for how many goals, the busiest first; a goal with several bodies counts for each."""
    words, tables, goals = brief.words, brief.tables, _goals(brief)
    bodies = goals["task"].map(tables.tasks["departments"]).str.split(";").explode()
    counted = bodies[bodies != ""].value_counts(sort=False)
    every = counted.sort_values(ascending=False, kind="stable")
    order = every.head(SHOWN)
    table = count_table(
        words, "count.goals", [int(number) for number in order],
        label=[words.of(record(tables.departments, code), "name") for code in order.index],
        place=[record(tables.departments, code)["place"] for code in order.index], kind="goal",
    )  # fmt: skip
    name = table["label"].iloc[0]
    title = words(
        "goals-by-department.title", name=name[:1].lower() + name[1:], n=table["value"].iloc[0], bodies=len(every)
    )
    chosen = goals.index[goals["task"].map(tables.tasks["departments"]) != ""]
    more = words.count("goals-by-department.more", len(every) - len(order))
    return count_figure(brief, table, title, chosen, more, words("goals-by-department.note"))


def _goals(brief: Brief) -> pd.DataFrame:
    rows = brief.tables.observations
    return rows[(rows["kind"] == "goal") & (rows["repeats"] == "")]


BY_YEAR = Definition("goals-by-year", goals_by_year)
UNJUDGED_BY_REASON = Definition("why-not-judged", why_not_judged)
JUDGED = Definition("goal-verdicts", goal_verdicts)
BY_DEPARTMENT = Definition("goals-by-department", goals_by_department)
