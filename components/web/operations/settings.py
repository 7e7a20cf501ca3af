"""Settings of a replica, read from the environment once; a wrong one ends the start with what it should be."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

DRAIN_SECONDS: Final = 0.0
STOP_SECONDS: Final = 20.0
TABLES_SECONDS: Final = 60.0
LONGEST: Final = 3600.0
LOG_FORMATS: Final = ("text", "json")


class WrongSetting(ValueError):
    """A setting of the environment that says nothing usable."""


@dataclass(frozen=True)
class Settings:
    """How one replica logs, stops and pairs."""

    log_format: str = LOG_FORMATS[0]
    drain_seconds: float = DRAIN_SECONDS  # after SIGTERM: not ready, still serving, so that a balancer can turn away
    stop_seconds: float = STOP_SECONDS  # after that: time for answers under way
    broker: str = ""  # valkey://… or redis://… joins the talks of all replicas; '' keeps them in the process
    tables_seconds: float = (
        TABLES_SECONDS  # between two looks whether the tables on disk are still those that run; 0: never
    )


def read(environment: Mapping[str, str]) -> Settings:
    """Read the settings; raises WrongSetting that names the one at fault."""
    log_format = environment.get("LOG_FORMAT", "").strip() or LOG_FORMATS[0]
    if log_format not in LOG_FORMATS:
        raise WrongSetting(f"LOG_FORMAT is {log_format!r}; valid: {', '.join(LOG_FORMATS)}")
    broker = environment.get("TALK_BROKER", "").strip()
    if broker and not broker.startswith(("valkey://", "valkeys://", "redis://", "rediss://")):
        raise WrongSetting(
            "TALK_BROKER begins with valkey://, valkeys://, redis:// or rediss://"
        )  # it may hold a password
    return Settings(
        log_format,
        _seconds(environment, "DRAIN_SECONDS", DRAIN_SECONDS),
        _seconds(environment, "STOP_SECONDS", STOP_SECONDS),
        broker,
        _seconds(environment, "TABLES_SECONDS", TABLES_SECONDS),
    )


def _seconds(environment: Mapping[str, str], name: str, default: float) -> float:
    said = environment.get(name, "").strip()
    try:
        seconds = float(said) if said else default
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds <= LONGEST:
        raise WrongSetting(f"{name} is {said!r}; valid: seconds from 0 to {LONGEST:.0f}")
    return seconds


@lru_cache(maxsize=1)
def settings() -> Settings:
    """Return the settings of this process; a wrong one ends it."""
    try:
        return read(os.environ)
    except WrongSetting as wrong:
        raise SystemExit(f"The product does not start: {wrong}.") from None
