"""The list of bad days in docs/operations.md names tests that are there, and every fault that is tested."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


def rows():
    text = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    (section,) = [part for part in text.split("\n## ") if part.startswith("Bad days")]
    return [line for line in section.splitlines() if line.startswith("| ") and not line.startswith("| fault")]


def faults(path):
    """Return the tests of a file that are marked as a fault."""
    found = [node for node in ast.parse(path.read_text(encoding="utf-8")).body if isinstance(node, ast.FunctionDef)]
    return {node.name for node in found if any("mark.fault" in ast.unparse(one) for one in node.decorator_list)}


def test_every_line_names_tests_that_are_there():
    assert len(rows()) > 20
    for row in rows():
        assert row.count(" | ") == 3 and NAMED.findall(row), row
        for file, name in NAMED.findall(row):
            assert f"def {name}(" in (ROOT / file).read_text(encoding="utf-8"), f"{file}::{name}"


def test_every_fault_has_its_line():
    listed = set(NAMED.findall("\n".join(rows())))
    tested = {
        (path.relative_to(ROOT).as_posix(), name)
        for path in Path(__file__).parent.glob("test_*.py")
        for name in faults(path)
    }
    assert tested and tested <= listed
