"""Has pictures drawn by a process of its own (painting.py): what a specification or an SVG becomes, one after the other.

While one is drawn everybody else is answered. A drawing that ends its process, or takes too long, is raised as MemoryError; the
next one has a new process.
"""

import atexit
import json
import logging
import os
import subprocess
import sys
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from threading import Lock, Timer
from typing import Any, BinaryIO, Final, cast

from components import typeset
from components.export import painting

# What large pictures took goes back to the system, as glibc is told; whoever sets these differently is left their way.
SPARING: Final = {"MALLOC_ARENA_MAX": "2", "MALLOC_MMAP_THRESHOLD_": str(2**20)}
PATIENCE: Final = 60.0  # seconds after which a drawing is given up; the largest takes some two


class Painter:
    """One process that draws; may be asked by several threads. It is begun when it is needed and ends with this one."""

    def __init__(self, fonts: Path) -> None:
        self._command = [sys.executable, "-P", painting.__file__, str(fonts)]
        self._lock = Lock()
        self._process: subprocess.Popen[bytes] | None = None
        atexit.register(self.end)

    def begin(self) -> None:
        """Begin the process, if there is none, without waiting for it."""
        if self._process is None:
            with self._lock:
                self._running()

    def vegalite_to_svg(self, spec: dict[str, Any] | str) -> str:
        """Draw a specification as SVG; raises ValueError where it is none."""
        return self._asked("vegalite_to_svg", spec).decode()

    def svg_to_png(self, svg: str, scale: float = 1.0) -> bytes:
        """Draw an SVG as PNG, so many pixels for each px."""
        return self._asked("svg_to_png", svg, scale=scale)

    def svg_to_pdf(self, svg: str) -> bytes:
        """Draw an SVG as PDF."""
        return self._asked("svg_to_pdf", svg)

    def javascript_bundle(self) -> str:
        """Return Vega, Vega-Lite and Vega-Embed as one script."""
        return self._asked("javascript_bundle").decode()

    def _asked(self, name: str, *given: Any, **named: Any) -> bytes:
        question = json.dumps([name, given, named]).encode()
        with self._lock:
            process = self._running()
            watch = Timer(PATIENCE, process.kill)
            watch.daemon = True
            watch.start()
            try:
                painting.send(cast(BinaryIO, process.stdin), painting.ASKED, question)
                kind, body = painting.receive(cast(BinaryIO, process.stdout))
            except (OSError, EOFError):
                self._end()
                _tell(process.returncode)
                raise MemoryError("the process that draws ended") from None
            except BaseException:  # its answer would be taken for the next one's
                self._end()
                raise
            finally:
                watch.cancel()
        if kind == painting.WRONG:
            raise ValueError(body.decode())
        return body

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self._end()
            pipe, sparing = subprocess.PIPE, SPARING | os.environ
            self._process = subprocess.Popen(self._command, stdin=pipe, stdout=pipe, env=sparing)  # noqa: S603 - our own
        return self._process

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            for pipe in (process.stdin, process.stdout):
                with suppress(OSError):  # what was written and never read
                    cast(BinaryIO, pipe).close()
            process.wait()

    def end(self) -> None:
        """End the process; who asks again begins another."""
        with self._lock:
            self._end()


def _tell(code: int) -> None:
    from components.web.operations import logs

    logs.event("the process that draws ended", logging.ERROR, code=code)


@lru_cache(maxsize=1)
def painter() -> Painter:
    """Return the painter of this process, who has the product's font and no other."""
    return Painter(typeset.FONTS)
