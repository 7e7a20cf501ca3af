"""The application: pages (Streamlit), files and headers in one ASGI app. `streamlit run app.py` starts it.

The main script lives in components/, not here beside pages/: so Streamlit finds no pages/ folder next to it and
`st.navigation` alone decides which page a deep link opens.
"""

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st

ROOT = Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT))

from components.web import operations  # noqa: E402 - the folder must be importable
from components.web.front import MIDDLEWARE, ROUTES  # noqa: E402
from components.web.start import ready  # noqa: E402


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[None]:
    """Check the tables before the first reader comes; a wrong table stops the start."""
    with operations.running():
        ready()
        yield


app = st.App(
    ROOT / "components" / "shell.py",
    routes=ROUTES,
    middleware=MIDDLEWARE,
    lifespan=lifespan,
    on_script_error=operations.script_failed,
)

if __name__ == "__main__":
    app.run()
