"""Where things are done or promised: one dot at the county for every mention in the documents."""

import math

import pandas as pd

from components.figures.figure import Brief, Citation, Definition, Figure
from components.figures.mapping import PALE, both, cities, colour_of, land, map_figure, scale_words
from components.figures.plotted import place_name
from components.maps.design import Area, Design, Label, Symbol
from components.words import Words
from data.load import Row, records
from geo.load import children

PLACES = ("guiyang", "bijie")
FORMS = {"done": "dot", "under_way": "soft", "described": "quiet", "promised": "ring"}  # from the middle outwards
TURN = math.pi * (3 - math.sqrt(5))  # the golden angle packs any number of dots into a disc
SPREAD, DOT = 0.56, 0.42  # of the disc; of a dot, where 1 is the distance between neighbours
LARGEST = 10.0  # px between neighbouring dots at most


def build(brief: Brief) -> Figure:
    """Draw the mentions of a city's counties; the table holds them one by one."""
    words, place = brief.words, brief.parameters["place"]
    every = brief.tables.mentions
    rows = every[every["place"].isin(children(place))]
    counties = [str(code) for code in rows["place"].value_counts(sort=False).sort_values(ascending=False).index]
    said = {code: _said(rows[rows["place"] == code], words) for code in counties}
    title = _title(brief, rows)
    spoken = [words("alt.row", label=place_name(code, words, short=False), number=said[code]) for code in counties]
    return map_figure(
        brief,
        _design(place, rows, words),
        title=title,
        subtitle=words("mentions-by-county.subtitle"),
        alt=words("alt.figure", title=title, rows=words("alt.separator").join(spoken)),
        table=_table(rows, counties, said, words),
        observations=(),
        cited=tuple(
            Citation(str(source), tuple(sorted(set(same)))) for source, same in rows.groupby("source")["paragraph"]
        ),
        notes=tuple(_notes(brief, rows)),
    )


def _table(rows: pd.DataFrame, counties: list[str], said: dict[str, str], words: Words) -> pd.DataFrame:
    """List the mentions, county by county; each counts one, and what is said aloud is its county's count."""
    found = records(rows.assign(order=rows["place"].map(counties.index)).sort_values("order", kind="stable"))
    return pd.DataFrame(
        {
            "place": [row["place"] for row in found],
            "name": [place_name(row["place"], words, short=False) for row in found],
            "label": [words.of(row, "label") for row in found],
            "text": [words(f"mention.{row['kind']}") for row in found],
            "kind": [row["kind"] for row in found],
            "source": [row["source"] for row in found],
            "paragraph": [row["paragraph"] for row in found],
            "note": [words.of(row, "note") for row in found],
            "value": 1, "amount": 1, "bound": "exact",
            "spoken": [said[row["place"]] for row in found],
        }
    )  # fmt: skip


def _said(rows: pd.DataFrame, words: Words) -> str:
    """Say how often a county is mentioned, and for what."""
    kinds = rows["kind"].value_counts()
    parts = [words(f"mentions-by-county.{kind}", n=int(kinds[kind])) for kind in FORMS if kind in kinds]
    return words.count("mentions-by-county.count", len(rows), parts=words.join(parts))


def _title(brief: Brief, rows: pd.DataFrame) -> str:
    """Say the finding: what counties with a document of their own add, or how much is done."""
    words, place = brief.words, brief.parameters["place"]
    own = [code for code in children(place) if code in set(brief.tables.sources["place"])]
    city, parts = place_name(place, words), children(place)
    if own:
        mine = int(rows["place"].isin(own).sum())
        names = both([place_name(code, words) for code in own], words)
        return words(
            "mentions-by-county.title.own", names=names, own=mine, city=city, rest=len(rows) - mine,
            others=words.number_word(len(parts) - len(own)),
        )  # fmt: skip
    named, done = rows["place"].nunique(), int((rows["kind"] == "done").sum())
    key = "mentions-by-county.title.all" if named == len(parts) else "mentions-by-county.title.some"
    said = {"parts": words.number_word(len(parts)), "named": words.number_word(named)}
    return words(key, city=city, n=len(rows), done=done, **said)


def _notes(brief: Brief, rows: pd.DataFrame) -> list[str]:
    """Say what is not on the map: counties elsewhere, and areas without a boundary."""
    words, every = brief.words, brief.tables.mentions
    drawn = {code for place in PLACES for code in children(place)}
    without = int((every["place"] == "guian").sum())
    elsewhere = int((~every["place"].isin([*drawn, "guian"])).sum())
    notes = [words("mentions-by-county.placed")] if (rows["note_zh"] != "").any() else []
    if brief.parameters["place"] == PLACES[0]:
        notes.append(words("mentions-by-county.elsewhere", guian=without, elsewhere=elsewhere))
    return notes


def _design(place: str, rows: pd.DataFrame, words: Words) -> Design:
    found = {code: records(rows[rows["place"] == code]) for code in children(place)}
    return Design(
        areas=(*land(place), *cities(place, tint=PALE), Area(place, place, outline=True)),
        labels=tuple(_label(code, len(same), words) for code, same in found.items()),
        symbols=tuple(dot for same in found.values() for dot in _dots(same, words)),
        unit=LARGEST,
        scale_words=scale_words(words),
    )


def _label(code: str, number: int, words: Words) -> Label:
    """Name a county with its count; one without mentions is simply named."""
    name = place_name(code, words)
    if not number:
        return Label(code, name)
    return Label(code, words("mentions-by-county.label", name=name, n=number), colour=colour_of(code))


def _dots(rows: list[Row], words: Words) -> list[Symbol]:
    """Pack the mentions of one county into a disc around its point: what is done in the middle, promises around it."""
    ordered = sorted(rows, key=lambda row: list(FORMS).index(row["kind"]))
    dots = []
    for number, row in enumerate(ordered):
        far = SPREAD * math.sqrt(number + 0.5) if len(ordered) > 1 else 0.0
        dots.append(
            Symbol(
                row["place"], FORMS[row["kind"]], DOT, dx=far * math.cos(number * TURN), dy=far * math.sin(number * TURN),
                colour=colour_of(row["place"]), tip=words("mentions-by-county.tip", label=words.of(row, "label"),
                                                          kind=words(f"mention.{row['kind']}")),
            )
        )  # fmt: skip
    return dots


DEFINITION = Definition("mentions-by-county", build, {"place": PLACES})
