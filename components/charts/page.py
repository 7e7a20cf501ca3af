"""A Figure's chart as a page sends it: made once for each look, then shared by every reader.

It is the chart that files begin with too, so that a Figure is drawn once for pages and files. Tables travel as Arrow, as
Streamlit would send them itself, and shapes as TopoJSON; the specification is never changed afterwards.
"""

from threading import Condition
from typing import Any

import pandas as pd
import pyarrow as pa
from cachetools import LRUCache, cached

from components import theme
from components.export import specification as plain
from components.figures.figure import Figure
from components.theme import LOOKS

KEPT = 256  # specifications, some 30 KB each; a map takes up to 90 KB


def specification(figure: Figure, look: str) -> dict[str, Any]:
    """Return the Vega-Lite specification of a Figure's chart, as wide as its container; do not change it.

    Who asks for what another is just making waits for it instead of making it again, as `lru_cache` would.
    """
    return _specification(figure, look)


@cached(LRUCache(KEPT), condition=Condition(), info=True)
def _specification(figure: Figure, look: str) -> dict[str, Any]:
    fit = {"type": "fit-x", "contains": "padding"}
    spec = {
        **plain.chart(figure, LOOKS[look]),
        "width": "container",
        "autosize": fit,
        "config": theme.vega_config(LOOKS[look]),
    }
    datasets = spec.get("datasets", {}).items()
    return {**spec, "datasets": {name: arrow(data) if isinstance(data, list) else data for name, data in datasets}}


def drawn(figure: Figure, look: str) -> bool:
    """Tell whether the chart is made already."""
    return _specification.cache_key(figure, look) in _specification.cache


def arrow(rows: list[dict[str, Any]]) -> bytes:
    """Write rows as an Arrow stream."""
    table = pa.Table.from_pandas(pd.DataFrame(rows), preserve_index=False)
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as stream:
        stream.write_table(table)
    return bytes(sink.getvalue().to_pybytes())
