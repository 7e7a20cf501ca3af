"""The data for other programs under /api/v1, read-only: JSON, GeoJSON and CSV of everything the pages show.

FastAPI and the description of the interface are imported and made when someone first asks, not at the start.
"""

from typing import Final

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from components.web.api.guard import Below
from components.web.api.problems import BASE


class Late:
    """ASGI application that is made at its first request, in a thread, so that no page waits for it."""

    def __init__(self) -> None:
        self._app: ASGIApp | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Make the application once, then pass on every request."""
        if self._app is None:
            self._app = await to_thread.run_sync(_made)
        await self._app(scope, receive, send)


def _made() -> ASGIApp:
    from components.web.api.application import application

    return application()


async def to_description(request: Request) -> RedirectResponse:
    """Lead from the address without its last stroke to the description."""
    query = bytes(request.scope["query_string"]).decode("latin-1")
    return RedirectResponse(f"{request.scope.get('root_path', '')}{BASE}/" + (f"?{query}" if query else ""), 308)


ROUTES: Final = [Route(BASE, to_description, methods=["GET", "HEAD"]), Below(BASE, Late())]
