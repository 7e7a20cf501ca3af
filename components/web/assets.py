"""Scripts of our own at /assets/{name}?v={version}: kept by browsers for a year, for a changed file has a new address."""

from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

FOLDER: Final = Path(__file__).resolve().parent.parent / "assets"
TYPES: Final = {".js": "text/javascript; charset=utf-8"}
YEAR: Final = "public, max-age=31536000, immutable"


@lru_cache(maxsize=1)
def files() -> dict[str, bytes]:
    """Return every asset by its name."""
    return {path.name: path.read_bytes() for path in sorted(FOLDER.iterdir()) if path.suffix in TYPES}


def address(name: str) -> str:
    """Return the address of an asset as it is now; an unknown name raises KeyError."""
    return f"/assets/{name}?v={_version(name)}"


def _version(name: str) -> str:
    return sha256(files()[name]).hexdigest()[:12]


async def asset(request: Request) -> Response:
    """Answer with an asset; without its present version the answer is not to be kept."""
    name = request.path_params["name"]
    if name not in files():
        return PlainTextResponse(f"There is no asset {name!r}. Valid: {', '.join(files())}.", 404)
    now = request.query_params.get("v") == _version(name)
    headers = {"Cache-Control": YEAR if now else "no-cache"}
    return Response(files()[name], media_type=TYPES[Path(name).suffix], headers=headers)


ROUTES: Final = [Route("/assets/{name:str}", asset, methods=["GET", "HEAD"])]
