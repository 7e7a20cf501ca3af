"""Figures that count statements: how promises are bounded, and what each document states."""

from components.figures.counting import count_figure, count_table, place_order
from components.figures.figure import Brief, Definition, Figure
from components.figures.plotted import place_name
from data import measures
from data.load import record
from data.vocabulary import BOUNDS, KINDS


def goals_by_bound(brief: Brief) -> Figure:
    """Draw, place by place, how many numbered goals say exactly, at least, at most, about."""
    words, tables = brief.words, brief.tables
    counted = measures.goals_by_bound(tables)
    places = place_order(counted["place"])
    order = counted["place"].map(places.index) * len(BOUNDS) + counted["bound"].map(BOUNDS.index)
    counted = counted.assign(order=order).sort_values("order")
    table = count_table(
        words, "count.goals", list(counted["goals"]),
        panel=[place_name(place, words, short=False) for place in counted["place"]],
        label=[words(f"bound.{bound}") for bound in counted["bound"]],
        place=list(counted["place"]), kind="goal",
    )  # fmt: skip
    floors = int(counted.loc[counted["bound"] == "at_least", "goals"].sum())
    title = words.count("goals-by-bound.title", floors, total=int(counted["goals"].sum()))
    rows = tables.observations
    chosen = rows[(rows["kind"] == "goal") & (rows["repeats"] == "") & rows["value"].notna()]
    return count_figure(brief, table, title, chosen["id"], words("note.bounds"))


def numbers_by_document(brief: Brief) -> Figure:
    """Draw, document by document, how many results, goals, standing commitments and context figures it states."""
    words, tables = brief.words, brief.tables
    counted = measures.by_source_and_kind(tables)
    order = counted["source"].map(list(tables.sources.index).index) * len(KINDS) + counted["kind"].map(KINDS.index)
    counted = counted.assign(order=order).sort_values("order")
    table = count_table(
        words, "count.statements", list(counted["observations"]),
        panel=[words.of(record(tables.sources, source), "title") for source in counted["source"]],
        label=[words(f"kind.{kind}") for kind in counted["kind"]],
        place=list(counted["source"].map(tables.sources["place"])), kind=list(counted["kind"]),
    )  # fmt: skip
    goals = int(counted.loc[counted["kind"] == "goal", "observations"].sum())
    documents = words.number_word(len(tables.sources))
    title = words.count(
        "numbers-by-document.title", goals, total=int(counted["observations"].sum()), documents=documents
    )
    return count_figure(brief, table, title, tables.observations["id"])


BY_BOUND = Definition("goals-by-bound", goals_by_bound)
BY_DOCUMENT = Definition("numbers-by-document", numbers_by_document)
