"""Scripts and styles of our own at /assets/{name}?v={version}, kept by browsers for a year: a changed file has a new address.

Vega, which embeds and decks draw with, comes out of the same package that draws the files.
"""

import gzip
from functools import lru_cache
from hashlib import sha256
from importlib import metadata
from pathlib import Path
from typing import Final

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

FOLDER: Final = Path(__file__).resolve().parent.parent / "assets"
TYPES: Final = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}
VEGA: Final = "vega.js"
YEAR: Final = "public, max-age=31536000, immutable"


@lru_cache(maxsize=1)
def files() -> dict[str, bytes]:
    """Return every asset by its name."""
    return {path.name: path.read_bytes() for path in sorted(FOLDER.iterdir()) if path.suffix in TYPES}


def address(name: str) -> str:
    """Return the address of an asset as it is now; an unknown name raises KeyError."""
    return f"/assets/{name}?v={_version(name)}"


def digest(body: bytes) -> str:
    """Name some bytes by their content."""
    return sha256(body).hexdigest()[:20]


@lru_cache(maxsize=64)
def _version(name: str) -> str:
    if (
        name == VEGA
    ):  # named after its package: making it takes a second, and a page that only links to it need not wait
        return f"vl-convert-{metadata.version('vl-convert-python')}"
    return digest(files()[name])[:12]


@lru_cache(maxsize=1)
def vega() -> bytes:
    """Return Vega, Vega-Lite and Vega-Embed as one script."""
    from components.export.painter import painter

    return painter().javascript_bundle().encode()


@lru_cache(maxsize=16)
def _body(name: str, packed: bool) -> bytes:
    body = vega() if name == VEGA else files()[name]
    return gzip.compress(body, mtime=0) if packed else body


async def asset(request: Request) -> Response:
    """Answer with an asset; without its present version the answer is not to be kept."""
    name = request.path_params["name"]
    valid = [*files(), VEGA]
    if name not in valid:
        return PlainTextResponse(f"There is no asset {name!r}. Valid: {', '.join(valid)}.", 404)
    now = request.query_params.get("v") == _version(name)
    packed = "gzip" in request.headers.get("accept-encoding", "")
    headers = {"Cache-Control": YEAR if now else "no-cache", "Vary": "Accept-Encoding"}
    if packed:
        headers["Content-Encoding"] = "gzip"
    body = await to_thread.run_sync(_body, name, packed)
    return Response(body, media_type=TYPES[Path(name).suffix], headers=headers)


ROUTES: Final = [Route("/assets/{name:str}", asset, methods=["GET", "HEAD"])]
