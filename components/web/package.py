"""The tables as they stand, at addresses that stay: /data/v1/datapackage.json, /data/v1/tables/{name}.csv.

/data/v1@{version}/… is the same, frozen: it answers only while that version of the data is the one that runs, so
whoever cites it never gets other numbers.
"""

import json
from functools import lru_cache
from hashlib import sha256
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, Router

from components.web.api.guard import Below
from components.web.api.negotiation import unchanged
from components.web.api.problems import Problem, answer, nearest
from components.words import LANGUAGES
from data.kept import contents
from data.load import NAMES, version

FRESH: Final = "public, max-age=300"
FOREVER: Final = "public, max-age=31536000, immutable"
TABLE, DESCRIPTION = "text/csv; charset=utf-8", "application/json"


@lru_cache(maxsize=1)
def files() -> dict[str, bytes]:
    """Return every file by its path: the tables byte for byte, and what describes them with their places and digests."""
    found = {f"tables/{name}": contents()[name] for name in (*(f"{name}.csv" for name in NAMES), "datapackage.json")}
    described: dict[str, Any] = json.loads(found["tables/datapackage.json"])
    described["version"] = version()
    for resource in described["resources"]:
        resource["path"] = f"tables/{resource['path']}"
        content = found[resource["path"]]
        resource |= {"bytes": len(content), "hash": f"sha256:{sha256(content).hexdigest()}"}
    found["datapackage.json"] = json.dumps(described, ensure_ascii=False, indent=1).encode()
    return found


@lru_cache(maxsize=64)
def _digest(path: str) -> str:
    return sha256(files()[path]).hexdigest()


async def file(request: Request) -> Response:
    """Answer with one file, or say what is wrong with its address."""
    asked, path = request.path_params.get("version"), request.path_params["path"]
    if asked not in (None, version()):
        return answer(request, Problem("other-version", asked=asked, running=version()))
    if path not in files():
        return answer(request, Problem("unknown-path", path=path, nearest=nearest(path, tuple(files()))))
    content = files()[path]
    told = {
        "ETag": f'W/"{_digest(path)[:20]}"',
        "Cache-Control": FOREVER if asked else FRESH,
        "X-Data-Version": version(),
        "Content-Language": ", ".join(LANGUAGES),
    }
    if unchanged(request, told):
        return Response(status_code=304, headers=told)
    return Response(content, headers=told, media_type=TABLE if path.endswith(".csv") else DESCRIPTION)


_FILES: Final = Router([Route("/{path:path}", file)])
ROUTES: Final = [Below("/data/v1", _FILES), Below("/data/v1@{version}", _FILES)]
