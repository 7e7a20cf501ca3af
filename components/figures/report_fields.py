"""What Guiyang's report states field by field: its results of 2023 and its plan for 2024."""

from functools import partial

import pandas as pd

from components.figures.figure import Brief, Definition, Figure
from components.figures.panels import goals_figure, in_panels, led, panel_figure, panel_table
from components.figures.standing import scope_notes
from data.load import record
from data.select import with_indicators

PLACE, REVIEWED, PLANNED = "guiyang", "2023", "2024"


def results(brief: Brief) -> Figure:
    """Draw every number a field reports of 2023."""
    words, rows = brief.words, in_panels(_stated(brief, "result"), brief.tables.units)
    grown = int((rows["panel"] == "growth").sum())
    counted = words.count("results-2023.growing" if grown else "results-2023.no-growth", len(rows), growth=grown)
    table = panel_table(brief, rows, PLACE, REVIEWED)
    title = led(brief, rows, table, _name(brief), REVIEWED)
    title = title or words("lead.title", what=_name(brief), finding=counted)
    subtitle = words("results-2023.subtitle", counted=counted)
    return panel_figure(brief, rows, table, title, subtitle, *scope_notes(rows, words))


def plan(brief: Brief) -> Figure:
    """Draw every number a field sets for 2024."""
    goals = _stated(brief, "goal")
    subtitle = partial(brief.words, "plan-2024.subtitle")
    notes = scope_notes(goals[goals["value"].notna()], brief.words)
    what = brief.words("plan-2024.field", field=_name(brief))
    return goals_figure(brief, goals, what, subtitle, PLACE, PLANNED, *notes)


def _stated(brief: Brief, kind: str) -> pd.DataFrame:
    """Return what a field and the tasks under it state, each thing once."""
    tables, field = brief.tables, brief.parameters["field"]
    tasks = tables.tasks.index[(tables.tasks.index == field) | (tables.tasks["parent"] == field)]
    rows = with_indicators(tables)
    return rows[rows["task"].isin(tasks) & (rows["kind"] == kind) & (rows["repeats"] == "")]


def _name(brief: Brief) -> str:
    return brief.words.of(record(brief.tables.tasks, brief.parameters["field"]), "name")


RESULTS = Definition("results-2023", results, {"field": tuple(f"gyr-result-{number:02d}" for number in range(1, 9))})
# The ninth field, safety and stability, names no number.
NUMBERED = (1, 2, 3, 4, 5, 6, 7, 8, 10)
PLAN = Definition("plan-2024", plan, {"field": tuple(f"gyr-plan-{number:02d}" for number in NUMBERED)})
