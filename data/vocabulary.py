"""The closed word lists of the tables: what a coded column may hold. Schemas, filters and words read them here."""

from typing import Final

THEMES: Final = (
    "economy",
    "industry",
    "investment",
    "digital",
    "innovation",
    "opening",
    "consumption",
    "countryside",
    "city",
    "ecology",
    "livelihood",
)
KINDS: Final = ("result", "goal", "standard", "context")
BOUNDS: Final = ("exact", "at_least", "at_most", "about")
BASES: Final = ("annual", "cumulative", "end_of_period", "annual_average")
PERIOD_BASES: Final = ("printed", "inferred")
STATS: Final = ("stock", "flow", "ratio", "growth", "index", "rank", "count")
DIRECTIONS: Final = ("up", "down", "none")
TASK_PARTS: Final = (
    "chapter",
    "theme",
    "task",
    "annex-goal",
    "annex-task",
    "result-field",
    "plan-field",
)
MENTION_KINDS: Final = ("done", "under_way", "promised", "described")
TERM_KINDS: Final = ("slogan", "programme", "institution", "statistic", "policy", "place")
COMPARABLE: Final = ("same", "similar", "no")
EXCLUDED_REASONS: Final = ("date", "name", "ordinal", "definition", "document", "other")
PAIR_REASONS: Final = (
    "no_baseline",
    "no_result",
    "no_number",
    "unit_differs",
    "definition_differs",
    "area_differs",
    "cumulative_against_annual",
    "wording_unclear",
    "documents_disagree",
)
DIMENSIONS: Final = (
    "money",
    "people",
    "visits",
    "households",
    "area",
    "land",
    "farmland",
    "length",
    "volume",
    "mass",
    "energy",
    "time",
    "share",
    "points",
    "multiple",
    "position",
    "count",
    "class",
    "cards",
    "number",
)
