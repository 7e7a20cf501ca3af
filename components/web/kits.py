"""Press kits over the web: made once in the background, sent while they are being made, then kept on disk for a while.

A kit of everything takes minutes. Readers get its bytes as they come; whoever asks meanwhile shares the same work, and a
slow reader holds nobody up. Finished kits are kept up to a number of bytes; the one not asked for longest goes first.
"""

import os
import tempfile
from collections import OrderedDict
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from importlib.metadata import version as release
from pathlib import Path
from threading import Lock, Thread
from typing import Final

from anyio import sleep, to_thread
from starlette.requests import Request
from starlette.responses import FileResponse, Response, StreamingResponse

from components.export.asked import Refused
from components.export.formats import TYPES
from components.export.kit import ROOT, Kit, kits, of_figure, write
from components.web.operations import metrics
from components.words import LANGUAGES
from data.load import version

__all__ = ["answer", "named", "of_figure"]
UNFINISHED: Final = 4  # kits being made or waiting for it
ROOM: Final = 400 * 2**20  # bytes of finished kits kept on disk
PIECE: Final = 2**18  # bytes sent at once
PAUSE: Final = 0.1  # seconds between two looks at a kit that is being made
RETRY: Final = 60
DRAWN_BY: Final = ("vl-convert-python", "altair", "pandas", "XlsxWriter", "pypdf", "fonttools", "pillow", "babel")
SOURCES: Final = ("components", "data", "geo")
ONE_AT_A_TIME: Final = Lock()


@dataclass(eq=False)
class Build:
    """A kit that is being made or is finished: its file, and how it ended."""

    kit: Kit
    path: Path
    done: bool = False
    failed: bool = False
    progress: tuple[int, int] = field(default=(0, 0))

    def run(self) -> None:
        """Make the kit; one at a time in the process."""
        with ONE_AT_A_TIME, metrics.rendering("kit"):
            try:
                with self.path.open("wb", buffering=0) as file:
                    write(self.kit, file, self._report)
            except BaseException:
                self.failed = True
                raise
            finally:
                self.done = True

    def _report(self, done: int, total: int) -> None:
        self.progress = (done, total)


class Shelf:
    """The kits of this process, by the tag of their contents."""

    def __init__(self, room: int = ROOM) -> None:
        self.room = room
        self._folder = tempfile.TemporaryDirectory(prefix="kits-", ignore_cleanup_errors=True)
        self._builds: OrderedDict[str, Build] = OrderedDict()
        self._lock = Lock()

    def build(self, kit: Kit) -> Build:
        """Return a kit that is finished or being made, or begin to make it; raises Refused where too many are."""
        key = tag(kit)
        with self._lock:
            found = self._builds.get(key)
            if found and not found.failed:
                self._builds.move_to_end(key)
                return found
            if sum(not build.done for build in self._builds.values()) >= UNFINISHED:
                metrics.REFUSED.inc()
                raise Refused("busy", status=503, seconds=RETRY)
            self._make_room()
            path = Path(self._folder.name) / f"{key.strip(chr(34))}.zip"
            build = self._builds[key] = Build(kit, path)
        Thread(target=build.run, name=f"kit-{kit.name}", daemon=True).start()
        return build

    def _make_room(self) -> None:
        finished = [(key, build) for key, build in self._builds.items() if build.done]
        weight = sum(build.path.stat().st_size for _, build in finished if build.path.exists())
        for key, build in finished:
            if weight <= self.room and not build.failed:
                continue
            weight -= build.path.stat().st_size if build.path.exists() else 0
            build.path.unlink(missing_ok=True)
            del self._builds[key]


@lru_cache(maxsize=1)
def shelf() -> Shelf:
    """Return the shelf of this process."""
    return Shelf()


def named(id: str) -> Kit:
    """Return the kit of a chapter, or of everything; raises Refused that names those there are."""
    known = kits()
    if id not in known:
        raise Refused("kit", "", id, list(known), status=404)
    return known[id]


def tag(kit: Kit) -> str:
    """Name a kit's bytes before they are made: they follow from its Figures, the data and the program."""
    return f'"{sha256(f"{kit}|{state()}".encode()).hexdigest()[:20]}"'


@lru_cache(maxsize=1)
def state() -> str:
    """Name the state of everything that kits are made from: data, program, libraries, the site's address."""
    digest = sha256(version().encode())
    for folder in SOURCES:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    for name in DRAWN_BY:
        digest.update(f"{name} {release(name)}\n".encode())
    return sha256(digest.digest() + os.environ.get("PUBLIC_ADDRESS", "").encode()).hexdigest()


async def answer(request: Request, kit: Kit, disposition: str) -> Response:
    """Answer with a kit: from disk if it is finished, else as it is being made."""
    own = await to_thread.run_sync(tag, kit)
    headers = {"Content-Disposition": disposition, "Content-Language": ", ".join(LANGUAGES),
               "Cache-Control": "public, max-age=3600", "ETag": own}  # fmt: skip
    asked = request.headers.get("if-none-match", "")
    if own in asked or asked.strip() == "*":
        return Response(status_code=304, headers=headers)
    if request.method == "HEAD":
        return Response(headers=headers, media_type=TYPES["zip"])
    build = await to_thread.run_sync(shelf().build, kit)
    if build.done and not build.failed:
        return FileResponse(build.path, headers=headers, media_type=TYPES["zip"])
    return StreamingResponse(_as_it_comes(build), headers=headers, media_type=TYPES["zip"])


async def _as_it_comes(build: Build) -> AsyncIterator[bytes]:
    """Yield a kit's bytes while they are being written; raises RuntimeError where the making fails."""
    sent = 0
    while True:
        done = build.done  # looked at before the file: what is written after that look is read in the next round
        piece = await to_thread.run_sync(_read, build.path, sent)
        if piece:
            sent += len(piece)
            yield piece
        elif build.failed:
            raise RuntimeError(f"the kit {build.kit.name} could not be made")
        elif done:
            return
        else:
            await sleep(PAUSE)


def _read(path: Path, start: int) -> bytes:
    if not path.exists():
        return b""
    with path.open("rb") as file:
        file.seek(start)
        return file.read(PIECE)
