"""What comes near a wrong code, so that whoever wrote it can mend it: also where there are a million codes to choose from."""

from collections.abc import Sequence
from difflib import get_close_matches
from typing import Final

MANY: Final = 2000  # codes that are compared sign by sign
LONGEST: Final = 60  # signs of a wrong code that are looked at to choose these


def near(wrong: str, known: Sequence[str], n: int = 1, cutoff: float = 0.6) -> list[str]:
    """Return up to `n` codes that come near, the nearest first; of very many, among those that begin alike."""
    return get_close_matches(wrong, known if len(known) <= MANY else _alike(wrong, known), n=n, cutoff=cutoff)


def _alike(wrong: str, known: Sequence[str]) -> list[str]:
    """Return codes that share the longest beginning with a wrong one that any code shares, at most so many."""
    found, shortest, longest = list(known), 0, min(len(wrong), LONGEST)
    while shortest < longest:
        length = (shortest + longest + 1) // 2
        if fewer := [code for code in found if code.startswith(wrong[:length])]:
            found, shortest = fewer, length
        else:
            longest = length - 1
    return found[:MANY]
