"""What Guiyang's report states field by field: its results of 2023 and its plan for 2024."""

import pandas as pd

from components.figures.figure import Brief, Definition, Figure
from components.figures.panels import goals_figure, in_panels, panel_figure, panel_table
from data.load import record
from data.select import with_indicators

PLACE = "guiyang"


def results(brief: Brief) -> Figure:
    """Draw every number a field reports of 2023."""
    words, rows = brief.words, in_panels(_stated(brief, "result"), brief.tables.units)
    grown = int((rows["panel"] == "growth").sum())
    key = "results-2023.title" if grown else "results-2023.title-no-growth"
    title = words.count(key, len(rows), field=_name(brief), growth=grown)
    table = panel_table(brief, rows, PLACE, "2023")
    notes = (words("note.output-not-value-added"), words("note.guian-apart"))
    return panel_figure(brief, rows, table, title, words("results-2023.subtitle"), *notes)


def plan(brief: Brief) -> Figure:
    """Draw every number a field sets for 2024."""
    goals = _stated(brief, "goal")
    return goals_figure(brief, goals, _name(brief), brief.words("plan-2024.subtitle"), PLACE, "2024")


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
