"""What may be said of a goal: level, distance, pace and one verdict, or the reason why none. Pure rules, no tables.

Goals get three separate marks, never one bar. Direction is never assumed: it comes from the goal's own bound, else from
the indicator; where neither names one, the goal cannot be judged. docs/method.md holds worked examples; each is a test.
"""

from dataclasses import dataclass
from typing import Final, Literal

Direction = Literal["up", "down", "none"]
VERDICTS: Final = (
    "met",
    "within_limit",
    "on_pace",
    "behind_pace",
    "moving_away",
    "not_yet_due",
    "not_met",
    "cannot_judge",
)
UNJUDGED: Final = VERDICTS[-1]
FROM_BOUND: Final[dict[str, Direction]] = {"at_least": "up", "at_most": "down"}


@dataclass(frozen=True)
class Reached:
    """What had been reached in a year, with its bound."""

    value: float
    year: int
    bound: str = "exact"


@dataclass(frozen=True)
class Aim:
    """A goal's number: what is to be reached by the end of `due`, as a level at that date or as that period's own flow."""

    value: float
    due: int
    bound: str
    better: Direction
    is_level: bool

    @property
    def direction(self) -> Direction:
        """Return which way is towards the goal: the bound says it, else the indicator."""
        return FROM_BOUND.get(self.bound, self.better)


@dataclass(frozen=True)
class Judgement:
    """The marks of a goal. `distance` is what is missing (below 0: more than reached), `yearly` what each year must add.

    Both are in the indicator's own unit; None where they cannot be said. `reason` is set exactly where the verdict is
    cannot_judge.
    """

    verdict: str
    reason: str = ""
    met: bool | None = None
    distance: float | None = None
    yearly: float | None = None


def cannot(reason: str) -> Judgement:
    """Return the judgement that says why none can be made."""
    return Judgement(UNJUDGED, reason)


def judge(aim: Aim, now: Reached | None, before: Reached | None = None) -> Judgement:
    """Judge a goal by what had been reached `now`, and `before` that; both must measure the same thing.

    A flow of a period (a year's growth, five years' jobs) is judged only by that period's own result.
    """
    if now is None:
        return cannot("no_baseline")
    if not aim.is_level and now.year < aim.due:
        return cannot("no_result")
    if aim.direction == "none":
        return cannot("wording_unclear")
    met = is_met(aim, now)
    if met is None:
        return cannot("wording_unclear")
    towards = 1 if aim.direction == "up" else -1
    distance = clean(towards * (aim.value - now.value))
    yearly = clean((aim.value - now.value) / (aim.due - now.year)) if now.year < aim.due and not met else None
    return Judgement(_verdict(aim, now, before, met), "", met, distance, yearly)


def is_met(aim: Aim, now: Reached) -> bool | None:
    """Tell whether the number reached satisfies the goal; None where its own bound leaves it open.

    A result "at least 640" satisfies a floor of 640 but says nothing about a floor of 650.
    """
    ahead = now.value >= aim.value if aim.direction == "up" else now.value <= aim.value
    sure = {"up": "at_least", "down": "at_most"}[aim.direction]
    if now.bound == "exact":
        return ahead
    return True if now.bound == sure and ahead else None


def _verdict(aim: Aim, now: Reached, before: Reached | None, met: bool) -> str:
    if met:
        return "within_limit" if aim.bound == "at_most" else "met"
    if now.year >= aim.due:
        return "not_met"
    return pace(aim, now, before) if before and before.year < now.year else "not_yet_due"


def pace(aim: Aim, now: Reached, before: Reached) -> str:
    """Hold what was reached against the straight line from `before` to the goal."""
    towards = 1 if aim.direction == "up" else -1
    if towards * (now.value - before.value) < 0:
        return "moving_away"
    share = (now.year - before.year) / (aim.due - before.year)
    expected = before.value + (aim.value - before.value) * share
    return "on_pace" if towards * (now.value - expected) >= 0 else "behind_pace"


def clean(number: float) -> float:
    """Drop a machine's remainder: 60 - 53.1 is 6.9."""
    return float(f"{number:.12g}")
