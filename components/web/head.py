"""What a page's address tells machines before any script runs: language, title, description, share card.

Streamlit serves one English page for every address; this middleware rewrites its head by page and language, and
sets the security headers of every answer.
"""

import base64
import hashlib
import re
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Final

import streamlit
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from components.address import HOME, PAGES, View, link, parse
from components.markup import render
from components.web.assets import address as asset_address
from components.web.share import dataset, share
from components.words import LANGUAGES, LOCALES, words
from data.select import Selection

INDEX: Final = Path(streamlit.__file__).parent / "static" / "index.html"
READER: Final = "reader.js"
TERRITORIES: Final = {"zh": "zh_CN", "en": "en_US"}  # as share cards name languages
FRAMED: Final = "/embed/"  # what other sites may put into a frame
# Tells Streamlit's script where its server is: on a deep link it would otherwise ask below the page's own path first
# and find nothing there.
BOOT: Final = "window.__streamlit={BACKEND_BASE_URL:location.origin}"


@lru_cache(maxsize=2)
def security_headers(framed: bool = False) -> tuple[tuple[bytes, bytes], ...]:
    """Return the headers of every answer; what is `framed` may stand in any other site's page, all else only in our own.

    Streamlit's page has one inline script, named here by its hash.
    """
    inline = re.findall(r"<script>(.*?)</script>", INDEX.read_text(encoding="utf-8"), re.DOTALL)
    digests = [hashlib.sha256(script.encode()).digest() for script in (*inline, BOOT)]
    hashes = " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)
    policy = (
        f"default-src 'self'; script-src 'self' 'unsafe-eval' {hashes}; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' data: blob: ws: wss:; "
        "worker-src 'self' blob:; object-src 'none'; base-uri 'self'; form-action 'self'; "
        + ("frame-ancestors *" if framed else "frame-ancestors 'self'")
    )
    return (
        (b"content-security-policy", policy.encode()),
        (b"x-content-type-options", b"nosniff"),
        (b"referrer-policy", b"strict-origin-when-cross-origin"),
        (b"permissions-policy", b"camera=(), microphone=(), geolocation=()"),
    )


class PageHead:
    """ASGI middleware: rewrites the head of pages and adds the security headers to every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a page's address with its own head; pass everything else on and add the headers."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if (page := page_of(scope["path"])) and scope["method"] in ("GET", "HEAD"):
            await self._page(page, Request(scope), scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *security_headers(scope["path"].startswith(FRAMED))]
            await send(message)

        await self.app(scope, receive, with_headers)

    async def _page(self, page: str, request: Request, scope: Scope, receive: Receive, send: Send) -> None:
        from anyio import to_thread
        from starlette.responses import HTMLResponse

        asked, _ = parse(dict(request.query_params))
        # A list, however filtered, is one page to machines, and so is a Figure, however its file is set.
        view = replace(asked, selection=Selection(), paragraph=0, page=1, settings=())
        html = await to_thread.run_sync(page_html, page, view, str(request.base_url).rstrip("/"))
        answer = HTMLResponse(html, headers={"Cache-Control": "no-cache"})
        answer.raw_headers.extend(security_headers())
        await answer(scope, receive, send)


def page_of(path: str) -> str:
    """Return the page that a path names, or '' where it names something else."""
    name = path.strip("/") or HOME
    return name if name in PAGES and (name != HOME or path == "/") else ""


@lru_cache(maxsize=256)
def page_html(page: str, view: View, base: str) -> str:
    """Return Streamlit's page with the language, title, description and share card of one of our addresses."""
    speech, shared = words(view.lang), share(page, view)
    tags = render(
        "head", shared=shared, base=base, here=base + link(page, view), boot=BOOT, reader=asset_address(READER),
        name=speech("product.name"), locale=TERRITORIES[view.lang],
        others={LOCALES[lang]: base + link(page, replace(view, lang=lang)) for lang in LANGUAGES},
        dataset=dataset(base, view.lang) if page in (HOME, "data") else None,
    )  # fmt: skip
    plain = render("no_script", words=speech, lang=view.lang)
    source = INDEX.read_text(encoding="utf-8")
    source = source.replace('<html lang="en">', f'<html lang="{LOCALES[view.lang]}">', 1)
    source = source.replace("<title>Streamlit</title>", tags, 1)
    source = source.replace('href="./_stcore/agent/openapi.json"', 'href="/api/v1/openapi.json"', 1)
    return re.sub(r"<noscript>.*?</noscript>", lambda _: plain, source, count=1, flags=re.DOTALL)
