"""What an address says of itself to machines: title, description, the Figure its share card is drawn from.

A page and its view in, plain data out; the head of pages, the plain pages and the site map read it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlencode

from components import faulty
from components.address import HOME, View
from components.desk.wanted import figure_of
from components.figures.figure import Figure
from components.figures.plotted import place_name
from components.markup import render
from components.proof import proof
from components.prose import fill
from components.words import LANGUAGES, LOCALES, Words, words
from data.load import tables, version
from data.story import Step, story

# The Figure that stands for a page as a whole.
FIGURES: Final = {
    "story": "four-places",
    "places": "four-places",
    "results": "growth-2023",
    "goals": "goal-verdicts",
    "compare": "across-places",
    "data": "numbers-by-document",
    "sources": "numbers-by-document",
    "desk": "four-places",
    "present": "four-places",
    "about": "four-places",
}
TERRITORIES: Final = {"zh": "zh_CN", "en": "en_US"}  # as share cards name languages
CARD: Final = {"size": "web"}  # 1200 × 675 px, as WeChat, Weibo and X show a link


@dataclass(frozen=True)
class Share:
    """Title and description of an address, and its Figure with parameters."""

    title: str
    description: str
    figure: str
    lang: str
    parameters: Mapping[str, str] = field(default_factory=dict)

    @property
    def picture(self) -> str:
        """Return the address of the share card, from the site's root."""
        return f"/figures/{self.figure}.png?{urlencode({**self.parameters, 'lang': self.lang, **CARD})}"


def share(page: str, view: View) -> Share:
    """Return what the address of a page with a view says of itself."""
    speech = words(view.lang)
    if page == HOME and view.step:
        return _of_step(story().at(view.step).step, speech)
    name = speech("product.name")
    text = speech(f"page.{page}.description")
    title = name if page == HOME else f"{speech(f'nav.{page}')} · {name}"
    if page == "data" and view.observation:
        card = proof(view.observation, speech)
        said = speech("share.number", number=card.number, name=card.name, place=card.place, period=card.period)
        return Share(f"{said} · {name}", speech("share.proof", title=card.title, paragraph=card.paragraph),
                     FIGURES[page], view.lang)  # fmt: skip
    if page == "places" and view.at:
        return Share(f"{place_name(view.at, speech, short=False)} · {title}", text, FIGURES[page], view.lang)
    if page == "desk" and view.figure and (shown := _on_desk(view)):
        return _of_figure(shown, shown.subtitle)
    if page == "results" and view.field and (shown := faulty.made("results-2023", view.lang, {"field": view.field})):
        return _of_figure(shown, shown.subtitle)
    return Share(title, text, FIGURES[page], view.lang)


def _on_desk(view: View) -> Figure | None:
    try:
        return figure_of(view.figure, view.lang, view.parameters)
    except Exception as error:  # the desk says so in the Figure's place
        faulty.note(view.figure, error)
        return None


def _of_step(found: Step, speech: Words) -> Share:
    text = fill(speech.of(vars(found), "text"), speech)
    if shown := faulty.made(found.figure, speech.lang, found.parameters):
        return _of_figure(shown, text)
    return Share(speech("product.name"), text, FIGURES[HOME], speech.lang)


def _of_figure(shown: Figure, text: str) -> Share:
    return Share(shown.title, text, shown.id, shown.lang, dict(shown.parameters))


def of_figure(shown: Figure, base: str) -> str:
    """Return what the head of a Figure's plain page tells machines, its twin in the other language and its share card."""
    shared = _of_figure(shown, shown.subtitle)
    return render("shared", **{**card(shared, base), "others": _plain(shared, base)}) + "\n"


def card(shared: Share, base: str) -> dict[str, object]:
    """Return what the share card of a Figure's plain page, or of an embed that leads there, is written from."""
    return {
        "shared": shared, "base": base, "here": _plain(shared, base)[LOCALES[shared.lang]], "others": {},
        "name": words(shared.lang)("product.name"), "territory": TERRITORIES[shared.lang],
    }  # fmt: skip


def _plain(shared: Share, base: str) -> dict[str, str]:
    """Return the addresses of a Figure's plain page by the locale of each language."""
    return {
        LOCALES[lang]: f"{base}/figures/{shared.figure}.html?{urlencode({**shared.parameters, 'lang': lang})}"
        for lang in LANGUAGES
    }


def dataset(base: str, lang: str) -> dict[str, Any]:
    """Describe the data as schema.org's Dataset, for search engines that list datasets."""
    speech, stated = words(lang), tables()
    years = sorted({year for period in stated.observations["period"] for year in period.split("/")})
    files = {"text/csv": "/data/v1/tables/observations.csv", "application/json": "/data/v1/datapackage.json"}
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": speech("product.name"),
        "description": speech("share.dataset", observations=len(stated.observations), documents=len(stated.sources)),
        "url": f"{base}/data?lang={lang}",
        "inLanguage": [LOCALES[one] for one in LOCALES],
        "version": version(),
        "isAccessibleForFree": True,
        "temporalCoverage": f"{years[0]}/{years[-1]}",
        "spatialCoverage": [place_name(code, speech, short=False) for code in dict.fromkeys(stated.sources["place"])],
        "citation": [speech.of(row, "title") for row in stated.sources.to_dict("records")],
        "distribution": [
            {"@type": "DataDownload", "encodingFormat": kind, "contentUrl": base + path} for kind, path in files.items()
        ],
    }
