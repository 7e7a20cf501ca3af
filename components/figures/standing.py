"""Notes that stand under many Figures, each only where what is drawn calls for it.

Rows or a plotted table in; the words of the notes out, none where there is nothing to say.
"""

import pandas as pd

from components.words import Words
from data.compare import ADDED, AIMS, OUTPUT

JOINT = "guiyang-guian"


def scope_notes(rows: pd.DataFrame, words: Words) -> list[str]:
    """Say what gross output is not, if there is any, and whose the joint numbers are, if there are any."""
    output = rows["name_zh"].str.contains(OUTPUT) & ~rows["name_zh"].str.contains(ADDED)
    found = {"note.output-not-value-added": output.any(), "note.guian-apart": (rows["place"] == JOINT).any()}
    return [words(key) for key, called_for in found.items() if called_for]


def marks_note(table: pd.DataFrame, words: Words) -> list[str]:
    """Say what the marks mean that a chart of rows draws for this table, and no others."""
    stretched, bound = table["amount_high"].notna(), table["bound"]
    aims = table["kind"].isin(AIMS)
    drawn = {
        "result": ~aims,
        "goal": aims,
        "at_least": bound.eq("at_least") & ~stretched,
        "at_most": bound.eq("at_most"),
        "about": bound.eq("about"),
        "stretch": stretched,
    }
    names = [words(f"mark.{mark}") for mark, rows in drawn.items() if rows.any()]
    said = words("mark.separator").join(names)
    return [words("note.marks", marks=said[:1].upper() + said[1:])] if names else []
