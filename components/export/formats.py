"""Every format of a Figure: what is asked for in, the file's bytes out."""

import json
from collections.abc import Callable
from typing import Final

from components.export.asked import Asked, Refused
from components.export.sizes import LARGEST, SCALES
from components.figures.catalogue import figure
from components.figures.figure import Figure
from components.theme import LOOKS

TYPES: Final[dict[str, str]] = {
    "png": "image/png",
    "svg": "image/svg+xml",
    "pdf": "application/pdf",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "geojson": "application/geo+json",
    "html": "text/html; charset=utf-8",
    "zip": "application/zip",
}
SHARP: Final = 2.0  # pixels for each px where neither size nor scale is named
SHARED: Final = tuple(ending for ending in TYPES if ending != "geojson")  # the formats that every Figure has


def endings(shown: Figure) -> tuple[str, ...]:
    """Return the formats a Figure has: shapes are for maps alone."""
    return tuple(TYPES) if shown.is_map else SHARED


def make(asked: Asked) -> bytes:
    """Make a file; raises Refused where the Figure does not fit what is asked for. Kits are made by kit.py."""
    shown = figure(asked.id, asked.lang, **dict(asked.parameters))
    return WRITERS[asked.ending](shown, asked)


def _picture(draw: Callable[[Figure, Asked], bytes]) -> Callable[[Figure, Asked], bytes]:
    """Turn a size that is too low for a Figure into a refusal that names the smallest height."""

    def drawn(shown: Figure, asked: Asked) -> bytes:
        from components.export.image import TooLow

        try:
            return draw(shown, asked)
        except TooLow as error:
            size = asked.size
            raise Refused("low", "height" if "x" in asked.named else "size", str(size.height),
                          width=size.width, height=size.height, least=error.least) from error  # fmt: skip

    return drawn


def _png(shown: Figure, asked: Asked) -> bytes:
    from components.export import image

    look, size = LOOKS[asked.look], asked.size
    height = image.lay_out(shown, look, size).height
    most = min(SCALES[1], int(LARGEST / max(size.width, height) * 100) / 100)
    scale = min(SHARP, most) if asked.scale is None else asked.scale
    if scale > most:
        raise Refused("large", "scale", f"{scale:g}", largest=LARGEST, most=f"{most:g}")
    return image.png(shown, look, size, scale, asked.transparent, asked.ppi)


def _svg(shown: Figure, asked: Asked) -> bytes:
    from components.export import image

    return image.svg(shown, LOOKS[asked.look], asked.size, asked.transparent, asked.outlined)


def _pdf(shown: Figure, asked: Asked) -> bytes:
    from components.export import image

    return image.pdf(shown, LOOKS[asked.look], asked.size, asked.transparent)


def _csv(shown: Figure, asked: Asked) -> bytes:
    from components.export import sheet

    return sheet.csv(shown, asked.mark)


def _xlsx(shown: Figure, asked: Asked) -> bytes:
    del asked
    from components.export import workbook

    return workbook.xlsx(shown)


def _json(shown: Figure, asked: Asked) -> bytes:
    from components.export import image

    width = asked.size.width - 2 * image.MARGIN
    return image.vega_lite(shown, LOOKS[asked.look], width)


def _geojson(shown: Figure, asked: Asked) -> bytes:
    del asked
    if not shown.is_map:
        raise Refused("no-map", valid=SHARED, status=404)
    from components.maps.shapes import collection

    return json.dumps(collection(shown), ensure_ascii=False).encode()


def _html(shown: Figure, asked: Asked) -> bytes:
    from components.export import page

    return page.html(shown, LOOKS[asked.look])


WRITERS: Final[dict[str, Callable[[Figure, Asked], bytes]]] = {
    "png": _picture(_png),
    "svg": _picture(_svg),
    "pdf": _picture(_pdf),
    "csv": _csv,
    "xlsx": _xlsx,
    "json": _json,
    "geojson": _geojson,
    "html": _html,
}
