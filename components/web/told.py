"""What a request hears that gets no answer: a page for people, an RFC 9457 problem for programs, in their language."""

from collections.abc import Mapping, Sequence
from typing import Any, Final
from urllib.parse import parse_qs

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import Scope

from components.address import HOME, View, link
from components.markup import render
from components.web import assets
from components.web.problem import Problem
from components.words import LANGUAGES, LOCALES, words

STATUS: Final = {
    "host": 400,
    "other-host": 421,
    "unknown": 404,
    "method": 405,
    "too-long": 414,
    "too-large": 413,
    "too-often": 429,
    "busy": 503,
    "failure": 500,
    "font": 503,
    "memory": 503,
    "kit": 503,
}
Link = tuple[str, str]  # an address, and what it is called
LINKS: Final = (HOME, "data", "about")  # pages that lead on


def told(kind: str, scope: Scope, headers: dict[str, str] | None = None, **values: Any) -> Response:
    """Answer with what is wrong; `values` fill the sentence and stand in the problem."""
    asked = Headers(scope=scope)
    lang, status = language(scope, asked), STATUS[kind]
    speech = words(lang)
    title, detail = speech(f"told.{kind}"), speech(f"told.{kind}.detail", **values)
    if is_read(asked):
        return page(title, detail, lang, status, headers)
    return Problem(f"urn:problem:request:{kind}", status, title, detail, lang, values).answer(_headers(lang, headers))


def is_read(asked: Headers) -> bool:
    """Tell whether an answer is for people: a browser asks for a page by name, programs and pictures do not."""
    return "text/html" in asked.get("accept", "")


def page(
    title: str, detail: str, lang: str, status: int, headers: Mapping[str, str] | None = None, near: Sequence[Link] = ()
) -> Response:
    """Write a page that says what is wrong, leads to what is `near`, and onward; in a frame its links open beside it."""
    speech = words(lang)
    links = [(link(name, View(lang=lang)), speech(f"nav.{name}")) for name in LINKS]
    body = render(
        "told", title=title, detail=detail, words=speech, lang=lang, locale=LOCALES[lang], near=near,
        links=[*links, (f"/figures.html?lang={lang}", speech("plain.figures"))], style=assets.address("plain.css"),
    )  # fmt: skip
    return Response(body, status, _headers(lang, headers), "text/html; charset=utf-8")


def _headers(lang: str, more: Mapping[str, str] | None) -> dict[str, str]:
    return {"Content-Language": lang, "Cache-Control": "no-store", "Vary": "Accept, Accept-Language",
            "Access-Control-Allow-Origin": "*", **(more or {})}  # fmt: skip  # a refusal is nobody's secret


def language(scope: Scope, asked: Headers) -> str:
    """Return the language of an answer: the one the address names, else the first of the reader's that there is."""
    query = parse_qs(scope.get("query_string", b"").decode("latin-1"), max_num_fields=200)
    named = query.get("lang", [""])[0]
    liked = [part.split(";")[0].strip().lower()[:2] for part in asked.get("accept-language", "").split(",")[:20]]
    return next((lang for lang in LANGUAGES if lang == named), "") or next(
        (lang for one in liked for lang in LANGUAGES if lang == one), LANGUAGES[0]
    )
