"""Columns that no table has: numbers with their qualifier in words, boundaries, verdicts, the catalogue of Figures.

`…_rows` gives all rows of a resource, cheaply; `…_words` adds, to the rows of one page alone, what takes work or words.
"""

from functools import lru_cache
from itertools import product
from typing import Any

import pandas as pd

from components import credits, faulty, numbers
from components.address import View, link
from components.export import observations as file
from components.export.formats import endings
from components.figures.catalogue import CATALOGUE, every, figure
from components.remarks import remarks
from components.web.api.columns import Column, both, of_table, own
from components.words import LANGUAGES, Words
from data.judge import VERDICTS
from data.load import Row, records, tables
from data.verdicts import verdicts
from geo.load import FILES, UNIONS, features, places

NAMED = ("indicator", "place", "document")  # codes that come with their words in both languages
OF_GOAL = ("source", "paragraph", "place", "indicator", "period", "value", "value_high", "unit", "bound")
FIGURE_TEXTS = ("title", "subtitle", "alt")


def observation_columns() -> tuple[Column, ...]:
    """Return what an answer adds to the columns of an observation."""
    words_for = [column for name in NAMED for column in both(name)]
    return (*words_for, _theme(), *(own(name, required=True) for name in ("text", "spoken", "page")))


def _theme() -> Column:
    return next(column for column in of_table("indicators") if column.name == "theme")


def observations(rows: pd.DataFrame, words: Words) -> pd.DataFrame:
    """Write each number with its qualifier, and the address of its proof, beside the columns of a file."""
    table = file.table(tables(), rows)
    found = records(table)
    return table.assign(
        theme=table["indicator"].map(tables().indicators["theme"]),
        text=[numbers.qualified(row, words) for row in found],
        spoken=[numbers.qualified(row, words, spoken=True) for row in found],
        page=[_page(row["id"], words) for row in found],
    )


def _page(observation: str, words: Words) -> str:
    return link("data", View(lang=words.lang, observation=observation))


def place_columns() -> tuple[Column, ...]:
    """Return the columns of places."""
    texts = [own(name, required=name != "adcode") for name in ("id", "adcode", "level")]
    figures = [own(name, "number") for name in ("lon", "lat", "area_km2")]
    rest = [own("valid_from"), own("valid_to"), own("polygon", "boolean", required=True), *both("note", False)]
    return (*texts, own("parent", target="places"), *both("name"), *both("short"), own("pinyin"), *figures, *rest,
            own("parts", "array", required=True))  # fmt: skip


@lru_cache(maxsize=1)
def place_rows() -> pd.DataFrame:
    """Return every place; a statistical union names its parts."""
    rows = places()
    parts = pd.Series([list(UNIONS.get(str(place), ())) for place in rows.index], rows.index, object)
    return rows.assign(id=rows.index, parts=parts)


@lru_cache(maxsize=1)
def geometries() -> dict[str, Any]:
    """Return the boundary of each place that has one, by its id."""
    return {feature["properties"]["id"]: feature["geometry"] for level in FILES for feature in features(level)}


def verdict_columns() -> tuple[Column, ...]:
    """Return the columns of verdicts: the goal's own, what it was held against, and what follows."""
    of_pair = {column.name: column for column in of_table("pairs")}
    of_goal = {column.name: column for column in of_table("observations")}
    return (
        of_pair["goal"],
        own("verdict", required=True, choices=VERDICTS),
        of_pair["reason"],
        own("met", "boolean"),
        *(own(name, "number") for name in ("distance", "yearly", "change")),
        own("due", "integer", required=True),
        of_pair["result"],
        of_pair["comparable"],
        *(of_goal[name] for name in OF_GOAL),
        _theme(),
        *both("note", False),
        *(column for name in NAMED for column in both(name)),
        *(own(name, required=True) for name in ("text", "verdict_text", "remark", "page")),
    )


@lru_cache(maxsize=1)
def verdict_rows() -> pd.DataFrame:
    """Return the judgement of every goal beside the goal's own columns."""
    found = verdicts(tables())
    rows = found.assign(goal=found.index).join(tables().observations[list(OF_GOAL)])
    met = [None if met is None else bool(met) for met in rows["met"]]
    return rows.assign(
        theme=rows["indicator"].map(tables().indicators["theme"]), met=pd.Series(met, rows.index, object)
    )


def verdict_words(rows: pd.DataFrame, words: Words) -> pd.DataFrame:
    """Say each goal and its judgement in words."""
    goals = file.table(tables(), tables().observations.loc[rows.index])
    said = remarks(words)
    named = {f"{name}_{lang}": goals[f"{name}_{lang}"] for name, lang in product(NAMED, LANGUAGES)}
    return rows.assign(
        **named,
        text=[numbers.qualified(row, words) for row in records(goals)],
        verdict_text=[words(f"verdict.{verdict}") for verdict in rows["verdict"]],
        remark=[said[goal] for goal in rows["goal"]],
        page=[_page(goal, words) for goal in rows["goal"]],
    )


def figure_columns() -> tuple[Column, ...]:
    """Return the columns of the catalogue of Figures: each as it is shown where no parameter is named."""
    return (
        own("figure", required=True),
        own("choices", "object", required=True),
        own("many", "object", required=True),
        own("views", "integer", required=True),
        *_shown_columns(),
    )


def view_columns() -> tuple[Column, ...]:
    """Return the columns of the views: each Figure with each choice of its parameters."""
    return (own("view", required=True), own("figure", required=True), *_shown_columns())


def _shown_columns() -> list[Column]:
    texts = [column for name in FIGURE_TEXTS for column in both(name, required=False)]
    given = [own(name, "object", required=True) for name in ("parameters", "addresses")]
    return [*given, *texts, own("map", "boolean"),
            own("observations", "array", required=True, target="observations"), own("failed")]  # fmt: skip


@lru_cache(maxsize=1)
def figure_rows() -> pd.DataFrame:
    """Return every Figure of the catalogue, without building one."""
    found = [
        {
            "figure": definition.id,
            "parameters": definition.defaults,
            "choices": {name: list(values) for name, values in definition.parameters.items()},
            "many": dict(definition.many),
            "views": len(list(definition.requests())),
        }
        for definition in CATALOGUE.values()
    ]
    return pd.DataFrame(found).set_index("figure", drop=False)


@lru_cache(maxsize=1)
def view_rows() -> pd.DataFrame:
    """Return every Figure with the choices of its parameters that the catalogue lists, without building one."""
    found = [{"view": "-".join([id, *given.values()]), "figure": id, "parameters": given} for id, given in every()]
    return pd.DataFrame(found).set_index("view", drop=False)


def figure_words(rows: pd.DataFrame, words: Words) -> pd.DataFrame:
    """Build the Figures of these rows and say their titles, alternative texts and addresses, or the fault that leaves none."""
    columns = [f"{name}_{lang}" for name, lang in product(FIGURE_TEXTS, LANGUAGES)]
    columns += ["addresses", "map", "observations", "failed"]
    found = [_figure(row, words) for row in records(rows)]
    return rows.join(pd.DataFrame(found, index=rows.index, columns=columns, dtype=object))


def _figure(row: Row, words: Words) -> Row:
    try:
        return _built(row, words)
    except Exception as error:  # the other rows are sound
        return {"addresses": {}, "observations": [], "failed": faulty.note(row["figure"], error)}


def _built(row: Row, words: Words) -> Row:
    made = {lang: figure(row["figure"], lang, **row["parameters"]) for lang in LANGUAGES}
    shown = made[words.lang]
    texts = {f"{name}_{lang}": getattr(made[lang], name) for name, lang in product(FIGURE_TEXTS, LANGUAGES)}
    addresses = {ending: credits.file_address(shown, ending) for ending in endings(shown)}
    return {**texts, "addresses": addresses, "map": shown.is_map, "observations": list(shown.observations)}
