"""The story and the Figures as plain HTML, for search engines, screen readers, text browsers and paper: no script at all.

/story.html is the whole story on one page, /figures.html lists every Figure; both from the definitions that the pages read.
/robots.txt and /sitemap.xml lead there.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from typing import Final
from urllib.parse import urlencode

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from components import faulty
from components.address import HOME, PAGES, View, link
from components.export.asked import Refused
from components.figures import catalogue
from components.figures.figure import Figure
from components.markup import render
from components.prose import fill, story_title
from components.web import assets
from components.web.refusal import answer
from components.web.share import dataset, share
from components.words import LANGUAGES, LOCALES, words
from data.story import story

WIDTH = 760  # px the pictures are drawn for


async def story_page(request: Request) -> Response:
    """Answer with the whole story on one page."""
    return await _answer(request, _story)


async def figures_page(request: Request) -> Response:
    """Answer with the list of all Figures."""
    return await _answer(request, _figures)


async def _answer(request: Request, make: Callable[[str, str], bytes]) -> Response:
    lang = request.query_params.get("lang", LANGUAGES[0])
    if lang not in LANGUAGES:
        return await answer(request, Refused("value", "lang", lang, LANGUAGES))
    body, faults = await to_thread.run_sync(_made, make, lang, str(request.base_url).rstrip("/"))
    tag = f'"{assets.digest(body)}"'
    headers = {"ETag": tag, "Cache-Control": "public, max-age=3600", "Content-Language": lang}
    if faults:
        headers = faulty.fleeting(headers)
    elif tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(body, headers=headers, media_type="text/html; charset=utf-8")


def _made(make: Callable[[str, str], bytes], lang: str, base: str) -> tuple[bytes, list[str]]:
    """Make a page, and name the faults in it."""
    with faulty.watched() as faults:
        return make(lang, base), faults


@faulty.kept(8)
def _story(lang: str, base: str) -> bytes:
    speech = words(lang)
    chapters = [
        {
            "title": speech.of(vars(chapter), "title"),
            "id": chapter.id,
            "steps": [
                {
                    "id": step.id,
                    "text": fill(speech.of(vars(step), "text"), speech),
                    "address": link(HOME, View(lang=lang, step=step.id)),
                    **_shown(*faulty.shown(step.figure, lang, step.parameters)),
                }
                for step in chapter.steps
            ],
        }
        for chapter in story().chapters
    ]
    lead = fill(speech.of(vars(story()), "lead"), speech)
    shared = share(HOME, View(lang=lang))
    return _page(
        "plain_story", lang, base, "/story.html", title=story_title(speech), lead=lead, chapters=chapters, shared=shared
    )


@faulty.kept(8)
def _figures(lang: str, base: str) -> bytes:
    shown = [_shown(*faulty.shown(id, lang, parameters)) for id, parameters in catalogue.every()]
    return _page("plain_figures", lang, base, "/figures.html", figures=shown, shared=share(HOME, View(lang=lang)))


def _shown(figure: Figure, fault: str) -> dict[str, object]:
    query = urlencode({**figure.parameters, "lang": figure.lang})
    return {
        "figure": figure,
        "fault": fault,
        "picture": f"/figures/{figure.id}.svg?{query}",
        "page": f"/figures/{figure.id}.html?{query}",
        "table": f"/figures/{figure.id}.csv?{query}",
    }


def _page(template: str, lang: str, base: str, path: str, **values: object) -> bytes:
    other = LANGUAGES[1 - LANGUAGES.index(lang)]
    return render(
        template, words=words(lang), locale=LOCALES[lang], lang=lang, base=base, here=f"{base}{path}?lang={lang}",
        other={"lang": other, "address": f"{path}?lang={other}"}, style=assets.address("plain.css"),
        dataset=dataset(base, lang), **values,
    ).encode()  # fmt: skip


async def robots(request: Request) -> Response:
    """Answer crawlers: everything may be read; the map of the site is named."""
    return PlainTextResponse(f"User-agent: *\nAllow: /\n\nSitemap: {str(request.base_url).rstrip('/')}/sitemap.xml\n")


async def sitemap(request: Request) -> Response:
    """Answer with every address worth finding, each with its twin in the other language."""
    body = await to_thread.run_sync(_sitemap, str(request.base_url).rstrip("/"))
    return Response(body, media_type="application/xml", headers={"Cache-Control": "public, max-age=3600"})


@lru_cache(maxsize=8)
def _sitemap(base: str) -> bytes:
    views = [(page, View()) for page in PAGES]
    views += [(HOME, View(step=position.step.id)) for position in story().steps()]
    pairs = [{lang: link(page, replace(view, lang=lang)) for lang in LANGUAGES} for page, view in views]
    plain = ["/story.html", "/figures.html"]
    pairs += [{lang: f"{path}?lang={lang}" for lang in LANGUAGES} for path in plain]
    pairs += [
        {lang: f"/figures/{id}.html?{urlencode({**parameters, 'lang': lang})}" for lang in LANGUAGES}
        for id, parameters in catalogue.every()
    ]
    return render("sitemap", base=base, pairs=pairs, locales=LOCALES).encode()


ROUTES: Final = [
    Route("/story.html", story_page, methods=["GET", "HEAD"]),
    Route("/figures.html", figures_page, methods=["GET", "HEAD"]),
    Route("/robots.txt", robots, methods=["GET", "HEAD"]),
    Route("/sitemap.xml", sitemap, methods=["GET", "HEAD"]),
]
