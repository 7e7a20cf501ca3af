"""Figures that count what the tables hold: how promises are bounded, and what each document states."""

import pandas as pd

from components.charts import rows as chart
from components.figures.figure import Brief, Definition, Figure
from components.figures.plotted import by_place, place_name, spoken
from components.words import Words
from data import measures
from data.load import record
from data.vocabulary import BOUNDS, KINDS

PLACES = ("guiyang", "wudang", "qingzhen", "bijie")


def goals_by_bound(brief: Brief) -> Figure:
    """Draw, place by place, how many numbered goals say at least, exactly, about, at most."""
    words, tables = brief.words, brief.tables
    counted = measures.goals_by_bound(tables)
    counted = counted[counted["place"].isin(PLACES)]
    order = counted["place"].map(PLACES.index) * len(BOUNDS) + counted["bound"].map(BOUNDS.index)
    counted = counted.assign(order=order).sort_values("order")
    table = _plot(
        words, "count.goals",
        panel=[place_name(place, words, short=False) for place in counted["place"]],
        label=[words(f"bound.{bound}") for bound in counted["bound"]],
        number=counted["goals"], place=counted["place"], kind="goal",
    )  # fmt: skip
    floors = int(counted.loc[counted["bound"] == "at_least", "goals"].sum())
    title = words.count("goals-by-bound.title", floors, total=int(counted["goals"].sum()))
    rows = tables.observations
    chosen = rows[
        (rows["kind"] == "goal") & (rows["repeats"] == "") & rows["value"].notna() & rows["place"].isin(PLACES)
    ]
    return _figure(brief, table, title, chosen["id"], words("note.bounds"))


def numbers_by_document(brief: Brief) -> Figure:
    """Draw, document by document, how many results, goals, standing commitments and context figures it states."""
    words, tables = brief.words, brief.tables
    counted = measures.by_source_and_kind(tables)
    order = counted["source"].map(list(tables.sources.index).index) * len(KINDS) + counted["kind"].map(KINDS.index)
    counted = counted.assign(order=order).sort_values("order")
    table = _plot(
        words, "count.statements",
        panel=[words.of(record(tables.sources, source), "title") for source in counted["source"]],
        label=[words(f"kind.{kind}") for kind in counted["kind"]],
        number=counted["observations"], place=counted["source"].map(tables.sources["place"]),
        kind=list(counted["kind"]),
    )  # fmt: skip
    goals = int(counted.loc[counted["kind"] == "goal", "observations"].sum())
    title = words.count("numbers-by-document.title", goals, total=int(counted["observations"].sum()))
    return _figure(brief, table, title, tables.observations["id"])


def _plot(words: Words, key: str, number: pd.Series, place: pd.Series, **columns: object) -> pd.DataFrame:
    """Make a plotted table of counts; `key` names the words that say a count aloud."""
    spoken_counts = [words.count(key, int(count)) for count in number]
    counts = {"value": list(number), "amount": list(number), "amount_high": float("nan"), "bound": "exact"}
    texts = {"text": [str(count) for count in number], "spoken": spoken_counts, "tip": spoken_counts}
    return pd.DataFrame({**columns, "detail": "", "head": "", "place": list(place), **counts, **texts})


def _figure(brief: Brief, table: pd.DataFrame, title: str, ids: pd.Series, *notes: str) -> Figure:
    return brief.figure(
        title=title,
        subtitle=brief.words(f"{brief.id}.subtitle"),
        alt=spoken(table, title, brief.words),
        table=table,
        observations=tuple(ids),
        draw=lambda look: chart.draw(by_place(table, look), look),
        notes=notes,
    )


BY_BOUND = Definition("goals-by-bound", goals_by_bound)
BY_DOCUMENT = Definition("numbers-by-document", numbers_by_document)
