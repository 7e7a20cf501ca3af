"""The catalogue: every Figure there is. Pages, files, routes and tests all read it here.

`figure(id, lang, **parameters)` builds one; the same request gives the same object.
"""

from collections.abc import Iterator
from difflib import get_close_matches
from functools import lru_cache
from itertools import product
from threading import RLock

from components.figures import (
    across_places,
    bijie_five_and_five,
    counts,
    four_places,
    goal_counts,
    growth_2023,
    qingzhen_totals,
    ratios,
    recovery,
    renewal,
    result_against_target,
    results,
    shares_2023_2024,
    targets_2024,
    three_scopes,
    wudang_goals,
)
from components.figures.figure import Brief, Definition, Figure
from components.words import words
from data.load import tables

CATALOGUE: dict[str, Definition] = {
    definition.id: definition
    for definition in (
        four_places.DEFINITION,
        three_scopes.DEFINITION,
        growth_2023.DEFINITION,
        result_against_target.DEFINITION,
        targets_2024.DEFINITION,
        results.DEFINITION,
        wudang_goals.DEFINITION,
        qingzhen_totals.DEFINITION,
        bijie_five_and_five.DEFINITION,
        across_places.DEFINITION,
        renewal.DEFINITION,
        recovery.DEFINITION,
        ratios.DEFINITION,
        goal_counts.BY_YEAR,
        goal_counts.JUDGED,
        goal_counts.UNJUDGED_BY_REASON,
        goal_counts.BY_DEPARTMENT,
        counts.BY_BOUND,
        counts.BY_DOCUMENT,
        shares_2023_2024.DEFINITION,
    )
}
BUILDING = RLock()
KEPT = 256  # Figures kept built; a Figure is a few small tables


def figure(id: str, lang: str, **parameters: str) -> Figure:
    """Build a Figure, or return the one already built; raises ValueError that names what is wrong and what is valid."""
    definition = CATALOGUE.get(id)
    if definition is None:
        raise ValueError(f"There is no Figure {id!r}. {_nearest(id, CATALOGUE)}")
    for name, value in parameters.items():
        if name not in definition.parameters:
            raise ValueError(f"Figure {id} has no parameter {name!r}. {_nearest(name, definition.parameters)}")
        if value not in definition.parameters[name]:
            raise ValueError(f"Figure {id}: {name} cannot be {value!r}. {_nearest(value, definition.parameters[name])}")
    with BUILDING:  # who asks for what another is just building waits for it: one request, one object
        return _build(id, lang, tuple({**definition.defaults, **parameters}.items()))


@lru_cache(maxsize=KEPT)
def _build(id: str, lang: str, parameters: tuple[tuple[str, str], ...]) -> Figure:
    return CATALOGUE[id].build(Brief(id, tables(), words(lang), dict(parameters)))


def every() -> Iterator[tuple[str, dict[str, str]]]:
    """Yield every Figure's id with every combination of its parameters."""
    for definition in CATALOGUE.values():
        for values in product(*definition.parameters.values()):
            yield definition.id, dict(zip(definition.parameters, values, strict=True))


def _nearest(wrong: str, valid: object) -> str:
    names = [str(name) for name in valid]  # type: ignore[attr-defined]
    near = get_close_matches(wrong, names, n=1, cutoff=0.5)
    return f"Did you mean {near[0]}?" if near else f"Valid: {', '.join(names) or 'none'}."
