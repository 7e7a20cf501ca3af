"""The FastAPI application behind /api/v1: a list and, where rows have ids, a single row of every resource."""

import json
from collections.abc import Callable
from functools import lru_cache
from typing import Annotated, Any, Final

from fastapi import FastAPI, Query
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from components.web.api import answers, description
from components.web.api.negotiation import TYPES, headers, preferred, unchanged
from components.web.api.page import page
from components.web.api.parameters import Parameter, form
from components.web.api.problems import BASE, Problem, answer, nearest
from components.web.api.queries import given_once, model, refusal
from components.web.api.resources import Resource, resources
from components.words import LANGUAGES, words
from data.load import version

LANGUAGE: Final = form()[:1]  # what the description itself may be asked for


@lru_cache(maxsize=len(LANGUAGES))
def application(lang: str = LANGUAGES[0]) -> FastAPI:
    """Make the application; `lang` is the language it describes itself in, its answers have that of their query."""
    speech = words(lang)
    made = FastAPI(
        title=speech("api.title", product=speech("product.name")),
        version=f"1+{version()}",
        description=description.introduction(lang),
        openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False,
        servers=[{"url": BASE}],
        openapi_tags=[{"name": name, "description": speech(f"api.about.{name}", **description.NAMES)} for name in resources()],
    )  # fmt: skip
    asked: dict[str, tuple[Parameter, ...]] = {}
    for resource in resources().values():
        asked[resource.name] = resource.parameters
        _add(made, f"/{resource.name}", _list(resource, lang), description.of_list(resource, lang))
        if resource.key:
            asked[f"{resource.name}-item"] = resource.item_parameters
            _add(made, f"/{resource.name}/{{id}}", _item(resource, lang), description.of_item(resource, lang))
    asked |= {"description": LANGUAGE, "page": LANGUAGE}
    _add(made, "/openapi.json", _openapi(lang), description.of_description(lang))
    _add(made, "/", _page(lang), description.of_page(lang))
    _refuse(made, asked)
    return made


def _add(made: FastAPI, path: str, endpoint: Callable[..., Response], told: dict[str, Any]) -> None:
    made.add_api_route(path, endpoint, methods=["GET"], response_class=Response, response_model=None, **told)


def _list(resource: Resource, lang: str) -> Callable[..., Response]:
    asked_for = model(f"{resource.name}-query", resource.parameters, lang)

    def rows(request: Request, asked: Annotated[asked_for, Query()]) -> Response:  # type: ignore[valid-type]
        given_once(request, resource.parameters)
        return answers.collection(request, resource, asked.model_dump(mode="json"))  # type: ignore[attr-defined]

    return rows


def _item(resource: Resource, lang: str) -> Callable[..., Response]:
    asked_for = model(f"{resource.name}-item-query", resource.item_parameters, lang)

    def row(request: Request, id: str, asked: Annotated[asked_for, Query()]) -> Response:  # type: ignore[valid-type]
        given_once(request, resource.item_parameters)
        return answers.item(request, resource, id, asked.model_dump(mode="json"))  # type: ignore[attr-defined]

    return row


def _openapi(lang: str) -> Callable[..., Response]:
    asked_for = model("description-query", LANGUAGE, lang)

    def describe(request: Request, asked: Annotated[asked_for, Query()]) -> Response:  # type: ignore[valid-type]
        return _described(request, asked.model_dump(mode="json")["lang"], "json", _openapi_text)  # type: ignore[attr-defined]

    return describe


def _page(lang: str) -> Callable[..., Response]:
    asked_for = model("page-query", LANGUAGE, lang)

    def read(request: Request, asked: Annotated[asked_for, Query()]) -> Response:  # type: ignore[valid-type]
        return _described(request, asked.model_dump(mode="json")["lang"], "html", _page_text)  # type: ignore[attr-defined]

    return read


def _described(request: Request, lang: str, form: str, made: Callable[[str], str]) -> Response:
    given_once(request, LANGUAGE)
    told = headers(request, lang, preferred(request, (form,)))
    if unchanged(request, told):
        return Response(status_code=304, headers=told)
    return Response(made(lang), headers=told, media_type=TYPES[form])


@lru_cache(maxsize=len(LANGUAGES))
def openapi(lang: str) -> dict[str, Any]:
    """Return the OpenAPI description in one language."""
    return description.complete(application(lang).openapi(), lang, resources())


@lru_cache(maxsize=len(LANGUAGES))
def _openapi_text(lang: str) -> str:
    return json.dumps(openapi(lang), ensure_ascii=False, indent=1)


@lru_cache(maxsize=len(LANGUAGES))
def _page_text(lang: str) -> str:
    return page(openapi(lang), lang)


def _refuse(made: FastAPI, asked: dict[str, tuple[Parameter, ...]]) -> None:
    """Answer everything that goes wrong with a problem document."""

    def wrong_query(request: Request, fault: Any) -> Response:
        return answer(request, refusal(request, asked[request.scope["route"].name], fault.errors()))

    def unknown_path(request: Request, _: Any) -> Response:
        path = request.scope["path"].removeprefix(request.scope.get("root_path", "")).strip("/")
        near = nearest(path.split("/")[0], tuple(resources()))
        return answer(request, Problem("unknown-path", path=path, nearest=near))

    made.add_exception_handler(RequestValidationError, wrong_query)
    made.add_exception_handler(HTTPException, unknown_path)
    made.add_exception_handler(Problem, lambda request, fault: answer(request, fault))
    made.add_exception_handler(Exception, lambda request, _: answer(request, Problem("failure")))
