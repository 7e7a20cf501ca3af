"""What the caches hold, counted when somebody asks: stores of bytes by weight, memoised functions by entries.

A module is looked at only where it runs already: to ask for the measures never imports what draws.
"""

import sys
from collections.abc import Iterator
from typing import Any, Final

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

STORES: Final = {
    "files": ("components.web.files", "KEPT"),
    "drawings": ("components.export.image", "DRAWN"),
    "stills": ("components.web.embed", "STILLS"),
}
MEMOISED: Final = {
    "figures": ("components.figures.catalogue", "_build"),
    "charts": ("components.charts.page", "_specification"),
    "heads": ("components.web.head", "page_html"),
    "feet": ("components.show", "_foot"),
}


class Caches(Collector):
    """Collects bytes, entries, hits and misses of every cache."""

    def __init__(self, space: str) -> None:
        self._space = space

    def collect(self) -> Iterator[Metric]:
        """Yield the measures of the caches as they are now."""
        weight = GaugeMetricFamily(f"{self._space}_cache_bytes", "Bytes that a cache holds.", labels=["cache"])
        entries = GaugeMetricFamily(f"{self._space}_cache_entries", "Things that a cache holds.", labels=["cache"])
        hits = CounterMetricFamily(f"{self._space}_cache_hits", "Answers from a cache.", labels=["cache"])
        misses = CounterMetricFamily(f"{self._space}_cache_misses", "Things made for a cache.", labels=["cache"])
        for name, (module, attribute) in STORES.items():
            if (store := _loaded(module, attribute)) is not None:
                weight.add_metric([name], store.weight)
                entries.add_metric([name], store.entries)
                hits.add_metric([name], store.hits)
                misses.add_metric([name], store.made)
        for name, (module, attribute) in MEMOISED.items():
            if (made := _loaded(module, attribute)) is not None:
                info = made.cache_info()
                entries.add_metric([name], info.currsize)
                hits.add_metric([name], info.hits)
                misses.add_metric([name], info.misses)
        yield from (weight, entries, hits, misses)


def _loaded(module: str, attribute: str) -> Any:
    return getattr(sys.modules.get(module), attribute, None)
