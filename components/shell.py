"""The main script: the frame of every page. Language, navigation, notices, then the page that the address names."""

from pathlib import Path

import streamlit as st

from components import navigation, reader, show

STYLE = Path(__file__).parent / "page.css"

current = reader.current()
page, frame = navigation.pages(current)
st.set_page_config(page_title=page.title, layout="centered", initial_sidebar_state="collapsed")
st.html(STYLE)
navigation.bar(current, page, frame)
show.notices(current)
page.run()
show.footer(current)
