"""The terms: slogans, abbreviations and institutions in our words, each with the paragraphs it stands in."""

from functools import lru_cache

from components import show
from components.credits import ranges
from components.reader import Reader
from components.strips import paragraph_link
from components.words import Words
from data.load import Row, records, tables
from data.vocabulary import TERM_KINDS


def show_terms(reader: Reader) -> None:
    """Show all terms by kind, in the order of the vocabulary."""
    show.html("terms", reader, groups=_groups(reader.words), total=len(tables().terms))


@lru_cache(maxsize=2)
def _groups(words: Words) -> list[tuple[str, list[dict[str, object]]]]:
    """List the terms by kind, once for each language."""
    terms = tables().terms
    return [
        (words(f"term.{kind}"), [_term(row, words) for row in records(terms[terms["kind"] == kind])])
        for kind in TERM_KINDS
    ]


def _term(row: Row, words: Words) -> dict[str, object]:
    found: dict[str, list[int]] = {}
    for occurrence in row["paragraphs"].split(";"):
        source, paragraph = occurrence.split(":")
        found.setdefault(source, []).append(int(paragraph))
    return {
        "printed": row["term_zh"],
        "name": words.of(row, "term"),
        "explained": words.of(row, "explained"),
        "occurrences": [
            {
                "title": words.of(tables().sources.loc[source], "title"),
                "paragraphs": words("credit.comma").join(ranges(tuple(sorted(paragraphs)))),
                "address": paragraph_link(words.lang, source, min(paragraphs)),
            }
            for source, paragraphs in found.items()
        ],
    }
