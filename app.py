"""The application: pages (Streamlit), files and headers in one ASGI app. `streamlit run app.py` starts it.

The main script lives in components/, not here beside pages/: so Streamlit finds no pages/ folder next to it and
`st.navigation` alone decides which page a deep link opens.
"""

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

ROOT = Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT))

from components.web import assets, files, tables  # noqa: E402 - the project's folder must be importable first
from components.web.head import PageHead  # noqa: E402
from components.web.start import ready  # noqa: E402


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[None]:
    """Check the tables before the first reader comes; a wrong table stops the start."""
    ready()
    yield


app = st.App(
    ROOT / "components" / "shell.py",
    routes=[*files.ROUTES, *tables.ROUTES, *assets.ROUTES],
    middleware=[Middleware(PageHead)],
    lifespan=lifespan,
)

if __name__ == "__main__":
    app.run()
