"""A Figure's files at stable addresses: /figures/{id}.{png,svg,pdf,csv,xlsx,json,geojson,html,zip}?lang=…&parameter=….

The same address gives the same bytes for the same data; a wrong one gets an answer that names what is wrong and valid.
Files are made in threads, a few at once; who must wait too long is told when to come back.
"""

import re
from hashlib import sha256
from typing import Final
from urllib.parse import quote, urlencode

from anyio import CapacityLimiter, move_on_after, to_thread
from anyio.lowlevel import RunVar
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from components.export import formats
from components.export.asked import Asked, Refused, read
from components.export.formats import SHARED, TYPES
from components.export.store import Store
from components.figures.catalogue import figure
from components.figures.figure import NothingStated
from components.figures.moved import MOVED
from components.web import kits
from components.web.operations import metrics
from components.web.refusal import answer
from components.web.share import of_figure
from components.words import LANGUAGES, words

WRITERS: Final = SHARED  # the endings under which every Figure has a file
KEPT: Final = Store(64 * 2**20)
AT_ONCE: Final = 2  # files made at once
WAITING: Final = 32  # requests that may wait for their turn
PATIENCE: Final = 20.0  # seconds that they wait
RETRY: Final = 10  # seconds after which to come back
LONGEST_NAME: Final = 120
UNSAFE: Final = re.compile(r"[\x00-\x1f\x7f/\\:*?\"<>|]+")
TURNS: Final[RunVar[CapacityLimiter]] = RunVar("turns")


async def figure_file(request: Request) -> Response:
    """Answer with a Figure's file."""
    id, ending = request.path_params["id"], request.path_params["ending"]
    query = dict(request.query_params)
    if id in MOVED:
        return RedirectResponse(_address(f"{MOVED[id]}.{ending}", query), 308)
    try:
        asked = read(id, ending, query)
        if ending == "zip":
            shown = figure(id, asked.lang, **dict(asked.parameters))
            return await kits.answer(request, kits.of_figure(shown), _disposition(asked))
        made = KEPT.get(asked) or await _made(asked)
    except NothingStated:
        return await answer(request, Refused("nothing"))
    except Refused as refused:
        return await answer(request, refused, _come_back(refused))
    if ending == "html":
        made = await to_thread.run_sync(_with_head, asked, made, str(request.base_url).rstrip("/"))
    headers = {**_headers(asked), "ETag": tag(made)}
    if known(request, headers["ETag"]):
        return Response(status_code=304, headers=headers)
    return Response(made, headers=headers, media_type=TYPES[ending])


async def short_address(request: Request) -> Response:
    """Lead from the short address that pictures carry to the plain page of their Figure."""
    id = MOVED.get(request.path_params["id"], request.path_params["id"])
    return RedirectResponse(_address(f"{id}.html", dict(request.query_params)), 307)


def _address(file: str, query: dict[str, str]) -> str:
    return f"/figures/{quote(file, safe='')}" + (f"?{urlencode(query)}" if query else "")


async def _made(asked: Asked) -> bytes:
    """Make a file when it is its turn; raises Refused where that would take too long."""
    turns = _turns()
    if turns.statistics().tasks_waiting >= WAITING:
        metrics.REFUSED.inc()
        raise Refused("busy", status=503, seconds=RETRY)
    token = object()
    with move_on_after(PATIENCE) as waiting:
        await turns.acquire_on_behalf_of(token)
    if waiting.cancelled_caught:
        metrics.REFUSED.inc()
        raise Refused("busy", status=503, seconds=RETRY)
    try:
        return await to_thread.run_sync(_made_once, asked)
    finally:
        turns.release_on_behalf_of(token)


def _made_once(asked: Asked) -> bytes:
    """Make a file, unless somebody else made it in the meantime."""
    with metrics.rendering(asked.ending):
        return KEPT.get_or_make(asked, lambda: formats.make(asked))


def _with_head(asked: Asked, page: bytes, base: str) -> bytes:
    """Add to a plain page what its address tells machines; a page that travels as a file has no address."""
    shown = figure(asked.id, asked.lang, **dict(asked.parameters))
    return page.replace(b"</head>", of_figure(shown, base).encode() + b"</head>", 1)


def _turns() -> CapacityLimiter:
    try:
        return TURNS.get()
    except LookupError:
        TURNS.set(CapacityLimiter(AT_ONCE))
        return TURNS.get()


def tag(made: bytes) -> str:
    """Name the file's own bytes: new data and new drawing code both change it."""
    return f'"{sha256(made).hexdigest()[:20]}"'


def known(request: Request, own: str) -> bool:
    """Tell whether the reader has these bytes already, by the tags their request names."""
    named = request.headers.get("if-none-match", "")
    return named.strip() == "*" or own in {part.strip().removeprefix("W/") for part in named.split(",")}


def _headers(asked: Asked) -> dict[str, str]:
    return {
        "Content-Disposition": _disposition(asked),
        "Content-Language": asked.lang,
        "Cache-Control": "public, max-age=3600",
    }


def _disposition(asked: Asked) -> str:
    """Name the file twice: in plain letters, and by its finding for whoever can write it."""
    title = figure(asked.id, asked.lang, **dict(asked.parameters)).title
    return disposition(asked.title, title, asked.ending)


def disposition(plain: str, title: str, ending: str) -> str:
    """Write the header that names a file (RFC 6266, RFC 5987)."""
    readable = " ".join(UNSAFE.sub(" ", title).split())[:LONGEST_NAME].strip(" .")
    how = "inline" if ending == "html" else "attachment"
    return f"{how}; filename=\"{plain}.{ending}\"; filename*=UTF-8''{quote(f'{readable}.{ending}', safe='')}"


async def kit_file(request: Request) -> Response:
    """Answer with the press kit of a chapter, or of everything."""
    lang = request.query_params.get("lang", LANGUAGES[0])
    try:
        kit = kits.named(request.path_params["id"])
        if other := next((name for name in request.query_params if name != "lang"), ""):
            raise Refused("parameter", other, other, ["lang"])
        if lang not in LANGUAGES:
            raise Refused("value", "lang", lang, LANGUAGES)
        return await kits.answer(request, kit, disposition(kit.name, kit.title(words(lang)), "zip"))
    except Refused as refused:
        return await answer(request, refused, _come_back(refused))


def _come_back(refused: Refused) -> dict[str, str]:
    """Say when to come back to who was told that too much is being made."""
    return {"Retry-After": str(refused.about["seconds"])} if "seconds" in refused.about else {}


ROUTES: Final = [
    Route("/figures/{id:str}.{ending:str}", figure_file, methods=["GET", "HEAD"]),
    Route("/figures/{id:str}", short_address, methods=["GET", "HEAD"]),
    Route("/kits/{id:str}.zip", kit_file, methods=["GET", "HEAD"]),
]
