"""Where a number comes from: the proof card, as plain data for pages and files.

In: an observation's id. Out: document, issuer, date as printed, paragraph, the figure as printed, how it was read and,
where SOURCES_DIR is set, the paragraph itself with the figure marked.
"""

from dataclasses import dataclass

from components import numbers
from components.figures.plotted import place_name
from components.figures.years import INFERRED
from components.words import Words
from data import documents
from data.load import Row, record, tables


@dataclass(frozen=True)
class Proof:
    """What a reader needs to check one number."""

    observation: str
    name: str
    number: str
    place: str
    period: str
    kind: str
    printed: str
    title: str
    issuer: str
    date: str
    paragraph: int
    reading: tuple[str, ...]
    definition: str
    caveat: str
    excerpt: tuple[str, str, str] | None


def proof(observation: str, words: Words) -> Proof:
    """Make the proof card of an observation in the reader's language; an unknown id raises KeyError."""
    row = record(tables().observations, observation)
    source = record(tables().sources, row["source"])
    indicator = record(tables().indicators, row["indicator"])
    paragraphs = documents.paragraphs(row["source"])
    text = paragraphs[row["paragraph"] - 1] if paragraphs else ""
    return Proof(
        observation=observation,
        name=words.of(indicator, "name"),
        number=numbers.qualified(row, words, spoken=True),
        place=words("detail.separator").join(filter(None, (place_name(row["place"], words), words.of(row, "scope")))),
        period=_period(row, words),
        kind=words(f"kind.one.{row['kind']}"),
        printed=row["printed"],
        title=words.of(source, "title"),
        issuer=words.of(source, "issuer") or words("proof.no-issuer"),
        date=source["published"] or words("proof.no-date"),
        paragraph=int(row["paragraph"]),
        reading=_reading(row, words),
        definition=words.of(indicator, "definition"),
        caveat=words.of(indicator, "caveat"),
        excerpt=documents.marked(row["printed"], text),
    )


def _period(row: Row, words: Words) -> str:
    said = numbers.period(row["period"], words)
    return words("period.inferred", period=said) if row["period_basis"] == INFERRED else said


def _reading(row: Row, words: Words) -> tuple[str, ...]:
    """Say how the number was read: basis, bound, where the period comes from, what it restates, the curator's note."""
    said = [words(f"basis.{row['basis']}"), words(f"period-basis.{row['period_basis']}")]
    if row["bound"]:
        said.insert(1, words(f"proof.bound.{row['bound']}"))
    if row["repeats"]:
        said.append(words("proof.repeats", id=row["repeats"]))
    return tuple(filter(None, (*said, words.of(row, "note"))))
