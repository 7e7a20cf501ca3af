"""Who may import whom: geo knows places, data knows numbers, components know readers; nothing imports upward."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
# A layer may import what stands before it in this order.
ORDER = ("geo", "data", "components", "pages", "app")
EDGE = ("components/shell.py", "components/navigation.py", "components/reader.py", "components/controls.py",
        "components/show.py", "components/desk/controls.py",
        "components/desk/kits.py", "components/present.py", "components/steps.py", "components/web/security.py",
        "components/web/sockets.py", "components/web/continued.py", "app.py")  # fmt: skip
MODULES = [path for layer in ORDER for path in (ROOT / layer).rglob("*.py")] + [ROOT / "app.py"]


def imports(path: Path) -> set[str]:
    """Return the dotted names a module imports, wherever in it they stand."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def layer(path: Path) -> str:
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_there_is_something_to_check():
    assert len(MODULES) > 40 and all((ROOT / edge).is_file() for edge in EDGE)


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_nothing_imports_upward(path):
    above = set(ORDER[ORDER.index(layer(path)) + 1 :])
    assert not {module for module in imports(path) if module.split(".")[0] in above}


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_streamlit_stands_at_the_edge_only(path):
    uses = any(module.split(".")[0] == "streamlit" for module in imports(path))
    assert not uses or name(path) in EDGE


@pytest.mark.parametrize("path", sorted((ROOT / "pages").glob("*.py")), ids=name)
def test_pages_are_thin(path):
    assert not {module.split(".")[0] for module in imports(path)} & {"pandas", "altair", "pydeck", "streamlit"}
    assert len(path.read_text(encoding="utf-8").splitlines()) < 60


def test_run_time_never_imports_what_only_builds_need():
    heavy = {"geopandas", "shapely", "pyproj", "fontTools", "airportsdata"}
    build = {"geo/build.py", "geo/checks.py", "geo/layers.py", "geo/source.py", "geo/tables.py",
             "components/fonts/build.py",
             "components/export/outlines.py"}  # fmt: skip  # fontTools, when someone asks for text as paths
    users = {name(path) for path in MODULES if {m.split(".")[0] for m in imports(path)} & heavy}
    assert users <= build
