"""Guiyang's results of 2023 in one of the fields of its report: growth, shares and levels kept apart."""

from components.charts import rows as chart
from components.figures.figure import Brief, Definition, Figure
from components.figures.plotted import by_place, place_name, plot, spoken
from components.words import Words
from data.load import Row, record
from data.select import with_indicators

FIELDS = tuple(f"gyr-result-{number:02d}" for number in range(1, 9))
PANELS = ("growth", "ratio", "index", "level", "rank")
SCALED = ("growth", "ratio", "index")


def build(brief: Brief) -> Figure:
    """Draw every number of a field; those with a common scale on it, the others in a column, each in its unit."""
    words, tables, field = brief.words, brief.tables, brief.parameters["field"]
    rows = with_indicators(tables)
    rows = rows[(rows["task"] == field) & (rows["kind"] == "result") & rows["value"].notna()]
    rows = rows.assign(panel=[_panel(row) for row in rows[["stat", "unit"]].itertuples()])
    rows = rows.sort_values(
        ["panel", "value"], key=lambda cells: cells.map(PANELS.index) if cells.name == "panel" else -cells
    )
    names = {panel: words(f"results-2023.{panel}") for panel in PANELS}
    table = plot(
        rows, tables, words, panel=lambda row: names[row["panel"]], detail=lambda row: _detail(row, words)
    )  # fmt: skip
    task = record(tables.tasks, field)
    grown = int((rows["panel"] == "growth").sum())
    key = "results-2023.title" if grown else "results-2023.title-no-growth"
    title = words.count(key, len(rows), field=words.of(task, "name"), growth=grown)
    return brief.figure(
        title=title,
        subtitle=words("results-2023.subtitle"),
        alt=spoken(table, title, words),
        table=table,
        observations=tuple(rows["id"]),
        draw=lambda look: chart.draw(by_place(table, look), look, chart.Scale(shared=False, unscaled=_unscaled(names))),
        notes=(words("note.output-not-value-added"), words("note.guian-apart")),
    )


def _unscaled(names: dict[str, str]) -> frozenset[str]:
    return frozenset(name for panel, name in names.items() if panel not in SCALED)


def _panel(row: object) -> str:
    stat, unit = row.stat, row.unit  # type: ignore[attr-defined]
    if stat == "rank":
        return "rank"
    return stat if stat in SCALED and unit == "%" else "level"


def _detail(row: Row, words: Words) -> str:
    """Say whose number it is where it is not the whole city's own year."""
    place = "" if row["place"] == "guiyang" else place_name(row["place"], words)
    period = "" if "/" not in row["period"] else row["period"].replace("/", "–")
    return words("detail.separator").join(filter(None, (place, words.of(row, "scope"), period)))


DEFINITION = Definition("results-2023", build, {"field": FIELDS})
