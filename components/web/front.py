"""Everything the application answers besides Streamlit's pages, in order: the routes, and what stands before them."""

from typing import Final

from starlette.middleware import Middleware
from starlette.routing import BaseRoute

from components.web import api, assets, decks, embed, files, operations, package, plain, stage, tables, unknown
from components.web.continued import Continued
from components.web.gate import Gate
from components.web.head import PageHead

OWN: Final[list[BaseRoute]] = [
    route
    for part in (operations, api, package, files, tables, assets, embed, plain, stage, decks, unknown)
    for route in part.ROUTES
]
ROUTES: Final = [*OWN, unknown.Unknown(OWN)]  # the last one keeps from Streamlit what its pages do not need
MIDDLEWARE: Final = [Middleware(operations.Watched), Middleware(Gate), Middleware(Continued), Middleware(PageHead)]
