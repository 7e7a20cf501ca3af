"""Where a Figure's files are, as the desk offers them: the picture with its settings, the other formats, what each is for."""

from collections.abc import Mapping
from urllib.parse import urlencode

from components.desk.wanted import PICTURES, taken
from components.export.formats import endings
from components.export.sizes import NATURAL, SIZES
from components.figures.figure import Figure
from components.words import Words


def address(shown: Figure, ending: str, settings: Mapping[str, str]) -> str:
    """Return the address of a file, with those of the settings that its format takes."""
    query = {**shown.parameters, "lang": shown.lang, **taken(ending, settings)}
    return f"/figures/{shown.id}.{ending}?{urlencode(query)}"


def picture(settings: Mapping[str, str]) -> str:
    """Return the format of the picture asked for."""
    return settings.get("format", PICTURES[0])


def preview(shown: Figure, settings: Mapping[str, str]) -> str:
    """Return the address of the picture itself where a page can show it.

    An SVG or a PDF is shown by its twin with outlines: type in an image has no font but those of the reader's machine.
    """
    if picture(settings) == "png":
        return address(shown, "png", settings)
    return address(shown, "svg", {**settings, "text": "outlines"})


def shape(settings: Mapping[str, str]) -> tuple[int, int | None]:
    """Return the width and height in px that the settings ask for, before any scale."""
    size = SIZES.get(settings.get("size", ""), NATURAL)
    height = settings.get("height") or size.height
    return int(settings.get("width", size.width)), int(height) if height else None


def others(shown: Figure, settings: Mapping[str, str], words: Words) -> list[dict[str, str]]:
    """Return every format a Figure has: its address, its name, what it is for."""
    return [
        {"address": address(shown, ending, settings), "name": name(ending, words), "use": words(f"desk.use.{ending}")}
        for ending in endings(shown)
    ]


def name(ending: str, words: Words) -> str:
    """Call a format as readers know it."""
    return {"json": "Vega-Lite", "geojson": "GeoJSON", "zip": words("desk.kit.figure")}.get(ending, ending.upper())
