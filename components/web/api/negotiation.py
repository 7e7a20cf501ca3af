"""What a reader accepts and what it has already: the media type of an answer, and its tag."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from hashlib import sha256
from typing import Any, Final

from starlette.requests import Request

from components.web.api.problems import Problem
from data.load import FOLDER, version

ROOT: Final = FOLDER.parent.parent
TYPES: Final = {
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "geojson": "application/geo+json",
    "html": "text/html; charset=utf-8",
}
PROGRAM: Final = ("py", "po", "html", "geojson")  # what an answer depends on beside the tables
FRESH: Final = "public, max-age=300"
WEIGHT: Final = re.compile(r"q=([01](?:\.[0-9]{0,3})?)")


def form_of(request: Request, asked: Mapping[str, Any], located: bool = False) -> str:
    """Choose json, geojson or csv: the format that is asked for by name, else what the reader prefers."""
    json = "geojson" if located else "json"
    if asked.get("format"):
        return "csv" if asked["format"] == "csv" else json
    return preferred(request, (json, *(["json"] if located else []), "csv"))


def preferred(request: Request, offered: tuple[str, ...]) -> str:
    """Return which of the forms on offer the header Accept prefers, the first of equals; a Problem where none suits."""
    accept = request.headers.get("accept") or "*/*"
    weights = {form: _weight(accept, TYPES[form].split(";")[0]) for form in offered}
    best = max(weights.values())
    if best <= 0:
        types = ", ".join(TYPES[form].split(";")[0] for form in offered)
        raise Problem("not-acceptable", accept=accept, offered=types)
    return next(form for form, weight in weights.items() if weight == best)


def _weight(accept: str, kind: str) -> float:
    """Return how gladly a media type is taken, 0 to 1: the most precise range that covers it decides."""
    return max(_covering(accept, kind), default=(0, 0.0))[1]


def _covering(accept: str, kind: str) -> Iterator[tuple[int, float]]:
    ranges = {"*/*": 0, f"{kind.split('/')[0]}/*": 1, kind: 2}
    for part in accept.lower().split(","):
        named, *more = [piece.strip() for piece in part.split(";")]
        if named in ranges:
            found = [WEIGHT.fullmatch(piece) for piece in more if piece.startswith("q=")]
            yield ranges[named], float(found[0][1]) if found and found[0] else 0.0 if found else 1.0


def headers(request: Request, lang: str, form: str) -> dict[str, str]:
    """Return the headers every answer has. Its tag is weak: what compresses an answer changes its bytes."""
    named = "\n".join((edition(), request.scope["path"], query_of(request), lang, form))
    return {
        "ETag": f'W/"{version()}-{sha256(named.encode("utf-8", "replace")).hexdigest()[:16]}"',
        "Cache-Control": FRESH,
        "Content-Language": lang,
        "Vary": "Accept",
        "X-Data-Version": version(),
    }


def query_of(request: Request) -> str:
    """Return the query as it was sent; the host, which anyone may invent, is not looked at."""
    return bytes(request.scope["query_string"]).decode("latin-1")


def unchanged(request: Request, told: Mapping[str, str]) -> bool:
    """Tell whether the reader holds this very answer already (If-None-Match, compared weakly)."""
    held = {tag.strip().removeprefix("W/") for tag in request.headers.get("if-none-match", "").split(",")}
    return "*" in held or told["ETag"].removeprefix("W/") in held


@lru_cache(maxsize=1)
def edition() -> str:
    """Name the state of data and program together: either may change an answer."""
    digest = sha256(version().encode())
    paths = [path for layer in ("components", "data", "geo") for path in (ROOT / layer).rglob("*")]
    for path in sorted(path for path in paths if path.suffix.lstrip(".") in PROGRAM):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
