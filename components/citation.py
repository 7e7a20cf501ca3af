"""How to cite a Figure: GB/T 7714, APA, BibTeX, and one plain line; and how to cite a document behind it.

In: a Figure and the words of a language. Out: a text for each style. The same data give the same citation: where GB/T 7714
wants the day on which a page was read, a file has a gap to fill in, since only the reader knows it; the desk writes today.
"""

import re
from functools import lru_cache
from pathlib import Path
from typing import Final

from components.credits import address
from components.figures.figure import Figure
from components.words import Words
from data.load import Row, version

LICENCE: Final = Path(__file__).resolve().parents[1] / "LICENSE"
ONLINE, PRINTED = "DS/OL", "Z"  # what GB/T 7714 calls a data set on line, and a document of no other kind
STYLES: Final = ("plain", "gbt7714", "apa", "bibtex")
SPECIAL: Final = str.maketrans({sign: f"\\{sign}" for sign in "&%$#_"} | {"{": "", "}": "", "\\": ""})


@lru_cache(maxsize=1)
def edition() -> str:
    """Return the year of this edition, as the licence names it."""
    found = re.search(r"Copyright \(c\) (\d{4})", LICENCE.read_text(encoding="utf-8"))
    if not found:
        raise ValueError("LICENSE names no year: the line 'Copyright (c) <year> …' is missing")
    return found[1]


def citations(figure: Figure, words: Words, read: str = "") -> dict[str, str]:
    """Return the citation of a Figure in every style, by the style's name; `read` is the day on which it was read."""
    parts = {
        "author": words("product.name"),
        "title": figure.title,
        "year": edition(),
        "version": version(),
        "address": address(figure),
    }
    return {
        "plain": words("cite.plain", **parts),
        "gbt7714": words("cite.gbt7714", kind=ONLINE, read=read or words("cite.read"), **parts),
        "apa": words("cite.apa", **parts),
        "bibtex": _bibtex(figure, words, parts),
    }


def _bibtex(figure: Figure, words: Words, parts: dict[str, str]) -> str:
    fields = {
        "author": f"{{{parts['author'].translate(SPECIAL)}}}",
        "title": f"{{{parts['title'].translate(SPECIAL)}}}",
        "year": parts["year"],
        "howpublished": f"\\url{{{parts['address']}}}",
        "note": words("cite.version", version=parts["version"]),
        "language": words("cite.language"),
    }
    body = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items())
    return f"@misc{{{figure.name}-{parts['version']},\n{body}\n}}"


def document(row: Row, words: Words) -> str:
    """Cite a document (a row of the sources) by GB/T 7714, with the date it prints, if it prints one."""
    issuer = words.of(row, "issuer")
    parts = {
        "title": words.of(row, "title"),
        "kind": PRINTED,
        "printed": row["published"] or words("cite.document.no-date"),
    }
    return words("cite.document.by", issuer=issuer, **parts) if issuer else words("cite.document", **parts)
