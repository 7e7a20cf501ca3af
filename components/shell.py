"""The main script: the frame of every page. Language, navigation, notices, then the page that the address names."""

from pathlib import Path

import streamlit as st

from components import faulty, navigation, reader, show
from components.web.operations import metrics
from components.web.share import share

STYLE = Path(__file__).parent / "page.css"

current = reader.current()
page, frame = navigation.pages(current)
name = next(one for one, target in frame.items() if target is page)
st.set_page_config(page_title=share(name, current.view).title, layout="centered", initial_sidebar_state="collapsed")
st.html(STYLE)
navigation.bar(current, page, frame)
show.notices(current)
with metrics.run(name):
    try:
        page.run()
    except Exception as error:  # Streamlit would say so in English alone
        show.html("page_faulty", current, id=faulty.note(name, error, "script"))
    show.footer(current)
