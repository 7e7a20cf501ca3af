"""Describes the tables for others: datapackage.json (Frictionless) and README.md, both made from the schemas.

`python -m data.package` (`make package`) writes them into data/tables; a test holds what is written against the schemas.
"""

import json
from pathlib import Path
from typing import Any, Final

from data.check import LINKS
from data.dictionary import of
from data.load import FOLDER, NAMES, NUMBERS, Row, records

KEYS: Final = {"units": "unit"}
WITHOUT_KEY: Final = ("excluded", "pairs")
WHOLE: Final = ("paragraph", "paragraphs", "digit_runs", "nth")
LISTS: Final = ("departments",)  # columns of ids joined by semicolons, whose links this standard cannot say


def datapackage() -> str:
    """Return datapackage.json: every table with its columns, types, keys and links."""
    package = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "guizhou-in-numbers",
        "title": "贵州四地数字故事 · Guizhou in Numbers",
        "description": "Every number of five government documents of Guizhou, each with its document and paragraph.",
        "resources": [_resource(name) for name in NAMES],
    }
    return json.dumps(package, ensure_ascii=False, indent=1) + "\n"


def _resource(name: str) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [_field(row) for row in records(of(name))],
    }
    if name not in WITHOUT_KEY:
        schema["primaryKey"] = [KEYS.get(name, "id")]
    links = [(field, to) for table, field, to in LINKS if table == name and to in NAMES and field not in LISTS]
    if links:
        schema["foreignKeys"] = [
            {"fields": [field], "reference": {"resource": to, "fields": [KEYS.get(to, "id")]}} for field, to in links
        ]
    return {
        "name": name,
        "type": "table",
        "path": f"{name}.csv",
        "format": "csv",
        "encoding": "utf-8",
        "schema": schema,
    }


def _field(column: Row) -> dict[str, Any]:
    kind = "string"
    if column["column"] in NUMBERS.get(column["table"], ()):
        kind = "integer" if column["column"] in WHOLE else "number"
    field: dict[str, Any] = {"name": column["column"], "type": kind}
    field |= {"title": column["meaning_zh"], "description": column["meaning_en"]}
    if column["choices"]:
        field["constraints"] = {"enum": column["choices"].split(", ")}
    return field


def readme() -> str:
    """Return README.md: what every column of every table means, in both languages."""
    lines = [
        "# Tables",
        "",
        "UTF-8 CSV, one fact a row. Made from the schemas by `make package`: edit `data/schema.py`, not this file.",
        "How numbers are read from the documents: `docs/curation.md`.",
    ]
    for name in NAMES:
        lines += ["", f"## {name}.csv", "", "| column | 含义 | meaning |", "|---|---|---|"]
        for row in records(of(name)):
            lines.append(f"| `{row['column']}` | {row['meaning_zh']} | {row['meaning_en']} |")
    return "\n".join(lines) + "\n"


def write(folder: Path = FOLDER) -> None:
    """Write both files into a folder."""
    (folder / "datapackage.json").write_text(datapackage(), encoding="utf-8")
    (folder / "README.md").write_text(readme(), encoding="utf-8")


if __name__ == "__main__":
    write()
