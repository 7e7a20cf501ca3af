"""Press kits over the web: which there are, and the answer to who asks for one.

Readers get a kit's bytes as they come, from the shelf (shelf.py): a slow reader holds nobody up. One that fails before
anything was sent is told as a fault; one that fails later is cut off. One that lacks a Figure says so, and is not kept.
"""

from collections.abc import AsyncIterator
from typing import Final

from anyio import move_on_after, sleep, to_thread
from starlette.requests import Request
from starlette.responses import FileResponse, Response, StreamingResponse

from components import faulty
from components.export.asked import Refused
from components.export.formats import TYPES
from components.export.kit import Kit, kits, of_figure
from components.web.faults import KitFailed
from components.web.shelf import PIECE, Build, no_room, shelf, tag
from components.words import LANGUAGES

__all__ = ["answer", "named", "of_figure"]
FIRST: Final = 5.0  # seconds that are waited for a kit's first piece, so that one that fails soon is told as a fault
PAUSE: Final = 0.1  # seconds between two looks at a kit that is being made


def named(id: str) -> Kit:
    """Return the kit of a chapter, or of everything; raises Refused that names those there are."""
    known = kits()
    if id not in known:
        raise Refused("kit", "", id, list(known), status=404)
    return known[id]


async def answer(request: Request, kit: Kit, disposition: str) -> Response:
    """Answer with a kit: from disk if it is finished, else as it is being made."""
    own = await to_thread.run_sync(tag, kit)
    headers = {"Content-Disposition": disposition, "Content-Language": ", ".join(LANGUAGES),
               "Cache-Control": "public, max-age=3600", "ETag": own}  # fmt: skip
    asked = request.headers.get("if-none-match", "")
    if (own in asked or asked.strip() == "*") and not shelf().lacking(own):
        return Response(status_code=304, headers=headers)
    if request.method == "HEAD":
        return Response(headers=headers, media_type=TYPES["zip"])
    build = await to_thread.run_sync(shelf().build, kit)
    with move_on_after(FIRST):
        while not build.done and build.size < PIECE:
            await sleep(PAUSE)
    if build.full:
        raise no_room(kit)
    if build.failed:
        raise KitFailed(f"the kit {kit.name} could not be made")
    if not build.whole:
        headers = faulty.fleeting(headers)
    elif build.done and build.held is None:
        return FileResponse(build.path, headers=headers, media_type=TYPES["zip"])
    return StreamingResponse(_as_it_comes(build), headers=headers, media_type=TYPES["zip"])


async def _as_it_comes(build: Build) -> AsyncIterator[bytes]:
    """Yield a kit's bytes while they are being written; raises KitFailed where the making fails."""
    sent = 0
    while True:
        done = build.done  # looked at before the file: what is written after that look is read in the next round
        piece = b"" if build.failed else await to_thread.run_sync(build.read, sent)
        if piece:
            sent += len(piece)
            yield piece
        elif build.failed or (done and sent < build.length):  # cut off, so that nobody takes a part for the whole
            raise KitFailed(f"the kit {build.kit.name} could not be made")
        elif done:
            return
        else:
            await sleep(PAUSE)
