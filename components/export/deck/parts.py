"""The parts of an office file as templates: xml/*.xml, filled with every value escaped; and a ZIP that is always the same bytes."""

from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any, Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined

FOLDER: Final = Path(__file__).parent / "xml"
WHEN: Final = (1980, 1, 1, 0, 0, 0)  # the first time a ZIP can hold


@lru_cache(maxsize=1)
def _templates() -> Environment:
    found = Environment(loader=FileSystemLoader(FOLDER), autoescape=True, undefined=StrictUndefined)
    found.filters["number"] = lambda value: f"{value:.12g}"
    return found


def part(name: str, /, **values: Any) -> bytes:
    """Fill the template of one part."""
    return _templates().get_template(f"{name}.xml").render(**values).strip().encode()


def same_bytes(package: bytes) -> bytes:
    """Write a ZIP again without the times at which it was made."""
    file = BytesIO()
    with ZipFile(BytesIO(package)) as old, ZipFile(file, "w") as new:
        for entry in old.infolist():
            kept = ZipInfo(entry.filename, WHEN)
            kept.create_system, kept.external_attr = 0, 0
            kept.compress_type = ZIP_STORED if entry.filename.endswith((".png", ".xlsx")) else ZIP_DEFLATED
            new.writestr(kept, old.read(entry))
    return file.getvalue()
