"""What cannot be answered, as RFC 9457 problem documents: what was asked, which rule it breaks, what is valid and near."""

from typing import Any, Final

from starlette.responses import Response

from components.export.asked import Refused
from components.web.problem import Problem
from components.words import LANGUAGES, words

LISTED: Final = 12  # valid values that the sentence lists; `valid` has more


def problem(refused: Refused, lang: str, headers: dict[str, str] | None = None) -> Response:
    """Write a refusal as its answer, in the language asked for or else the first."""
    lang = lang if lang in LANGUAGES else LANGUAGES[0]
    speech = words(lang)
    told = {"parameter": refused.parameter, "value": refused.value, **refused.about}
    said = speech(f"refused.{refused.rule}", **told)
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
