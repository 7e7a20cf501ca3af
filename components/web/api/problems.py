"""Refusals of the data interface as problem documents: what was asked, which rule it breaks, what is valid, what comes near."""

from collections.abc import Sequence
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from components.web import problem as document
from components.words import LANGUAGES, Words, words
from data.near import near

BASE: Final = "/api/v1"
STATUS: Final = {
    "invalid-query": 422,
    "unknown-id": 404,
    "unknown-path": 404,
    "other-version": 404,
    "method-not-allowed": 405,
    "not-acceptable": 406,
    "address-too-long": 414,
    "failure": 500,
}
# What may be wrong with a parameter; each has its sentence.
RULES: Final = ("unknown-parameter", "unknown-value", "number", "out-of-range", "too-long", "once")
NAMING: Final = RULES[:2]  # where a name is wrong, another comes near
SHOWN = 120  # characters of a wrong value that an answer repeats
LISTED = 50  # valid values that an answer lists


class Problem(Exception):
    """Something that cannot be answered; `kind` is a key of STATUS, `values` fill its sentence."""

    def __init__(self, kind: str, errors: Sequence[dict[str, Any]] = (), **values: Any) -> None:
        super().__init__(kind)
        self.kind, self.errors, self.values = kind, list(errors), values


def error(speech: Words, parameter: str, value: object, rule: str, valid: Sequence[str] = ()) -> dict[str, Any]:
    """Describe one wrong parameter; where there are too many valid values, those nearest to the wrong one are listed."""
    text = printable(value)
    close = nearest(text, valid) if rule in NAMING else ""
    listed = list(valid) if len(valid) <= LISTED else near(text, valid, n=LISTED, cutoff=0)
    said = speech(f"api.rule.{rule}", parameter=printable(parameter), value=text)
    return {
        "parameter": printable(parameter),
        "value": text,
        "rule": rule,
        "detail": speech("api.nearest", said=said, value=close) if close else said,
        "nearest": close or None,
        "valid": listed,
        "valid_total": len(valid),
    }


def nearest(wrong: str, valid: Sequence[str]) -> str:
    """Return the valid value that comes nearest to a wrong one, or ''."""
    return next(iter(near(wrong, valid, cutoff=0.5)), "")


def printable(value: object) -> str:
    """Return the beginning of what was sent, as text that can be written anywhere."""
    return str(value)[:SHOWN].encode("utf-8", "replace").decode()


def language(request: Request) -> str:
    """Return the language an answer is asked for in, the first where none that exists is named."""
    asked = request.query_params.get("lang", "")
    return asked if asked in LANGUAGES else LANGUAGES[0]


def _detail(speech: Words, problem: Problem, values: dict[str, str]) -> str:
    """Say what is wrong in a sentence; of several wrong parameters, how many there are."""
    if len(problem.errors) == 1:
        return str(problem.errors[0]["detail"])
    if problem.errors:
        return speech.count("api.problem.invalid-query.detail", len(problem.errors))
    said = speech(f"api.problem.{problem.kind}.detail", **values)
    close = values.get("nearest", "")
    return speech("api.nearest", said=said, value=close) if close else said


def answer(request: Request, problem: Problem, headers: dict[str, str] | None = None) -> Response:
    """Write a problem as its answer."""
    lang = language(request)
    speech, status = words(lang), STATUS[problem.kind]
    values = {name: printable(value) for name, value in problem.values.items()}
    kind, title = f"{BASE}/#{problem.kind}", speech(f"api.problem.{problem.kind}")
    members = {**values, **({"errors": problem.errors} if problem.errors else {})}
    return document.Problem(kind, status, title, _detail(speech, problem, values), lang, members).answer(headers)
