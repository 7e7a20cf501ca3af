"""What cannot be answered, as RFC 9457 problem documents: what was asked, which rule it breaks, what is valid and near."""

import json
from typing import Any, Final

from starlette.responses import Response

from components.export.asked import Refused
from components.words import LANGUAGES, words

MEDIA_TYPE: Final = "application/problem+json"


def problem(refused: Refused, lang: str, headers: dict[str, str] | None = None) -> Response:
    """Write a refusal as its answer, in the language asked for or else the first."""
    lang = lang if lang in LANGUAGES else LANGUAGES[0]
    speech = words(lang)
    told = {"parameter": refused.parameter, "value": refused.value, **refused.about}
    said = [speech(f"refused.{refused.rule}", **told)]
    names = speech("list.separator")
    if refused.nearest:
        said.append(speech("refused.nearest", names=names.join(refused.nearest)))
    elif refused.valid:
        said.append(speech("refused.valid", names=names.join(refused.valid)))
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": speech(f"refused.{refused.status}"),
        "status": refused.status,
        "detail": speech("api.sentences").join(said),
        "rule": refused.rule,
        **{name: value for name, value in told.items() if value != ""},
        **({"nearest": refused.nearest} if refused.nearest else {}),
        **({"valid": refused.valid} if refused.valid else {}),
    }
    text = json.dumps(body, ensure_ascii=False, indent=1).encode("utf-8", "replace")
    return Response(
        text, refused.status, {"Content-Language": lang, "Cache-Control": "no-cache", **(headers or {})}, MEDIA_TYPE
    )
