"""The goals of one place: Wudang's theme by theme, those of Bijie and Qingzhen all at once."""

from functools import partial

from components.figures.figure import Brief, Definition, Figure
from components.figures.panels import goals_figure
from components.figures.plotted import place_name
from components.figures.standing import scope_notes
from data.select import with_indicators
from data.vocabulary import THEMES

WUDANG = "wudang"
FEW = ("bijie", "qingzhen")  # places whose goals fit one Figure


def wudang_by_theme(brief: Brief) -> Figure:
    """Draw Wudang's goals in one field."""
    words, theme = brief.words, brief.parameters["theme"]
    field = words(f"theme.{theme}").lower()
    what = words("place-goals.field", place=place_name(WUDANG, words), field=field)
    return _goals(brief, WUDANG, what, theme)


def goals_of_place(brief: Brief) -> Figure:
    """Draw all goals of a place."""
    place = brief.parameters["place"]
    return _goals(brief, place, brief.words("place-goals.all", place=place_name(place, brief.words)))


def _goals(brief: Brief, place: str, what: str, theme: str = "") -> Figure:
    """Draw the goals of a place, of one theme where it is said; the year that most are due in goes without saying."""
    words, rows = brief.words, with_indicators(brief.tables)
    rows = rows[(rows["place"] == place) & (rows["kind"] == "goal") & (rows["repeats"] == "")]
    year = rows["period"].str[-4:].mode().iloc[0]
    rows = rows[rows["theme"] == theme] if theme else rows
    subtitle = partial(words, "place-goals.subtitle", place=place_name(place, words, short=False), year=year)
    notes = scope_notes(rows[rows["value"].notna()], words)
    return goals_figure(brief, rows, what, subtitle, place, year, *notes)


BY_THEME = Definition("wudang-by-theme", wudang_by_theme, {"theme": THEMES})
ALL = Definition("goals-of-place", goals_of_place, {"place": FEW})
