"""Describes the interface as OpenAPI 3.1: what FastAPI cannot know of answers, refusals, headers and examples."""

from typing import Any, Final

from components.web.api import examples
from components.web.api.guard import LONGEST
from components.web.api.negotiation import TYPES
from components.web.api.parameters import Parameter
from components.web.api.problems import BASE, RULES, STATUS
from components.web.api.resources import Resource
from components.web.problem import MEDIA_TYPE
from components.words import LANGUAGES, words

PROBLEM: Final = {"$ref": "#/components/schemas/Problem"}
TEXT: Final = {"type": "string"}
WHOLE: Final = {"type": "integer", "minimum": 0}
# Names that are no words of any language.
NAMES: Final = {
    "json": "JSON", "csv": "CSV", "geojson": "GeoJSON", "excel": "Excel", "openapi": "OpenAPI 3.1", "accept": "Accept",
    "etag": "ETag", "if_none_match": "If-None-Match", "rfc_links": "RFC 8288", "rfc_problems": "RFC 9457",
    "problem_type": MEDIA_TYPE, "null": "null",
}  # fmt: skip
INTRODUCTION: Final = ("what", "numbers", "asking", "pages", "formats", "state", "terms")
OF_ALL: Final = ("not-acceptable", "address-too-long", "invalid-query", "failure")  # refusals any address may give


def introduction(lang: str) -> str:
    """Return what a programmer must know of the whole interface, a paragraph each."""
    speech = words(lang)
    return "\n\n".join(speech(f"api.intro.{part}", **NAMES) for part in INTRODUCTION)


def of_list(resource: Resource, lang: str) -> dict[str, Any]:
    """Return what FastAPI is told of a resource's list of rows."""
    speech = words(lang)
    return {
        "name": resource.name,
        "operation_id": resource.name,
        "tags": [resource.name],
        "summary": speech(f"api.resource.{resource.name}"),
        "description": speech(f"api.about.{resource.name}", **NAMES),
        "responses": _responses(_kinds(resource), _schema(resource, "page"), OF_ALL, lang),
    }


def of_item(resource: Resource, lang: str) -> dict[str, Any]:
    """Return what FastAPI is told of a single row."""
    speech = words(lang)
    return {
        "name": f"{resource.name}-item",
        "operation_id": f"{resource.name}-item",
        "tags": [resource.name],
        "summary": speech("api.item", resource=speech(f"api.resource.{resource.name}")),
        "responses": _responses(_kinds(resource), _schema(resource, "item"), ("unknown-id", *OF_ALL), lang),
    }


def of_description(lang: str) -> dict[str, Any]:
    """Return what FastAPI is told of the description itself."""
    told = {"name": "description", "operation_id": "description", "summary": words(lang)("api.openapi", **NAMES)}
    return {**told, "responses": _responses(["json"], {"type": "object"}, OF_ALL, lang)}


def of_page(lang: str) -> dict[str, Any]:
    """Return what FastAPI is told of the page that people read."""
    told = {"name": "page", "operation_id": "page", "summary": words(lang)("api.page")}
    return {**told, "responses": _responses(["html"], TEXT, OF_ALL, lang)}


def _kinds(resource: Resource) -> list[str]:
    return ["geojson", "json", "csv"] if resource.located else ["json", "csv"]


def _schema(resource: Resource, part: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{resource.name}-{part}"}


def _responses(kinds: list[str], schema: dict[str, Any], refusals: tuple[str, ...], lang: str) -> dict[int | str, Any]:
    """Describe the answers of one address: the one asked for, the one that it is unchanged, the refusals."""
    speech = words(lang)
    content = {TYPES[kind].split(";")[0]: {"schema": TEXT if kind == "csv" else schema} for kind in kinds}
    names = ("ETag", "Cache-Control", "Content-Language", "Vary", "X-Data-Version")
    told: dict[int | str, Any] = {
        200: {"description": speech("api.answer"), "content": content, "headers": _headers(names, lang)},
        304: {"description": speech("api.unchanged"), "headers": _headers(names, lang)},
    }
    for kind in refusals:
        said = {"description": speech(f"api.problem.{kind}"), "headers": _headers(("Content-Language",), lang)}
        told[STATUS[kind]] = {**said, "content": {MEDIA_TYPE: {"schema": PROBLEM}}}
    return told


def _headers(names: tuple[str, ...], lang: str) -> dict[str, Any]:
    speech = words(lang)
    return {name: {"description": speech(f"api.header.{name.lower()}", **NAMES), "schema": TEXT} for name in names}


def complete(found: dict[str, Any], lang: str, resources: dict[str, Resource]) -> dict[str, Any]:
    """Add to FastAPI's description the schemas of answers, how lists are written, and examples."""
    schemas = found["components"]["schemas"]
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    schemas["Problem"] = _problem(lang)
    for resource in resources.values():
        schemas |= _resource_schemas(resource, lang)
        _mend(found["paths"][f"/{resource.name}"]["get"], resource.parameters, lang)
        answered = found["paths"][f"/{resource.name}"]["get"]["responses"]["200"]
        answered["headers"] |= _headers(("Link", "X-Total-Count"), lang)
        _show(answered, examples.first_page(resource, lang))
        if resource.key:
            operation = found["paths"][f"/{resource.name}/{{id}}"]["get"]
            _mend(operation, resource.item_parameters, lang)
            _name_the_id(operation, resource, lang)
            _show(operation["responses"]["200"], examples.first_item(resource, lang))
    return found


def _show(answered: dict[str, Any], example: Any) -> None:
    """Put an example, if there is one, beside the schema of every form of JSON that an answer has."""
    for kind, content in answered["content"].items():
        if "json" in kind and example is not None:
            content["example"] = example


def _mend(operation: dict[str, Any], parameters: tuple[Parameter, ...], lang: str) -> None:
    """Say what FastAPI leaves out: several codes are joined by commas, and no empty list is meant."""
    many = {parameter.name: parameter.values for parameter in parameters if parameter.kind == "codes"}
    for row in operation["parameters"]:
        if row["name"] in many:
            row |= {"style": "form", "explode": False}
            row["schema"] = {"type": "array", "items": row["schema"]["items"], "minItems": 1}


def _name_the_id(operation: dict[str, Any], resource: Resource, lang: str) -> None:
    row = next(row for row in operation["parameters"] if row["in"] == "path")
    row |= {"description": words(lang)("api.id", column=resource.key), "example": examples.first_id(resource)}


def _resource_schemas(resource: Resource, lang: str) -> dict[str, Any]:
    """Describe a resource's row, its page of rows and its single row."""
    name, speech = resource.name, words(lang)
    row = {"$ref": f"#/components/schemas/{name}-row"}
    feature = _object(
        {"type": {"const": "Feature"}, "id": TEXT, "geometry": {"type": ["object", "null"]}, "properties": row}
    )
    state = {"version": TEXT, "lang": {"enum": list(LANGUAGES)}}
    address = {"type": ["string", "null"]}
    page = {"total": WHOLE, "limit": WHOLE, "offset": WHOLE, "next": address, "previous": address, **state}
    told = {lang: TEXT for lang in LANGUAGES}
    if resource.located:
        collection = {"type": {"const": "FeatureCollection"}, **page, "notice": _object(told)}
        whole = {**collection, "features": {"type": "array", "items": feature}}
        single = {**feature["properties"], "notice": _object(told), **state}
    else:
        whole, single = {**page, "data": {"type": "array", "items": row}}, {**state, "data": row}
    columns = {column.name: column.schema(lang) for column in resource.columns}
    return {
        f"{name}-row": {**_object(columns), "title": speech(f"api.resource.{name}")},
        f"{name}-page": _object(whole),
        f"{name}-item": _object(single),
    }


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    """Describe an object that has exactly these members."""
    return {
        "type": "object", "properties": properties, "required": list(properties), "additionalProperties": False
    }  # fmt: skip


def _problem(lang: str) -> dict[str, Any]:
    """Describe a problem document (RFC 9457)."""
    error = {
        "parameter": TEXT, "value": TEXT, "rule": {"enum": list(RULES)}, "detail": TEXT,
        "nearest": {"type": ["string", "null"]}, "valid": {"type": "array", "items": TEXT}, "valid_total": WHOLE,
    }  # fmt: skip
    members = {
        "type": {"enum": [f"{BASE}/#{kind}" for kind in STATUS]},
        "title": TEXT,
        "status": {"enum": sorted(set(STATUS.values()))},
        "detail": TEXT,
    }
    more = {"errors": {"type": "array", "items": _object(error)}}
    return {
        "type": "object", "properties": {**members, **more}, "required": list(members),
        "description": words(lang)("api.problem", longest=LONGEST, **NAMES),
    }  # fmt: skip
