"""Decks at stable addresses: /decks/{lang}-{look}.{pptx,pdf,html}?steps=a,b&shape=16:9|4:3|handout (shape: PDF alone).

The same address gives the same bytes for the same data. A whole deck takes a while: one is made at a time, a few may
wait, who must wait too long is told when to come back. The HTML deck is the stage's own file.
"""

from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from importlib.metadata import version as release
from typing import Final
from urllib.parse import urlencode

from anyio import CapacityLimiter, move_on_after, to_thread
from anyio.lowlevel import RunVar
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from components import faulty
from components.address import MANY
from components.export.asked import Refused
from components.export.store import Store
from components.theme import STAGES
from components.web import shelf
from components.web.files import disposition, known
from components.web.refusal import answer
from components.words import LANGUAGES, words
from data.story import story

TYPES: Final = {
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "pdf": "application/pdf",
    "html": "text/html",
}
OPTIONS: Final = {"pptx": ("steps",), "pdf": ("steps", "shape"), "html": ("steps",)}
SHAPES: Final = ("16:9", "4:3", "handout")
NAMES: Final = tuple(f"{lang}-{look}" for lang in LANGUAGES for look in STAGES)
MADE_BY: Final = ("python-pptx", "typst", "segno")
KEPT: Final = Store(96 * 2**20)
AT_ONCE: Final = 1  # decks made at once
WAITING: Final = 3  # requests that may wait for their turn
PATIENCE: Final = 40.0  # seconds that they wait
RETRY: Final = 30
TURNS: Final[RunVar[CapacityLimiter]] = RunVar("turns of decks")


@dataclass(frozen=True)
class Asked:
    """A request for a deck, with every value checked; `base` is the site's address for the code on the last slide."""

    lang: str
    look: str
    ending: str
    steps: tuple[str, ...]
    shape: str
    base: str

    @property
    def title(self) -> str:
        """Name the file in plain letters."""
        parts = ["deck", self.lang, self.look, self.shape.replace(":", "x") if self.shape != SHAPES[0] else ""]
        return "-".join(filter(None, [*parts, f"{len(self.steps)}-steps" if self.steps else ""]))


def read(name: str, ending: str, query: dict[str, str], base: str) -> Asked:
    """Read the address of a deck; raises Refused."""
    if ending not in TYPES:
        raise Refused("format", value=ending, valid=list(TYPES), status=404)
    if name not in NAMES:
        raise Refused("value", "deck", name, NAMES, status=404)
    if wrong := next((key for key in query if key not in OPTIONS[ending]), ""):
        raise Refused("parameter", wrong, wrong, OPTIONS[ending])
    valid = [position.step.id for position in story().steps()]
    steps = {part for part in query.get("steps", "").split(MANY) if part}
    if unknown := sorted(steps - set(valid)):
        raise Refused("value", "steps", unknown[0], valid)
    if (shape := query.get("shape", SHAPES[0])) not in SHAPES:
        raise Refused("value", "shape", shape, SHAPES)
    lang, look = name.split("-")
    ordered = tuple(step for step in valid if step in steps)
    return Asked(lang, look, ending, () if len(ordered) == len(valid) else ordered, shape, base)


async def deck(request: Request) -> Response:
    """Answer with a deck, or with why there is none."""
    name, ending = request.path_params["name"], request.path_params["ending"]
    try:
        asked = read(name, ending, dict(request.query_params), str(request.base_url).rstrip("/"))
        if ending == "html":
            return _stage(asked)
        headers = {**_headers(asked), "ETag": await to_thread.run_sync(tag, asked)}
        if known(request, headers["ETag"]):
            return Response(status_code=304, headers=headers)
        if request.method == "HEAD":
            return Response(headers=headers, media_type=TYPES[ending])
        made, faults = await _made(asked)
    except Refused as refused:
        back = {"Retry-After": str(refused.about["seconds"])} if refused.status == 503 else {}
        return await answer(request, refused, back, name.split("-")[0])
    return Response(made, headers=faulty.fleeting(headers) if faults else headers, media_type=TYPES[ending])


def _stage(asked: Asked) -> Response:
    """Lead to the file that the stage makes of itself."""
    query = {"lang": asked.lang, "look": asked.look, **({"steps": MANY.join(asked.steps)} if asked.steps else {})}
    return RedirectResponse(f"/stage/deck.html?{urlencode(query, safe=MANY)}", 307)


def _headers(asked: Asked) -> dict[str, str]:
    title = words(asked.lang)("product.name")
    cached = {"Content-Language": asked.lang, "Cache-Control": "public, max-age=3600"}
    return {"Content-Disposition": disposition(asked.title, title, asked.ending), **cached}


def tag(asked: Asked) -> str:
    """Name a deck's bytes before they are made: they follow from the request, the data and the program."""
    return f'"{sha256(f"{asked}|{_state()}".encode()).hexdigest()[:20]}"'


@lru_cache(maxsize=1)
def _state() -> str:
    return shelf.state() + "".join(f" {name} {release(name)}" for name in MADE_BY)


async def _made(asked: Asked) -> tuple[bytes, list[str]]:
    """Make a deck when it is its turn, and name the faults in it; raises Refused where that would take too long."""
    if kept := KEPT.get(asked):
        return kept, []
    turns = _turns()
    if turns.statistics().tasks_waiting >= WAITING:
        raise Refused("busy", status=503, seconds=RETRY)
    token = object()
    with move_on_after(PATIENCE) as waiting:
        await turns.acquire_on_behalf_of(token)
    if waiting.cancelled_caught:
        raise Refused("busy", status=503, seconds=RETRY)
    try:
        return await to_thread.run_sync(_made_once, asked)
    finally:
        turns.release_on_behalf_of(token)


def _made_once(asked: Asked) -> tuple[bytes, list[str]]:
    """Make a deck, unless somebody else made it in the meantime; one in which a Figure is missing is not kept."""
    if kept := KEPT.get(asked):
        return kept, []
    with faulty.watched() as faults:
        made = write(asked)
    return made if faults else KEPT.put(asked, made), faults


def write(asked: Asked) -> bytes:
    """Make a deck."""
    from components.export.deck import paper, powerpoint  # the libraries are heavy: imported at the first deck

    if asked.ending == "pptx":
        return powerpoint.deck(asked.lang, asked.look, asked.steps, base=asked.base)
    return paper.deck(asked.lang, asked.look, asked.steps, asked.shape, base=asked.base)


def _turns() -> CapacityLimiter:
    try:
        return TURNS.get()
    except LookupError:
        TURNS.set(CapacityLimiter(AT_ONCE))
        return TURNS.get()


ROUTES: Final = [Route("/decks/{name:str}.{ending:str}", deck, methods=["GET", "HEAD"])]
