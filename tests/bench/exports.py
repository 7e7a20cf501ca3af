"""How long a Figure's file takes, against vl-convert alone drawing the same specification; warm, in this process."""

import time
from collections.abc import Callable
from statistics import median
from typing import Any, Final

from components import typeset
from components.export import image, page, sheet, specification, workbook
from components.export.painting import converter
from components.figures.catalogue import every, figure
from components.figures.figure import Figure

WRITERS: Final[dict[str, Callable[[Figure], bytes]]] = {
    "png": image.png, "svg": image.svg, "pdf": image.pdf, "json": image.vega_lite, "csv": sheet.csv,
    "xlsx": workbook.xlsx, "html": page.html,
}  # fmt: skip


def measure(times: int, each: int) -> list[tuple[str, ...]]:
    """Return a row for each format: the median over every `each`th Figure, and of the ratio to vl-convert alone.

    A Figure that a page has shown keeps its chart's specification, so that its picture comes sooner: a row of its own.
    """
    figures = [figure(id, "zh", **parameters) for id, parameters in [*every()][::each]]
    return [*(_row(name, figures, times) for name in WRITERS), _row("png", figures, times, shown=True)]


def _row(name: str, figures: list[Figure], times: int, shown: bool = False) -> tuple[str, ...]:
    bare = bare_writer(name)
    ours, theirs = [], []
    for one in figures:
        spec = image.finish(one)
        ours.append(_ms(lambda one=one: _uncached(name, one, shown), times))  # type: ignore[misc]
        if bare:
            theirs.append(_ms(lambda spec=spec: bare(spec), times))  # type: ignore[misc]
    name += ", on a page before" if shown else ""
    if not theirs:
        return (name, f"{median(ours):.1f}", f"{max(ours):.1f}", "", "", str(len(figures)))
    ratio = median(own / other for own, other in zip(ours, theirs, strict=True))
    return (name, f"{median(ours):.1f}", f"{max(ours):.1f}", f"{median(theirs):.1f}", f"{ratio:.2f}", str(len(figures)))


def _uncached(name: str, one: Figure, shown: bool) -> bytes:
    """Make a file as for the first reader who asks: the Figure is built, nothing of it is drawn."""
    if not shown:
        specification.CHARTS.clear()
    image.DRAWN.clear()
    return WRITERS[name](one)


def bare_writer(name: str) -> Callable[[dict[str, Any]], object] | None:
    """Return vl-convert's own call for a format, with the product's settings; None where it has no part."""
    convert = converter(str(typeset.FONTS))
    calls: dict[str, Callable[[dict[str, Any]], object]] = {
        "png": lambda spec: convert.vegalite_to_png(spec, scale=2),
        "svg": convert.vegalite_to_svg,
        "pdf": convert.vegalite_to_pdf,
    }
    return calls.get(name)


def _ms(work: Callable[[], object], times: int) -> float:
    """Return the median ms of a piece of work, after one run that does not count."""
    work()
    found = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        found.append((time.perf_counter() - began) * 1000)
    return median(found)
