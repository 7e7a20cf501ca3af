"""Walks a talk in a browser, key by key, and notes of every picture what is wrong with it and how long it took."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page

from tests.browser.serve import opened
from tests.rehearsal.judge import faults

LOOK: Final = (Path(__file__).parent / "look.js").read_text(encoding="utf-8")
DRAWN: Final = 'body[data-drawn="all"]'
AT_END: Final = """() => {
  const [at, total] = document.querySelector('#stage footer b').textContent.split(' / ');
  return at === total && document.querySelector('#stage').dataset.ready.split('.')[1] === 'all';
}"""
# The clock runs from the key to the first moment after the picture was painted.
PRESS: Final = """(key) => new Promise((done, fail) => {
  const stage = document.querySelector('#stage');
  const began = performance.now();
  const late = setTimeout(() => fail(new Error(`no picture after ${key}`)), 20000);
  stage.addEventListener('ready', () => requestAnimationFrame(() => {
    const painted = new MessageChannel();
    painted.port1.onmessage = () => { clearTimeout(late); done(performance.now() - began); };
    painted.port2.postMessage(0);
  }), { once: true });
  const keyCode = key === 'ArrowRight' ? 39 : 0; // other decks still ask for it
  document.body.dispatchEvent(new KeyboardEvent('keydown', { key, keyCode, bubbles: true, cancelable: true }));
})"""


@dataclass
class Rehearsal:
    """One walk through a talk: `faults` by picture (step.phase.language), the ms each took, what was asked of others."""

    pictures: list[str] = field(default_factory=list)
    faults: dict[str, list[str]] = field(default_factory=dict)
    ms: dict[str, float] = field(default_factory=dict)
    outside: list[str] = field(default_factory=list)
    smallest: float = 1.0

    def note(self, page: Page, took: float | None, before: str) -> str:
        """Look at the picture on stage; return it, so that the next one can be told from it."""
        name = str(page.evaluate("document.querySelector('#stage').dataset.ready"))
        seen: dict[str, Any] = page.evaluate(LOOK)
        found = faults(seen)
        if seen["picture"] == before:
            found.append("the same picture again")
        if took is not None:
            self.ms[name] = took
        self.pictures.append(name)
        self.smallest = min([self.smallest, *(text["px"] / seen["screen"][1] for text in seen["texts"])])
        if found:
            self.faults[name] = found
        return str(seen["picture"])


def walk(browser: Browser, site: str, lang: str, look: str, size: tuple[int, int], steps: str = "") -> Rehearsal:
    """Walk a talk from its first picture to its last in one size of screen; `steps` as the address of the stage has them."""
    walked = Rehearsal()
    host = urlsplit(site).netloc
    screen = {"width": size[0], "height": size[1]}
    with opened(browser, viewport=screen, reduced_motion="reduce") as page:
        page.on("request", lambda asked: walked.outside.append(asked.url) if _outside(asked.url, host) else None)
        page.goto(f"{site}/stage?lang={lang}&look={look}" + (f"&steps={steps}" if steps else ""))
        page.locator(DRAWN).wait_for()  # the page evaluates no text as code, so it cannot be asked by one
        before = walked.note(page, None, "")
        while not page.evaluate(AT_END):
            before = walked.note(page, float(page.evaluate(PRESS, "ArrowRight")), before)
    return walked


def _outside(url: str, host: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme not in ("data", "blob") and parts.netloc != host
