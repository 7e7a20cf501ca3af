"""Reads a query: pydantic models made from the parameters' declarations, and refusals that name what is wrong."""

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import lru_cache, partial
from types import GenericAlias
from typing import Annotated, Any, Final

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, create_model
from pydantic_core import PydanticCustomError
from starlette.requests import Request

from components.web.api.parameters import MANY, Parameter
from components.web.api.problems import Problem, error, language
from components.words import words

WHOLE: Final = re.compile(r"-?[0-9]{1,12}")
DESCRIBED: Final = 2000  # codes that a description lists
RULE_OF: Final = {
    "extra_forbidden": "unknown-parameter",
    "number": "number",
    "greater_than_equal": "out-of-range",
    "less_than_equal": "out-of-range",
    "string_too_long": "too-long",
}


def model(name: str, parameters: tuple[Parameter, ...], lang: str) -> type[BaseModel]:
    """Make the model that reads these parameters, described in one language; any other parameter is refused."""
    fields: dict[str, Any] = {parameter.name: _field(parameter, lang) for parameter in parameters}
    made: type[BaseModel] = create_model(name, __config__=ConfigDict(extra="forbid"), **fields)
    return made


def _field(parameter: Parameter, lang: str) -> tuple[Any, Any]:
    told: dict[str, Any] = {"description": parameter.meaning[lang], **parameter.bounds()}
    if parameter.kind == "codes":
        several: Any = GenericAlias(list, _one_of(parameter))
        return Annotated[several, BeforeValidator(partial(_split, moved=parameter.moved))], Field(default=[], **told)
    if parameter.kind == "code":
        one = codes(parameter.enum, parameter.values)
        return one, Field(default=parameter.default and one(parameter.default), **told)
    kind: Any = Annotated[int, BeforeValidator(_whole)] if parameter.kind == "number" else str
    return kind, Field(default=parameter.default, **told)


def _one_of(parameter: Parameter) -> Any:
    """Make the type of one code: a list that the description shows, or, of very many codes, a text that is looked up."""
    if len(parameter.values) <= DESCRIBED:
        return codes(parameter.enum, parameter.values)
    known = frozenset(parameter.values)

    def looked_up(code: str) -> str:
        if code not in known:
            raise PydanticCustomError("unknown-value", "no such code")
        return code

    return Annotated[str, AfterValidator(looked_up)]


@lru_cache(maxsize=256)
def codes(name: str, values: tuple[str, ...]) -> Any:
    """Make the list of codes that several parameters share, so that the description holds it once."""
    title = "".join(part.capitalize() for part in name.split("-"))
    return StrEnum(title, [(f"value {number}", value) for number, value in enumerate(values)])


def _split(given: Any, moved: Mapping[str, str]) -> Any:
    """Take several codes joined by commas, or the parameter several times; a code of old means what it is now."""
    if not isinstance(given, list):
        return given
    return [moved.get(part, part) for text in given for part in text.split(MANY)]


def _whole(given: Any) -> Any:
    """Take a whole number in plain digits only, where pydantic alone would take 1_000 and 1.0."""
    if isinstance(given, str) and not WHOLE.fullmatch(given):
        raise PydanticCustomError("number", "not a whole number")
    return given


def refusal(request: Request, parameters: tuple[Parameter, ...], faults: Sequence[Any]) -> Problem:
    """Turn what pydantic found into a problem that names each parameter, its rule and what is valid."""
    speech = words(language(request))
    by_name = {parameter.name: parameter for parameter in parameters}
    errors = []
    for fault in faults:
        name = str(fault["loc"][1])
        rule = RULE_OF.get(fault["type"], "unknown-value")
        valid = tuple(by_name) if name not in by_name else _valid(by_name[name])
        value = name if rule == "unknown-parameter" else fault.get("input", "")
        errors.append(error(speech, name, value, rule, valid))
    return Problem("invalid-query", errors)


def _valid(parameter: Parameter) -> tuple[str, ...]:
    if parameter.kind == "number":
        return (f"{parameter.least}–{parameter.most}",)
    return (f"0–{parameter.most}",) if parameter.kind == "text" else parameter.values


def given_once(request: Request, parameters: tuple[Parameter, ...]) -> None:
    """Refuse a parameter that takes one value and is given several times: which of them would count?"""
    speech = words(language(request))
    single = {parameter.name: parameter for parameter in parameters if parameter.kind != "codes"}
    errors = [
        error(speech, name, ", ".join(values), "once", _valid(parameter))
        for name, parameter in single.items()
        if len(values := request.query_params.getlist(name)) > 1
    ]
    if errors:
        raise Problem("invalid-query", errors)
