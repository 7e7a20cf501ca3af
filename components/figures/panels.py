"""What Figures of mixed numbers share: panels by kind of number, and the Figure of goals.

Growth, shares and comparisons with a base year have a scale each; levels and counts, each in a unit of its own, have none.
"""

from collections.abc import Callable

import pandas as pd

from components.charts import rows as chart
from components.figures.figure import Brief, Figure
from components.figures.leads import lead
from components.figures.plotted import by_place, place_name, plot, spoken
from components.figures.standing import marks_note
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
    """Make the Figure: what has a common scale stands on it, the others are listed, each in its unit."""
    unscaled = unscaled_panels(brief.words)
    return brief.figure(
        title=title,
        subtitle=subtitle,
        alt=spoken(table, title, brief.words),
        table=table,
        observations=tuple(rows["id"]),
        draw=lambda look: chart.draw(by_place(table, look), look, chart.Scale(shared=False, unscaled=unscaled)),
        notes=notes,
    )


def unscaled_panels(words: Words) -> frozenset[str]:
    """Name the panels whose numbers share no scale and are listed."""
    return frozenset(name for panel, name in _names(words).items() if panel not in SCALED)


def led(brief: Brief, rows: pd.DataFrame, table: pd.DataFrame, what: str, year: str) -> str:
    """Return the finding that leads, after what it is about, and let its rows speak; nothing where nothing leads."""
    found = lead(brief, rows, year)
    if not found:
        return ""
    table["speaks"] = rows["id"].isin(found.observations).tolist()
    return brief.words("lead.title", what=what, finding=found.finding)


def goals_figure(
    brief: Brief, goals: pd.DataFrame, what: str, subtitle: Callable[..., str], place: str, year: str, *notes: str
) -> Figure:
    """Draw a set of goals with their bounds; the finding is what leads, the subtitle counts those with only a floor.

    `subtitle` is given what was counted. Where nothing leads, the finding is the count.
    """
    words, rows = brief.words, in_panels(goals, brief.tables.units)
    table = panel_table(brief, rows, place, year)
    floor = rows["bound"] == "at_least"
    floors = int(floor.sum())
    total = words.count("numbered-goals.total", len(rows))
    counted = words.count("numbered-goals.floors" if floors else "numbered-goals.no-floor", floors, total=total)
    title = led(brief, rows, table, what, year)
    if not title:
        title = words("lead.title", what=what, finding=counted)
        if floors:
            table["speaks"] = floor.tolist()
    on_scale = table[~table["panel"].isin(unscaled_panels(words))]
    without = len(goals) - len(rows)
    more = [words.count("numbered-goals.without", without)] if without else []
    said = [*more, *notes, *marks_note(on_scale, words)]
    return panel_figure(brief, rows, table, title, subtitle(counted=counted), *said)
