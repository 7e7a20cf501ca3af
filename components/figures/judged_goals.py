"""The goals of a place that can be judged: level, distance and pace, three marks apart, and the verdict at the ring."""

from functools import partial
from typing import TYPE_CHECKING

import pandas as pd

from components import numbers
from components.charts import pairs
from components.figures.figure import Brief, Definition, Figure
from components.figures.plotted import goals_stand_out, place_name, plot, spoken
from components.remarks import yearly
from components.theme import Look
from components.words import Words
from data.judge import VERDICTS
from data.load import Row, records
from data.select import last_year, with_indicators
from data.verdicts import verdicts

if TYPE_CHECKING:
    from altair import LayerChart

PLACES = ("guiyang", "bijie")  # where there is a goal that can be judged
UNJUDGED, MET, PACES = "cannot_judge", ("met", "within_limit"), ("on_pace", "behind_pace", "moving_away")
FULL = 100.0  # where the scale of shares and rates ends
POINTS = {"%": "个百分点"}  # what the difference of two shares is measured in


def build(brief: Brief) -> Figure:
    """Draw every goal of a place that has a verdict, the met ones last; the finding counts them."""
    words, tables, place = brief.words, brief.tables, brief.parameters["place"]
    found = verdicts(tables)
    found = found[tables.observations.loc[found.index, "place"] == place]
    shown = found[found["verdict"] != UNJUDGED].assign(goal=lambda rows: rows.index)
    shown = shown.sort_values("verdict", key=lambda codes: -codes.map(VERDICTS.index), kind="stable")
    table = _table(brief, shown)
    met = int(shown["verdict"].isin(MET).sum())
    newest = int(last_year(tables.observations.loc[shown["result"], "period"]).max())
    key = (
        ("judged-goals.title-one-met" if met else "judged-goals.title-one") if len(shown) == 1 else "judged-goals.title"
    )
    title = words.count(key, len(shown), place=place_name(place, words), total=len(found), met=words.number_word(met))
    return brief.figure(
        title=title,
        subtitle=words("judged-goals.subtitle", year=newest),
        alt=spoken(table, title, words),
        table=table,
        observations=tuple(table["observation"]),
        draw=partial(_draw, table, {row["goal"]: _marks(row, words) for row in records(_with_scale(table, shown))}),
        notes=(words("judged-goals.note"),),
    )


def _with_scale(table: pd.DataFrame, shown: pd.DataFrame) -> pd.DataFrame:
    """Add each goal's unit, and where its scale ends: at 100 for shares, else at the larger of result and goal."""
    lines = table.groupby("line").agg(unit=("unit", "first"), top=("amount", "max"))
    lines["top"] = lines["top"].mask(lines["unit"] == "%", FULL)
    return shown.join(lines)


def _table(brief: Brief, shown: pd.DataFrame) -> pd.DataFrame:
    """Plot result and goal of each verdict; what is said of the goal stands in its detail."""
    words, tables = brief.words, brief.tables
    ids = [code for row in records(shown) for code in (row["result"], row["goal"])]
    table = plot(with_indicators(tables, tables.observations.loc[ids]), tables, words)
    heads = [words(f"head.{row['kind']}", year=row["period"][-4:]) for row in records(table)]
    ruled = dict(zip(shown["goal"], shown["verdict"], strict=True))
    said = [
        words("judged-goals.verdict", head=head, verdict=words(f"verdict.{ruled[code]}")) if code in ruled else head
        for head, code in zip(heads, table["observation"], strict=True)
    ]
    return table.assign(detail=said, head=said, line=[goal for goal in shown["goal"] for _ in "rg"])


def _marks(row: Row, words: Words) -> pairs.Line:
    """Put a verdict's three marks into words."""
    met = row["verdict"] in MET
    return pairs.Line(
        row["top"],
        met,
        {
            words("judged-goals.level"): words("judged-goals.met" if met else "judged-goals.not-met"),
            words("judged-goals.distance"): _distance(row, words),
            words("judged-goals.pace"): _pace(row, met, words),
        },
    )


def _distance(row: Row, words: Words) -> str:
    key = "short" if row["distance"] > 0 else "beyond" if row["distance"] < 0 else "none"
    return words(f"judged-goals.distance.{key}", number=_amount(abs(row["distance"]), row["unit"], words))


def _pace(row: Row, met: bool, words: Words) -> str:
    if met:
        return words("judged-goals.pace.met")
    if row["verdict"] in PACES:
        return words(f"verdict.{row['verdict']}")
    if numbers.missing(row["yearly"]):  # its year is over
        return words("judged-goals.pace.over")
    return words("judged-goals.pace.unknown", yearly=yearly(row, row["unit"], words))


def _amount(value: float, unit: str, words: Words) -> str:
    return numbers.amount(value, POINTS.get(unit, unit), words)


def _draw(table: pd.DataFrame, marks: dict[str, pairs.Line], look: Look) -> "LayerChart":
    return pairs.draw(goals_stand_out(table, look), look, marks)


DEFINITION = Definition("judged-goals", build, {"place": PLACES})
