"""Requests that no honest client sends, and some that one does: a seed gives the same ones again.

`requests(seed)` never ends. What would be drawn for minutes is asked for by HEAD only; what is drawn for a tenth of a
second comes rarely, so that a hundred thousand requests are a matter of minutes.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random
from typing import Final
from urllib.parse import quote

from components.address import PAGES
from components.figures import catalogue
from data.load import tables
from data.story import story

OTHERS: Final = ("HEAD", "HEAD", "POST", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "CONNECT", "get", "NONSENSE")
METHODS: Final = ("GET",) * 14 + OTHERS
ENDINGS: Final = ("csv", "json", "html", "xlsx", "geojson")
DRAWN: Final = ("png", "svg", "pdf")
RESOURCES: Final = ("observations", "indicators", "sources", "tasks", "terms", "places", "pairs", "figures", "mentions",
                    "verdicts", "views", "")  # fmt: skip
NAMES: Final = ("lang", "place", "theme", "indicator", "period", "kind", "bound", "search", "page", "observation", "source",
                "paragraph", "step", "figure", "look", "size", "width", "height", "scale", "limit", "offset", "format", "fields",
                "sort", "bom", "pair", "follow", "steps", "url", "maxwidth", "at", "department")  # fmt: skip
STREAMLIT: Final = ("/_stcore/health", "/_stcore/host-config", "/_stcore/stream", "/_stcore/metrics", "/_stcore/agent/mcp",
                    "/_stcore/agent/interact", "/_stcore/upload_file/a/b", "/component/a/b.js", "/media/a", "/static/a.js",
                    "/_stcore/bidi-components/a/b", "/auth/login", "/oauth2callback", "/index.html", "/favicon.png")  # fmt: skip
WILD: Final = ("", "0", "-1", "1e999", "NaN", "null", "true", "\x00", "\n", "\r\nX-Evil: 1", "%", "%zz", "%00",
               "../" * 12 + "etc/passwd",
               "..\\..\\x", "\u202e", "\ufeff", "\ud800", "😀" * 40, "贵阳", "<script>alert(1)</script>", "' OR 1=1 --", "{{7*7}}",
               "${jndi:ldap://x}", "A" * 3000, "9" * 400, "=cmd|' /C calc'!A0", "٣", "İ", ";" * 50, "," * 500, "[]", "__proto__",
               "http://169.254.169.254/", "//evil.example", "file:///etc/passwd", "*", "(a+)+$", "zh", "en")  # fmt: skip
HEADERS: Final = (
    (b"accept", b"text/html"), (b"accept", b"text/csv"), (b"accept", b"application/geo+json"), (b"accept", b"*/*;q=\xff"),
    (b"accept-language", b"en"), (b"accept-language", b"fr;q=9,,;;=" * 20), (b"accept-encoding", b"gzip"),
    (b"if-none-match", b"*"), (b"if-none-match", b'W/"x", "' + b"y" * 500), (b"range", b"bytes=0-0,1-1,-5"),
    (b"range", b"bytes=99999999999999999999-"), (b"cookie", b"_streamlit_xsrf=2|x|y|z; _streamlit_session=x.y.z"),
    (b"origin", b"https://evil.example"), (b"origin", b"null"), (b"x-forwarded-host", b"evil.example"),
    (b"x-forwarded-for", b"\xff\xfe"), (b"content-type", b"application/json"), (b"access-control-request-method", b"PUT"),
    (b"upgrade", b"websocket"), (b"if-modified-since", b"yesterday"), (b"expect", b"100-continue"),
)  # fmt: skip
HOSTS: Final = (b"localhost",) * 30 + (b"", b"evil.example", b"a b", b"localhost:99999", b"\xff", b"x" * 400, b"[::1]")


@dataclass(frozen=True)
class Asked:
    """One request, before any client tidies it up."""

    method: str
    path: bytes  # as it stands on the wire, escaped
    query: bytes
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes

    def __str__(self) -> str:
        return f"{self.method} {self.path[:200]!r} ? {self.query[:300]!r} {self.headers!r:.300} body {len(self.body)}"


def requests(seed: int) -> Iterator[Asked]:
    """Yield requests for ever."""
    chance = Random(seed)  # noqa: S311 - no secret, a seed to repeat
    known = Known()
    makers: tuple[Callable[[Random], str], ...] = (
        known.page, known.page, known.data, known.data, known.file, known.embed, known.stage, known.other, wild_path)  # fmt: skip
    while True:
        path = chance.choice(makers)(chance)
        if chance.random() < 0.25:
            path = mutated(chance, path)
        method = chance.choice(METHODS)
        if path.endswith((".zip", ".pptx")) or "deck" in path or "/kits" in path or "/decks" in path:
            method = "HEAD" if method == "GET" else method
        headers = [(b"host", chance.choice(HOSTS)), *chance.sample(HEADERS, chance.choice((0, 0, 1, 2, 4)))]
        body = b"" if method in ("GET", "HEAD") or chance.random() < 0.5 else known.body(chance)
        if body and chance.random() < 0.8:
            headers.append((b"content-length", str(len(body)).encode()))
        yield Asked(method, wire(path), query(chance, known), tuple(headers), body)


def wire(path: str) -> bytes:
    """Escape a path as a client would, its strokes and escapes left as they are."""
    return quote(path.encode("utf-8", "surrogatepass"), safe="/%@.:;=~").encode()


def query(chance: Random, known: "Known") -> bytes:
    """Return a query: right, wrong, mutated, or no query at all."""
    if (dice := chance.random()) < 0.3:
        return b""
    if dice < 0.36:
        return bytes(chance.randrange(256) for _ in range(chance.randrange(200)))
    parts = []
    for _ in range(chance.choice((1, 1, 2, 3, 5, 40))):
        name = chance.choice(NAMES) if chance.random() < 0.9 else chance.choice(WILD)
        value = known.value(chance, name) if chance.random() < 0.6 else chance.choice(WILD)
        parts.append(f"{escaped(name)}={escaped(value)}")
    return "&".join(parts).encode()


def escaped(text: str) -> str:
    """Escape a name or a value of a query, half a character included."""
    return quote(text.encode("utf-8", "surrogatepass"))


def mutated(chance: Random, text: str) -> str:
    """Return a text with something put in, taken out, doubled or turned."""
    at = chance.randrange(len(text) + 1)
    change = chance.randrange(6)
    if change == 0:
        return text[:at] + chance.choice(WILD) + text[at:]
    if change == 1:
        return text[:at] + text[at + chance.randrange(1, 4) :]
    if change == 2:
        return text[:at] + text
    if change == 3:
        code = chance.choice((chance.randrange(32), chance.randrange(127, 300), 0x4E00 + chance.randrange(9000)))
        return text[:at] + chr(code) + text[at:]
    return text + chance.choice(("/", "//", "/.", "/..", ".", "%2e%2e", ";x", "@x")) if change == 4 else text.swapcase()


def wild_path(chance: Random) -> str:
    """Return a path of nobody's."""
    return "/" + "/".join(chance.choice(WILD) for _ in range(chance.randrange(4)))


class Known:
    """What is right, to be asked for and to be spoilt."""

    def __init__(self) -> None:
        stated = tables()
        self._figures = [id for id, _ in catalogue.every()]
        self._steps = [position.step.id for position in story().steps()]
        self._values = {
            "lang": ["zh", "en", "zh", "en", "fr"],
            "place": sorted(set(stated.observations["place"])), "at": sorted(set(stated.observations["place"])),
            "indicator": list(stated.indicators.index), "theme": sorted(set(stated.indicators["theme"])),
            "period": sorted(set(stated.observations["period"])), "kind": sorted(set(stated.observations["kind"])),
            "bound": sorted(set(stated.observations["bound"])), "source": list(stated.sources.index),
            "observation": list(stated.observations["id"]), "step": self._steps, "steps": self._steps, "figure": self._figures,
            "look": ["light", "dark"], "format": ["json", "csv", "geojson"], "limit": ["1", "5"], "offset": ["0", "7"],
            "page": ["1", "2", "99"], "paragraph": ["1", "7"], "search": ["GDP", "贵阳", "sl", "森林"], "width": ["400", "760"],
            "url": ["http://localhost/embed/growth-2023"], "pair": ["abcdefgh"], "follow": ["abcdefghij"],
        }  # fmt: skip

    def value(self, chance: Random, name: str) -> str:
        """Return a value that a parameter may have."""
        return str(chance.choice(self._values.get(name) or WILD))

    def page(self, chance: Random) -> str:
        """Return the path of a page."""
        page = chance.choice(PAGES)
        return "/" if page == PAGES[0] else f"/{page}"

    def data(self, chance: Random) -> str:
        """Return a path of the data interface or of a table."""
        resource = chance.choice(RESOURCES)
        id = chance.choice(self._values["observation"] + self._values["indicator"])
        return chance.choice((f"/api/v1/{resource}", f"/api/v1/{resource}/{id}", f"/data/v1/tables/{resource}.csv",
                              "/data/v1@x/datapackage.json", "/api/v1/openapi.json",
                              f"/observations.{chance.choice(ENDINGS)}"))  # fmt: skip

    def file(self, chance: Random) -> str:
        """Return the path of a Figure's file, seldom one that must be drawn."""
        id = chance.choice(self._figures)
        if (dice := chance.random()) < 0.01:
            return f"/figures/{id}.{chance.choice(DRAWN)}"
        if dice < 0.5:
            return f"/figures/{id}.{chance.choice(ENDINGS)}"
        return chance.choice((f"/figures/{id}x.png", f"/figures/{id}", "/kits/all.zip"))

    def embed(self, chance: Random) -> str:
        """Return the path of an embed."""
        id = chance.choice(self._figures)
        return chance.choice((f"/embed/{id}", f"/embed/{id}@x", f"/embed/{id}x.svg", "/oembed"))

    def stage(self, chance: Random) -> str:
        """Return a path of the stage."""
        step = chance.choice(self._steps)
        if chance.random() < 0.002:
            return "/stage/deck.html"
        return chance.choice(("/stage", "/stage/talk.json", f"/stage/drawing/{step}.json", "/stage/lead/abcdefgh",
                              "/stage/follow/abcdefgh", "/decks/x.pptx", "/stage/deck.htm"))  # fmt: skip

    def other(self, chance: Random) -> str:
        """Return what is left of ours, or an address of Streamlit's."""
        own = ("/story.html", "/figures.html", "/robots.txt", "/sitemap.xml", "/assets/embed.js", "/assets/x.js",
               "/healthz", "/readyz", "/metrics", "/favicon.ico")  # fmt: skip
        return chance.choice(own + STREAMLIT)

    def body(self, chance: Random) -> bytes:
        """Return a body: a place of a talk, a spoilt one, or nothing like it."""
        right = f'{{"id":"{chance.choice(self._steps)}","phase":{chance.randrange(12)},"lang":"zh","over":""}}'
        return chance.choice((
            right.encode(), mutated(chance, right).encode("utf-8", "replace"), b"[" * 3000, b"\x00" * 10, b"x" * 5000,
            b'{"id":' + b"9" * 3000 + b"}", bytes(chance.randrange(256) for _ in range(200)),
        ))  # fmt: skip
