"""The last slide of a deck: where the whole story is, as a code to scan where an address is known, and the documents used."""

import os
from dataclasses import dataclass
from io import BytesIO

import segno

from components.address import HOME, View, link
from components.export.deck.slides import Slide
from components.words import words
from data.load import record, tables


@dataclass(frozen=True)
class Closing:
    """The words of the last slide; `address` is empty where the site's own is not known."""

    title: str
    text: str
    address: str
    heading: str
    documents: tuple[str, ...]


def closing(lang: str, told: tuple[Slide, ...], base: str | None) -> Closing:
    """Write the last slide of some slides; `base` is the site's address, else the setting PUBLIC_ADDRESS."""
    speech = words(lang)
    site = (os.environ.get("PUBLIC_ADDRESS", "") if base is None else base).strip().rstrip("/")
    if site and "://" not in site:
        site = f"https://{site}"
    used = {citation.source for slide in told for citation in slide.figure.citations}
    listed = []
    for source in tables().sources.index:
        if source in used:
            row = record(tables().sources, source)
            printed = [speech.of(row, "issuer"), row["published"] or speech("credit.no-date")]
            listed.append(
                speech(
                    "deck.document",
                    title=speech.of(row, "title"),
                    printed=speech("credit.comma").join(filter(None, printed)),
                )
            )
    return Closing(
        title=speech("deck.end"),
        text=speech("deck.scan") if site else speech("deck.look-up", product=speech("product.name")),
        address=site + link(HOME, View(lang=lang)) if site else "",
        heading=speech("deck.documents"),
        documents=tuple(listed),
    )


def code(address: str, look_ink: str, paper: str, scale: int = 12) -> bytes:
    """Draw the code of an address as a PNG, dark on light in every look."""
    file = BytesIO()
    segno.make(address, error="m").save(file, kind="png", scale=scale, border=3, dark=look_ink, light=paper)
    return file.getvalue()
