"""Write decks to files: `make deck ARGS="--lang zh --look dark --steps a,b --format pptx,pdf,html --out out/decks"`."""

import sys
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from pathlib import Path

from components.address import MANY
from components.export.deck import html, paper, powerpoint
from components.theme import STAGES
from components.words import LANGUAGES

CLEARED = "\r\033[K"  # the line of progress goes
FORMATS = ("pptx", "pdf", "html")


def main() -> None:
    """Read what is wanted, write each file, say how far it is and what stands where."""
    asked = _asked()
    folder = Path(asked.out)
    folder.mkdir(parents=True, exist_ok=True)
    steps = [step for step in asked.steps.split(MANY) if step]
    shape = "" if asked.shape == "16:9" else f"-{asked.shape.replace(':', 'x')}"
    for lang in asked.lang.split(MANY):
        for ending in asked.format.split(MANY):
            path = folder / f"deck-{lang}-{asked.look}{shape if ending == 'pdf' else ''}.{ending}"
            begun = time.monotonic()
            try:
                made = _make(asked, lang, ending, steps, _line(path.name))
            except (KeyError, ValueError) as wrong:
                sys.exit(str(wrong.args[0]))
            path.write_bytes(made)
            print(
                f"{CLEARED if sys.stdout.isatty() else ''}{path}  {len(made) / 1e6:.1f} MB  {time.monotonic() - begun:.1f} s"
            )


def _asked() -> Namespace:
    parser = ArgumentParser(prog="make deck", description=__doc__)
    parser.add_argument("--lang", default=LANGUAGES[0], help=f"{MANY.join(LANGUAGES)}, or both")
    parser.add_argument("--look", default="dark", choices=tuple(STAGES))
    parser.add_argument("--steps", default="", help="ids of steps, joined by commas; none: the whole story")
    parser.add_argument("--format", default=MANY.join(FORMATS), help=MANY.join(FORMATS))
    parser.add_argument("--shape", default="16:9", choices=(*paper.SHAPES, paper.HANDOUT), help="of the PDF")
    parser.add_argument("--base", default=None, help="the site's address, for the code on the last slide")
    parser.add_argument("--out", default="out/decks")
    return parser.parse_args()


def _make(asked: Namespace, lang: str, ending: str, steps: list[str], progress: Callable[[int, int], None]) -> bytes:
    if lang not in LANGUAGES:
        raise ValueError(f"--lang cannot be {lang!r}. Valid: {', '.join(LANGUAGES)}.")
    if ending == "pptx":
        return powerpoint.deck(lang, asked.look, steps, progress, asked.base)
    if ending == "pdf":
        return paper.deck(lang, asked.look, steps, asked.shape, progress, asked.base)
    if ending == "html":
        return html.single_file(lang, asked.look, steps)
    raise ValueError(f"--format cannot be {ending!r}. Valid: {', '.join(FORMATS)}.")


def _line(name: str) -> Callable[[int, int], None]:
    """Return what writes the line of progress of one file."""

    def told(done: int, total: int) -> None:
        if sys.stdout.isatty():
            print(f"{CLEARED}{name}  {done}/{total}", end="", flush=True)

    return told


if __name__ == "__main__":
    main()
