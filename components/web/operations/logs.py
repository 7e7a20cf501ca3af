"""The log as one JSON object a line, for machines that collect it: what happened, where, how long; never who, never what for.

A line holds no address of a reader and nothing they typed. Of a message of a library only its pattern is written, not
the values it was filled with; of an exception its kind and its places in the code, not its text.
"""

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parents[3]
OURS: Final = "guizhou"
LOG: Final = logging.getLogger(OURS)
FRAMES: Final = 12  # places of an exception that a line names, the innermost last
LIBRARIES: Final = ("streamlit", "uvicorn", "asyncio", "starlette", "fastapi", "valkey")


class Lines(logging.Formatter):
    """Writes a record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line; `about` of a record of our own is written with it."""
        said: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": str(record.msg).strip()[:300],
            **getattr(record, "about", {}),
        }
        if record.exc_info and record.exc_info[1]:
            said |= fault(record.exc_info[1])
        return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def fault(error: BaseException) -> dict[str, Any]:
    """Return an exception as its kind and its places in the code; its text may hold what a reader typed."""
    frames = traceback.extract_tb(error.__traceback__)[-FRAMES:]
    return {
        "error": type(error).__name__,
        "at": [f"{_place(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames],
    }


def _place(file: str) -> str:
    path = Path(file)
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else "/".join(path.parts[-3:])


def event(name: str, level: int = logging.INFO, error: BaseException | None = None, **about: object) -> None:
    """Log that something happened; `about` holds codes and numbers only."""
    LOG.log(level, name, exc_info=error, extra={"about": about})


def write_json() -> None:
    """Send every log of the process to standard output as JSON, those of libraries included."""
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(Lines())
    root = logging.getLogger()
    _only(root, handler)
    root.setLevel(logging.INFO)
    _take_over()


def _take_over() -> None:
    """Take the handlers that libraries gave their own loggers away."""
    for name, logger in logging.root.manager.loggerDict.items():
        if isinstance(logger, logging.Logger) and name.split(".")[0] in LIBRARIES:
            _only(logger)
            logger.propagate = True
    logging.getLogger("uvicorn.access").disabled = True  # Watched writes the line of a request
    logging.getLogger("uvicorn.error").setLevel(logging.WARNING)  # else a line for each connection


def _only(logger: logging.Logger, *handlers: logging.Handler) -> None:
    """Let a logger have these handlers and no others."""
    for old in list(logger.handlers):
        logger.removeHandler(old)
    for handler in handlers:
        logger.addHandler(handler)
