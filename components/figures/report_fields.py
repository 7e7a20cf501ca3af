"""What Guiyang's report states field by field: its results of 2023 and its plan for 2024, drawn by the same hands."""

import pandas as pd

from components.charts import rows as chart
from components.figures.figure import Brief, Definition, Figure
from components.figures.plotted import by_place, place_name, plot, spoken
from components.words import Words
from data.load import Row, record
from data.select import with_indicators

PANELS = ("growth", "ratio", "index", "level", "rank")  # growth, shares, comparisons with a base year, levels, ranks
SCALED = ("growth", "ratio", "index")


def results(brief: Brief) -> Figure:
    """Draw every number a field reports of 2023."""
    rows = _numbers(brief, "result")
    words = brief.words
    grown = int((rows["panel"] == "growth").sum())
    key = "results-2023.title" if grown else "results-2023.title-no-growth"
    title = words.count(key, len(rows), field=_name(brief), growth=grown)
    table = _table(brief, rows, "2023")
    return _figure(brief, rows, table, title, words("note.output-not-value-added"), words("note.guian-apart"))


def plan(brief: Brief) -> Figure:
    """Draw every number a field sets for 2024; the finding counts those that name only a floor."""
    rows = _numbers(brief, "goal")
    words, table = brief.words, _table(brief, rows, "2024")
    floors = int((rows["bound"] == "at_least").sum())
    key = "plan-2024.title" if floors else "plan-2024.title-no-floor"
    title = words.count(key, floors, total=len(rows), field=_name(brief))
    if floors:
        table["speaks"] = (rows["bound"] == "at_least").tolist()
    without = len(_stated(brief, "goal")) - len(rows)
    more = [words.count("plan-2024.without", without)] if without else []
    return _figure(brief, rows, table, title, *more, words("note.marks"))


def _stated(brief: Brief, kind: str) -> pd.DataFrame:
    """Return what a field and the tasks under it state, each thing once."""
    tables, field = brief.tables, brief.parameters["field"]
    tasks = tables.tasks.index[(tables.tasks.index == field) | (tables.tasks["parent"] == field)]
    rows = with_indicators(tables)
    return rows[rows["task"].isin(tasks) & (rows["kind"] == kind) & (rows["repeats"] == "")]


def _numbers(brief: Brief, kind: str) -> pd.DataFrame:
    """Sort the numbers of a field into panels, and in each the largest first."""
    rows = _stated(brief, kind)
    rows = rows[rows["value"].notna()]
    rows = rows.assign(panel=[_panel(row) for row in rows[["stat", "unit"]].itertuples()])
    return rows.sort_values(
        ["panel", "value"], key=lambda cells: cells.map(PANELS.index) if cells.name == "panel" else -cells
    )


def _name(brief: Brief) -> str:
    return brief.words.of(record(brief.tables.tasks, brief.parameters["field"]), "name")


def _table(brief: Brief, rows: pd.DataFrame, year: str) -> pd.DataFrame:
    words = brief.words
    names = _panels(words)
    return plot(
        rows, brief.tables, words,
        panel=lambda row: names[row["panel"]], detail=lambda row: _detail(row, year, words),
    )  # fmt: skip


def _figure(brief: Brief, rows: pd.DataFrame, table: pd.DataFrame, title: str, *notes: str) -> Figure:
    """Make the Figure: what has a common scale stands on it, the others in a column, each in its unit."""
    unscaled = frozenset(name for panel, name in _panels(brief.words).items() if panel not in SCALED)
    return brief.figure(
        title=title,
        subtitle=brief.words(f"{brief.id}.subtitle"),
        alt=spoken(table, title, brief.words),
        table=table,
        observations=tuple(rows["id"]),
        draw=lambda look: chart.draw(by_place(table, look), look, chart.Scale(shared=False, unscaled=unscaled)),
        notes=notes,
    )


def _panels(words: Words) -> dict[str, str]:
    return {panel: words(f"results-2023.{panel}") for panel in PANELS}


def _panel(row: object) -> str:
    stat, unit = row.stat, row.unit  # type: ignore[attr-defined]
    if stat == "rank":
        return "rank"
    return stat if stat in SCALED and unit == "%" else "level"


def _detail(row: Row, year: str, words: Words) -> str:
    """Say whose number it is, and of when, where it is not the whole city's own year."""
    place = "" if row["place"] == "guiyang" else place_name(row["place"], words)
    period = "" if row["period"] == year else row["period"].replace("/", "–")
    return words("detail.separator").join(filter(None, (place, words.of(row, "scope"), period)))


RESULTS = Definition("results-2023", results, {"field": tuple(f"gyr-result-{number:02d}" for number in range(1, 9))})
# The ninth field, safety and stability, names no number.
NUMBERED = (1, 2, 3, 4, 5, 6, 7, 8, 10)
PLAN = Definition("plan-2024", plan, {"field": tuple(f"gyr-plan-{number:02d}" for number in NUMBERED)})
