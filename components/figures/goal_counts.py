"""Figures that count goals: when they fall due, what can be said of them and why not, and who answers for them."""

import pandas as pd

from components.charts import horizon
from components.figures.counting import count_figure, count_table, place_order
from components.figures.figure import Brief, Definition, Figure
from components.figures.plotted import by_place, place_name, spoken
from data.judge import VERDICTS
from data.load import record
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
        notes=(words("note.years-inferred"),),
    )


def goal_verdicts(brief: Brief) -> Figure:
    """Draw how many goals can be judged, and the reasons why the others cannot."""
    words, found = brief.words, verdicts(brief.tables)
    judged = found.loc[found["verdict"] != UNJUDGED, "verdict"].value_counts()
    reasons = found.loc[found["verdict"] == UNJUDGED, "reason"].value_counts()
    rows = [("verdict", code, judged[code]) for code in VERDICTS if code in judged]
    rows += [
        ("reason", code, reasons[code])
        for code in sorted(reasons.index, key=lambda code: (-reasons[code], PAIR_REASONS.index(code)))
    ]
    table = count_table(
        words, "count.goals", [int(number) for _, _, number in rows],
        panel=[words(f"goal-verdicts.{group}") for group, _, _ in rows],
        label=[words(f"{group}.{code}") for group, code, _ in rows],
        kind=["result" if group == "verdict" else "goal" for group, _, _ in rows],
    )  # fmt: skip
    title = words.count("goal-verdicts.title", int(reasons.sum()), total=len(found))
    return count_figure(brief, table, title, found.index, words("goal-verdicts.note"))


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
    title = words("goals-by-department.title", name=table["label"].iloc[0], n=table["value"].iloc[0], bodies=len(every))
    chosen = goals.index[goals["task"].map(tables.tasks["departments"]) != ""]
    more = words.count("goals-by-department.more", len(every) - len(order))
    return count_figure(brief, table, title, chosen, more, words("goals-by-department.note"))


def _goals(brief: Brief) -> pd.DataFrame:
    rows = brief.tables.observations
    return rows[(rows["kind"] == "goal") & (rows["repeats"] == "")]


BY_YEAR = Definition("goals-by-year", goals_by_year)
JUDGED = Definition("goal-verdicts", goal_verdicts)
BY_DEPARTMENT = Definition("goals-by-department", goals_by_department)
