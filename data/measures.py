"""Rows in, plotted tables out: the arithmetic behind the Figures, as functions without any reader in mind.

Every rule of honest arithmetic that a Figure needs stands here, so that it is tested with literal frames.
"""

from functools import lru_cache

import pandas as pd

from data.load import Tables
from data.rows import last_year, with_indicators

DENSITY_STEPS = (1, 3, 6, 10, 20)  # statements from which a paragraph counts as denser


def in_base_units(rows: pd.DataFrame, units: pd.DataFrame) -> pd.DataFrame:
    """Add `amount` and `amount_high`: value and value_high times their unit's factor (元, 人, km², %).

    Rounded to 12 significant digits, so that 5154.75 × 10⁸ is not drawn with a machine's remainder.
    """
    factor = rows["unit"].map(units["factor"])
    return rows.assign(
        amount=(rows["value"] * factor).map(_clean), amount_high=(rows["value_high"] * factor).map(_clean)
    )


def _clean(number: float) -> float:
    return float(f"{number:.12g}")


def comparable_pairs(tables: Tables, goal_place: str, comparable: tuple[str, ...] = ("same",)) -> pd.DataFrame:
    """Return each goal of a place beside the latest comparable result from before the goal's own year or period.

    Columns: indicator, goal, result (ids), goal_value, goal_bound, goal_period, result_value, result_period, unit,
    change (goal minus result, in the printed unit). Order: the largest result first.
    """
    goals = tables.observations.add_prefix("goal_")
    results = tables.observations.add_prefix("result_")
    pairs = tables.pairs[tables.pairs["comparable"].isin(comparable)]
    rows = pairs.join(goals, on="goal").join(results, on="result").reset_index(drop=True)
    rows = rows[(rows["goal_place"] == goal_place) & rows["goal_value"].notna() & rows["result_value"].notna()]
    rows = rows[last_year(rows["result_period"]) < last_year(rows["goal_period"])]
    rows = rows.sort_values("result_period", kind="stable").drop_duplicates("goal", keep="last")
    change = (rows["goal_value"] - rows["result_value"]).map(_clean)
    rows = rows.assign(indicator=rows["goal_indicator"], unit=rows["goal_unit"], change=change)
    return rows.sort_values("result_value", ascending=False, kind="stable")


@lru_cache(maxsize=1)
def disagreements(tables: Tables) -> pd.DataFrame:
    """Return restatements that differ from what they restate in value, stretch, unit or bound.

    Columns: first, again (ids), field, first_says, again_says. One shared frame: copy it before changing it.
    """
    rows = tables.observations
    again = rows[rows["repeats"] != ""]
    first = rows.reindex(again["repeats"]).set_index(again.index)
    parts = []
    for field in ("value", "value_high", "unit", "bound", "period"):
        said, said_again = first[field], again[field]
        differ = (said != said_again) & ~(said.isna() & said_again.isna())
        texts = {"first_says": said[differ].astype(object), "again_says": said_again[differ].astype(object)}
        parts.append(pd.DataFrame({"first": again.loc[differ, "repeats"], "again": again.loc[differ, "id"],
                                   "field": field, **texts}))  # fmt: skip
    order = {str(code): number for number, code in enumerate(again.index)}
    found = pd.concat(parts).sort_index(key=lambda codes: codes.map(order), kind="stable")
    return pd.DataFrame(found.to_dict("list"))  # what is said is text or number, as it comes


def goals_by_bound(tables: Tables) -> pd.DataFrame:
    """Count first statements of goals with a number, by place and bound. Columns: place, bound, goals."""
    rows = with_indicators(tables)
    goals = rows[(rows["kind"] == "goal") & (rows["repeats"] == "") & rows["value"].notna()]
    return goals.groupby(["place", "bound"], sort=False).size().rename("goals").reset_index()


def by_theme_and_place(tables: Tables, kind: str) -> pd.DataFrame:
    """Count first statements of a kind, with or without a number, by theme and place. Columns: theme, place, count.

    A pair that nothing is stated of has no row: missing is never zero.
    """
    rows = with_indicators(tables)
    rows = rows[(rows["kind"] == kind) & (rows["repeats"] == "")]
    return rows.groupby(["theme", "place"], sort=False).size().rename("count").reset_index()


def by_field(tables: Tables, part: str, kind: str) -> pd.DataFrame:
    """Count what each field of a report states, the tasks under it included, each thing once.

    `part` names the fields (result-field, plan-field). Columns: field, with_number, without_number, in the report's order.
    """
    fields = tables.tasks.index[tables.tasks["part"] == part]
    rows = tables.observations
    rows = rows[(rows["kind"] == kind) & (rows["repeats"] == "")]
    field = rows["task"].where(rows["task"].isin(fields), rows["task"].map(tables.tasks["parent"]))
    counted = rows["value"].notna().groupby(field).agg(["sum", "size"]).reindex(fields, fill_value=0)
    return pd.DataFrame(
        {"field": fields, "with_number": counted["sum"], "without_number": counted["size"] - counted["sum"]}
    ).reset_index(drop=True)


def by_paragraph(tables: Tables) -> pd.DataFrame:
    """Count the statements of every paragraph of every document. Columns: source, paragraph, statements."""
    rows = tables.observations.groupby(["source", "paragraph"]).size()
    every = [
        (source, number)
        for source, paragraphs in tables.sources["paragraphs"].items()
        for number in range(1, int(paragraphs) + 1)
    ]
    counted = rows.reindex(every, fill_value=0)
    return counted.rename("statements").reset_index()


def density(statements: int) -> int:
    """Say how densely a paragraph is filled, from 0 (nothing) to the number of steps: the shade that strips give it."""
    return sum(statements >= step for step in DENSITY_STEPS)


def fewest_for_half(counts: pd.Series) -> int:
    """Return how many of the largest counts it takes to hold at least half of them all."""
    held = counts.sort_values(ascending=False).cumsum()
    return int((held < counts.sum() / 2).sum()) + 1


def by_source_and_kind(tables: Tables) -> pd.DataFrame:
    """Count observations by document and kind, restatements included. Columns: source, kind, observations."""
    counted = tables.observations.groupby(["source", "kind"], sort=False).size()
    return counted.rename("observations").reset_index()


@lru_cache(maxsize=1)
def newest_result(tables: Tables) -> int:
    """Return the last year that any result speaks of: every verdict rests on results no newer."""
    rows = tables.observations
    return int(last_year(rows.loc[rows["kind"] == "result", "period"]).max())
