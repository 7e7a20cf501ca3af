"""Where everything stands on a slide, the same in a presentation and on printed pages: measured, so that nothing overlaps."""

from dataclasses import dataclass
from typing import Final

from components.export.deck import measure
from components.export.deck.slides import Slide
from components.export.deck.talk import foot
from components.words import Words

WIDTH, HEIGHT = 960.0, 540.0  # pt: 16:9
SIDE: Final = 44.0  # pt left and right of everything
CHAPTER_TOP, CHAPTER_SIZE = 26.0, 13.5
TITLE_TOP, TITLE_SIZE = 50.0, 29.0
SUBTITLE_SIZE, SMALL_SIZE, SMALLEST = 14.5, 10.5, 8.5
TITLE_SIZES: Final = ((TITLE_SIZE, 1), (26.5, 1), (TITLE_SIZE, 2), (26.0, 2), (23.0, 2), (20.0, 4))  # pt, lines at most
NUMBER_WIDTH: Final = 120.0  # pt kept for the number of the slide
BELOW: Final = 20.0  # pt under the source
LINE: Final = 1.32  # of the type's size
CODE: Final = 250.0  # pt of the QR code's side
PROGRESS: Final = 3.0  # pt of the line at the foot
MORE_SIZE: Final = 12.0
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
    """The words of a slide with their places and sizes, and what is left for the chart."""

    chapter: str
    title: str
    subtitle: str
    source: str
    title_size: float
    source_size: float
    title_at: Area
    subtitle_at: Area
    source_at: Area
    content: Area


def frame(chapter: str, title: str, subtitle: str, source: str = "", height: float = HEIGHT) -> Frame:
    """Lay out the words of a slide: a title of one or two lines, the source as small as it must be."""
    wide, narrow = WIDTH - 2 * SIDE, WIDTH - 2 * SIDE - NUMBER_WIDTH
    size = next(
        (size for size, most in TITLE_SIZES if _lines(title, size, wide, bold=True) <= most), TITLE_SIZES[-1][0]
    )
    title_at = Area(SIDE, TITLE_TOP, wide, _lines(title, size, wide, bold=True) * size * LINE)
    under = _lines(subtitle, SUBTITLE_SIZE, wide) * SUBTITLE_SIZE * LINE
    subtitle_at = Area(SIDE, title_at.bottom + 4, wide, under)
    small = next((size for size in (SMALL_SIZE, 9.5) if _lines(source, size, narrow) <= 3), SMALLEST)
    under_all = _lines(source, small, narrow) * small * LINE if source else 0.0
    floor = height - BELOW
    begin = subtitle_at.bottom + 14
    content = Area(SIDE, begin, wide, floor - under_all - (12 if source else 0) - begin)
    source_at = Area(SIDE, floor - under_all, narrow, under_all)
    return Frame(chapter, title, subtitle, source, size, small, title_at, subtitle_at, source_at, content)


def _lines(text: str, size: float, width: float, bold: bool = False) -> int:
    return sum(len(measure.wrap(line, size, width * SURE, bold)) for line in text.split("\n"))


def of_slide(slide: Slide, height: float = HEIGHT) -> Frame:
    """Lay out a step's slide."""
    shown = slide.figure
    return frame(slide.chapter, shown.title, shown.subtitle, foot(shown), height)


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
