"""Who is who: a place on the map with its parts named, and the whole that it is a part of around it."""

import pandas as pd

from components import numbers
from components.figures.figure import Brief, Definition, Figure
from components.figures.mapping import (
    CLEAR,
    COLOURED,
    PALE,
    PROVINCE,
    both,
    cities,
    colour_of,
    land,
    map_figure,
    scale_words,
)
from components.figures.plotted import place_name, spoken
from components.maps.design import Area, Design, Label
from components.words import Words
from data.load import record
from geo.load import children, places

PLACES = (PROVINCE, "guiyang", "bijie", "qingzhen", "wudang")
UNIT = "平方公里"  # of areas, as printed
FULL = 0.6  # the share of its colour that the place itself takes where it is a part


def build(brief: Brief) -> Figure:
    """Draw a place, its parts and what surrounds it; areas are measured on the boundaries and so only about right."""
    words, place = brief.words, brief.parameters["place"]
    whole = _whole(place)
    rows = _rows(brief, whole)
    table = pd.DataFrame(
        {
            "panel": "",
            "label": [place_name(code, words, short=False) for code in rows],
            "detail": [_stated(brief, code) for code in rows],
            "place": rows,
            "kind": "context",
            "bound": "about",
            **_areas(rows, words),
        }
    )
    title = _title(place, whole, words)
    return map_figure(
        brief,
        _design(place, whole, words),
        title=title,
        subtitle=words(f"who-is-who.subtitle.{'county' if place != whole else 'whole'}"),
        alt=spoken(table.assign(detail=""), title, words),
        table=table,
        observations=_observations(brief, place),
        notes=(words("who-is-who.areas"), words("who-is-who.guian"))
        if place != "bijie"
        else (words("who-is-who.areas"),),
    )


def _whole(place: str) -> str:
    """Return what is drawn whole: a place with parts, else the city it is a part of."""
    return place if children(place) else str(places().at[place, "parent"])


def _rows(brief: Brief, whole: str) -> list[str]:
    """List the places drawn: the parts of the whole and, in the province, the counties that documents are about."""
    own = [place for place in COLOURED if whole == PROVINCE and place not in children(PROVINCE)]
    return [*children(whole), *own]


def _areas(rows: list[str], words: Words) -> dict[str, list[object]]:
    areas = [float(record(places(), code)["area_km2"]) for code in rows]
    texts = [numbers.amount(round(area), UNIT, words) for area in areas]
    return {
        "unit": [UNIT] * len(rows),
        "value": [round(area) for area in areas],
        "amount": [round(area) for area in areas],
        "text": [numbers.bounded(text, "about", words) for text in texts],
        "spoken": [numbers.bounded(text, "about", words, spoken=True) for text in texts],
    }


def _stated(brief: Brief, code: str) -> str:
    """Say how many statements the documents make of a place, where they make any."""
    rows = brief.tables.observations
    number = int(((rows["place"] == code) & (rows["repeats"] == "")).sum())
    return brief.words.count("count.statements", number) if number else ""


def _observations(brief: Brief, place: str) -> tuple[str, ...]:
    """Return what the documents state of a place and its named parts: that it is spoken of is what the map shows."""
    rows = brief.tables.observations
    shown = COLOURED if place == PROVINCE else [place]
    return tuple(rows.index[rows["place"].isin(shown) & (rows["repeats"] == "")])


def _title(place: str, whole: str, words: Words) -> str:
    """Say the finding: how large the place is beside what it is held against."""
    area = places()["area_km2"]
    if place == PROVINCE:
        inside = [code for code in COLOURED if code in children(PROVINCE)]
        return words(
            "who-is-who.title.guizhou",
            parts=words.number_word(len(children(PROVINCE))),
            cities=words.number_word(len(inside)),
            counties=words.number_word(len(COLOURED) - len(inside)),
        )
    if place != whole:
        share = round(100 * float(area[place] / area[whole]))
        return words(
            "who-is-who.title.part", name=place_name(place, words), whole=place_name(whole, words), share=share,
            size=numbers.amount(round(float(area[place])), UNIT, words),
        )  # fmt: skip
    parts = words.number_word(len(children(place)))
    named = [code for code in children(place) if code in COLOURED]
    if named:
        share = round(100 * float(area[named].sum() / area[place]))
        names = both([place_name(code, words) for code in named], words)
        return words("who-is-who.title.parts", name=place_name(place, words), parts=parts, names=names, share=share)
    times = round(float(area[place] / area["guiyang"]), 1)
    return words("who-is-who.title.city", name=place_name(place, words), parts=parts, times=times,
                 other=place_name("guiyang", words))  # fmt: skip


def _design(place: str, whole: str, words: Words) -> Design:
    if whole == PROVINCE:
        own = [code for code in COLOURED if code not in children(PROVINCE)]
        shown = [Area(code, colour_of(code), CLEAR if colour_of(code) else 0.0) for code in children(PROVINCE)]
        areas = (*shown, *(Area(code, code, FULL) for code in own), Area(PROVINCE, outline=True))
        labels = [_label(code, words) for code in (*children(PROVINCE), *own)]
    else:
        areas = (*land(whole), *_shades(place, whole), Area(whole, whole, outline=True))
        labels = [_label(code, words) for code in children(whole)]
        if place != whole:
            labels = [label if label.place == place else _quiet(label) for label in labels]
    return Design(areas, tuple(labels), scale_words=scale_words(words))


def _shades(place: str, whole: str) -> tuple[Area, ...]:
    """Colour the parts of a city; where one part is the subject, it alone stands out."""
    if place == whole:
        return cities(whole, tint=CLEAR)
    return tuple(Area(code, place if code == place else whole, FULL if code == place else PALE / 2)
                 for code in children(whole))  # fmt: skip


def _label(code: str, words: Words) -> Label:
    return Label(code, place_name(code, words), colour=code if code in COLOURED else "")


def _quiet(label: Label) -> Label:
    return Label(label.place, label.name)


DEFINITION = Definition("who-is-who", build, {"place": PLACES})
