"""The terms: slogans, abbreviations and institutions in our words, each with the paragraphs it stands in."""

from components import show
from components.credits import ranges
from components.reader import Reader
from components.strips import paragraph_link
from data.load import Row, records, tables
from data.vocabulary import TERM_KINDS


def show_terms(reader: Reader) -> None:
    """Show all terms by kind, in the order of the vocabulary."""
    terms = tables().terms
    groups = [
        (reader.words(f"term.{kind}"), [_term(row, reader) for row in records(terms[terms["kind"] == kind])])
        for kind in TERM_KINDS
    ]
    show.html("terms", reader, groups=groups, total=len(terms))


def _term(row: Row, reader: Reader) -> dict[str, object]:
    words = reader.words
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
                "address": paragraph_link(reader.view.lang, source, min(paragraphs)),
            }
            for source, paragraphs in found.items()
        ],
    }
