"""What may be said of each goal, as one line of words: verdict, what is missing, how it compares, or why none of it."""

from functools import lru_cache

from components import numbers
from components.words import Words
from data.load import Row, record, records, tables
from data.verdicts import verdicts


@lru_cache(maxsize=2)
def remarks(words: Words) -> dict[str, str]:
    """Return a line for every goal that is no restatement, by its id; made once for each language."""
    found = verdicts(tables())
    units = tables().observations["unit"]
    return {row["id"]: _remark(row, units[row["id"]], words) for row in records(found.assign(id=found.index))}


def _remark(row: Row, unit: str, words: Words) -> str:
    verdict = words(f"verdict.{row['verdict']}")
    parts = [
        words("remark.reason", verdict=verdict, reason=words(f"reason.{row['reason']}")) if row["reason"] else verdict
    ]
    if row["verdict"] == "not_yet_due":
        parts.append(words("remark.missing", amount=difference(row["distance"], unit, words)))
    if row["result"] and not numbers.missing(row["change"]):
        parts.append(against(row, unit, words))
    return words("remark.separator").join(filter(None, (*parts, words.of(row, "note"))))


def against(row: Row, unit: str, words: Words) -> str:
    """Say how the goal stands against the result beside it: higher, lower, the same."""
    if row["change"] == 0:
        return words("remark.same")
    change = difference(abs(row["change"]), unit, words)
    return words("remark.higher" if row["change"] > 0 else "remark.lower", change=change)


def yearly(row: Row, unit: str, words: Words) -> str:
    """Say what each year up to the goal's must bring; of a single year, what that year must."""
    reached = record(tables().observations, row["result"])["period"][-4:]
    way = "up" if row["yearly"] > 0 else "down"
    span = "one" if int(row["due"]) - int(reached) == 1 else "years"
    return words(f"yearly.{way}.{span}", amount=difference(abs(row["yearly"]), unit, words), year=row["due"])


def difference(number: float, unit: str, words: Words) -> str:
    """Write a difference: two percentages differ by percentage points."""
    return numbers.amount(number, "个百分点" if unit == "%" else unit, words)
