"""Figures inside other sites' pages: /embed/{id}, its still picture /embed/{id}.svg, and what oEmbed asks for.

A page of its own, light, without a frame around it: the still picture comes first and stays where scripts are off; Vega from
our own server draws the live one in its place. `/embed/{id}@{data version}` keeps the numbers of that version.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from components.export import image, trim
from components.export.asked import Refused, one, own
from components.export.face import SHOWN, Face, face, released, versions
from components.export.store import Store
from components.figures.catalogue import figure
from components.figures.figure import NothingStated
from components.figures.moved import MOVED
from components.markup import render
from components.web import assets
from components.web.fitted import height
from components.web.refusal import answer
from components.web.share import Share, card
from components.words import LANGUAGES, LOCALES, words
from data.load import version

NARROW, WIDE = 400, 760  # px the still pictures are drawn for
BREAK = 520  # px of the page around it below which the narrow one serves
OWN: Final = ("lang", "look", "width")  # parameters of the page; all others are the Figure's
COLUMNS: Final = (360, 400, 480, 560, 640, WIDE)  # px of the columns in which a frame of no given width is whole
LARGEST = 4000
STILLS: Final = Store(6 * 2**20)  # the desk's gallery alone asks for each Figure in two languages and two looks
Make = Callable[["Asked", dict[str, str], str], tuple[bytes, str]]


@dataclass(frozen=True)
class Asked:
    """What an embed's address asks for."""

    id: str
    version: str
    lang: str
    look: str
    parameters: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, name: str, query: dict[str, str]) -> "Asked":
        """Read a path's last part and a query; raises Refused."""
        id, _, frozen = name.partition("@")
        id = MOVED.get(id, id)
        lang, look = one("lang", query, LANGUAGES), query.get("look", "")
        if look and look not in SHOWN:
            raise Refused("value", "look", look, SHOWN)
        return cls(id, frozen, lang, look, tuple(sorted(own(id, query, OWN))))

    def face(self) -> Face:
        """Return what is shown: the Figure as it is now, or as a release kept it; raises Refused where none did."""
        try:
            now = figure(self.id, self.lang, **dict(self.parameters))
        except NothingStated:
            raise Refused("nothing") from None
        if self.version in ("", version()):
            return face(now)
        for old in (old for old, new in MOVED.items() if new == self.id):
            with suppress(KeyError):  # a release knows the Figure by the id it had then
                return released(self.version, old + now.name.removeprefix(self.id), self.lang)
        try:
            return released(self.version, now.name, self.lang)
        except KeyError:
            kept = versions()
            rule, valid = ("not-kept", []) if self.version in kept else ("release", kept)
            raise Refused(rule, "version", self.version, valid, 404) from None

    @property
    def query(self) -> str:
        """The query that names the same view in any of its forms."""
        return urlencode({**dict(self.parameters), "lang": self.lang})

    def address(self, ending: str = "", **more: object) -> str:
        """Return the address of the embed, or with an ending of its still picture."""
        name = self.id + (f"@{self.version}" if self.version else "")
        extra = {**({"look": self.look} if self.look else {}), **more}
        return f"/embed/{quote(name)}{ending}?{self.query}" + (f"&{urlencode(extra)}" if extra else "")


async def embed(request: Request) -> Response:
    """Answer with the page of an embedded Figure."""
    return await _answer(request, _page)


async def still(request: Request) -> Response:
    """Answer with the still picture of an embedded Figure: its chart alone, title and credits stand in the page."""
    return await _answer(request, _still)


async def _answer(request: Request, make: Make) -> Response:
    query = dict(request.query_params)
    try:
        asked = Asked.of(request.path_params["id"], query)
        body, kind = await to_thread.run_sync(make, asked, query, str(request.base_url).rstrip("/"))
    except Refused as refused:
        return await answer(request, refused)
    tag = assets.digest(body)
    age = "public, max-age=31536000, immutable" if asked.version else "public, max-age=3600"
    headers = {"ETag": f'"{tag}"', "Cache-Control": age, "Content-Language": asked.lang}
    if headers["ETag"] in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(body, headers=headers, media_type=kind)


@lru_cache(maxsize=64)
def _made(asked: Asked, base: str) -> bytes:
    shown = asked.face()
    stills = [
        {
            "media": f"{scheme} and {wide}",
            "address": asked.address(".svg", width=width, **({} if asked.look else {"look": look})),
        }
        for look, scheme in (("dark", "(prefers-color-scheme: dark)"), ("light", "(prefers-color-scheme: light)"))
        for width, wide in ((NARROW, f"(max-width: {BREAK}px)"), (WIDE, f"(min-width: {BREAK + 1}px)"))
    ]
    address = base + asked.address()
    shared = Share(shown.title, shown.subtitle, asked.id, asked.lang, dict(asked.parameters))
    return render(
        "embed", face=shown, words=words(asked.lang), locale=LOCALES[asked.lang], look=asked.look, stills=stills,
        address=f"{base}/figures/{asked.id}.html?{asked.query}", specifications=shown.specifications,
        oembed=f"{base}/oembed?{urlencode({'url': address})}",
        style=assets.address("embed.css"), script=assets.address("embed.js"), vega=assets.address("vega.js"), **card(shared, base),
    ).encode()  # fmt: skip


def _page(asked: Asked, query: dict[str, str], base: str) -> tuple[bytes, str]:
    if "width" in query:
        raise Refused("own-width", "width", query["width"])
    return _made(asked, base), "text/html; charset=utf-8"


def _still(asked: Asked, query: dict[str, str], base: str) -> tuple[bytes, str]:
    text = query.get("width", str(WIDE))
    if text not in (str(NARROW), str(WIDE)):
        raise Refused("value", "width", text, (str(NARROW), str(WIDE)))
    return _drawn(asked, int(text)), "image/svg+xml"


def _drawn(asked: Asked, width: int) -> bytes:
    return STILLS.get_or_write((asked, width), lambda: _draw(asked, width)).encode()


def _draw(asked: Asked, width: int) -> str:
    spec = asked.face().specifications[asked.look or SHOWN[0]]
    return trim.trimmed(image.renderer().vegalite_to_svg({**spec, "width": width}))


async def oembed(request: Request) -> Response:
    """Answer what oEmbed consumers ask: the frame for the address of an embed or of a Figure's page."""
    query = dict(request.query_params)
    if query.get("format", "json") != "json":
        return PlainTextResponse("oEmbed is answered as json only.", 501)
    parts = urlsplit(query.get("url", ""))
    folder, _, name = parts.path.strip("/").rpartition("/")
    try:
        if folder not in ("embed", "figures"):
            raise ValueError("url must be the address of an embed or of a Figure: /embed/{id} or /figures/{id}.html.")
        asked = Asked.of(name.partition(".")[0], dict(parse_qsl(parts.query)))
        wide, most = _limit(query, "maxwidth", WIDE), _limit(query, "maxheight", LARGEST)
        shown = await to_thread.run_sync(asked.face)
        high = min(most, height(shown, wide))
    except Refused as refused:
        return await answer(request, refused)
    except ValueError as error:
        return PlainTextResponse(str(error.args[0]), 404)
    base = str(request.base_url).rstrip("/")
    return JSONResponse(
        {
            "version": "1.0", "type": "rich", "title": shown.title, "provider_url": base,
            "provider_name": words(asked.lang)("product.name"), "width": wide, "height": high, "cache_age": 3600,
            "html": frame(base + asked.address(), shown, wide, high),
            "thumbnail_url": f"{base}/figures/{asked.id}.png?{asked.query}&size=web",
            "thumbnail_width": 1200, "thumbnail_height": 675,
        }
    )  # fmt: skip


def _limit(query: dict[str, str], name: str, size: int) -> int:
    text = query.get(name, str(size))
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= LARGEST):
        raise ValueError(f"{name} cannot be {text[:40]!r}: it is a whole number of px from 1 to {LARGEST}.")
    return min(size, int(text))


def frame(address: str, shown: Face, width: int | None = None, high: int | None = None) -> str:
    """Return the code that puts an embed into a page: as wide as its column unless a width is given.

    Its script fits the frame to what the frame says of itself. Where a page drops the script, the height holds the whole
    Figure in any usual column, down to a phone's; in a narrower one, or one set larger, it can be scrolled.
    """
    high = high or max(height(shown, column) for column in COLUMNS)
    return render("frame", address=address, title=shown.title, width=width or "100%", height=high).strip()


ROUTES: Final = [
    Route("/embed/{id:str}.svg", still, methods=["GET", "HEAD"]),
    Route("/embed/{id:str}", embed, methods=["GET", "HEAD"]),
    Route("/oembed", oembed, methods=["GET", "HEAD"]),
]
