"""The description of the data interface: complete, in both languages, for programs and for people."""

import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from components.web.api.application import openapi
from components.web.api.parameters import Parameter
from components.web.api.problems import RULES, STATUS
from components.web.api.resources import resources
from components.words import LANGUAGES, LOCALES, words
from tests.web.asking import client

ROOT = Path(__file__).resolve().parents[2]
HAN = re.compile(r"[\u3400-\u9fff]")


def operations(lang="en"):
    return [(path, row["get"]) for path, row in openapi(lang)["paths"].items()]


def described(node):
    """Every title and description in a part of the description."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key in ("description", "summary") and isinstance(value, str):
                yield value
            yield from described(value)
    elif isinstance(node, list):
        for value in node:
            yield from described(value)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_is_served(lang):
    answer = client().get(f"/api/v1/openapi.json?lang={lang}")
    assert answer.json() == openapi(lang) and answer.json()["openapi"].startswith("3.1")
    assert answer.headers["content-language"] == lang
    assert answer.json()["info"]["title"] == words(lang)("api.title", product=words(lang)("product.name"))


def test_each_language_speaks_its_own():
    zh, en = list(described(openapi("zh"))), list(described(openapi("en")))
    assert len(zh) == len(en) > 400
    assert [text for text in en if HAN.search(text)] == []
    assert [text for text in zh if not HAN.search(text)] == []


@pytest.mark.parametrize("path", [path for path, _ in operations()])
def test_every_address_says_what_it_takes_and_gives(path):
    operation = dict(operations())[path]
    assert operation["operationId"] and operation["summary"]
    expected = {"200", "304", "406", "414", "422", "500"} | ({"404"} if "{id}" in path else set())
    assert set(operation["responses"]) == expected
    for status, answer in operation["responses"].items():
        assert answer["description"] and answer["headers"]
        if status >= "400":
            assert answer["content"] == {
                "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}
            }
    for parameter in operation["parameters"]:
        assert parameter["description"] and parameter["schema"]


@pytest.mark.parametrize("name", sorted(resources()))
def test_every_parameter_lists_its_values(name):
    schemas = openapi("en")["components"]["schemas"]
    found = {row["name"]: row for row in openapi("en")["paths"][f"/{name}"]["get"]["parameters"]}
    assert list(found) == [parameter.name for parameter in resources()[name].parameters]
    for parameter in resources()[name].parameters:
        assert said_of(found[parameter.name], schemas) == wanted_of(parameter)


def said_of(row, schemas):
    schema = row["schema"].get("items", row["schema"])
    codes = schemas[schema["$ref"].rsplit("/", 1)[1]] if "$ref" in schema else schema
    values = codes.get("enum", [codes["const"]] if "const" in codes else [])
    return values, schema.get("minimum"), schema.get("maximum"), schema.get("maxLength"), row.get("explode")


def wanted_of(parameter: Parameter):
    number, text = parameter.kind == "number", parameter.kind == "text"
    return (
        list(parameter.values),
        parameter.least if number else None,
        parameter.most if number or False else None,
        parameter.most if text else None,
        False if parameter.kind == "codes" else None,
    )


def test_no_name_of_a_list_stands_for_two():
    seen: dict[str, tuple[str, ...]] = {}
    for resource in resources().values():
        for parameter in resource.parameters:
            if parameter.enum:
                assert seen.setdefault(parameter.enum, parameter.values) == parameter.values


def test_every_answer_has_an_example_that_is_one():
    for path, operation in operations():
        if path.strip("/").split("/")[0] in resources():
            example = operation["responses"]["200"]["content"]["application/json"]["example"]
            address = path.replace(
                "{id}", next((r["example"] for r in operation["parameters"] if r["in"] == "path"), "")
            )
            query = "?lang=en" + "&limit=1" * ("{id}" not in path) + "&geometry=none" * address.startswith("/places")
            assert client().get(f"/api/v1{address}{query}").json() == example


class Page(HTMLParser):
    """What the page holds that matters: tags, addresses, ids."""

    def __init__(self):
        super().__init__()
        self.tags, self.addresses, self.ids = [], [], []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.tags.append(tag)
        self.addresses += [given[name] for name in ("href", "src", "action") if name in given]
        self.ids += [given["id"]] if "id" in given else []
        assert not [name for name in given if name.startswith("on")]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_needs_no_script_and_no_other_host(lang):
    answer = client().get(f"/api/v1/?lang={lang}")
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert f'<html lang="{LOCALES[lang]}">' in answer.text
    page = Page()
    page.feed(answer.text)
    assert not {"script", "iframe", "object", "form", "img", "link"} & set(page.tags)
    assert not [address for address in page.addresses if "//" in address]
    assert "url(" not in answer.text and "@import" not in answer.text
    assert set(resources()) | set(STATUS) <= set(page.ids) and len(set(page.ids)) == len(page.ids)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_address_on_the_page_answers(lang):
    page = Page()
    page.feed(client().get(f"/api/v1/?lang={lang}").text)
    inside = [address for address in page.addresses if not address.startswith(("#", "?", "../../?"))]
    inside.remove("../../") if "../../" in inside else None
    assert len(inside) > 40
    for address in inside:
        path = address.removeprefix("../..") if address.startswith("../..") else f"/api/v1/{address}"
        assert client().get(path).status_code == 200, address


@pytest.mark.parametrize("path", [path for path, _ in operations()])
def test_the_documentation_names_every_address(path):
    text = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    assert f"`{path}`" in text


@pytest.mark.parametrize("name", sorted(resources()))
def test_the_documentation_names_every_filter(name):
    text = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if line.startswith(f"| `/{name}` "))
    for row in resources()[name].filters:
        assert f"`{row.name}`" in line


def test_the_documentation_names_every_kind_of_problem():
    text = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    assert all(f"`{kind}`" in text for kind in (*STATUS, *RULES))


def test_the_start_does_not_pay_for_it():
    program = "import sys, components.web.api, components.web.package; print(*(m for m in sys.modules))"
    loaded = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    assert not {"fastapi", "pydantic", "components.web.api.application"} & set(loaded.split())
