"""What cannot be answered: what was asked, which rule it breaks, what is valid and near.

To programs an RFC 9457 problem document; to people a page in their language that leads to what they may have meant.
"""

from typing import Any, Final
from urllib.parse import quote, urlencode

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response

from components import faulty
from components.export.asked import Refused
from components.web.problem import Problem
from components.web.told import is_read, language, page
from components.words import LANGUAGES, Words, words

LISTED: Final = 12  # valid values that the sentence lists; `valid` has more


async def answer(request: Request, refused: Refused, headers: dict[str, str] | None = None, lang: str = "") -> Response:
    """Answer with a refusal, as a page where one is asked for; `lang` is the language where no parameter names it."""
    if is_read(request.headers):
        spoken = lang if lang in LANGUAGES else language(request.scope, request.headers)
        return await to_thread.run_sync(_page, request, refused, headers, words(spoken))
    return problem(refused, request.query_params.get("lang", lang), {"Vary": "Accept", **(headers or {})})


def _page(request: Request, refused: Refused, headers: dict[str, str] | None, speech: Words) -> Response:
    near = [(_mended(request, refused, one), _named(refused, one, speech)) for one in refused.nearest]
    said = _sentence(refused, speech)
    if refused.valid and not near and refused.rule != "figure":  # all Figures have a page of their own
        hint = speech("refused.valid", names=speech.join(refused.valid[:LISTED]))
        said = speech("refused.with-hint", said=said, hint=hint)
    title = speech("refused.no-figure" if refused.rule == "figure" else f"refused.{refused.status}")
    return page(title, said, speech.lang, refused.status, headers, near=[(one, text) for one, text in near if one])


def _sentence(refused: Refused, speech: Words) -> str:
    return speech(f"refused.{refused.rule}", **_about(refused))


def _about(refused: Refused) -> dict[str, Any]:
    return {"parameter": refused.parameter, "value": refused.value, **refused.about}


def _mended(request: Request, refused: Refused, near: str) -> str:
    """Return the address asked for with what is near in the place of what is wrong, or '' where that is not to be seen."""
    path, query = request.url.path, dict(request.query_params)
    if refused.rule == "figure":
        folder, _, name = path.rpartition("/")
        path = f"{folder}/{quote(name.replace(refused.value, near, 1))}"
    elif refused.rule == "value" and refused.value in query.get(refused.parameter, ""):
        query[refused.parameter] = query[refused.parameter].replace(refused.value, near, 1)
    elif refused.rule == "parameter" and refused.parameter in query:
        query = {near if name == refused.parameter else name: value for name, value in query.items()}
    else:
        return ""
    return path + (f"?{urlencode(query)}" if query else "")


def _named(refused: Refused, near: str, speech: Words) -> str:
    shown = faulty.made(near, speech.lang, {}) if refused.rule == "figure" else None
    return speech("refused.named", title=shown.title, id=near) if shown else near


def problem(refused: Refused, lang: str, headers: dict[str, str] | None = None) -> Response:
    """Write a refusal as its answer, in the language asked for or else the first."""
    lang = lang if lang in LANGUAGES else LANGUAGES[0]
    speech = words(lang)
    said, told = _sentence(refused, speech), _about(refused)
    if refused.valid:
        key, names = ("nearest", refused.nearest) if refused.nearest else ("valid", refused.valid)
        said = speech("refused.with-hint", said=said, hint=speech(f"refused.{key}", names=speech.join(names[:LISTED])))
    members: dict[str, Any] = {
        **{name: value for name, value in told.items() if value != ""},
        **({"nearest": refused.nearest} if refused.nearest else {}),
        **({"valid": refused.valid} if refused.valid else {}),
    }
    kind, title = f"urn:problem:figure-file:{refused.rule}", speech(f"refused.{refused.status}")
    return Problem(kind, refused.status, title, said, lang, members).answer(headers)
