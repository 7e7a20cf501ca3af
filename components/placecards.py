"""One card a place: what it is, what it lies in, its area, and how many results and goals the documents state."""

from components import numbers, show
from components.address import View, link
from components.figures.plotted import place_name
from components.reader import Reader
from data.load import record, tables
from data.select import Selection
from geo.load import ancestors, places

# These first; then whatever places a document speaks of.
SHOWN = ("guiyang", "bijie", "wudang", "qingzhen", "guian", "guiyang-guian")


def show_cards(reader: Reader) -> None:
    """Show the cards of the places that the documents speak of."""
    show.html(
        "places", reader, cards=[_card(place, reader) for place in dict.fromkeys([*SHOWN, *tables().sources["place"]])]
    )


def _card(place: str, reader: Reader) -> dict[str, object]:
    words, row = reader.words, record(places(), place)
    stated = tables().observations.query("place == @place and repeats == ''")
    above = [place_name(parent, words, short=False) for parent in reversed(ancestors(place))]
    area = "" if numbers.missing(row["area_km2"]) else numbers.amount(row["area_km2"], "平方公里", words)
    return {
        "code": place,
        "name": place_name(place, words, short=False),
        "within": words("places.within", names=words("places.step").join(above))
        if row["polygon"]
        else words.of(row, "note"),
        "area": words("places.area", area=area) if area else "",
        "counts": [words.count(f"count.{kind}s", int((stated["kind"] == kind).sum())) for kind in ("result", "goal")],
        "address": link("data", View(lang=reader.view.lang, selection=Selection(place=(place,)))),
    }
