"""Where the site lives, as its settings say: PUBLIC_ADDRESS and ALLOWED_HOSTS.

PUBLIC_ADDRESS (https://figures.example) is what every address that leaves the site begins with; where it is set, no Host
header has a say in that. ALLOWED_HOSTS (figures.example, *.figures.example) names the hosts that are answered; without
it, those are the host of PUBLIC_ADDRESS and this machine itself, and without that any host that is well formed.
"""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from urllib.parse import urlsplit

OWN: Final = ("localhost", "127.0.0.1", "[::1]")  # health checks and people on the machine itself
NAME: Final = r"[a-z0-9_](?:[a-z0-9_-]{0,62})"
HOST: Final = re.compile(
    rf"(?P<name>{NAME}(?:\.{NAME})*\.?|\[[0-9a-f:.]{{2,45}}\])(?::(?P<port>\d{{1,5}}))?", re.IGNORECASE
)
LONGEST: Final = 260


@dataclass(frozen=True)
class Site:
    """The address of the site, '' where none is set, and the hosts that are answered, none where any is."""

    address: str = ""
    hosts: tuple[str, ...] = ()

    @property
    def scheme(self) -> str:
        """The scheme of the address."""
        return urlsplit(self.address).scheme

    @property
    def host(self) -> str:
        """Host and port of the address."""
        return urlsplit(self.address).netloc

    def answers(self, host: str) -> bool:
        """Tell whether a well-formed Host header names this site."""
        name = named(host)
        return not self.hosts or any(
            name == one or (one.startswith("*.") and name.endswith(one[1:])) for one in self.hosts
        )


def named(host: str) -> str:
    """Return the name in a Host header without its port, in small letters; '' where the header is not well formed."""
    found = HOST.fullmatch(host) if len(host) <= LONGEST else None
    if not found or int(found["port"] or 0) > 65535:
        return ""
    return found["name"].lower().rstrip(".")


def read(environment: Mapping[str, str]) -> Site:
    """Read the settings; raises ValueError that names the one at fault."""
    address = environment.get("PUBLIC_ADDRESS", "").strip().rstrip("/")
    parts = urlsplit(address)
    if address and (parts.scheme not in ("http", "https") or not named(parts.netloc) or parts.path or parts.query):
        raise ValueError(f"PUBLIC_ADDRESS is {address!r}; valid: https:// or http://, a host, nothing behind it")
    hosts = [part.strip().lower() for part in environment.get("ALLOWED_HOSTS", "").split(",") if part.strip()]
    if wrong := [host for host in hosts if named(host.removeprefix("*.")) != host.removeprefix("*.")]:
        raise ValueError(
            f"ALLOWED_HOSTS names {wrong[0]!r}; valid: host names without ports, *. before one for all below it"
        )
    if address or hosts:
        hosts += [*OWN, *([named(parts.netloc)] if address else [])]
    return Site(address, tuple(dict.fromkeys(hosts)))


@lru_cache(maxsize=1)
def site() -> Site:
    """Return the site as this process was started; a wrong setting ends the process."""
    try:
        return read(os.environ)
    except ValueError as wrong:
        raise SystemExit(f"The product does not start: {wrong}.") from None
