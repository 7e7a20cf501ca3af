"""HTML made from templates with every value escaped: the only way text from the tables becomes markup."""

from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

FOLDER = Path(__file__).parent / "templates"


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


class Written:
    """Finished markup for a page: as it stands, where Streamlit would look for an indent before each of its lines."""

    def __init__(self, text: str) -> None:
        self.text = text.strip()

    def _repr_html_(self) -> str:
        return self.text


def render(template: str, **values: Any) -> str:
    """Fill a template of components/templates; an undefined name raises, a value is escaped."""
    return _environment().get_template(f"{template}.html").render(**values)
