"""Examples for the description: the first row of each resource, asked of the interface itself."""

import json
from typing import Any, Final

from starlette.requests import Request

from components.web.api import answers
from components.web.api.problems import BASE, Problem
from components.web.api.resources import Resource

SHORT: Final = {"limit": "1"}
WITHOUT_SHAPES: Final = {"geometry": "none"}  # a boundary is longer than all that there is to explain


def query(resource: Resource, lang: str, item: bool = False) -> dict[str, str]:
    """Return what an example asks for."""
    return {"lang": lang, **({} if item else SHORT), **(WITHOUT_SHAPES if resource.located else {})}


def first_page(resource: Resource, lang: str) -> Any:
    """Return a page with a single row."""
    asked = {row.name: [] if row.kind == "codes" else row.default for row in resource.parameters}
    given = query(resource, lang)
    return _body(answers.collection(_request(resource.name, given), resource, {**asked, **given, "limit": 1}))


def first_item(resource: Resource, lang: str) -> Any:
    """Return the first row by itself; none where it cannot be made."""
    id, given = first_id(resource), query(resource, lang, item=True)
    asked = {row.name: row.default for row in resource.item_parameters}
    try:
        return _body(answers.item(_request(f"{resource.name}/{id}", given), resource, id, {**asked, **given}))
    except Problem:  # it has been noted; what is described stays as it is
        return None


def first_id(resource: Resource) -> str:
    """Return the id of the first row."""
    return str(resource.rows().index[0])


def _request(path: str, given: dict[str, str]) -> Request:
    text = "&".join(f"{name}={value}" for name, value in given.items())
    scope = {"path": f"{BASE}/{path}", "query_string": text.encode(), "root_path": BASE, "headers": []}
    return Request({"type": "http", "method": "GET", **scope})


def _body(answer: Any) -> Any:
    return json.loads(answer.body)
