"""The catalogue: every Figure there is. Pages, files, routes and tests all read it here.

`figure(id, lang, **parameters)` builds one; the same request gives the same object.
"""

from collections.abc import Iterator
from difflib import get_close_matches
from threading import Condition

from cachetools import LRUCache, cached

from components.figures import (
    across_places,
    bijie_five_and_five,
    claims_without_number,
    comparison,
    computing_power,
    counts,
    counts_2023_2024,
    documents_disagree,
    four_places,
    gdp_share,
    goal_counts,
    goals_by_place,
    good_air_days,
    growth_2023,
    homes_2024,
    income_gap,
    judged_goals,
    mentions_by_county,
    numbers_by_place,
    paragraph_strips,
    place_goals,
    qingzhen_totals,
    ranks_2023,
    ratios,
    recovery,
    renewal,
    report_fields,
    result_against_target,
    shares_2023_2024,
    targets_2024,
    theme_by_place,
    three_scopes,
    three_years,
    who_is_who,
    wudang_goals,
)
from components.figures.figure import MANY, Brief, Definition, Figure
from components.figures.years import with_inferred
from components.words import words
from data.load import tables

CATALOGUE: dict[str, Definition] = {
    definition.id: definition
    for definition in (
        four_places.DEFINITION,
        who_is_who.DEFINITION,
        numbers_by_place.DEFINITION,
        goals_by_place.DEFINITION,
        mentions_by_county.DEFINITION,
        three_scopes.DEFINITION,
        growth_2023.DEFINITION,
        result_against_target.DEFINITION,
        targets_2024.DEFINITION,
        report_fields.RESULTS,
        report_fields.PLAN,
        place_goals.BY_THEME,
        place_goals.ALL,
        wudang_goals.DEFINITION,
        qingzhen_totals.DEFINITION,
        bijie_five_and_five.DEFINITION,
        across_places.DEFINITION,
        comparison.DEFINITION,
        renewal.DEFINITION,
        recovery.DEFINITION,
        ratios.DEFINITION,
        goal_counts.BY_YEAR,
        goal_counts.JUDGED,
        goal_counts.UNJUDGED_BY_REASON,
        goal_counts.BY_DEPARTMENT,
        theme_by_place.DEFINITION,
        documents_disagree.DEFINITION,
        claims_without_number.DEFINITION,
        paragraph_strips.DEFINITION,
        ranks_2023.DEFINITION,
        counts.BY_BOUND,
        counts.BY_DOCUMENT,
        shares_2023_2024.DEFINITION,
        judged_goals.DEFINITION,
        counts_2023_2024.DEFINITION,
        income_gap.DEFINITION,
        homes_2024.DEFINITION,
        good_air_days.DEFINITION,
        computing_power.DEFINITION,
        gdp_share.DEFINITION,
        three_years.DEFINITION,
    )
}
KEPT = 256  # Figures kept built; a Figure is a few small tables


def figure(id: str, lang: str, **parameters: str) -> Figure:
    """Build a Figure, or return the one already built; raises ValueError that names what is wrong and what is valid."""
    return _build(id, lang, request(id, **parameters))  # one request, one object


def request(id: str, **parameters: str) -> tuple[tuple[str, str], ...]:
    """Return the parameters of a Figure in full, as they are always written, without building it; raises as `figure` does."""
    definition = CATALOGUE.get(id)
    if definition is None:
        raise ValueError(f"There is no Figure {id!r}. {_nearest(id, CATALOGUE)}")
    asked = {name: _normal(definition, name, value) for name, value in parameters.items()}
    return tuple({**definition.defaults, **asked}.items())


def _normal(definition: Definition, name: str, value: str) -> str:
    """Return a parameter's value as it is always written: several codes once each, in the catalogue's order."""
    if name not in definition.parameters:
        raise ValueError(f"Figure {definition.id} has no parameter {name!r}. {_nearest(name, definition.parameters)}")
    valid, most = definition.parameters[name], definition.many.get(name, 1)
    parts = [part.strip() for part in value.split(MANY)] if name in definition.many else [value]
    for part in parts:
        if part not in valid:
            raise ValueError(f"Figure {definition.id}: {name} cannot be {part!r}. {_nearest(part, valid)}")
    chosen = [code for code in valid if code in parts]
    if len(chosen) > most:
        raise ValueError(f"Figure {definition.id}: {name} takes at most {most} codes, not {len(chosen)}.")
    return MANY.join(chosen)


# Made once however many ask at once; lru_cache would make it for each who asks before it is there.
@cached(LRUCache(KEPT), condition=Condition(), info=True)
def _build(id: str, lang: str, parameters: tuple[tuple[str, str], ...]) -> Figure:
    speech = words(lang)
    return with_inferred(CATALOGUE[id].build(Brief(id, tables(), speech, dict(parameters))), speech)


def every() -> Iterator[tuple[str, dict[str, str]]]:
    """Yield every Figure's id with every combination of its parameters, or with its examples."""
    for definition in CATALOGUE.values():
        for parameters in definition.requests():
            yield definition.id, parameters


def _nearest(wrong: str, valid: object) -> str:
    names = [str(name) for name in valid]  # type: ignore[attr-defined]
    near = get_close_matches(wrong, names, n=1, cutoff=0.5)
    return f"Did you mean {near[0]}?" if near else f"Valid: {', '.join(names) or 'none'}."
