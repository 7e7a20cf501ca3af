"""A Figure's chart as plain Vega-Lite, made once for each look: what every picture and the JSON file begin with.

Altair would write the same table again for each layer of a chart; here every table is written once and named.
"""

import json
from typing import Any, Final

import altair as alt
import pandas as pd
from altair.utils.schemapi import debug_mode

from components.export.store import Store
from components.figures.figure import Figure
from components.theme import Look

CHARTS: Final = Store(4 * 2**20)
PLACED: Final = ("y", "heading_y")  # columns that charts/rows.py counts in px from the top
SPREAD: Final = 1.7  # rows may stand this much further apart than on a page


def chart(figure: Figure, look: Look) -> dict[str, Any]:
    """Return the chart of a Figure without title and foot; the caller may change what is returned."""
    made = CHARTS.get_or_write((figure, look.name), lambda: json.dumps(_made(figure, look)))
    read: dict[str, Any] = json.loads(made)
    return read


def height(spec: dict[str, Any], width: float) -> float:
    """Return how high a chart is at a width: a map says it for each of the widths at which it is laid out anew."""
    steps = spec.get("usermeta", {}).get("heights", [[0, spec["height"]]])
    return float([high for least, high in steps if width >= least][-1])


def _made(figure: Figure, look: Look) -> dict[str, Any]:
    tables: dict[int, tuple[str, pd.DataFrame]] = {}
    # Tests validate every chart against the schema; doing it for every picture would take as long as drawing it.
    with debug_mode(False):
        named = _with_names(figure.draw(look), tables)
        shapes = {} if alt.utils.is_undefined(named.datasets) else named.datasets
        if shapes:  # plain already: Altair would walk through every corner of every border
            named.datasets = dict.fromkeys(shapes)
        spec: dict[str, Any] = named.to_dict(validate=False)
    written = {name: values(frame) for name, frame in tables.values()}
    return {**spec, "datasets": {**spec.get("datasets", {}), **shapes, **written}}


def _with_names(drawn: Any, tables: dict[int, tuple[str, pd.DataFrame]]) -> Any:
    """Return a copy of a chart whose tables are names; `tables` takes each of them once, under the name given."""
    copied = drawn.copy(deep=False)
    if isinstance(copied.data, pd.DataFrame):
        name, _ = tables.setdefault(id(copied.data), (f"table-{len(tables)}", copied.data))
        copied.data = alt.NamedData(name=name)
    if isinstance(copied, alt.LayerChart):
        copied.layer = [_with_names(layer, tables) for layer in copied.layer]
    return copied


def values(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Write a table's rows as JSON has them: an empty number is null."""
    columns = {str(name): _cells(frame[name]) for name in frame}
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def _cells(column: pd.Series) -> list[Any]:
    return [None if cell is None or cell != cell else cell for cell in column.tolist()]


def taller(spec: dict[str, Any], spare: float) -> float:
    """Spread a chart of rows over more height, its type and marks staying as they are; return what is left of `spare`.

    Only charts that place their rows in px from the top can be spread; any other is left as it is.
    """
    parts = [
        layer["encoding"][name] for layer in spec["layer"] for name in ("y", "y2") if name in layer.get("encoding", {})
    ]
    placed = [part for part in parts if part.get("field") in PLACED and part.get("scale", ...) is None]
    if spare <= 0 or not placed or len(placed) != len(parts):
        return spare
    height = float(spec["height"])
    more = min(spare, height * (SPREAD - 1))
    for part in placed:
        part["scale"] = {"domain": [0, height], "range": [0, height + more], "zero": False, "nice": False}
    spec["height"] = height + more
    return spare - more
