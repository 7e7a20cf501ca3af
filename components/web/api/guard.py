"""Stands before every address for machines: reading only, from anywhere, with addresses of a bounded length.

HEAD is answered as GET without its body, so that both always say the same.
"""

import re
from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from components.web.api.problems import Problem, answer

CONTROL: Final = re.compile(r"[\x00-\x1f\x7f]")  # no name of ours holds one
METHODS: Final = "GET, HEAD, OPTIONS"
LONGEST: Final = 4000  # bytes of path and query together
SHOWN_HEADERS: Final = "Content-Language, ETag, Link, X-Data-Version, X-Total-Count"
ANYWHERE: Final = {"access-control-allow-origin": "*", "access-control-expose-headers": SHOWN_HEADERS}
PREFLIGHT: Final = {
    "access-control-allow-methods": METHODS,
    "access-control-allow-headers": "*",
    "access-control-max-age": "86400",
}


class Guard:
    """ASGI wrapper: answers what may not be asked, passes on the rest, lets pages of any origin read the answers."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers_only = scope["method"] == "HEAD"

        async def readable(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(ANYWHERE)
            elif headers_only:
                message = {**message, "body": b""}
            await send(message)

        app = self._refusal(Request(scope)) or self.app
        asked = {**scope, "method": "GET"} if headers_only else scope
        await app(asked, receive, readable)

    def _refusal(self, request: Request) -> Response | None:
        scope = request.scope
        if request.method == "OPTIONS" and "access-control-request-method" in request.headers:
            return Response(status_code=204, headers={"Allow": METHODS, **PREFLIGHT})
        if request.method not in ("GET", "HEAD"):
            problem = Problem("method-not-allowed", method=request.method)
            return answer(request, problem, {"Allow": METHODS})
        if len(scope.get("raw_path") or scope["path"]) + len(scope["query_string"]) > LONGEST:
            return answer(request, Problem("address-too-long", longest=LONGEST))
        if CONTROL.search(scope["path"]):
            return answer(request, Problem("unknown-path", path=scope["path"].strip("/"), nearest=""))
        return None


class Below(Mount):
    """Everything below a path, whatever it holds: Starlette's own mount lets an address with a line break go by."""

    def __init__(self, path: str, app: ASGIApp) -> None:
        super().__init__(path, app=Guard(app))
        self.path_regex = re.compile(self.path_regex.pattern, re.DOTALL)
