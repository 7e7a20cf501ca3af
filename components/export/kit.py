"""Press kits: one ZIP with pictures, data, alt texts, citations, method, licences and checksums, in both languages.

In: the Figures wanted. Out: a ZIP, byte for byte the same for the same data, written as it is made, the files of one
Figure in memory at a time. `make` writes it to a path and reports how far it is. A Figure that raises costs its own folder;
the kit says what it lacks.
"""

import io
import tempfile
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass, replace
from hashlib import sha256
from operator import itemgetter
from pathlib import Path
from typing import IO, Any, Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from components import faulty, prose
from components.citation import citations
from components.export import formats, image
from components.export.asked import Asked, Refused
from components.export.sizes import SIZES
from components.figures.catalogue import every, figure, request
from components.figures.figure import Figure, name_of
from components.words import FOLDER, LANGUAGES, Words, words
from data import kept
from data.load import version
from data.story import story

View = tuple[str, tuple[tuple[str, str], ...]]
Progress = Callable[[int, int], None]
ROOT: Final = Path(__file__).resolve().parents[2]
WHEN: Final = (1980, 1, 1, 0, 0, 0)  # the first time a ZIP can hold: the same data give the same bytes
STORED: Final = (".png", ".xlsx", ".pdf")  # packed already
CARDS: Final = ("web", "wide", "square", "story")
# What is made of each Figure in each language, by how the file's name ends.
FILES: Final[dict[str, Asked]] = {
    "csv": Asked("", "csv"),
    "dark.png": Asked("", "png", look="dark"),
    "html": Asked("", "html"),
    "json": Asked("", "json"),
    "light.png": Asked("", "png"),
    "outlines.svg": Asked("", "svg", outlined=True),
    "pdf": Asked("", "pdf", look="print"),
    "print.png": Asked("", "png", look="print", size=SIZES["print"], named="print", scale=1),
    **{f"{name}.png": Asked("", "png", size=SIZES[name], named=name, scale=1) for name in CARDS},
    "svg": Asked("", "svg"),
    "xlsx": Asked("", "xlsx"),
}


@dataclass(frozen=True)
class Kit:
    """A press kit: its name in addresses and files, its Figures, and whether all tables go along."""

    name: str
    views: tuple[View, ...]
    tables: bool = False

    def title(self, speech: Words) -> str:
        """Name the kit in words."""
        chapters = {f"chapter-{chapter.id}": speech.of(vars(chapter), "title") for chapter in story().chapters}
        if len(self.views) == 1 and self.name not in chapters:
            id, parameters = self.views[0]
            return faulty.title(id, speech.lang, dict(parameters))
        return speech("kit.title", name=chapters.get(self.name, speech("kit.all")))


def of_figure(shown: Figure) -> Kit:
    """Return the kit of one Figure."""
    return Kit(shown.name, ((shown.id, tuple(shown.parameters.items())),))


def kits() -> dict[str, Kit]:
    """Return the kits that have an address of their own, by name: one for each chapter of the story, and all."""
    found = {}
    for chapter in story().chapters:
        views = (_view(step.figure, step.parameters) for step in chapter.steps)
        found[f"chapter-{chapter.id}"] = Kit(f"chapter-{chapter.id}", tuple(dict.fromkeys(views)))
    return {**found, "all": Kit("all", tuple(_view(id, parameters) for id, parameters in every()), tables=True)}


def _view(id: str, parameters: dict[str, str]) -> View:
    return id, request(id, **parameters)


def make(ids: Iterable[str | View], progress: Progress | None = None, path: Path | None = None) -> Path:
    """Write the kit of some Figures (ids, or ids with parameters) to a path, a temporary one unless said; return it.

    `progress(done, total)` is called after each Figure. Raises ValueError for an id that there is none of.
    """
    views = tuple(dict.fromkeys(_view(id, {}) if isinstance(id, str) else _view(id[0], dict(id[1])) for id in ids))
    if path is None:
        with tempfile.NamedTemporaryFile(prefix="kit-", suffix=".zip", delete=False) as file:
            path = Path(file.name)
    with path.open("wb") as file:
        write(Kit("kit", views), file, progress)
    return path


class _Forward(io.RawIOBase):
    """A file that cannot go back: what is written stays as it is, so that it can be sent before the end is made."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        return self._file.write(data)

    def flush(self) -> None:
        self._file.flush()


def write(kit: Kit, file: IO[bytes], progress: Progress | None = None) -> bool:
    """Write a kit into a file, from its beginning to its end; return whether it lacks nothing.

    Raises what its Figures raised where none of them could be made.
    """
    sums, missing = [], dict[str, str]()
    with ZipFile(_Forward(file), "w") as packed:
        for name, made in contents(kit, missing, progress):
            sums.append(f"{sha256(made).hexdigest()}  {name}\n")
            _put(packed, f"{kit.name}/{name}", made)
        _put(packed, f"{kit.name}/SHA256SUMS", "".join(sums).encode())
    return not missing


def _put(packed: ZipFile, name: str, made: bytes) -> None:
    entry = ZipInfo(name, WHEN)
    entry.create_system, entry.external_attr = 3, 0o644 << 16  # whatever the machine
    entry.compress_type = ZIP_STORED if name.endswith(STORED) else ZIP_DEFLATED
    packed.writestr(entry, made)


def contents(kit: Kit, missing: dict[str, str], progress: Progress | None = None) -> Iterator[tuple[str, bytes]]:
    """Yield every file of a kit but the checksums: name and bytes, in the order of the names.

    A Figure that raises goes into `missing`, with the id of its fault; what is missing is told in files at the end.
    """
    yield "LICENSE", (ROOT / "LICENSE").read_bytes()
    yield from ((f"METHOD.{lang}.md", _method(lang).encode()) for lang in sorted(LANGUAGES))
    yield "NOTICE", (ROOT / "NOTICE").read_bytes()
    yield from ((f"README.{lang}.md", _readme(kit, lang).encode()) for lang in sorted(LANGUAGES))
    if kit.tables:
        yield from ((f"data/{name}", content) for name, content in kept.contents().items())
    with ThreadPoolExecutor(1, "kit-packing") as beside:
        for done, (id, parameters) in enumerate(sorted(kit.views, key=_name), start=1):
            try:
                yield from _packed(id, parameters, beside)
            except Exception as error:  # the others are sound
                missing[_name((id, parameters))] = faulty.note(id, error)
                if len(missing) == len(kit.views):
                    raise
            if progress:
                progress(done, len(kit.views))
    if missing:
        yield from ((f"MISSING.{lang}.md", _lacks(missing, words(lang)).encode()) for lang in sorted(LANGUAGES))


def _name(view: View) -> str:
    """Return the name of a Figure's folder and files."""
    return name_of(view[0], dict(view[1]))


def _packed(id: str, parameters: tuple[tuple[str, str], ...], beside: Executor) -> list[tuple[str, bytes]]:
    """Return the files of one Figure in the order of their names; its PNGs are packed tighter while the next is drawn."""
    files = [(name, beside.submit(image.smaller, made) if name.endswith("png") else made)
             for name, made in _figure(id, parameters)]  # fmt: skip
    return [
        (name, made if isinstance(made, bytes) else made.result()) for name, made in sorted(files, key=itemgetter(0))
    ]


def _figure(id: str, parameters: tuple[tuple[str, str], ...]) -> Iterator[tuple[str, bytes]]:
    """Yield the files of one Figure in both languages."""
    shown = {lang: figure(id, lang, **dict(parameters)) for lang in LANGUAGES}
    name = next(iter(shown.values())).name
    folder = f"figures/{name}"
    for lang, one in shown.items():
        cited = citations(one, words(lang))
        yield f"{folder}/{name}.{lang}.alt.txt", f"{one.title}\n{one.subtitle}\n\n{one.alt}\n".encode()
        yield f"{folder}/{name}.{lang}.citation.txt", _cited(cited, words(lang)).encode()
        yield f"{folder}/{name}.{lang}.bib", f"{cited['bibtex']}\n".encode()
        for ending, asked in FILES.items():
            try:
                made = formats.make(replace(asked, id=id, lang=lang, parameters=parameters))
            except Refused:  # too much for that size: the README says so
                continue
            yield f"{folder}/{name}.{lang}.{ending}", made
    if shown[LANGUAGES[0]].is_map:
        yield f"{folder}/{name}.geojson", formats.make(Asked(id, "geojson", parameters=parameters))


def _cited(found: dict[str, str], speech: Words) -> str:
    texts = (f"{speech(f'cite.style.{style}')}\n{text}\n" for style, text in found.items())
    return "\n".join(texts)


def _readme(kit: Kit, lang: str) -> str:
    """Say what is in a kit, in one language."""
    speech = words(lang)
    found = (faulty.made(id, lang, dict(parameters)) for id, parameters in kit.views)
    shown = [one for one in found if one]
    listed = "\n".join(f"- `figures/{one.name}/` {one.title}" for one in sorted(shown, key=lambda one: one.name))
    text = (FOLDER / f"kit.{lang}.md").read_text(encoding="utf-8")
    return text.format(title=kit.title(speech), figures=listed, version=version(), n=len(shown))


def _lacks(missing: dict[str, str], speech: Words) -> str:
    """Say which Figures a kit should hold and does not."""
    listed = "\n".join(f"- `{name}`: {speech('kit.fault', id=fault)}" for name, fault in missing.items())
    return f"# {speech('kit.missing')}\n\n{speech('kit.missing.why')}\n\n{listed}\n"


def _method(lang: str) -> str:
    """Say how numbers were read, what may be compared, and on what terms all of it may be used."""
    return prose.about(words(lang))
