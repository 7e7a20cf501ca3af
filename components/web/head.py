"""What a page's address tells machines before any script runs: language, title, description, share card.

Streamlit serves one English page for every address; this middleware rewrites its head by page and language, and
sets the security headers of every answer.
"""

import base64
import hashlib
import re
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Final

import streamlit
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from components.address import HOME, PAGES
from components.web.assets import address as asset_address
from components.words import LANGUAGES, LOCALES, words

INDEX: Final = Path(streamlit.__file__).parent / "static" / "index.html"
READER: Final = "reader.js"
SHARED_FIGURE: Final = "four-places"
# Tells Streamlit's script where its server is: on a deep link it would otherwise ask below the page's own path first
# and find nothing there.
BOOT: Final = "window.__streamlit={BACKEND_BASE_URL:location.origin}"


@lru_cache(maxsize=1)
def security_headers() -> tuple[tuple[bytes, bytes], ...]:
    """Return the headers of every answer. Streamlit's page has one inline script, named here by its hash."""
    inline = re.findall(r"<script>(.*?)</script>", INDEX.read_text(encoding="utf-8"), re.DOTALL)
    digests = [hashlib.sha256(script.encode()).digest() for script in (*inline, BOOT)]
    hashes = " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)
    policy = (
        f"default-src 'self'; script-src 'self' 'unsafe-eval' {hashes}; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' data: blob: ws: wss:; "
        "worker-src 'self' blob:; object-src 'none'; base-uri 'self'; form-action 'self'"
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
                message["headers"] = [*message["headers"], *security_headers()]
            await send(message)

        await self.app(scope, receive, with_headers)

    async def _page(self, page: str, request: Request, scope: Scope, receive: Receive, send: Send) -> None:
        from starlette.responses import HTMLResponse

        asked = request.query_params.get("lang", LANGUAGES[0])
        lang = asked if asked in LANGUAGES else LANGUAGES[0]
        answer = HTMLResponse(page_html(page, lang, str(request.base_url)), headers={"Cache-Control": "no-cache"})
        answer.raw_headers.extend(security_headers())
        await answer(scope, receive, send)


def page_of(path: str) -> str:
    """Return the page that a path names, or '' where it names something else."""
    name = path.strip("/") or HOME
    return name if name in PAGES and (name != HOME or path == "/") else ""


@lru_cache(maxsize=64)
def page_html(page: str, lang: str, base: str) -> str:
    """Return Streamlit's page with the language, title, description and share card of one of ours."""
    speech = words(lang)
    name = speech("product.name")
    title = name if page == HOME else f"{speech(f'nav.{page}')} · {name}"
    text = speech(f"page.{page}.description")
    address = base.rstrip("/") + ("/" if page == HOME else f"/{page}")
    here = address + ("" if lang == LANGUAGES[0] else f"?lang={lang}")
    picture = f"{base.rstrip('/')}/figures/{SHARED_FIGURE}.png?lang={lang}"
    tags = [
        f"<script>{BOOT}</script>",
        f'<script src="{asset_address(READER)}" defer></script>',
        f'<meta name="description" content="{escape(text)}">',
        f'<link rel="canonical" href="{escape(here)}">',
        *(
            f'<link rel="alternate" hreflang="{LOCALES[other]}" href="{escape(address)}?lang={other}">'
            for other in LANGUAGES
        ),
        *(
            f'<meta property="og:{key}" content="{escape(value)}">'
            for key, value in (
                ("type", "article"), ("site_name", name), ("title", title), ("description", text), ("url", here),
                ("image", picture), ("locale", LOCALES[lang].replace("-Hans", "").replace("-", "_")),
            )
        ),
        '<meta name="twitter:card" content="summary_large_image">',
    ]  # fmt: skip
    source = INDEX.read_text(encoding="utf-8")
    source = source.replace('<html lang="en">', f'<html lang="{LOCALES[lang]}">', 1)
    source = source.replace("<title>Streamlit</title>", f"<title>{escape(title)}</title>" + "".join(tags), 1)
    return source.replace("You need to enable JavaScript to run this app.", escape(speech("page.no-script")), 1)
