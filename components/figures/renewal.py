"""Started is not finished: three years of Guiyang's housing renewal, households begun beside households done."""

import pandas as pd

from components.charts import rows as chart
from components.figures.figure import Brief, Definition, Figure
from components.figures.plotted import by_place, plot, spoken
from data.select import statements

# Each kind of renewal: begun, then done.
KINDS = (
    ("shantytown-renewal-started", "shantytown-renewal-completed"),
    ("old-estate-renewal-started", "old-estate-renewal-completed"),
)


def build(brief: Brief) -> Figure:
    """Draw begun and done for each kind of renewal, one panel each."""
    words, tables = brief.words, brief.tables
    rows = pd.concat([statements(tables, code, place="guiyang", kind="result") for kind in KINDS for code in kind])
    panels = {code: words(f"renewal.{kind[0]}") for kind in KINDS for code in kind}
    steps = {
        code: words(f"renewal.{step}") for kind in KINDS for code, step in zip(kind, ("started", "done"), strict=True)
    }
    table = plot(
        rows, tables, words,
        panel=lambda row: panels[row["indicator"]], label=lambda row: steps[row["indicator"]],
    )  # fmt: skip
    table["speaks"] = [row in [kind[1] for kind in KINDS] for row in rows["indicator"]]
    done = table.loc[table["speaks"], "text"]
    title = words("renewal.title", first=done.iloc[0], second=done.iloc[-1])
    return brief.figure(
        title=title,
        subtitle=words("renewal.subtitle"),
        alt=spoken(table, title, words),
        table=table,
        observations=tuple(rows["id"]),
        draw=lambda look: chart.draw(by_place(table, look), look),
        notes=(words("renewal.note"),),
    )


DEFINITION = Definition("renewal", build)
