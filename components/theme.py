"""Design tokens: every colour, type size and spacing of the product, once, for each look.

A look is how a Figure is dressed: `light` and `dark` on screens, `print` on white paper, the stage ones on a projector.
Contrast is held to WCAG AA against the look's own paper by a test.
"""

from dataclasses import dataclass, replace
from typing import Any, Final

FAMILY: Final = "Noto Sans SC"
# On pages the reader's own Chinese face serves where Noto is not installed; files carry Noto itself.
FONT_STACK: Final = (
    f"'{FAMILY}', 'Source Han Sans SC', 'PingFang SC', 'Hiragino Sans GB', 'Microsoft YaHei', "
    "'Noto Sans CJK SC', sans-serif"
)

TITLE, SUBTITLE, LABEL, VALUE, SMALL, TINY = 22, 15, 14, 14, 12.5, 11.5  # px
NARROW = 520  # px below which a chart puts its row labels above the marks


@dataclass(frozen=True)
class Look:
    """The colours of one look, as #rrggbb: `context` for marks that are not the finding, `land` for pale areas."""

    name: str
    paper: str
    ink: str
    quiet: str
    rule: str
    land: str
    accent: str
    context: str
    places: dict[str, str]
    fills: dict[str, str]
    rows: int | None = None  # the most rows a chart of rows may have; None: all of them

    @property
    def stage(self) -> bool:
        """Tell whether it is for a projector: read from far off, always wide, and never a phone."""
        return self.rows is not None

    def place(self, code: str) -> str:
        """Return a place's colour for text and marks; quiet grey for places that have none."""
        return self.places.get(code, self.quiet)

    def fill(self, code: str) -> str:
        """Return a place's colour for its area on a map; pale land for places that have none."""
        return self.fills.get(code, self.land)


LIGHT: Final = Look(
    name="light",
    paper="#fbfaf7",
    ink="#1d2733",
    quiet="#5f6b79",
    rule="#dfded9",
    land="#ebeae6",
    accent="#b93f29",
    context="#67717d",
    places={
        "guiyang": "#0b6e69",
        "guiyang-guian": "#0b6e69",
        "guian": "#0b6e69",
        "bijie": "#8f5c10",
        "qingzhen": "#2f6db3",
        "wudang": "#4f7020",
        "nation": "#5f6b79",
        "guizhou": "#5f6b79",
    },
    fills={"guiyang": "#87b1ab", "bijie": "#cdad78", "qingzhen": "#2f6db3", "wudang": "#67913a"},
)
DARK: Final = Look(
    name="dark",
    paper="#14191f",
    ink="#edf0f2",
    quiet="#a3aeb9",
    rule="#37414b",
    land="#252d35",
    accent="#f0836c",
    context="#87929d",
    places={
        "guiyang": "#4fbfb4",
        "guiyang-guian": "#4fbfb4",
        "guian": "#4fbfb4",
        "bijie": "#dfae66",
        "qingzhen": "#7fb0ea",
        "wudang": "#a3c76d",
        "nation": "#a3aeb9",
        "guizhou": "#a3aeb9",
    },
    fills={"guiyang": "#2b6f69", "bijie": "#7d6234", "qingzhen": "#4d86c6", "wudang": "#7fa64b"},
)
PRINT: Final = Look(
    name="print",
    paper="#ffffff",
    ink="#111820",
    quiet="#4d5864",
    rule="#d9d9d9",
    land="#ececec",
    accent=LIGHT.accent,
    context="#6b7480",
    places=LIGHT.places,
    fills=LIGHT.fills,
)
LOOKS: Final = {look.name: look for look in (LIGHT, DARK, PRINT)}
# On a projector few rows can be read from the last seat: the telling ones stay, the table has all.
STAGE_ROWS: Final = 8
STAGES: Final = {look.name: replace(look, name=f"stage-{look.name}", rows=STAGE_ROWS) for look in (LIGHT, DARK)}


def vega_config(look: Look, family: str = FONT_STACK) -> dict[str, Any]:
    """Return the Vega-Lite config of a look: type, paper, no boxes; attached to each chart, never registered.

    Altair's active theme is one per process and would leak from one reader to another.
    """
    return {
        "background": look.paper,
        "mark": {
            "aria": False
        },  # the whole graphic has one description, its alt text; its marks are not read one by one
        "font": family,
        "view": {"stroke": None},
        "padding": 4,
        "text": {"color": look.ink, "fontSize": LABEL, "font": family},
        "title": {
            "color": look.ink,
            "subtitleColor": look.quiet,
            "fontSize": TITLE,
            "subtitleFontSize": SUBTITLE,
            "fontWeight": "bold",
            "anchor": "start",
            "frame": "bounds",
            "lineHeight": round(TITLE * 1.3),
            "subtitleLineHeight": round(SUBTITLE * 1.5),
            "subtitlePadding": 6,
            "offset": 18,
        },
        "axis": {"domain": False, "ticks": False, "labelColor": look.quiet, "gridColor": look.rule},
        "arc": {"stroke": look.paper},
        "geoshape": {"stroke": look.paper},
    }
