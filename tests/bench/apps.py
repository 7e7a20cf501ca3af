"""The applications the product is measured against: an empty page, and a page with one bare Altair chart."""

from pathlib import Path
from typing import Final

# Both end with the foot and the key that tests.browser.serve.DRAWN waits for, so one question fits all three.
FOOT: Final = "st.html(\"<footer class='site-foot'>foot</footer>\")\n"
EMPTY: Final = "import streamlit as st\n" + FOOT
CHART: Final = (
    """
import altair as alt
import pandas as pd
import streamlit as st

table = pd.DataFrame({"place": ["a", "b", "c", "d"], "value": [4, 7, 2, 5]})
with st.container(key="figure-bare"):
    st.altair_chart(alt.Chart(table).mark_bar().encode(x="value:Q", y="place:N"))
"""
    + FOOT
)


def write(folder: Path) -> dict[str, Path]:
    """Write the applications into folders of their own; return the folders by name."""
    folders = {}
    for name, source in (("empty", EMPTY), ("bare chart", CHART)):
        folders[name] = folder / name.replace(" ", "-")
        folders[name].mkdir()
        (folders[name] / "app.py").write_text(source, encoding="utf-8")
    return folders
