"""From key to picture: the stage, whose charts are drawn by Vega, against a deck whose slides are finished pictures.

Both show the same pictures in the same browser, in turns. The deck is a page that shows one of its sections, or, where
REVEAL_JS names a folder that holds reveal.js's dist/, a deck of reveal.js without transitions.
"""

import os
import tempfile
from pathlib import Path
from statistics import median, quantiles
from typing import Final

from playwright.sync_api import Browser, Page

from tests.browser.serve import opened
from tests.rehearsal.walk import AT_END, DRAWN, PRESS

ROOT: Final = Path(__file__).resolve().parent.parent.parent
SCREEN: Final = {"width": 1920, "height": 1080}
TARGET: Final = 250.0  # ms, median
PLAIN: Final = """
const all = [...document.querySelectorAll('section.page')]; let at = 0;
addEventListener('keydown', () => {
  all[at].hidden = true; at += 1; all[at].hidden = false;
  document.querySelector('#stage').dispatchEvent(new CustomEvent('ready'));
});"""
REVEAL: Final = """
Reveal.initialize({ transition: 'none', width: innerWidth, height: innerHeight, margin: 0, center: false, hash: false });
Reveal.on('slidechanged', () => document.querySelector('#stage').dispatchEvent(new CustomEvent('ready')));"""


def measure(browser: Browser, site: str, times: int) -> list[tuple[str, ...]]:
    """Return a row for the stage and one for the deck: median, p95 and slowest of every key of `times` walks."""
    ms: dict[str, list[float]] = {"stage": [], "deck": []}
    with opened(browser, viewport=SCREEN, reduced_motion="reduce") as stage, tempfile.TemporaryDirectory() as folder:
        stage.goto(f"{site}/stage")
        stage.locator(DRAWN).wait_for()
        pictures = _pictures(stage)
        for _ in range(times):
            ms["stage"] += _walk(stage, len(pictures))
            name, deck = _deck(Path(folder), pictures)
            with opened(browser, deck.as_uri(), viewport=SCREEN) as page:
                page.locator("#stage section").first.wait_for()
                ms["deck"] += [float(page.evaluate(PRESS, "ArrowRight")) for _ in pictures[1:]]
    base = median(ms["deck"])
    return [_row("stage", ms["stage"], base), _row(name, ms["deck"], base)]


def _pictures(stage: Page) -> list[str]:
    """Walk the talk once, which also warms it; return every picture as markup."""
    found = [stage.inner_html("#stage")]
    while not stage.evaluate(AT_END):
        stage.evaluate(PRESS, "ArrowRight")
        found.append(stage.inner_html("#stage"))
    return found


def _walk(stage: Page, pictures: int) -> list[float]:
    stage.evaluate(PRESS, "Home")
    return [float(stage.evaluate(PRESS, "ArrowRight")) for _ in range(pictures - 1)]


def _deck(folder: Path, pictures: list[str]) -> tuple[str, Path]:
    """Write the deck of finished pictures; return what it is called and its file."""
    style = (ROOT / "components" / "assets" / "stage.css").read_text(encoding="utf-8")
    reveal = os.environ.get("REVEAL_JS", "")
    if reveal:
        sections = "".join(f"<section>{picture}</section>" for picture in pictures)
        body = f'<div class="reveal" id="stage"><div class="slides" style="text-align:left">{sections}</div></div>'
        head = f'<link rel="stylesheet" href="{(Path(reveal) / "reveal.css").as_uri()}">'
        script = f'<script src="{(Path(reveal) / "reveal.js").as_uri()}"></script><script>{REVEAL}</script>'
    else:
        hidden = ["", *["hidden"] * (len(pictures) - 1)]
        parts = zip(hidden, pictures, strict=True)
        body = f'<main id="stage">{"".join(f"<section class=page {is_hidden}>{p}</section>" for is_hidden, p in parts)}</main>'
        head, script = "", f"<script>{PLAIN}</script>"
    file = folder / "deck.html"
    file.write_text(
        f'<!doctype html><meta charset="utf-8">{head}<style>{style} .page {{ height: 100% }}</style>{body}{script}',
        encoding="utf-8",
    )
    return ("reveal.js deck" if reveal else "static deck"), file


def _row(name: str, ms: list[float], base: float) -> tuple[str, ...]:
    middle = median(ms)
    verdict = ("yes" if middle <= TARGET else "NO") if name == "stage" else ""
    return (
        name,
        f"{middle:.0f}",
        f"{quantiles(ms, n=20)[-1]:.0f}",
        f"{max(ms):.0f}",
        f"{middle / base:.2f}",
        verdict,
        str(len(ms)),
    )
