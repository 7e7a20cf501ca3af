"""What Figures of counts share: a plotted table of counts, and the Figure that draws it."""

from collections.abc import Iterable, Sequence

import pandas as pd

from components.charts import rows as chart
from components.figures.figure import Brief, Figure
from components.figures.plotted import by_place, spoken
from components.words import Words

ORDER = ("guiyang", "guiyang-guian", "guian", "wudang", "qingzhen", "bijie")  # then whatever places come


def place_order(places: Iterable[str]) -> list[str]:
    """Put places in the order of the story; places it does not know come last, as they come."""
    found = list(dict.fromkeys(places))
    return [place for place in ORDER if place in found] + [place for place in found if place not in ORDER]


def count_table(words: Words, key: str, number: Sequence[int], **columns: object) -> pd.DataFrame:
    """Make a plotted table of counts: `key` names the words that say a count aloud; panel and place may be left out."""
    said = [words.count(key, int(count)) for count in number]
    shared = {"panel": "", "detail": "", "head": "", "place": "", "bound": "exact", "amount_high": float("nan")}
    counts = {"value": list(number), "amount": list(number), "text": [str(count) for count in number]}
    return pd.DataFrame({**shared, **columns, **counts, "spoken": said, "tip": said})


def count_figure(brief: Brief, table: pd.DataFrame, title: str, ids: Iterable[str], *notes: str) -> Figure:
    """Make the Figure of a table of counts; its subtitle is that of the Figure's id."""
    return brief.figure(
        title=title,
        subtitle=brief.words(f"{brief.id}.subtitle"),
        alt=spoken(table, title, brief.words),
        table=table,
        observations=tuple(ids),
        draw=lambda look: chart.draw(by_place(table, look), look),
        notes=notes,
    )
