"""What an editor copies: caption, alt text, address, embed code, citations; and what proves each number of a Figure."""

from components.citation import citations
from components.credits import address, source_line
from components.desk.wanted import Pairs
from components.export.face import SHOWN, is_kept
from components.figures.figure import Figure
from components.proof import Proof, proof
from components.web.embed import Asked, frame
from components.words import LOCALES, Words, words
from data.load import version
from geo import notice

PROOFS = 100  # numbers listed; what is more stands in the workbook

Item = dict[str, str]


def caption(shown: Figure) -> str:
    """Return finding, subtitle and sources as one text, with the notice that must stand with a map."""
    lines = [shown.title, shown.subtitle, source_line(shown)]
    if shown.is_map:
        lines.append(notice.MAP_LINE_ZH if shown.lang == "zh" else notice.MAP_LINE_EN)
    return "\n".join(lines)


def embed(shown: Figure, look: str = "", frozen: str = "") -> str:
    """Return the address of a Figure's embed, live or frozen at a version; without a look it follows the reader's own."""
    return _asked(shown, look, frozen).address()


def _asked(shown: Figure, look: str, frozen: str = "") -> Asked:
    return Asked(shown.id, frozen, shown.lang, look if look in SHOWN else "", tuple(sorted(shown.parameters.items())))


def permanent(shown: Figure) -> str:
    """Return the address that always leads to a Figure: its plain page, with picture, numbers and evidence."""
    return f"/figures/{shown.id}?{_asked(shown, '').query}"


def copied(shown: Figure, site: str, settings: Pairs, speech: Words) -> list[Item]:
    """Return every text to copy: its id on the page, its name in the page's language, the text in the Figure's."""
    own = {"lang": LOCALES[shown.lang]}
    look = dict(settings).get("look", "")
    return [
        {"id": "caption", "name": speech("desk.caption"), "text": caption(shown), **own},
        {"id": "alt", "name": speech("desk.alt"), "text": shown.alt, **own},
        {
            "id": "link",
            "name": speech("desk.link"),
            "text": site + permanent(shown),
            "open": permanent(shown),
            "see": speech("desk.see.link"),
        },
        _embedded(shown, site, look, "", speech),
        *([_embedded(shown, site, look, version(), speech)] if is_kept(shown.name, shown.lang) else []),
    ]


def _embedded(shown: Figure, site: str, look: str, frozen: str, speech: Words) -> Item:
    """Return the code of an embed: one that moves with the data, or one that keeps the numbers of a release."""
    id, asked = "embed-frozen" if frozen else "embed", _asked(shown, look, frozen)
    where = asked.address()
    return {
        "id": id,
        "name": speech("desk.embed.frozen" if frozen else "desk.embed", version=frozen),
        "text": frame(site + where, asked.face()),
        "open": where,
        "see": speech("desk.see.embed"),
    }


def cited(shown: Figure, site: str, speech: Words, read: str = "") -> list[Item]:
    """Return the citation of a Figure in every style, each to be copied; `read` is the day on which that is done."""
    found, own = citations(shown, words(shown.lang), read), address(shown)
    whole = site + own if own.startswith("/") else own  # a citation names the site, as the reader sees it
    return [
        {
            "id": style,
            "name": speech(f"cite.style.{style}"),
            "text": text.replace(own, whole),
            "lang": LOCALES[shown.lang],
        }
        for style, text in found.items()
    ]


def proofs(shown: Figure, speech: Words) -> list[Proof]:
    """Return the evidence of the numbers a Figure rests on, in their order on it."""
    return [proof(code, speech) for code in shown.observations[:PROOFS]]
