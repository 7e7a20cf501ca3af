"""An empty presentation in a look of the stage: theme with colours and fonts, one master, one layout.

The office library's own template lends the package; theme, master and layout are written anew from xml/*.xml.
"""

from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any, Final

from components.export.deck.frame import (
    BELOW,
    CHAPTER_SIZE,
    CHAPTER_TOP,
    HEIGHT,
    LINE,
    NUMBER_WIDTH,
    SIDE,
    SMALL_SIZE,
    SUBTITLE_SIZE,
    TITLE_SIZE,
    TITLE_TOP,
    WIDTH,
)  # fmt: skip
from components.export.deck.parts import part
from components.theme import FAMILY, Look
from components.words import Words

EMU: Final = 12700  # to a pt
CHAPTER, UNDER, SOURCE, NUMBER = 10, 11, 12, 13  # idx of the placeholders
MADE: Final = datetime(2024, 1, 1)
LATIN: Final = "Arial"  # on nearly every machine, or Liberation Sans, which is as wide; never wider than Noto Sans SC
OTHER_FAMILY: Final = "Microsoft YaHei"  # named by the theme where Noto Sans SC is not installed
UNUSED: Final = ("thumbnail", "printerSettings")  # what the borrowed template brings along
PLACES: Final = ("guiyang", "bijie", "qingzhen", "wudang")
DARK: Final = "dark"


@dataclass(frozen=True)
class Box:
    """A placeholder: what it is, where it stands in EMU, how its text is set."""

    name: str
    type: str
    idx: int | None
    left: int
    top: int
    width: int
    height: int
    size: int = round(SUBTITLE_SIZE * 100)
    bold: int = 0
    colour: str = "tx1"
    anchor: str = "t"
    align: str = "l"

    @property
    def leading(self) -> int:
        """From line to line, the same in every font, in hundredths of a pt."""
        return round(self.size * LINE)


def boxes(speech: Words) -> list[Box]:
    """Return the placeholders of the layout: chapter, title, subtitle, source, slide number."""
    wide = WIDTH - 2 * SIDE

    def box(name: str, type: str, idx: int | None, at: tuple[float, float, float, float], **how: Any) -> Box:
        left, top, width, height = (round(side * EMU) for side in at)
        return Box(speech(f"deck.{name}"), type, idx, left, top, width, height, **how)

    quiet = {"colour": "tx2", "anchor": "b"}
    foot, number_left = HEIGHT - BELOW - 32, WIDTH - SIDE - NUMBER_WIDTH
    title, chapter, under, small = (round(size * 100) for size in (TITLE_SIZE, CHAPTER_SIZE, SUBTITLE_SIZE, SMALL_SIZE))
    return [
        box("title", "title", None, (SIDE, TITLE_TOP, wide, 38), size=title, bold=1),
        box("chapter", "body", CHAPTER, (SIDE, CHAPTER_TOP, wide, 20), size=chapter, colour="tx2"),
        box("subtitle", "body", UNDER, (SIDE, TITLE_TOP + 42, wide, 22), size=under, colour="tx2"),
        box("source", "body", SOURCE, (SIDE, foot, wide - NUMBER_WIDTH, 32), size=small, **quiet),
        box("number", "sldNum", NUMBER, (number_left, foot, NUMBER_WIDTH, 32), size=small, align="r", **quiet),
    ]


def is_dark(look: Look) -> bool:
    """Tell whether a look's paper is the darker of its two."""
    return look.name.endswith(DARK)


def scheme(look: Look) -> dict[str, str]:
    """Return the theme's name of each colour that it holds, as shapes and charts refer to it."""
    named = {colour: f"accent{nth}" for nth, colour in reversed(list(enumerate(_accents(look), start=1)))}
    return {**named, look.paper: "bg1", look.ink: "tx1", look.rule: "bg2", look.quiet: "tx2"}


def _accents(look: Look) -> list[str]:
    return [look.accent, *(look.places[place] for place in PLACES), look.context]


def theme(look: Look, name: str) -> bytes:
    """Write the theme of a look."""
    ground, marks = (look.paper, look.rule), (look.ink, look.quiet)
    (dk1, dk2), (lt1, lt2) = (ground, marks) if is_dark(look) else (marks, ground)
    slots = {"dk1": dk1, "lt1": lt1, "dk2": dk2, "lt2": lt2}
    accents = {f"accent{nth}": colour for nth, colour in enumerate(_accents(look), start=1)}
    links = {"hlink": look.accent, "folHlink": look.quiet}
    return part(
        "theme", name=name, colours={**slots, **accents, **links}, latin=LATIN, family=FAMILY, other=OTHER_FAMILY
    )


def presentation(look: Look, speech: Words, title: str) -> Any:
    """Return an empty presentation, 16:9, with the look's theme and layout."""
    from pptx import Presentation
    from pptx.util import Pt

    shown = Presentation()
    shown.slide_width, shown.slide_height = Pt(WIDTH), Pt(HEIGHT)
    _drop_unused(shown)
    name, lang = speech("product.name"), "zh-CN" if speech.lang == "zh" else "en-GB"
    master = shown.slide_master
    for layout in list(shown.slide_layouts)[1:]:
        shown.slide_layouts.remove(layout)
    master.part.part_related_by(_relation("theme"))._blob = theme(look, name)
    (layout_id,) = (rel.rId for rel in master.part.rels.values() if rel.reltype == _relation("slideLayout"))
    found = boxes(speech)
    _rewrite(shown.slide_layouts[0].part, part("layout", boxes=found, name=name, lang=lang))
    own = [box for box in found if box.type == "title"]
    _rewrite(master.part, part("master", boxes=own, dark=is_dark(look), layout=layout_id, lang=lang))
    told = shown.core_properties
    told.title, told.author, told.language, told.last_modified_by = title, name, lang, name
    told.created = told.modified = MADE
    told.revision = 1
    file = BytesIO()
    shown.save(file)
    return Presentation(file)  # opened anew: the library keeps what it read of parts that are rewritten


def _relation(name: str) -> str:
    return f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{name}"


def _rewrite(part_of: Any, xml: bytes) -> None:
    """Give a part other contents, its relationships staying as they are."""
    from pptx.oxml import parse_xml

    part_of._element = parse_xml(xml)


def _drop_unused(shown: Any) -> None:
    for rels in (shown.part.package._rels, shown.part.rels):
        for id in [rel.rId for rel in rels.values() if rel.reltype.rsplit("/", 1)[-1] in UNUSED]:
            rels.pop(id)


def dress_notes(shown: Any, look: Look, speech: Words) -> None:
    """Give the pages of notes the product's fonts."""
    from pptx.oxml import parse_xml

    shown.notes_master.part.part_related_by(_relation("theme"))._element = parse_xml(
        theme(look, speech("product.name"))
    )
