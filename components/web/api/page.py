"""The page that people read at /api/v1/: made on the server from the OpenAPI description, without any script."""

from typing import Any, Final

from components.markup import render
from components.theme import DARK, FONT_STACK, LIGHT
from components.web.api.description import NAMES as TECHNICAL
from components.web.api.problems import BASE, STATUS
from components.words import LANGUAGES, LOCALES, words
from data.load import NAMES, version

SHOWN = 24  # values of a parameter that are listed
OWN_NAMES: Final = {"zh": "中文", "en": "English"}


def page(described: dict[str, Any], lang: str) -> str:
    """Return the page of a description, in its language."""
    other = LANGUAGES[1 - LANGUAGES.index(lang)]
    speech = words(lang)
    return render(
        "api",
        words=speech,
        lang=lang,
        locale=LOCALES[lang],
        other={"lang": other, "locale": LOCALES[other], "name": OWN_NAMES[other]},
        light=LIGHT,
        dark=DARK,
        fonts=FONT_STACK,
        home="../../" + ("" if lang == LANGUAGES[0] else f"?lang={lang}"),
        info=described["info"],
        about=described["info"]["description"].split("\n\n"),
        groups=[_group(tag, described, lang) for tag in described["tags"]],
        names=TECHNICAL,
        problems=[{"kind": kind, "status": STATUS[kind], "title": speech(f"api.problem.{kind}")} for kind in STATUS],
        tables=[{"path": f"/data/{path}", "href": f"../../data/{path}"} for path in _tables()],
    )


def _tables() -> list[str]:
    names = ["datapackage.json", *(f"tables/{name}.csv" for name in NAMES)]
    return [*(f"v1/{name}" for name in names), f"v1@{version()}/datapackage.json"]


def _group(tag: dict[str, str], described: dict[str, Any], lang: str) -> dict[str, Any]:
    name, speech = tag["name"], words(lang)
    operations = [
        _operation(path, operation["get"], described, lang)
        for path, operation in described["paths"].items()
        if name in operation["get"].get("tags", ())
    ]
    columns = described["components"]["schemas"][f"{name}-row"]["properties"]
    return {
        **tag,
        "title": speech(f"api.resource.{name}"),
        "operations": operations,
        "columns": [
            {"name": column, "description": row["description"], "type": _type(row, lang)}
            for column, row in columns.items()
        ],
    }


def _operation(path: str, operation: dict[str, Any], described: dict[str, Any], lang: str) -> dict[str, Any]:
    rows = operation["parameters"]
    filled = path.lstrip("/")
    for row in rows:
        if row["in"] == "path":
            filled = filled.replace(f"{{{row['name']}}}", row["example"])
    return {
        "title": operation["summary"] if "{" in path else words(lang)("api.list"),
        "path": f"{BASE}{path}",
        "example": f"{filled}?lang={lang}",
        "parameters": [_parameter(row, described) for row in rows],
    }


def _parameter(row: dict[str, Any], described: dict[str, Any]) -> dict[str, Any]:
    schema = row["schema"].get("items", row["schema"])
    reference = schema.get("$ref", "").rsplit("/", 1)[-1]
    values = described["components"]["schemas"].get(reference, {}).get("enum", [])
    return {**row, "codes": values[:SHOWN], "more": len(values) - SHOWN}


def _type(schema: dict[str, Any], lang: str) -> str:
    """Say a column's type, and that it may be null, in the reader's words."""
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    speech = words(lang)
    return speech.join([speech(f"api.type.{kind}") for kind in kinds])
