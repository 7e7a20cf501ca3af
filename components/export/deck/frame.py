"""Where everything stands on a slide, the same in a presentation and on printed pages: measured, so that nothing overlaps.

The finding stands above its chart, or beside it where a picture's type would be too small to be read from far off.
"""

from dataclasses import dataclass
from typing import Final

from components.export.deck import drawing, measure
from components.export.deck.slides import Slide
from components.export.deck.talk import foot
from components.theme import SMALL, Look
from components.words import Words

WIDTH, HEIGHT = 960.0, 540.0  # pt: 16:9
SIDE: Final = 44.0  # pt left and right of everything
CHAPTER_TOP, CHAPTER_SIZE = 26.0, 13.5
TITLE_TOP, TITLE_SIZE = 50.0, 29.0
SUBTITLE_SIZE, SMALL_SIZE, SMALLEST = 14.5, 10.5, 8.5
TITLE_SIZES: Final = ((TITLE_SIZE, 1), (26.5, 1), (TITLE_SIZE, 2), (26.0, 2), (23.0, 2), (20.0, 4))  # pt, lines at most
BESIDE_SIZES: Final = ((26.0, 4), (23.0, 6), (20.0, 9))  # the same where the title stands beside its chart
COLUMN, GUTTER = 284.0, 24.0  # pt that words take beside a chart; between the two
LEAST: Final = 0.018  # of the page's height: type of a picture should not be smaller
BETTER: Final = 1.05  # times as large must a picture be for words to stand beside it
NUMBER_WIDTH: Final = 120.0  # pt kept for the number of the slide
BELOW: Final = 20.0  # pt under the source
LINE: Final = 1.32  # of the type's size
CODE: Final = 250.0  # pt of the QR code's side
PROGRESS: Final = 3.0  # pt of the line at the foot
MORE_SIZE, MORE_HIGH = 12.0, 22.0  # pt of the line that says how many rows are left out; of its room
SURE: Final = 0.95  # of a line's width that is filled: another program, another font may need more
LISTED: Final = 60  # observations that notes list


@dataclass(frozen=True)
class Area:
    """A place on a slide, in pt."""

    left: float
    top: float
    width: float
    height: float

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.top + self.height

    def without(self, foot: float) -> "Area":
        """Return what is left above a foot so high."""
        return Area(self.left, self.top, self.width, self.height - foot)


@dataclass(frozen=True)
class Frame:
    """The words of a slide with their places and sizes, and what is left for the chart; `content` is right of them or below."""

    chapter: str
    title: str
    subtitle: str
    source: str
    title_size: float
    source_size: float
    chapter_at: Area
    title_at: Area
    subtitle_at: Area
    source_at: Area
    content: Area


CHAPTER_AT: Final = Area(SIDE, CHAPTER_TOP, WIDTH - 2 * SIDE, 20.0)


def frame(chapter: str, title: str, subtitle: str, source: str = "", height: float = HEIGHT) -> Frame:
    """Lay out the words of a slide: a title of one or two lines, the source as small as it must be."""
    wide, narrow = WIDTH - 2 * SIDE, WIDTH - 2 * SIDE - NUMBER_WIDTH
    size = _title_size(title, wide, TITLE_SIZES)
    title_at = Area(SIDE, TITLE_TOP, wide, _lines(title, size, wide, bold=True) * size * LINE)
    under = _lines(subtitle, SUBTITLE_SIZE, wide) * SUBTITLE_SIZE * LINE
    subtitle_at = Area(SIDE, title_at.bottom + 4, wide, under)
    small = _source_size(source, narrow)
    under_all = _lines(source, small, narrow) * small * LINE if source else 0.0
    floor = height - BELOW
    begin = subtitle_at.bottom + 14
    content = Area(SIDE, begin, wide, floor - under_all - (12 if source else 0) - begin)
    source_at = Area(SIDE, floor - under_all, narrow, under_all)
    return Frame(chapter, title, subtitle, source, size, small, CHAPTER_AT, title_at, subtitle_at, source_at, content)


def _beside(chapter: str, title: str, subtitle: str, source: str, height: float) -> Frame:
    """Lay out the words of a slide in a column, its chart beside them."""
    size, floor = _title_size(title, COLUMN, BESIDE_SIZES), height - BELOW
    small = _source_size(source, COLUMN)
    above = _lines(chapter, CHAPTER_SIZE, COLUMN) * CHAPTER_SIZE * LINE
    chapter_at = Area(SIDE, CHAPTER_TOP, COLUMN, above)
    title_at = Area(SIDE, chapter_at.bottom + 8, COLUMN, _lines(title, size, COLUMN, bold=True) * size * LINE)
    under = _lines(subtitle, SUBTITLE_SIZE, COLUMN) * SUBTITLE_SIZE * LINE
    subtitle_at = Area(SIDE, title_at.bottom + 12, COLUMN, under)
    foot_high = _lines(source, small, COLUMN) * small * LINE if source else 0.0
    source_at = Area(SIDE, floor - foot_high, COLUMN, foot_high)
    left = SIDE + COLUMN + GUTTER
    content = Area(left, CHAPTER_TOP, WIDTH - SIDE - left, floor - SMALL_SIZE * LINE - 4 - CHAPTER_TOP)
    return Frame(chapter, title, subtitle, source, size, small, chapter_at, title_at, subtitle_at, source_at, content)


def _source_size(source: str, width: float) -> float:
    return next((size for size in (SMALL_SIZE, 9.5) if _lines(source, size, width) <= 3), SMALLEST)


def _title_size(title: str, width: float, sizes: tuple[tuple[float, int], ...]) -> float:
    return next((size for size, most in sizes if _lines(title, size, width, bold=True) <= most), sizes[-1][0])


def _lines(text: str, size: float, width: float, bold: bool = False) -> int:
    return sum(len(measure.wrap(line, size, width * SURE, bold)) for line in text.split("\n"))


def of_slide(slide: Slide, height: float = HEIGHT, drawn: Look | None = None) -> Frame:
    """Lay out a step's slide; `drawn` is the look in which its chart is a picture, None where office programs draw it."""
    shown = slide.figure
    words = (slide.chapter, shown.title, shown.subtitle, foot(shown))
    above = frame(*words, height)
    if drawn is None or (scale := _scale(slide, above, drawn)) * SMALL >= LEAST * height:
        return above
    beside = _beside(*words, height)
    return beside if _scale(slide, beside, drawn) > scale * BETTER else above


def _scale(slide: Slide, laid: Frame, look: Look) -> float:
    """Return how much larger than laid out a slide's chart stands in a frame."""
    area = chart_area(slide, laid)
    return drawing.scale(slide.figure, look, area.width, area.height)


def chart_area(slide: Slide, laid: Frame) -> Area:
    """Return the room for a slide's chart, above the line that says how many rows are left out."""
    return laid.content.without(MORE_HIGH) if slide.left_out else laid.content


def notes(slide: Slide, speech: Words) -> list[str]:
    """Return what stands in a slide's notes: the question, what to say, where the numbers come from."""
    asked = [speech("deck.question", text=slide.question)] if slide.question else []
    return [*asked, *slide.notes.split("\n"), *filter(None, [slide.text]), *slide.credits, *observations(slide, speech)]


def observations(slide: Slide, speech: Words) -> list[str]:
    """Name the observations behind a slide; where it counts hundreds, the first of them and how many they are."""
    ids = slide.figure.observations
    if len(ids) > LISTED:
        return [speech("deck.observations-some", ids=", ".join(ids[:LISTED]), n=len(ids))]
    return [speech("deck.observations", ids=", ".join(ids))] if ids else []
