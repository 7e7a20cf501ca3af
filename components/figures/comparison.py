"""Some places and some indicators beside each other: what may share a scale does, the rest stands apart, and says why."""

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property

import pandas as pd

from components import numbers
from components.charts import rows as chart
from components.figures.figure import MANY, Brief, Definition, Figure, NothingStated
from components.figures.plotted import by_place, place_name, plot, spoken
from components.figures.standing import marks_note
from components.words import Words
from data.compare import AIMS, AVERAGE, INDICATORS, PLACES, compared, converted, known_places, reasons, stated
from data.load import Row, record, records, tables

DEFAULT = (("qingzhen", "wudang", "bijie"), ("urbanisation-rate", "built-up-area", "forest-cover"))
EXAMPLES = (  # the default; a total and a year; a whole and its parts; units to convert; level, growth and output
    DEFAULT,
    (("guiyang", "bijie"), ("urban-new-jobs",)),
    (("guiyang", "guiyang-guian", "qingzhen", "wudang"), ("gdp",)),
    (("guiyang", "wudang"), ("industrial-land-reserved",)),
    (("guiyang", "wudang"), ("gdp", "gdp-growth", "industrial-output")),
)


def build(brief: Brief) -> Figure:
    """Draw what the chosen places state of the chosen indicators; raises NothingStated where there is no number."""
    words, places, indicators = brief.words, *(_codes(brief, name) for name in ("place", "indicator"))
    rows = compared(brief.tables, places, indicators)
    if rows.empty:
        raise NothingStated(f"Figure {brief.id}: these places state no number of these indicators.")
    names = _panels(rows, words)
    table = plot(
        rows, brief.tables, words,
        label=lambda row: place_name(row["place"], words, short=False),
        detail=lambda row: detail(row, words),
        panel=lambda row: names[row["indicator"], row["scale"]],
    )  # fmt: skip
    table = _in_common_units(table, rows, brief)
    title = _title(rows, table, words)
    alike = {names[key]: key[1] for key in names}
    return brief.figure(
        title=title,
        subtitle=_subtitle(rows, words),
        alt=spoken(table, title, words),
        table=table,
        observations=tuple(rows["id"]),
        draw=lambda look: chart.draw(by_place(table, look), look, chart.Scale(shared=False, alike=alike)),
        notes=(*_notes(rows, brief, places, indicators), *marks_note(table, words)),
    )


def _codes(brief: Brief, name: str) -> list[str]:
    return brief.parameters[name].split(MANY)


def detail(row: Row, words: Words) -> str:
    """Say of which years a number is, whether reached or promised, and of what within the place."""
    when = words(f"head.{row['kind']}", year=row["period"].replace("/", "–"))
    return words("detail.separator").join(filter(None, (when, words.of(row, "scope"))))


def _panels(rows: pd.DataFrame, words: Words) -> dict[tuple[str, int], str]:
    """Name each panel, one indicator on one scale: the measure, whether a total or an average, the unit."""
    found: dict[tuple[str, int], str] = {}
    for row in records(rows.drop_duplicates(["indicator", "scale"])):
        unit = "" if row["into"] == "1" else numbers.unit_name(row["into"], words)
        parts = [words.of(row, "name"), _span(row["span"], words), unit]
        name = words("comparison.separator").join(filter(None, parts))
        while name in found.values():  # the same in words, yet not the same thing
            name = words("comparison.panel.other", name=name)
        found[row["indicator"], row["scale"]] = name
    return found


def _span(years: int, words: Words) -> str:
    if years == AVERAGE:
        return words("comparison.panel.average")
    return words.count("comparison.panel.total", years) if years > 0 else ""


def _in_common_units(table: pd.DataFrame, rows: pd.DataFrame, brief: Brief) -> pd.DataFrame:
    """Convert every number to its panel's unit and write the conversion behind the number as printed, where it differs."""
    words, found = brief.words, records(rows)
    values = [converted(row["value"], row["unit"], row["into"], brief.tables.units) for row in found]
    again = [numbers.amount(value, row["into"], words) for value, row in zip(values, found, strict=True)]
    printed = [numbers.amount(row["value"], row["unit"], words) for row in found]
    text = [
        one if same == other else words("comparison.converted", text=one, number=other)
        for one, same, other in zip(table["text"], printed, again, strict=True)
    ]
    return table.assign(text=text, converted=values, converted_unit=[row["into"] for row in found])


def _title(rows: pd.DataFrame, table: pd.DataFrame, words: Words) -> str:
    """State the newest number of each place; of several measures or scales, how many numbers need how many scales."""
    scales, places = rows["scale"].nunique(), rows["place"].nunique()
    if rows["indicator"].nunique() > 1 or scales > 1:
        counted = {
            "places": words.count("comparison.places", places),
            "scales": words.count("comparison.scales", scales),
        }
        if rows["indicator"].nunique() == 1:
            name = words.of(records(rows)[0], "name")
            return words.count("comparison.title.one-measure", len(rows), name=name, **counted)
        return words.count(f"comparison.title.{'one-scale' if scales == 1 else 'scales'}", len(rows), **counted)
    newest = table.assign(year=table["period"].str[-4:]).sort_values("year", kind="stable")
    newest = newest.drop_duplicates("place", keep="last").sort_index()
    said = {kind: _said(part, words) for kind, part in newest.groupby(newest["kind"].isin(AIMS))}
    name = words.of(records(rows)[0], "name")
    if len(said) == 2:
        return words("comparison.title.mixed", name=name, results=said[False], goals=said[True])
    return words(f"comparison.title.{'goals' if True in said else 'results'}", name=name, said=said.popitem()[1])


def _said(table: pd.DataFrame, words: Words) -> str:
    parts = [
        words("comparison.said", place=place_name(row["place"], words), number=row["spoken"]) for row in records(table)
    ]
    return words("comparison.separator").join(parts)


def _subtitle(rows: pd.DataFrame, words: Words) -> str:
    names = words.join([words.of(row, "name") for row in records(rows.drop_duplicates("indicator"))])
    scales = rows["scale"].nunique()
    return words(f"comparison.subtitle.{'one' if scales == 1 else 'several'}", names=names)


def _notes(rows: pd.DataFrame, brief: Brief, places: list[str], indicators: list[str]) -> Iterator[str]:
    """Say who is silent on what, and what must not be held against each other and why."""
    words = brief.words
    for indicator in indicators:
        silent = [code for code in places if code not in set(rows.loc[rows["indicator"] == indicator, "place"])]
        if silent:
            name = words.of(record(brief.tables.indicators, indicator), "name")
            yield words("comparison.silent", places=words.join([place_name(code, words) for code in silent]), name=name)
    yield from (words(f"compare.reason.{found.reason}") for found in reasons(brief.tables, list(rows["id"])))


class Known(Mapping[str, tuple[str, ...]]):
    """The values that parameters may take, read from the tables when first asked for, not when this is imported."""

    def __init__(self, *make: tuple[str, Callable[[], tuple[str, ...]]]) -> None:
        self._make = make

    @cached_property
    def _found(self) -> dict[str, tuple[str, ...]]:
        return {name: read() for name, read in self._make}

    def __getitem__(self, name: str) -> tuple[str, ...]:
        """Return the valid values of one parameter."""
        return self._found[name]

    def __iter__(self) -> Iterator[str]:
        """Name the parameters."""
        return iter(name for name, _ in self._make)

    def __len__(self) -> int:
        """Count the parameters."""
        return len(self._make)


DEFINITION = Definition(
    "comparison",
    build,
    Known(("place", lambda: known_places(tables())), ("indicator", lambda: stated(tables()))),
    many={"place": PLACES, "indicator": INDICATORS},
    examples=tuple({"place": MANY.join(places), "indicator": MANY.join(codes)} for places, codes in EXAMPLES),
)
