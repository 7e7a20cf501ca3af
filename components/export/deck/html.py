"""The talk as one HTML file that needs nothing else: keys, steps, notes, overview, live charts; also the page of the stage.

The file carries its scripts, its styles and Vega inside; the stage's page loads the same ones from the server.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from components.export.deck.talk import talk
from components.export.painter import painter
from components.markup import FOLDER, render
from components.prose import story_title
from components.words import LOCALES, words

ASSETS = FOLDER.parent / "assets"
SCRIPTS = ("stage_charts.js", "stage_windows.js", "stage.js")  # in this order


@lru_cache(maxsize=1)
def vega() -> str:
    """Return Vega, Vega-Lite and Vega-Embed as one script, as the package that draws the files carries them."""
    return painter().javascript_bundle()


def single_file(lang: str, look: str = "dark", steps: Iterable[str] = ()) -> bytes:
    """Write a deck that runs from a file, without server or network; an unknown step raises KeyError."""
    return page(
        lang, look,
        inline={"style": _asset("stage.css"), "vega": vega(), "script": "\n".join(map(_asset, SCRIPTS))},
        data=talk(look, steps),
    )  # fmt: skip


def page(lang: str, look: str, inline: dict[str, str] | None = None, linked: dict[str, Any] | None = None,
         data: dict[str, Any] | None = None, live: dict[str, str] | None = None) -> bytes:  # fmt: skip
    """Write the page of a talk: `inline` carries what it needs, `linked` names where that is to be had.

    `data` is the talk itself; without it the page asks for it at live["talk"].
    """
    return render(
        "stage", lang=lang, locale=LOCALES[lang], look=look, words=words(lang), title=story_title(words(lang)),
        linked=linked or {}, data=data, live=live or {},
        inline={name: _inside(text) for name, text in (inline or {}).items()},
    ).encode()  # fmt: skip


def _asset(name: str) -> str:
    return (ASSETS / name).read_text(encoding="utf-8")


def _inside(text: str) -> str:
    """Let a script or style stand inside its element: nothing in it may close the element."""
    return text.replace("</script", "<\\/script").replace("</style", "<\\/style")
