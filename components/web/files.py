"""A Figure's files at stable addresses: /figures/{id}.{png,svg,pdf,csv,json}?lang=…&parameter=….

The same address gives the same picture for the same data; a wrong one gets a plain answer that names what is wrong.
"""

from collections.abc import Callable
from functools import lru_cache
from hashlib import sha256
from typing import Final
from urllib.parse import quote

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from components.export import image, sheet
from components.figures.catalogue import figure
from components.figures.figure import Figure
from components.words import LANGUAGES

WRITERS: Final[dict[str, tuple[Callable[[Figure], bytes], str]]] = {
    "png": (image.png, "image/png"),
    "svg": (image.svg, "image/svg+xml"),
    "pdf": (image.pdf, "application/pdf"),
    "csv": (sheet.csv, "text/csv; charset=utf-8"),
    "json": (image.vega_lite, "application/json"),
}
KEPT = 64  # finished files kept in memory, some 0.1 MB each


async def figure_file(request: Request) -> Response:
    """Answer with a Figure's file, made in a thread so that no page waits for it."""
    id, ending = request.path_params["id"], request.path_params["ending"]
    query = dict(request.query_params)
    lang = query.pop("lang", LANGUAGES[0])
    if ending not in WRITERS:
        return PlainTextResponse(f"There is no format {ending!r}. Valid: {', '.join(WRITERS)}.", 404)
    if lang not in LANGUAGES:
        return PlainTextResponse(f"lang cannot be {lang!r}. Valid: {', '.join(LANGUAGES)}.", 422)
    try:
        made = await to_thread.run_sync(_made, id, ending, lang, tuple(sorted(query.items())))
    except ValueError as error:
        return PlainTextResponse(str(error), 404 if "There is no Figure" in str(error) else 422)
    headers = _headers(id, ending, lang, query) | {"ETag": _tag(made)}
    if headers["ETag"] in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(made, headers=headers, media_type=WRITERS[ending][1])


def _tag(made: bytes) -> str:
    """Name the file's own bytes: new data and new drawing code both change it."""
    return f'"{sha256(made).hexdigest()[:20]}"'


@lru_cache(maxsize=KEPT)
def _made(id: str, ending: str, lang: str, parameters: tuple[tuple[str, str], ...]) -> bytes:
    return WRITERS[ending][0](figure(id, lang, **dict(parameters)))


def _headers(id: str, ending: str, lang: str, query: dict[str, str]) -> dict[str, str]:
    title = figure(id, lang, **query).title
    readable = quote(f"{title}.{ending}")
    return {
        "Content-Disposition": f"attachment; filename=\"{id}.{ending}\"; filename*=UTF-8''{readable}",
        "Content-Language": lang,
        "Cache-Control": "public, max-age=3600",
    }


ROUTES: Final = [Route("/figures/{id:str}.{ending:str}", figure_file, methods=["GET", "HEAD"])]
