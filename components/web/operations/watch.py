"""Stands before every request: counts and times it by its route, and writes a line of it; counts sessions."""

import logging
from time import perf_counter
from typing import Final

from starlette.routing import Mount
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from components.web.head import page_of
from components.web.operations import logs, metrics

STREAM: Final = "/_stcore/stream"
QUIET: Final = ("/healthz", "/readyz", "/metrics", "/static", "/_stcore", "/assets")  # counted, but no line each
OTHER: Final = "other"


class Watched:
    """ASGI middleware: measures what passes, changes nothing."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request on, and measure it."""
        if scope["type"] == "websocket" and scope["path"].endswith(STREAM):
            await self._session(scope, receive, send)
        elif scope["type"] == "http":
            await self._request(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _session(self, scope: Scope, receive: Receive, send: Send) -> None:
        began, accepted = perf_counter(), False

        async def counted(message: Message) -> None:
            nonlocal accepted
            if message["type"] == "websocket.accept" and not accepted:
                accepted = True
                metrics.SESSIONS.inc()
                metrics.OPENED.inc()
            await send(message)

        try:
            await self.app(scope, receive, counted)
        finally:
            if accepted:
                metrics.SESSIONS.dec()
                logs.event("session", seconds=round(perf_counter() - began, 1))

    async def _request(self, scope: Scope, receive: Receive, send: Send) -> None:
        began, status, sent = perf_counter(), 500, 0

        async def counted(message: Message) -> None:
            nonlocal status, sent
            if message["type"] == "http.response.start":
                status = message["status"]
            sent += len(message.get("body", b""))
            await send(message)

        try:
            await self.app(scope, receive, counted)
        except Exception:
            status = 500  # the answer had begun, and was cut off
            raise
        finally:
            route, seconds = route_of(scope), perf_counter() - began
            metrics.REQUESTS.labels(route, str(status)).inc()
            metrics.SECONDS.labels(route).observe(seconds)
            if not route.startswith(QUIET):
                level = logging.WARNING if status >= 500 else logging.INFO
                logs.event("request", level, route=route, method=_method(scope), status=status, bytes=sent,
                           seconds=round(seconds, 4))  # fmt: skip


def _method(scope: Scope) -> str:
    return scope["method"] if scope["method"] in ("GET", "HEAD", "POST", "OPTIONS") else OTHER


def route_of(scope: Scope) -> str:
    """Return the pattern of the path that was asked for, never the path itself: nobody's words, and few of them."""
    if page := page_of(scope["path"]):
        return f"/{page}"
    route = scope.get("route")
    path = str(getattr(route, "path", ""))
    if not path and scope["path"].startswith("/static/"):  # Streamlit's own files, mounted at the root
        return "/static"
    below = "" if isinstance(route, Mount) else str(scope.get("root_path", ""))  # the routes of a mounted application
    return below + path if path else OTHER


def script_failed(error: Exception) -> None:
    """Count a fault of a page's script; Streamlit logs it and tells the reader."""
    metrics.ERRORS.labels("script").inc()
    logs.event("script failed", logging.ERROR, error)
