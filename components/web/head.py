"""What a page's address tells machines before any script runs: language, title, description, share card.

Streamlit serves one English page for every address; this middleware rewrites its head by page and language.
"""

import re
from dataclasses import replace
from functools import lru_cache
from typing import Final

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from components.address import HOME, PAGES, View, link, parse
from components.markup import render
from components.web.assets import address as asset_address
from components.web.security import BOOT, INDEX
from components.web.share import TERRITORIES, dataset, share
from components.words import LANGUAGES, LOCALES, words
from data.select import Selection
from data.story import story

READER: Final = "reader.js"
LINE: Final = "line.js"


class PageHead:
    """ASGI middleware: rewrites the head of pages."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a page's address with its own head; pass everything else on."""
        page = page_of(scope["path"]) if scope["type"] == "http" else ""
        if page and scope["method"] in ("GET", "HEAD"):
            await self._page(page, Request(scope), scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _page(self, page: str, request: Request, scope: Scope, receive: Receive, send: Send) -> None:
        from anyio import to_thread
        from starlette.responses import HTMLResponse, RedirectResponse, Response

        asked, _ = parse(dict(request.query_params))
        if page == HOME and request.query_params.get("present") == "1":
            answer: Response = RedirectResponse(staged(asked), 302, {"Cache-Control": "no-cache"})
            await answer(scope, receive, send)
            return
        # A list, however filtered, is one page to machines, and so is a Figure, however its file is set, and a talk.
        view = replace(asked, selection=Selection(), paragraph=0, page=1, settings=(), steps=(), talk="", pair="")
        html = await to_thread.run_sync(page_html, page, view, str(request.base_url).rstrip("/"))
        answer = HTMLResponse(html, headers={"Cache-Control": "no-cache"})
        await answer(scope, receive, send)


def staged(view: View) -> str:
    """Return where a step of the story is shown on the stage, from its question on."""
    return f"/stage?lang={view.lang}#{story().at(view.step).step.id}.0.{view.lang}"


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
        line=asset_address(LINE), lost=speech("line.lost"),
        name=speech("product.name"), territory=TERRITORIES[view.lang],
        others={LOCALES[lang]: base + link(page, replace(view, lang=lang)) for lang in LANGUAGES},
        dataset=dataset(base, view.lang) if page in (HOME, "data") else None,
    )  # fmt: skip
    plain = render("no_script", words=speech, lang=view.lang)
    source = INDEX.read_text(encoding="utf-8")
    source = source.replace('<html lang="en">', f'<html lang="{LOCALES[view.lang]}">', 1)
    source = source.replace("<title>Streamlit</title>", tags, 1)
    source = source.replace('href="./_stcore/agent/openapi.json"', 'href="/api/v1/openapi.json"', 1)
    return re.sub(r"<noscript>.*?</noscript>", lambda _: plain, source, count=1, flags=re.DOTALL)
