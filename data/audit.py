"""Holds the tables against the documents themselves: `make audit`, with SOURCES_DIR naming the folder they lie in.

For every document: is it the one that was read (SHA-256), does every `printed` stand in its paragraph and say the value,
unit and bound of its row, and is every digit run accounted for by an observation, by `excluded`, or not yet? Nothing is
hidden: what is not done is counted.
"""

import json
import sys
import textwrap
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field

from data import documents
from data.faults import TableFaults
from data.load import Row, Tables, records, tables
from data.printed import disagreements

FAULTY, NO_DOCUMENTS, TABLE_FAULTS = 1, 2, 3  # exit codes


@dataclass
class Report:
    """What was found in one document: digit runs by how they are accounted for, and every fault in words."""

    source: str
    runs: int = 0
    observed: int = 0
    excluded: int = 0
    open: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    # Paragraph by paragraph: its number, digit runs, of them observed, of them set aside.
    paragraphs: list[tuple[int, int, int, int]] = field(default_factory=list, compare=False)


def audit(checked: Tables) -> list[Report]:
    """Audit every document; raises FileNotFoundError that names the document and the way out if one is not at hand."""
    return [_audit_document(checked, row) for row in records(checked.sources)]


def _audit_document(checked: Tables, source: Row) -> Report:
    paragraphs = documents.paragraphs(source["id"])
    if paragraphs is None:
        raise FileNotFoundError(
            f"{source['id']}.txt is not in SOURCES_DIR ({documents.folder()}): set it to its folder"
        )
    report = Report(source["id"])
    mine = checked.observations[checked.observations["source"] == source["id"]]
    report.faults += _changed(source, len(paragraphs), len(mine))
    for number, paragraph in enumerate(paragraphs, start=1):
        rows = records(mine[mine["paragraph"] == number])
        report.faults += _misplaced(rows, paragraph)
        report.faults += [f"{row['id']}: {said}" for row in rows for said in disagreements(row, paragraphs)]
        before = (report.runs, report.observed, report.excluded)
        _account(report, number, paragraph, rows, _set_aside(checked, source["id"], number))
        runs, observed, excluded = (
            after - first for after, first in zip((report.runs, report.observed, report.excluded), before, strict=True)
        )
        if runs:
            report.paragraphs.append((number, runs, observed, excluded))
    if report.runs != source["digit_runs"]:
        report.faults.append(f"{source['id']} has {report.runs} digit runs, sources.csv says {source['digit_runs']:g}")
    beyond = checked.excluded[
        (checked.excluded["source"] == source["id"]) & (checked.excluded["paragraph"] > len(paragraphs))
    ]
    report.faults += [
        _not_there(row["digits"], int(row["nth"]), int(row["paragraph"]), source["id"]) for row in records(beyond)
    ]
    return report


def _not_there(digits: str, nth: int, paragraph: int, source: str) -> str:
    return f"excluded.csv: {digits} (occurrence {nth}) is not in paragraph {paragraph} of {source}"


def _changed(source: Row, paragraphs: int, rows: int) -> Iterator[str]:
    if (found := documents.checksum(source["id"])) != source["sha256"]:
        yield f"{source['id']} is not the document that was read (SHA-256 is {found}): read its {rows} rows again"
    if paragraphs != source["paragraphs"]:
        yield f"{source['id']} has {paragraphs} paragraphs, sources.csv says {source['paragraphs']:g}"


def _misplaced(rows: list[Row], paragraph: str) -> Iterator[str]:
    """Yield a fault for every `printed` that does not stand in its paragraph exactly once."""
    for row in rows:
        if (times := len(documents.occurrences(row["printed"], paragraph))) != 1:
            yield (
                f"{row['id']}: {row['printed']!r} stands {times} times in paragraph {row['paragraph']}; "
                + ("lengthen it by the fewest characters that make it unique" if times else "read the paragraph again")
            )


def _set_aside(checked: Tables, source: str, paragraph: int) -> list[tuple[str, int]]:
    rows = checked.excluded[(checked.excluded["source"] == source) & (checked.excluded["paragraph"] == paragraph)]
    return [(row["digits"], int(row["nth"])) for row in records(rows)]


def _account(report: Report, number: int, paragraph: str, rows: list[Row], aside: list[tuple[str, int]]) -> None:
    """Count every digit run of a paragraph once: covered by a `printed`, set aside, or open."""
    spans = [(at, at + len(row["printed"])) for row in rows for at in documents.occurrences(row["printed"], paragraph)]
    seen: dict[str, int] = {}
    unused = set(aside)
    for at, digits in documents.digit_runs(paragraph):
        report.runs += 1
        seen[digits] = seen.get(digits, 0) + 1
        covered = any(first <= at and at + len(digits) <= last for first, last in spans)
        is_aside = (digits, seen[digits]) in unused
        unused.discard((digits, seen[digits]))
        report.observed += covered
        report.excluded += is_aside and not covered
        if covered and is_aside:
            report.faults.append(f"paragraph {number}: {digits} is both observed and excluded: remove one")
        elif not covered and not is_aside:
            report.open.append(f"paragraph {number}: {digits} (occurrence {seen[digits]})")
    report.faults += [_not_there(digits, nth, number, report.source) for digits, nth in sorted(unused)]


def print_table(reports: list[Report]) -> None:
    """Print one line a document and the sum, then every paragraph with digits, then whatever is open or wrong."""
    print(f"{'document':22} {'digit runs':>10} {'observed':>9} {'excluded':>9} {'open':>5} {'faults':>7}")
    total = Report("all")
    for report in reports:
        _print_line(report)
        total.runs, total.observed = total.runs + report.runs, total.observed + report.observed
        total.excluded, total.open = total.excluded + report.excluded, total.open + report.open
        total.faults += report.faults
    _print_line(total)
    for report in reports:
        print(f"\n{report.source}, paragraph: digit runs observed + excluded of all")
        cells = [f"{number}: {observed}+{excluded} of {runs}" for number, runs, observed, excluded in report.paragraphs]
        print(textwrap.fill("; ".join(cells), width=116))
    for report in reports:
        for line in [*report.open, *report.faults]:
            print(f"{report.source}: {line}")


def _print_line(report: Report) -> None:
    print(
        f"{report.source:22} {report.runs:>10} {report.observed:>9} {report.excluded:>9} "
        f"{len(report.open):>5} {len(report.faults):>7}"
    )


def main(arguments: list[str]) -> int:
    """Audit and print, as a table or with --json as JSON; return 0 only if nothing is open and nothing is wrong."""
    try:
        reports = audit(tables())
    except (FileNotFoundError, documents.NotUtf8) as error:
        print(error, file=sys.stderr)
        return NO_DOCUMENTS
    except TableFaults as faults:
        print(faults, file=sys.stderr)
        return TABLE_FAULTS
    if "--json" in arguments:
        print(json.dumps([asdict(report) for report in reports], ensure_ascii=False, indent=1))
    else:
        print_table(reports)
    return FAULTY if any(report.open or report.faults for report in reports) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
