"""The data interface as a client meets it: routes and headers of the application, without Streamlit."""

from functools import lru_cache
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

from starlette.applications import Starlette
from starlette.testclient import TestClient

from components.web import api, package, tables
from components.web.front import MIDDLEWARE


@lru_cache(maxsize=1)
def application():
    routes = [*api.ROUTES, *package.ROUTES, *tables.ROUTES]
    return Starlette(routes=routes, middleware=MIDDLEWARE)


@lru_cache(maxsize=1)
def client():
    return TestClient(application(), follow_redirects=False)


def every_row(path, **query):
    """Follow the links to the next page from the first to the last; return each page."""
    joined = "&".join(f"{name}={value}" for name, value in query.items())
    address, pages = f"/api/v1/{path}?{joined}", []
    while address:
        pages.append(client().get(address).json())
        address = pages[-1]["next"]
    return pages


def first_sheet(content):
    """Read the first sheet of a workbook: a dictionary for each row, None for an empty cell."""
    with ZipFile(BytesIO(content)) as book:
        texts, sheet = (
            ElementTree.fromstring(book.read(f"xl/{name}.xml"))  # noqa: S314 - our own file
            for name in ("sharedStrings", "worksheets/sheet1")
        )
    space = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    shared = ["".join(part.itertext()) for part in texts.iter(f"{space}si")]
    lines = []
    for row in sheet.iter(f"{space}row"):
        cells = {cell.get("r", "").rstrip("0123456789"): cell for cell in row.iter(f"{space}c")}
        lines.append({at: _value(cell.findtext(f"{space}v"), cell.get("t"), shared) for at, cell in cells.items()})
    header, *rows = lines
    return [{name: row.get(at) for at, name in header.items()} for row in rows]


def _value(text, kind, shared):
    if text is None:
        return None
    return shared[int(text)] if kind == "s" else float(text)
