"""Altair, imported when the first chart is drawn: it takes as long as all the rest of the start, and no page head needs it."""

from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any

__all__ = ["alt", "layered"]


class _Later:
    """Stands for a module until something of it is asked for."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, name: str) -> Any:
        found = getattr(import_module(self._name), name)
        setattr(self, name, found)
        return found


if TYPE_CHECKING:
    import altair as alt
else:
    alt = _Later("altair")


def layered(layers: Sequence["alt.Chart"], **about: Any) -> "alt.LayerChart":
    """Put layers on one another that have data of their own and neither parameters nor sizes nor views.

    Altair would copy all of them twice to look for these.
    """
    chart = alt.LayerChart(**about)
    chart.layer = [*layers]
    return chart
