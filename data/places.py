"""What the documents say of each place: how much, the numbers to begin with, by which documents, and where in it.

In: tables. Out: rows and counts. A place's own numbers only: nothing is added up from what lies in it.
"""

from functools import lru_cache

import pandas as pd

from data.load import Tables
from data.select import last_year, with_indicators
from geo.load import contains, places

KEY_NUMBERS = 8
AMOUNTS = ("stock", "flow", "ratio", "index")  # say how much there is; growth, ranks and counts say it less directly
COUNTED = {"results": "result", "goals": "goal"}


@lru_cache(maxsize=128)
def stated(tables: Tables, place: str) -> pd.DataFrame:
    """Return what is stated of a place itself, restatements left out, with the indicators' columns; not to be written."""
    rows = with_indicators(tables)
    return rows[(rows["place"] == place) & (rows["repeats"] == "")]


@lru_cache(maxsize=1)
def counts(tables: Tables) -> pd.DataFrame:
    """Count results, goals and mentions of every place itself, and `within`: the mentions in what lies in it."""
    rows = tables.observations[tables.observations["repeats"] == ""]
    own = {name: rows.loc[rows["kind"] == kind, "place"].value_counts() for name, kind in COUNTED.items()}
    own |= {"stated": rows["place"].value_counts(), "mentions": tables.mentions["place"].value_counts()}
    index = places().index
    found = pd.DataFrame({name: counted.reindex(index, fill_value=0) for name, counted in own.items()}, index=index)
    inside = [int(found.loc[[part for part in index if contains(place, part)], "mentions"].sum()) for place in index]
    return found.assign(within=inside)


def key_numbers(tables: Tables, place: str, limit: int = KEY_NUMBERS) -> pd.DataFrame:
    """Choose the numbers by which to begin, at most `limit`, by one rule for all places.

    The place as a whole before its parts; one of each theme before a second; then the measures that most places share,
    then amounts before growth and counts. Of one measure the newest, a result before a goal.
    """
    rows = stated(tables, place)
    rows = rows[rows["value"].notna() & rows["kind"].isin(COUNTED.values())]
    rows = rows.assign(
        part=rows["scope_zh"] != "",
        goal=rows["kind"] == "goal",
        year=last_year(rows["period"]),
        shared=rows["indicator"].map(_places_of_measures(tables)),
        amount=rows["stat"].isin(AMOUNTS),
    )
    newest = rows.sort_values(["part", "goal", "year"], ascending=[True, True, False], kind="stable")
    order = newest.drop_duplicates("indicator").sort_values(
        ["part", "shared", "amount"], ascending=[True, False, False], kind="stable"
    )
    order = order.assign(turn=order.groupby("theme").cumcount())
    chosen = order.sort_values(["part", "turn"], kind="stable").head(limit)
    return chosen[list(stated(tables, place))]


@lru_cache(maxsize=1)
def _places_of_measures(tables: Tables) -> "pd.Series[int]":
    """Count the places of which each measure is stated with a number, as a result or a goal."""
    rows = tables.observations
    rows = rows[rows["value"].notna() & rows["kind"].isin(COUNTED.values())]
    return rows.groupby("indicator")["place"].nunique()


def documents(tables: Tables, place: str) -> pd.DataFrame:
    """Return the documents that speak of a place itself, with how many `statements` and `mentions` of it each has."""
    rows, mentions = stated(tables, place), tables.mentions
    said = pd.DataFrame(
        {
            "statements": rows["source"].value_counts(),
            "mentions": mentions.loc[mentions["place"] == place, "source"].value_counts(),
        }
    )
    said = said.reindex([source for source in tables.sources.index if source in said.index])
    return tables.sources.join(said.fillna(0).astype(int), how="right")


@lru_cache(maxsize=128)
def mentions_within(tables: Tables, place: str) -> pd.DataFrame:
    """Return the mentions of what lies in a place, not of the place itself, in the order of the table; not to be written."""
    return tables.mentions[[contains(place, part) for part in tables.mentions["place"]]]
