"""What stands on a slide of a presentation: texts, charts, tables, pictures, notes; each described in words."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any, Final

from components.export.deck import drawing, measure, native
from components.export.deck.forms import Block, Form
from components.export.deck.frame import LINE, Area
from components.export.deck.parts import part
from components.export.deck.template import scheme
from components.figures.figure import Figure
from components.theme import Look
from components.words import Words

EMU: Final = 12700  # to a pt
DENSITY: Final = 2.0 * 96 / 72  # pixels of a picture to a pt: twice a screen's
HEADING: Final = 24.0  # pt of the heading of a block
BETWEEN: Final = 12.0  # pt between two blocks
HIGHEST: Final = 104.0  # pt that a row may take
TABLE_ROW: Final = 0.85  # of the height of a chart's row
SMALLEST, LARGEST = 12.0, 20.0  # pt of type
LANGUAGES: Final = {"zh": "zh-CN", "en": "en-GB"}


def emu(area: Area) -> tuple[int, int, int, int]:
    """Return an area in the units of the file."""
    return round(area.left * EMU), round(area.top * EMU), round(area.width * EMU), round(area.height * EMU)


def stack(blocks: Sequence[Block], area: Area, kind: str) -> list[Area]:
    """Part an area between blocks by their rows; slopes take all of it."""
    if kind == "slopes":
        return [area]
    headings = [HEADING if block.heading and block.top is not None else 0.0 for block in blocks]
    rows = [_rows(block) for block in blocks]
    room = area.height - sum(headings) - BETWEEN * (len(blocks) - 1)
    row = min(HIGHEST, room / sum(rows))
    found, top = [], area.top
    for heading, count in zip(headings, rows, strict=True):
        found.append(Area(area.left, top, area.width, heading + count * row))
        top += heading + count * row + BETWEEN
    return found


def _rows(block: Block) -> float:
    if block.top is None:
        return (len(block.marks) + 1) * TABLE_ROW  # and its head
    return len(block.categories) * (1.35 if block.paired else 1.0)


def type_size(form: Form, laid: Sequence[Area]) -> float:
    """Choose the type for a slide's rows, so that a label and its detail stand under each other."""
    if form.kind == "slopes":
        return 16.0
    found = [LARGEST]
    for block, area in zip(form.blocks, laid, strict=True):
        heading = HEADING if block.heading and block.top is not None else 0.0
        row = (area.height - heading) / (len(block.categories) + (block.top is None))
        found.append(min(row * 0.44, row / 1.6) if block.top is None else _label_size(block, row, area.width))
    return max(SMALLEST, min(found))


def _label_size(block: Block, row: float, width: float) -> float:
    """Choose the type for the names of rows so high: no name breaks, as programs leave names out that do not fit their row.

    A name so long that it must break even in the smallest type breaks into lines that fit its row.
    """
    lines = [line for name in block.categories for line in name.split("\n")]
    widest, most = (
        max(measure.width(line, 1.0) for line in lines),
        max(name.count("\n") for name in block.categories) + 1,
    )
    return min(row * 0.44, row / (1.6 * most), max(SMALLEST, native.label_room(width) / widest))


def fill(shape: Any, said: str, speech: Words, area: Area | None = None, size: float | None = None) -> None:
    """Write into a placeholder, in another place or size than the layout's where it needs one."""
    from pptx.enum.text import MSO_AUTO_SIZE
    from pptx.util import Pt

    if area:
        shape.left, shape.top, shape.width, shape.height = emu(area)
    shape.text_frame.text = said
    shape.text_frame.auto_size = (
        MSO_AUTO_SIZE.TEXT_TO_FIT_SHAPE
    )  # said by the layout too, where not every program looks
    runs = _runs(shape.text_frame, speech)
    if size:
        for run in runs:
            run.font.size = Pt(size)
        for paragraph in shape.text_frame.paragraphs:
            paragraph.line_spacing = Pt(round(size * LINE, 1))


def _runs(frame: Any, speech: Words) -> list[Any]:
    """Return the runs of a text, each told its language."""
    runs = [run for paragraph in frame.paragraphs for run in paragraph.runs]
    for run in runs:
        run._r.get_or_add_rPr().set("lang", LANGUAGES[speech.lang])
    return runs


def text(page: Any, area: Area, said: str, how: tuple[float, str], name: str, look: Look, bold: bool = False) -> None:
    """Write a text box of a size and colour; each line is a paragraph."""
    from pptx.util import Pt

    size, colour = how
    box = page.shapes.add_textbox(*emu(area))
    box.name = name
    frame = box.text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.text = said
    for paragraph in frame.paragraphs:
        paragraph.space_after = Pt(size * 0.3)
        for run in paragraph.runs:
            run.font.size, run.font.bold = Pt(size), bold or None
            _tone(run.font.fill, colour, look)


def _tone(filled: Any, colour: str, look: Look) -> None:
    """Fill with a colour, by the theme's name for it where it has one."""
    from pptx.dml.color import RGBColor
    from pptx.enum.dml import MSO_THEME_COLOR

    filled.solid()
    named = scheme(look).get(colour)
    if named:
        filled.fore_color.theme_color = MSO_THEME_COLOR.from_xml(named)
    else:
        filled.fore_color.rgb = RGBColor.from_string(colour[1:].upper())


def _described(frame: Any, name: str, said: str) -> None:
    """Name a shape and describe it."""
    about = frame._element.xpath(".//p:cNvPr")[0]
    about.set("name", name)
    about.set("descr", said)


def chart(page: Any, xml: bytes, book: bytes, area: Area, name: str, said: str) -> None:
    """Put a native chart with its workbook onto a slide."""
    from pptx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
    from pptx.parts.chart import ChartPart

    package = page.part.package
    made = ChartPart.load(package.next_partname(ChartPart.partname_template), CONTENT_TYPE.DML_CHART, package, xml)
    made.chart_workbook.update_from_xlsx_blob(book)
    frame = page.shapes._add_chart_graphicFrame(page.part.relate_to(made, RELATIONSHIP_TYPE.CHART), *emu(area))
    _described(page.shapes[-1] if frame is None else page.shapes._shape_factory(frame), name, said)


def table(page: Any, block: Block, area: Area, how: tuple[float, Look], speech: Words, told: tuple[int, str]) -> None:
    """Write a block whose marks share no scale as a table: what it is, and how it reads."""
    from pptx.oxml import parse_xml

    size, look = how
    left, top, width, height = emu(area)
    rows = [
        {"label": mark.label, "detail": mark.detail, "text": mark.text, "colour": mark.colour} for mark in block.marks
    ]
    xml = part(
        "table", rows=rows, heading=block.heading or speech("column.label"), values=speech("column.value"), id=900 + told[0],
        left=left, top=top, width=width, height=height, columns=(width * 62 // 100, width - width * 62 // 100),
        row=height // (len(rows) + 1), size=round(size * 100), small=round(size * 84), scheme=scheme(look), ink=look.ink,
        quiet=look.quiet, rule=look.rule, lang=LANGUAGES[speech.lang], name=speech("deck.table", n=told[0]), said=told[1],
    )  # fmt: skip
    page.shapes._spTree.append(parse_xml(xml))


def picture(page: Any, figure: Figure, area: Area, look: Look, speech: Words) -> None:
    """Put a Figure's chart onto a slide as a picture, as large as the area lets it be."""
    drawn = drawing.png(figure, look, area.width / area.height, round(area.width * DENSITY))
    image(page, drawn, area, speech("deck.picture"), figure.alt)


def image(page: Any, drawn: bytes, area: Area, name: str, said: str) -> None:
    """Put a PNG onto a slide, whole, at the upper left of an area."""
    left, top, width, height = emu(area)
    held = page.shapes.add_picture(BytesIO(drawn), left, top)
    share = min(width / held.width, height / held.height)
    held.width, held.height = round(held.width * share), round(held.height * share)
    _described(held, name, said)


def spoken(block: Block, speech: Words) -> str:
    """Put a block into words."""
    rows = [speech("alt.row", label=mark.category.replace("\n", " "), number=mark.text) for mark in block.marks]
    return speech("alt.figure", title=block.heading, rows=speech("alt.separator").join(rows))


def number(page: Any, speech: Words, place: tuple[int, int]) -> None:
    """Number a slide as its layout says, with how many there are."""
    from pptx.oxml import parse_xml

    xml = part("number", id=950, name=speech("deck.number"), at=place[0], total=place[1], lang=LANGUAGES[speech.lang])
    page.shapes._spTree.append(parse_xml(xml))


def progress(page: Any, area: Area, look: Look, speech: Words) -> None:
    """Draw the line at the foot that says how far the talk is; it tells nothing that the number does not."""
    from pptx.oxml import parse_xml

    left, top, width, height = emu(area)
    xml = part(
        "progress",
        id=951,
        name=speech("deck.progress"),
        left=left,
        top=top,
        width=width,
        height=height,
        colour=scheme(look)[look.accent],
    )
    page.shapes._spTree.append(parse_xml(xml))


def notes(page: Any, said: str, speech: Words) -> None:
    """Write a slide's notes."""
    frame = page.notes_slide.notes_text_frame
    frame.text = said
    _runs(frame, speech)
