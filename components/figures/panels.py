"""What Figures of mixed numbers share: panels by kind of number, and the Figure of goals that counts the floors.

Growth, shares and comparisons with a base year have a scale each; levels and counts, each in a unit of its own, have none.
"""

import pandas as pd

from components.charts import rows as chart
from components.figures.figure import Brief, Figure
from components.figures.plotted import by_place, place_name, plot, spoken
from components.words import Words
from data.load import Row
from data.measures import in_base_units

PANELS = ("growth", "ratio", "index", "level", "rank")
SCALED = ("growth", "ratio", "index")


def in_panels(rows: pd.DataFrame, units: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that carry a number, sorted into panels (column `panel`), in each the largest first.

    Largest in base units: 2.7万 comes before 9, whatever the language writes.
    """
    rows = in_base_units(rows[rows["value"].notna()], units)
    rows = rows.assign(panel=[_panel(row) for row in rows[["stat", "unit"]].itertuples()])
    return rows.sort_values(
        ["panel", "amount"], key=lambda cells: cells.map(PANELS.index) if cells.name == "panel" else -cells
    )


def _panel(row: object) -> str:
    stat, unit = row.stat, row.unit  # type: ignore[attr-defined]
    if stat == "rank":
        return "rank"
    return stat if stat in SCALED and unit == "%" else "level"


def _names(words: Words) -> dict[str, str]:
    return {panel: words(f"results-2023.{panel}") for panel in PANELS}


def panel_table(brief: Brief, rows: pd.DataFrame, place: str, year: str) -> pd.DataFrame:
    """Plot rows in panels; what is not of `place` and of `year` says so."""
    words = brief.words
    names = _names(words)
    return plot(
        rows, brief.tables, words,
        panel=lambda row: names[row["panel"]], detail=lambda row: _detail(row, place, year, words),
    )  # fmt: skip


def _detail(row: Row, place: str, year: str, words: Words) -> str:
    whose = "" if row["place"] == place else place_name(row["place"], words)
    period = "" if row["period"] == year else row["period"].replace("/", "–")
    return words("detail.separator").join(filter(None, (whose, words.of(row, "scope"), period)))


def panel_figure(
    brief: Brief, rows: pd.DataFrame, table: pd.DataFrame, title: str, subtitle: str, *notes: str
) -> Figure:
    """Make the Figure: what has a common scale stands on it, the others in a column, each in its unit."""
    unscaled = frozenset(name for panel, name in _names(brief.words).items() if panel not in SCALED)
    return brief.figure(
        title=title,
        subtitle=subtitle,
        alt=spoken(table, title, brief.words),
        table=table,
        observations=tuple(rows["id"]),
        draw=lambda look: chart.draw(by_place(table, look), look, chart.Scale(shared=False, unscaled=unscaled)),
        notes=notes,
    )


def goals_figure(brief: Brief, goals: pd.DataFrame, what: str, subtitle: str, place: str, year: str) -> Figure:
    """Draw a set of goals with their bounds; the finding counts those that name only a floor."""
    words, rows = brief.words, in_panels(goals, brief.tables.units)
    table = panel_table(brief, rows, place, year)
    floor = rows["bound"] == "at_least"
    floors = int(floor.sum())
    key = "numbered-goals.title" if floors else "numbered-goals.title-no-floor"
    title = words.count(key, floors, total=words.count("numbered-goals.total", len(rows)), what=what)
    if floors:
        table["speaks"] = floor.tolist()
    without = len(goals) - len(rows)
    more = [words.count("numbered-goals.without", without)] if without else []
    return panel_figure(brief, rows, table, title, subtitle, *more, words("note.marks"))
