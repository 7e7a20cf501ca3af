"""The shelf of press kits: each is made once in the background, then kept on disk for a while.

A kit of everything takes minutes. A Build is one kit, being made or finished; a Shelf has those of this process, by the tag
of their contents: whoever asks for one that is there shares it. Finished kits are kept up to a number of bytes; the one not
asked for longest goes first. Where no folder can be written to, kits are made in memory, up to a size; where the disk is full,
they are refused.
"""

import errno
import logging
import os
import shutil
import tempfile
from collections import OrderedDict
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from importlib.metadata import version as release
from pathlib import Path
from secrets import token_hex
from threading import Lock, Thread
from time import time
from typing import Any, Final

from components.export.asked import Refused
from components.export.kit import ROOT, Kit, write
from components.web.operations import logs, metrics
from data.load import version

UNFINISHED: Final = 4  # kits being made or waiting for it
ROOM: Final = 400 * 2**20  # bytes of finished kits kept on disk
MEMORY: Final = 64 * 2**20  # bytes of kits kept in memory, where there is no disk
EACH: Final = 4 * 2**20  # bytes of disk that a Figure of a kit may need
PREFIX: Final = "guizhou-kits-"
LEFT: Final = 24 * 3600.0  # seconds after which the folder of another process counts as left behind
PIECE: Final = 2**18  # bytes read at once
RETRY: Final = 60
FULL: Final = (errno.ENOSPC, errno.EDQUOT)
DRAWN_BY: Final = ("vl-convert-python", "altair", "pandas", "XlsxWriter", "pypdf", "fonttools", "pillow", "babel")
SOURCES: Final = ("components", "data", "geo")
ONE_AT_A_TIME: Final = Lock()
GONE: Final = (FileNotFoundError, NotADirectoryError)


class Held:
    """Stands for a file where none can be written: holds what is written, up to a bound."""

    def __init__(self) -> None:
        self.bytes = bytearray()

    def __enter__(self) -> "Held":
        return self

    def __exit__(self, *_: object) -> None: ...

    def write(self, data: Any) -> int:
        """Take what is written; raises OSError where it becomes too much."""
        if len(self.bytes) + len(data) > MEMORY:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        self.bytes += data
        return len(data)

    def flush(self) -> None:
        """Do nothing: there is no file behind."""

    def tell(self) -> int:
        """Return how much was written."""
        return len(self.bytes)


@dataclass(eq=False)
class Build:
    """A kit that is being made or is finished: its file, or its bytes where there is no file, and how it ended."""

    kit: Kit
    path: Path
    done: bool = False
    failed: bool = False
    progress: tuple[int, int] = field(default=(0, 0))
    held: Held | None = None
    length: int = 0  # bytes, once it is finished
    full: bool = False  # it failed because there was no room for it
    whole: bool = True  # no Figure had to be left out

    def run(self) -> None:
        """Make the kit, one at a time in the process; of one that fails nothing is kept."""
        with ONE_AT_A_TIME, metrics.rendering("kit"):
            try:
                with self._opened() as file:
                    self.whole = write(self.kit, file, self._report)
                    self.length = file.tell()
            except Exception as error:  # told to whoever waits for it, and to the operator
                metrics.ERRORS.labels("kit").inc()
                logs.event("kit failed", logging.ERROR, error, kit=self.kit.name)
                self.remove()
                self.full = isinstance(error, OSError) and error.errno in FULL
                self.failed = True  # last: whoever sees it finds all of that done
            finally:
                self.done = True

    def _opened(self) -> Any:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)  # something may have cleaned up
            return self.path.open("wb", buffering=0)
        except OSError as error:
            _told_once(error)
            self.held = Held()
            return self.held

    @property
    def size(self) -> int:
        """How many bytes of it there are."""
        if self.held is not None:
            return len(self.held.bytes)
        try:
            return self.path.stat().st_size
        except GONE:  # not begun, or removed because it failed
            return 0

    @property
    def usable(self) -> bool:
        """Tell whether it is being made, or finished, whole and still there."""
        return not self.failed and (not self.done or (self.whole and self.size == self.length))

    def read(self, start: int) -> bytes:
        """Return a piece of it from a place on."""
        if self.held is not None:
            return bytes(self.held.bytes[start : start + PIECE])
        try:
            with self.path.open("rb") as file:
                file.seek(start)
                return file.read(PIECE)
        except GONE:
            return b""

    def remove(self) -> None:
        """Let go of what there is of it."""
        self.held = None
        with suppress(OSError):
            self.path.unlink(missing_ok=True)

    def _report(self, done: int, total: int) -> None:
        self.progress = (done, total)


@lru_cache(maxsize=1)
def _unwritable() -> None:
    logs.event("kits are made in memory: no folder can be written to", logging.WARNING)


def _told_once(error: OSError) -> None:
    if error.errno not in FULL:  # a full disk is told with the kit that fails
        _unwritable()


def _folder() -> tempfile.TemporaryDirectory[str] | None:
    """Make a folder for kits, or none where there is no place for one; remove what a killed process left of its own."""
    try:
        made = tempfile.TemporaryDirectory(prefix=PREFIX, ignore_cleanup_errors=True)
    except OSError:
        _unwritable()
        return None
    for old in Path(made.name).parent.glob(f"{PREFIX}*"):
        with suppress(OSError):
            if old.stat().st_mtime < time() - LEFT:
                shutil.rmtree(old, ignore_errors=True)
    return made


class Shelf:
    """The kits of this process, by the tag of their contents."""

    def __init__(self, room: int = ROOM) -> None:
        self.room = room
        self._folder = _folder()
        self._builds: OrderedDict[str, Build] = OrderedDict()
        self._lock = Lock()

    def build(self, kit: Kit) -> Build:
        """Return a kit that is finished or being made, or begin to make it; raises Refused where too many are."""
        key = tag(kit)
        with self._lock:
            found = self._builds.get(key)
            if found and found.usable:
                self._builds.move_to_end(key)
                return found
            if sum(not build.done for build in self._builds.values()) >= UNFINISHED:
                metrics.REFUSED.inc()
                raise Refused("busy", status=503, seconds=RETRY)
            self._make_room()
            self._need(kit)
            again = f"-{token_hex(4)}" if found else ""  # what went before may still be on its way to a reader
            path = self._path / f"{key.strip(chr(34))}{again}.zip"
            build = self._builds[key] = Build(kit, path)
        Thread(target=build.run, name=f"kit-{kit.name}", daemon=True).start()
        return build

    def lacking(self, key: str) -> bool:
        """Tell whether what was last made under a tag had to leave something out."""
        found = self._builds.get(key)
        return found is not None and not found.whole

    @property
    def _path(self) -> Path:
        return Path(self._folder.name if self._folder else os.devnull)

    def _need(self, kit: Kit) -> None:
        """Let kits go until the disk has room for another; raises Refused where it has not even then."""
        if self._free() < len(kit.views) * EACH:
            self._make_room(0)
        if self._free() < len(kit.views) * EACH:
            metrics.REFUSED.inc()
            logs.event("no room for kits", logging.WARNING, kit=kit.name)
            raise no_room(kit)

    def _free(self) -> float:
        try:
            return shutil.disk_usage(self._path.parent).free if self._folder else float("inf")
        except OSError:  # that there is no folder comes out when it is opened
            return float("inf")

    def _make_room(self, room: int | None = None) -> None:
        """Let the oldest kits go until the others weigh no more than there is room for."""
        on_disk = {key: build for key, build in self._builds.items() if build.done and build.held is None}
        in_memory = {key: build for key, build in self._builds.items() if build.done and build.held is not None}
        for builds, most in ((on_disk, self.room if room is None else room), (in_memory, MEMORY)):
            weight = sum(build.size for build in builds.values())
            for key, build in builds.items():
                if weight <= most and build.usable:
                    continue
                weight -= build.size
                build.remove()
                del self._builds[key]


def no_room(kit: Kit) -> Refused:
    """Return the refusal of a kit that there is no room for."""
    return Refused("full", status=507, needed=max(1, len(kit.views) * EACH // 2**20), seconds=RETRY)


@lru_cache(maxsize=1)
def shelf() -> Shelf:
    """Return the shelf of this process."""
    return Shelf()


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
