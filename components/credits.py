"""What stands under every Figure, computed from the observations it shows: notes, sources, boundaries, version."""

import os
from urllib.parse import urlencode

from components.figures.figure import Citation, Figure
from components.words import LANGUAGES, Words, words
from data.load import record, tables, version
from geo import notice

MANY = 10  # more pieces than this are not listed: the first, the last and how many are
RUN = 3  # this many paragraphs in a row are written as a range


def credit_lines(figure: Figure) -> list[str]:
    """Return the lines under a Figure: its notes, its source line, the boundary notice, the data version."""
    speech = words(figure.lang)
    lines = [" ".join(figure.notes)] if figure.notes else []
    lines.append(source_line(figure))
    if figure.is_map:
        lines.append(notice.MAP_LINE_ZH if figure.lang == "zh" else notice.MAP_LINE_EN)
    return [*lines, speech("credit.address", version=version(), address=address(figure))]


def source_line(figure: Figure) -> str:
    """Return 'Source: …' with each document, issuer, date as printed and the paragraphs the numbers stand in."""
    speech = words(figure.lang)
    cited = [cite(citation, speech) for citation in figure.citations]
    return speech("credit.source", sources=speech("credit.separator").join(cited))


def cite(citation: Citation, speech: Words) -> str:
    """Cite one document with its paragraphs."""
    row = record(tables().sources, citation.source)
    printed = [speech.of(row, "issuer"), row["published"] or speech("credit.no-date")]
    return speech(
        "credit.document",
        title=speech.of(row, "title"),
        printed=speech("credit.comma").join(filter(None, printed)),
        paragraphs=_paragraphs(citation.paragraphs, speech),
    )


def _paragraphs(numbers: tuple[int, ...], speech: Words) -> str:
    parts = ranges(numbers)
    if len(parts) <= MANY:
        return speech("credit.comma").join(parts)
    return speech("credit.some", first=numbers[0], last=numbers[-1], n=len(numbers))


def ranges(numbers: tuple[int, ...]) -> list[str]:
    """Write sorted numbers short: (6, 7, 8, 24) → ['6–8', '24']."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    parts = [[f"{run[0]}–{run[-1]}"] if len(run) >= RUN else [str(number) for number in run] for run in runs]
    return [text for part in parts for text in part]


def address(figure: Figure) -> str:
    """Return the short address of a Figure, which leads to its plain page; PUBLIC_ADDRESS names the site before it."""
    lang = {} if figure.lang == LANGUAGES[0] else {"lang": figure.lang}
    asked = urlencode({**figure.parameters, **lang}, safe=",")
    site = os.environ.get("PUBLIC_ADDRESS", "").strip().rstrip("/").removeprefix("https://")
    return f"{site}/figures/{figure.id}" + (f"?{asked}" if asked else "")


def file_address(figure: Figure, ending: str) -> str:
    """Return the address of a Figure's file; the same address always gives the same file."""
    query = urlencode({**figure.parameters, "lang": figure.lang})
    return f"/figures/{figure.id}.{ending}?{query}"
