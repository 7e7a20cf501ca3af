"""The source documents, where the setting SOURCES_DIR names a folder that holds them.

Nothing of them is kept in the project. Without the folder every function says so by returning None.
"""

import os
import re
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

DIGIT_RUN = re.compile(r"[0-9]+(?:\.[0-9]+)?")


class NotUtf8(ValueError):
    """A document that is not UTF-8, named with the way out."""


def folder() -> Path | None:
    """Return the folder that SOURCES_DIR names, or None where it is not set."""
    named = os.environ.get("SOURCES_DIR", "").strip()
    return Path(named) if named else None


def paragraphs(source: str) -> tuple[str, ...] | None:
    """Return a document's paragraphs (paragraph n is item n - 1), or None where the document is not at hand.

    Raises NotUtf8 where it was saved in another encoding.
    """
    root = folder()
    return _read(root / f"{source}.txt") if root and (root / f"{source}.txt").is_file() else None


@lru_cache(maxsize=16)
def _read(path: Path) -> tuple[str, ...]:
    try:
        return tuple(path.read_text(encoding="utf-8").splitlines())
    except UnicodeDecodeError as error:
        raise NotUtf8(f"{path.name} in SOURCES_DIR is not UTF-8 ({error.reason}): save it as UTF-8") from error


def checksum(source: str) -> str | None:
    """Return the SHA-256 of a document as it lies in SOURCES_DIR, or None."""
    root = folder()
    path = root / f"{source}.txt" if root else None
    return sha256(path.read_bytes()).hexdigest() if path and path.is_file() else None


def fold(text: str) -> str:
    """Remove all white space: the documents set it freely around figures."""
    return "".join(text.split())


def occurrences(printed: str, paragraph: str) -> list[int]:
    """Return where `printed` begins in the paragraph, both folded; overlapping finds count."""
    needle, hay = fold(printed), fold(paragraph)
    return [i for i in range(len(hay)) if needle and hay.startswith(needle, i)]


def marked(printed: str, paragraph: str) -> tuple[str, str, str] | None:
    """Split a paragraph, white space kept, into what stands before, in and after `printed`; None where it is not."""
    starts = occurrences(printed, paragraph)
    if not starts:
        return None
    kept = [i for i, character in enumerate(paragraph) if not character.isspace()]
    first, last = kept[starts[0]], kept[starts[0] + len(fold(printed)) - 1]
    return paragraph[:first], paragraph[first : last + 1], paragraph[last + 1 :]


def digit_runs(paragraph: str) -> list[tuple[int, str]]:
    """List the digit runs of a folded paragraph with the place where each begins.

    Runs are found before folding, so that figures parted by white space only stay two.
    """
    runs, folded = [], 0
    for piece in re.split(r"(\s+)", paragraph):
        if piece.isspace():
            continue
        runs += [(folded + match.start(), match.group()) for match in DIGIT_RUN.finditer(piece)]
        folded += len(piece)
    return runs
