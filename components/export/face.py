"""What an embedded Figure shows, as plain data: it can be kept in a release and shown again when the data have moved on.

`face(figure)` makes it from the Figure of today; `release()` keeps the faces of the whole catalogue under the version of the
data; `released(version, …)` brings one back, numbers and drawing as they were.
"""

import json
import zipfile
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from components import theme
from components.credits import credit_lines
from components.figures import catalogue
from components.figures.figure import Figure
from components.theme import LOOKS
from components.words import LANGUAGES
from data.load import version

FOLDER: Final = Path(__file__).resolve().parents[2] / "data" / "releases"
SHOWN: Final = ("light", "dark")
KEPT: Final = 64  # faces kept made, some 60 KB each
EPOCH: Final = (1980, 1, 1, 0, 0, 0)  # the time of every entry: the same data make the same file


@dataclass(frozen=True)
class Face:
    """Title, subtitle, alt text, credits and, for each look of a screen, the Vega-Lite specification of the chart."""

    name: str
    lang: str
    version: str
    title: str
    subtitle: str
    alt: str
    credits: tuple[str, ...]
    specifications: dict[str, dict[str, Any]]


@lru_cache(maxsize=KEPT)
def face(figure: Figure) -> Face:
    """Make the face of a Figure as it is now."""
    return Face(
        name=figure.name,
        lang=figure.lang,
        version=version(),
        title=figure.title,
        subtitle=figure.subtitle,
        alt=figure.alt,
        credits=tuple(credit_lines(figure)),
        specifications={look: _specification(figure, look) for look in SHOWN},
    )


def _specification(figure: Figure, look: str) -> dict[str, Any]:
    from components.export import specification  # Altair is imported when something is drawn

    return {
        **specification.chart(figure, LOOKS[look]),
        "width": "container",
        "autosize": {"type": "fit-x", "contains": "padding"},
        "config": theme.vega_config(LOOKS[look]),
    }


def release(folder: Path = FOLDER) -> Path:
    """Write the faces of every Figure in both languages to `{version}.zip` and return its path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{version()}.zip"
    unfinished = path.with_suffix(".part")
    with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as kept:
        for id, parameters in catalogue.every():
            for lang in LANGUAGES:
                made = face(catalogue.figure(id, lang, **parameters))
                text = json.dumps(asdict(made), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
                kept.writestr(zipfile.ZipInfo(_entry(made.name, lang), EPOCH), text, zipfile.ZIP_DEFLATED)
    return unfinished.replace(path)


def versions(folder: Path = FOLDER) -> list[str]:
    """List the versions that a release was kept of, and the one that runs."""
    return sorted({version(), *(path.stem for path in folder.glob("*.zip"))})


@lru_cache(maxsize=KEPT)
def is_kept(name: str, lang: str, folder: Path = FOLDER) -> bool:
    """Tell whether a release keeps a Figure as it is in the version that runs."""
    path = folder / f"{version()}.zip"
    if not path.exists():
        return False
    with zipfile.ZipFile(path) as kept:
        return _entry(name, lang) in kept.namelist()


@lru_cache(maxsize=KEPT)
def released(wanted: str, name: str, lang: str, folder: Path = FOLDER) -> Face:
    """Bring back a face; raises KeyError that names the version or the Figure there is none of."""
    if wanted not in versions(folder):
        raise KeyError(f"There is no release {wanted!r}. Valid: {', '.join(versions(folder))}.")
    with zipfile.ZipFile(folder / f"{wanted}.zip") as kept:
        try:
            read = json.loads(kept.read(_entry(name, lang)))
        except KeyError:
            raise KeyError(f"The release {wanted} has no Figure {name!r} in {lang}.") from None
    return Face(**{**read, "credits": tuple(read["credits"])})


def _entry(name: str, lang: str) -> str:
    return f"{name}.{lang}.json"


if __name__ == "__main__":
    print(release())
