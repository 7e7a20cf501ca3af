"""The stage: /stage runs the talk in a browser, /stage/talk.json is its data, /stage/deck.html the same as one file.

`pair` in the address leads the windows that `follow` with its code. The page holds the whole talk: what the connection does
concerns the other windows only.
"""

import gzip
import json
import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any, Final
from urllib.parse import urlencode

import segno
from anyio import to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from components.address import HOME, MANY, View, link
from components.theme import STAGES
from components.web import assets
from components.web.pairing import ROOMS, Full, code_of, event
from components.words import LANGUAGES
from data.story import story

LOOKS: Final = tuple(name.removeprefix("stage-") for name in STAGES)
KEY = re.compile(r"[A-Za-z0-9_-]{6,40}")
LARGEST = 400  # bytes of a message that says where a talk stands
OVER: Final = ("", "black")  # what of a screen the other windows share


class Wrong(ValueError):
    """Something in the address of a stage that names nothing."""


def asked(request: Request) -> tuple[str, str, tuple[str, ...]]:
    """Read language, look and steps of an address; raises Wrong that names what is valid."""
    query = request.query_params
    lang, look = query.get("lang", LANGUAGES[0]), query.get("look", "dark")
    if lang not in LANGUAGES:
        raise Wrong(f"lang cannot be {lang[:40]!r}. Valid: {', '.join(LANGUAGES)}.")
    if look not in LOOKS:
        raise Wrong(f"look cannot be {look[:40]!r}. Valid: {', '.join(LOOKS)}.")
    valid = [position.step.id for position in story().steps()]
    wanted = tuple(dict.fromkeys(part for part in query.get("steps", "").split(MANY) if part))
    if unknown := [step for step in wanted if step not in valid]:
        raise Wrong(f"steps cannot hold {unknown[0][:40]!r}. Valid: {', '.join(valid)}.")
    for name in ("pair", "follow"):
        if (text := query.get(name)) and not KEY.fullmatch(text):
            raise Wrong(f"{name} is 6 to 40 letters and digits.")
    return lang, look, wanted


async def stage(request: Request) -> Response:
    """Answer with the page of the stage, of the speaker, or of someone who follows."""
    try:
        lang, look, steps = asked(request)
    except Wrong as wrong:
        return PlainTextResponse(str(wrong), 422)
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
    """Answer with the talk as JSON, packed; the codes in it lead to this site."""
    try:
        _, look, steps = asked(request)
    except Wrong as wrong:
        return PlainTextResponse(str(wrong), 422)
    return await _json(request, _packed, look, steps, str(request.base_url).rstrip("/"))


async def drawing(request: Request) -> Response:
    """Answer with the chart of one step in both languages, packed."""
    step = request.path_params["step"]
    valid = [position.step.id for position in story().steps()]
    if step not in valid:
        return PlainTextResponse(f"The story has no step {step[:40]!r}. Valid: {', '.join(valid)}.", 404)
    try:
        _, look, _ = asked(request)
    except Wrong as wrong:
        return PlainTextResponse(str(wrong), 422)
    return await _json(request, _drawing, step, look)


async def _json(request: Request, make: Callable[..., tuple[bytes, str]], *about: object) -> Response:
    """Answer with packed JSON made in a thread."""
    body, tag = await to_thread.run_sync(make, *about)
    headers = {"ETag": tag, "Cache-Control": "no-cache", "Vary": "Accept-Encoding"}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(body, headers=headers | {"Content-Encoding": "gzip"}, media_type="application/json")
    return Response(gzip.decompress(body), headers=headers, media_type="application/json")


@lru_cache(maxsize=6)
def _packed(look: str, steps: tuple[str, ...], base: str) -> tuple[bytes, str]:
    return _pack(talk_with_codes(look, steps, base))


@lru_cache(maxsize=128)
def _drawing(step: str, look: str) -> tuple[bytes, str]:
    from components.export.deck import talk

    return _pack(talk.drawing(step, look))


def _pack(value: dict[str, Any]) -> tuple[bytes, str]:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    return gzip.compress(text, mtime=0), f'"{assets.digest(text)}"'


def talk_with_codes(look: str, steps: tuple[str, ...], base: str) -> dict[str, Any]:
    """Return a talk whose every slide has a QR code that leads to its step's page on this site."""
    from components.export.deck.talk import talk

    told = talk(look, steps, drawn=False)
    for slide in told["slides"]:
        slide["qr"] = {lang: qr(base + link(HOME, View(lang=lang, step=slide["id"]))) for lang in LANGUAGES}
    return told


def qr(address: str) -> dict[str, str]:
    """Return an address with its QR code as an SVG drawing."""
    return {"address": address, "svg": segno.make(address, error="m").svg_inline(border=3, omitsize=True)}


async def deck(request: Request) -> Response:
    """Answer with the talk as one file that needs nothing else."""
    try:
        lang, look, steps = asked(request)
    except Wrong as wrong:
        return PlainTextResponse(str(wrong), 422)
    body = await to_thread.run_sync(_file, lang, look, steps)
    headers = {
        "Content-Disposition": f'attachment; filename="deck-{lang}-{look}.html"',
        "ETag": f'"{assets.digest(body)}"',
    }
    return Response(body, media_type="text/html; charset=utf-8", headers=headers)


@lru_cache(maxsize=2)
def _file(lang: str, look: str, steps: tuple[str, ...]) -> bytes:
    from components.export.deck.html import single_file

    return single_file(lang, look, steps)


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
        place = {name: said[name] for name in ("id", "phase", "lang", "over")}
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    ids = [position.step.id for position in story().steps()]
    right = (
        place["id"] in ids
        and type(place["phase"]) is int
        and 0 <= place["phase"] <= 9
        and place["lang"] in LANGUAGES
        and place["over"] in OVER
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
