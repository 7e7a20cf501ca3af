"""Stands before every request: answers only for this site, within limits, and never with the inside of a fault.

A request for another host, a longer address, a larger body or more turns than there are is refused before anything is
made for it. What a route raises becomes a problem with an id that stands in the log. Every answer gets its headers.
"""

from typing import Final

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from components.web import security, sockets
from components.web.faults import kind_of, note
from components.web.head import page_of
from components.web.limits import Buckets
from components.web.site import OWN, named, site
from components.web.told import told

LONGEST: Final = 8000  # bytes of path and query
DATA: Final = ("/api/v1", "/data/v1")  # the data interface has a limit of its own, and words for it
LARGEST: Final = 4096  # bytes of a body; only the place of a talk is ever sent
PROBES: Final = ("/healthz", "/readyz", "/metrics")  # asked by balancers, which name no host or the replica's own
FREE: Final = ("/static/", "/assets/", "/_stcore/", "/favicon.png", *PROBES)  # nothing is made for these
HEAVY: Final = ("/stage/deck.html", "/decks/", "/kits/")  # each keeps a thread for many seconds
WEIGHT: Final = 60.0  # turns that one of these takes
AT_ONCE: Final = 4  # of these that may wait for their answer to begin: the other threads are for everybody else
RETRY: Final = 20  # seconds


class TooLarge(Exception):
    """A body that goes on beyond what any of our addresses reads."""


class Gate:
    """ASGI middleware: refuses, limits, catches, and adds the security headers."""

    def __init__(self, app: ASGIApp, buckets: Buckets | None = None) -> None:
        self.app = app
        self._buckets = Buckets() if buckets is None else buckets
        self._sockets = sockets.Sockets(app, self._buckets)
        self._heavy: set[Answer] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or open one session."""
        if scope["type"] == "websocket":
            await self._sockets(scope, receive, send)
        elif scope["type"] == "http":
            await self._request(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _request(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer = Answer(scope, send)
        refused = refusal(scope) or self._too_often(scope) or self._too_many(scope)
        if refused:
            await refused(scope, receive, answer.send)
            return
        _as_the_site(scope)
        if scope["path"].startswith(HEAVY):
            self._heavy.add(answer)
        try:
            await self.app(scope, _bounded(receive), answer.send)
        except TooLarge:
            if answer.began:
                raise
            await told("too-large", scope, longest=LARGEST)(scope, receive, answer.send)
        except Exception as error:
            mark = note(error)
            if answer.began:  # it is cut off; what is left is to close
                raise
            kind, about = kind_of(error)
            later = {"Retry-After": str(about["seconds"])} if "seconds" in about else {}
            await told(kind, scope, later, id=mark, **about)(scope, receive, answer.send)
        finally:
            self._heavy.discard(answer)

    def _too_many(self, scope: Scope) -> Response | None:
        if not scope["path"].startswith(HEAVY) or sum(not answer.began for answer in self._heavy) < AT_ONCE:
            return None
        return told("busy", scope, {"Retry-After": str(RETRY)}, seconds=RETRY)

    def _too_often(self, scope: Scope) -> Response | None:
        if scope["path"].startswith(FREE):
            return None
        turns = WEIGHT if scope["path"].startswith(HEAVY) else 1.0
        seconds = self._buckets.take((scope.get("client") or ("",))[0], turns)
        wait = int(seconds) + 1
        return told("too-often", scope, {"Retry-After": str(wait)}, seconds=wait) if seconds else None


class Answer:
    """What is sent in answer to one request, with its headers; `began` once something of it is on its way."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self._scope, self._send = scope, send
        self.began = False

    async def send(self, message: Message) -> None:
        """Pass a message on."""
        if message["type"] == "http.response.start":
            self.began = True
            message["headers"] = [*message["headers"], *_headers(self._scope, Headers(raw=message["headers"]))]
        await self._send(message)


def refusal(scope: Scope) -> Response | None:
    """Return the answer to a request that is not for this site or that asks too much, else None."""
    asked = Headers(scope=scope)
    hosts = asked.getlist("host")
    if scope["path"] in PROBES:
        hosts = [OWN[0]]
    if len(hosts) != 1 or not named(hosts[0]):
        return told("host", scope)
    if not site().answers(hosts[0]):
        return told("other-host", scope)
    long = len(scope.get("raw_path") or scope["path"]) + len(scope["query_string"]) > LONGEST
    if long and not scope["path"].startswith(DATA):
        return told("too-long", scope, longest=LONGEST)
    length = asked.get("content-length", "0")
    if not (length.isascii() and length.isdigit() and int(length[:12]) <= LARGEST):
        return told("too-large", scope, {"Connection": "close"}, longest=LARGEST)
    return None


def _as_the_site(scope: Scope) -> None:
    """Let every address that an answer holds begin as the settings say, whatever the Host header was."""
    if site().address:
        scope["scheme"] = site().scheme
        others = [(name, value) for name, value in scope["headers"] if name != b"host"]
        scope["headers"] = [(b"host", site().host.encode()), *others]


def _bounded(receive: Receive) -> Receive:
    read = 0

    async def bounded() -> Message:
        nonlocal read
        message = await receive()
        read += len(message.get("body", b""))
        if read > LARGEST:
            raise TooLarge
        return message

    return bounded


def _headers(scope: Scope, answer: Headers) -> tuple[tuple[bytes, bytes], ...]:
    path, host = scope["path"], Headers(scope=scope).get("host", "")
    page = bool(page_of(path)) and answer.get("content-type", "").startswith("text/html")
    kind = security.kind_of(path, answer.get("content-type", ""), page)
    shared = path.startswith(security.SHARED)
    return security.headers(
        kind, shared, scope.get("scheme") == "https", host if kind == "page" and named(host) else ""
    )
