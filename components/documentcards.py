"""The documents as cards, the digits that are no numbers of their own, and what the documents print wrong."""

from components import listing, show
from components.address import View, link
from components.reader import Reader
from data.load import Row, record, records, tables
from data.select import Selection


def how_many(reader: Reader) -> str:
    """Spell out how many documents there are."""
    return reader.words.number_word(len(tables().sources))


def shown(reader: Reader) -> list[Row]:
    """Return the documents of the page that the address asks for; of few documents all."""
    part, _, _ = listing.cut(reader, len(tables().sources))
    return records(tables().sources[part])


def show_documents(reader: Reader) -> None:
    """Show one card a document: issuer and dates as printed, what it covers, how much of it is in the tables."""
    words = reader.words
    listing.beyond(reader, listing.cut(reader, len(tables().sources))[2])
    observed = tables().observations["source"].value_counts()
    cards = [
        {
            "code": row["place"],
            "title": words.of(row, "title"),
            "issuer": words.of(row, "issuer") or words("proof.no-issuer"),
            "given": row["given"] and words("sources.given", date=row["given"]),
            "published": words("sources.published", date=row["published"])
            if row["published"]
            else words("proof.no-date"),
            "covers": words.of(row, "covers"),
            "size": words("sources.size", paragraphs=int(row["paragraphs"]), runs=int(row["digit_runs"])),
            "stated": words.count("count.statements", int(observed.get(row["id"], 0))),
            "address": link("data", View(lang=reader.view.lang, selection=Selection(source=(row["id"],)))),
        }
        for row in shown(reader)
    ]
    show.html("documents", reader, cards=cards)


def show_excluded(reader: Reader) -> None:
    """Show how many digit runs were set aside, by reason."""
    counted = tables().excluded["reason"].value_counts()
    reasons = [(reader.words(f"excluded.{reason}"), int(number)) for reason, number in counted.items()]
    runs, aside = int(tables().sources["digit_runs"].sum()), int(counted.sum())
    show.html("excluded", reader, reasons=reasons, aside=aside, runs=runs, stated=runs - aside)


def show_corrections(reader: Reader) -> None:
    """List what the documents shown print wrong or say in two ways, and how the tables treat it."""
    words, corrections = reader.words, tables().corrections
    sources = [row["id"] for row in shown(reader)]
    found = [
        {
            "where": words(
                "row.where",
                title=words.of(record(tables().sources, row["source"]), "title"),
                paragraph=row["paragraph"],
            ),
            "found": words.of(row, "found"),
            "handled": words.of(row, "handled"),
        }
        for row in records(corrections[corrections["source"].isin(sources)])
    ]
    show.html("corrections", reader, found=found)
