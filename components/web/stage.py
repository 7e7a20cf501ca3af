"""The stage: /stage runs the talk in a browser, /stage/talk.json is its data, /stage/deck.html the same as one file.

`pair` in the address leads the windows that `follow` with its code. The page holds the whole talk: what the connection does
concerns the other windows only.
"""

import gzip
import json
from collections.abc import Callable
from functools import lru_cache
from threading import Lock
from time import monotonic, sleep
from typing import Any, Final
from urllib.parse import urlencode

import segno
from anyio import to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from components import faulty, theme
from components.address import HOME, KEY, MANY, STAGES, View, link
from components.export.asked import Refused, one
from components.web import assets
from components.web.operations.state import unless_stopping
from components.web.pairing import ROOMS, Full, code_of, event
from components.web.refusal import answer
from components.words import LANGUAGES, words
from data.story import story

LARGEST = 400  # bytes of a message that says where a talk stands
MAKING: Final = Lock()
OVER: Final = ("", "black")  # what of a screen the other windows share


def asked(request: Request) -> tuple[str, str, tuple[str, ...]]:
    """Read language, look and steps of an address; raises Refused."""
    query = request.query_params
    lang, look = one("lang", query, LANGUAGES), one("look", query, STAGES)
    valid = [position.step.id for position in story().steps()]
    wanted = tuple(dict.fromkeys(part for part in query.get("steps", "").split(MANY) if part))
    if unknown := [step for step in wanted if step not in valid]:
        raise Refused("value", "steps", unknown[0], valid)
    for name in ("pair", "follow"):
        if (text := query.get(name)) and not KEY.fullmatch(text):
            raise Refused("key", name, text)
    return lang, look, wanted


async def stage(request: Request) -> Response:
    """Answer with the page of the stage, of the speaker, or of someone who follows."""
    try:
        lang, look, steps = asked(request)
    except Refused as refused:
        return await answer(request, refused)
    from components.export.deck import html

    linked = {
        "style": assets.address("stage.css"),
        "scripts": [assets.address(name) for name in (assets.VEGA, *html.SCRIPTS)],
    }
    body = await to_thread.run_sync(lambda: html.page(lang, look, linked=linked, live=_live(request, look, steps)))
    return Response(body, media_type="text/html; charset=utf-8", headers={"Cache-Control": "no-cache"})


def _live(request: Request, look: str, steps: tuple[str, ...]) -> dict[str, Any]:
    """Say what the page asks the server for, and whether it leads, follows or neither."""
    key, code = request.query_params.get("pair", ""), request.query_params.get("follow", "")
    talk = {"look": look, **({"steps": MANY.join(steps)} if steps else {})}
    found: dict[str, Any] = {
        "talk": f"/stage/talk.json?{urlencode(talk)}",
        "drawing": f"/stage/drawing/{{id}}.json?look={look}",
        "alive": "/_stcore/health",
    }
    if key:
        found |= {"role": "lead", "lead": f"/stage/lead/{key}", "follow": f"/stage/follow/{code_of(key)}"}
    elif code:
        found |= {"role": "audience", "follow": f"/stage/follow/{code}"}
    return found


async def data(request: Request) -> Response:
    """Answer with all that a talk says as JSON, packed; its charts follow one by one."""
    try:
        _, look, steps = asked(request)
    except Refused as refused:
        return await answer(request, refused)
    return await _kept(request, _packed, look, steps)


async def drawing(request: Request) -> Response:
    """Answer with the chart of one step in both languages and the codes that lead to its page on this site, packed."""
    step = request.path_params["step"]
    valid = [position.step.id for position in story().steps()]
    if step not in valid:
        return await answer(request, Refused("value", "step", step, valid, 404))
    try:
        _, look, _ = asked(request)
    except Refused as refused:
        return await answer(request, refused)
    return await _kept(request, _drawn, step, look, str(request.base_url).rstrip("/"))


async def deck(request: Request) -> Response:
    """Answer with the talk as one file that needs nothing else."""
    try:
        lang, look, steps = asked(request)
    except Refused as refused:
        return await answer(request, refused)
    name = {"Content-Disposition": f'attachment; filename="deck-{lang}-{look}.html"'}
    return await _kept(request, _file, lang, look, steps, media_type="text/html; charset=utf-8", headers=name)


async def _kept(
    request: Request, make: Callable[..., tuple[bytes, str]], *about: object, media_type: str = "application/json",
    headers: dict[str, str] | None = None,
) -> Response:  # fmt: skip
    """Answer with packed bytes that a thread makes once; who has them already is told so."""
    body, tag = await to_thread.run_sync(make, *about)
    told = {**(headers or {}), "ETag": tag, "Cache-Control": "no-cache", "Vary": "Accept-Encoding"}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=told)
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(body, headers=told | {"Content-Encoding": "gzip"}, media_type=media_type)
    return Response(gzip.decompress(body), headers=told, media_type=media_type)


@faulty.kept(16)
def _packed(look: str, steps: tuple[str, ...]) -> tuple[bytes, str]:
    from components.export.deck.talk import talk

    return _pack(_written(talk(look, steps, drawn=False)))


@lru_cache(maxsize=128)
def _chart(step: str, look: str) -> str:
    """Write the charts of a step, without the end of the object: codes follow, which differ from site to site."""
    from components.export.deck import talk

    return _written(talk.drawing(step, look))[:-1]


def _drawn(step: str, look: str, base: str) -> tuple[bytes, str]:
    """Make the chart of a step, or one that says that there is none: a stage that waited for it would not go on."""
    try:
        return _drawing(step, look, base)
    except Exception as error:
        mark = faulty.note(story().at(step).step.figure, error)
        charts = _written(
            {lang: faulty.line(words(lang)("faulty.stage", id=mark), theme.STAGES[look]) for lang in LANGUAGES}
        )[:-1]
        return _pack(f'{charts},"qr":{_written(_codes(step, base))}}}')


@lru_cache(maxsize=256)
def _drawing(step: str, look: str, base: str) -> tuple[bytes, str]:
    return _pack(f'{_chart(step, look)},"qr":{_written(_codes(step, base))}}}')


def _codes(step: str, base: str) -> dict[str, dict[str, str]]:
    return {lang: qr(base + link(HOME, View(lang=lang, step=step))) for lang in LANGUAGES}


@faulty.kept(4)
def _made(lang: str, look: str, steps: tuple[str, ...]) -> tuple[bytes, str]:
    from components.export.deck.html import single_file

    return _pack(single_file(lang, look, steps).decode())


def _file(lang: str, look: str, steps: tuple[str, ...]) -> tuple[bytes, str]:
    """Make a deck once: who asks while it is being made waits for it."""
    with MAKING:
        return _made(lang, look, steps)


def _written(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _pack(text: str) -> tuple[bytes, str]:
    return gzip.compress(text.encode(), 6, mtime=0), f'"{assets.digest(text.encode())}"'


@lru_cache(maxsize=512)
def qr(address: str) -> dict[str, str]:
    """Return an address with its QR code as an SVG drawing."""
    return {"address": address, "svg": segno.make(address, error="m").svg_inline(border=3, omitsize=True)}


def warm() -> None:
    """Make the talk in the first look while nobody asks for it: after every step rest for as long as that step took."""
    from components.export.deck import slides, talk

    look = STAGES[0]
    for position in story().steps():
        unless_stopping()
        began = monotonic()
        _chart(position.step.id, look)
        for lang in LANGUAGES:
            talk.said(slides.slide(position.step.id, lang))
        sleep(monotonic() - began)
    _packed(look, ())


async def lead(request: Request) -> Response:
    """Take where a talk stands from the window that leads it."""
    key = request.path_params["key"]
    if not KEY.fullmatch(key):
        return PlainTextResponse("The key of a talk is 6 to 40 letters and digits.", 422)
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LARGEST:
            return PlainTextResponse(f"A place is at most {LARGEST} bytes.", 413)
    place = _place(body)
    if place is None:
        return PlainTextResponse(
            "A place names a step, a phase from 0 to 9, a language, and what lies over the screen.", 422
        )
    ROOMS.say(code_of(key), place)
    return JSONResponse({"told": True})


def _place(body: bytes) -> dict[str, Any] | None:
    """Read a place from what a window sent; None where it is none."""
    try:
        said = json.loads(body)
        place = {name: said[name] for name in ("id", "phase", "lang", "over")} | {"by": said.get("by", "")}
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    ids = [position.step.id for position in story().steps()]
    right = (
        place["id"] in ids
        and type(place["phase"]) is int
        and 0 <= place["phase"] <= 9
        and place["lang"] in LANGUAGES
        and place["over"] in OVER
        and isinstance(place["by"], str)
        and (not place["by"] or KEY.fullmatch(place["by"]) is not None)
    )
    return place if right else None


async def follow(request: Request) -> Response:
    """Answer with the places of a talk as they come, as server-sent events."""
    code = request.path_params["code"]
    if not KEY.fullmatch(code):
        return PlainTextResponse("The code of a talk is 6 to 40 letters and digits.", 422)
    places = ROOMS.follow(code)
    try:
        first = await anext(places)
    except Full:
        return PlainTextResponse("Too many windows follow a talk already.", 503, {"Retry-After": "30"})

    async def stream() -> Any:
        yield event(first)
        async for place in places:
            yield event(place)

    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(stream(), media_type="text/event-stream", headers=headers)


ROUTES: Final = [
    Route("/stage", stage, methods=["GET", "HEAD"]),
    Route("/stage/talk.json", data, methods=["GET", "HEAD"]),
    Route("/stage/drawing/{step:str}.json", drawing, methods=["GET", "HEAD"]),
    Route("/stage/deck.html", deck, methods=["GET", "HEAD"]),
    Route("/stage/lead/{key:str}", lead, methods=["POST"]),
    Route("/stage/follow/{code:str}", follow, methods=["GET"]),
]
