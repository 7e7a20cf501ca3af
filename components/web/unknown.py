"""The last of our routes: every address that is neither ours nor needed by the pages is answered here, never by Streamlit.

Streamlit would answer any path with its page, and opens addresses that this product has no use for: uploads, sign-in,
components, files in memory, measures, the interface for agents.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Match, Route
from starlette.types import Receive, Scope, Send

from components.web.head import page_of
from components.web.security import INDEX
from components.web.told import told

NEEDED: Final = frozenset({"/_stcore/health", "/_stcore/host-config"})
READING: Final = frozenset({"GET", "HEAD"})


@lru_cache(maxsize=1)
def carried() -> frozenset[str]:
    """Return the paths of the files that Streamlit's page is made of; the page itself is only served with our head."""
    folder = INDEX.parent
    paths = {f"/{path.relative_to(folder).as_posix()}" for path in folder.rglob("*") if path.is_file()}
    return frozenset(paths - {"/index.html"})


class Unknown(BaseRoute):
    """Matches every path that is not needed; `known` are the routes before it, for the methods they answer."""

    def __init__(self, known: Sequence[BaseRoute]) -> None:
        self._known = known

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Match what is not to reach Streamlit."""
        if scope["type"] != "http":
            return Match.NONE, {}
        path, reading = scope["path"], scope["method"] in READING
        needed = path in NEEDED or path in carried()
        return (Match.NONE if needed and reading else Match.FULL), {}

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer that there is nothing, or that it is not to be asked for in this way."""
        allowed = self._methods(scope)
        if allowed and scope["method"] not in allowed:
            answer = told("method", scope, {"Allow": ", ".join(sorted(allowed))}, method=scope["method"][:20])
        else:
            answer = told("unknown", scope)
        await answer(scope, receive, send)

    def _methods(self, scope: Scope) -> set[str]:
        path = scope["path"]
        if page_of(path) or path in NEEDED or path in carried():
            return set(READING)
        found = (route for route in self._known if route.matches(scope)[0] is Match.PARTIAL)
        return {method for route in found for method in getattr(route, "methods", None) or ()}


async def icon(_: Request) -> Response:
    """Lead browsers that look for an icon where none was named to the one that the pages have."""
    return RedirectResponse("/favicon.png", 308, {"Cache-Control": "public, max-age=86400"})


ROUTES: Final = [Route("/favicon.ico", icon, methods=["GET", "HEAD"])]
