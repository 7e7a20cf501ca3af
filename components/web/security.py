"""The security headers of every answer: each kind of answer may do what it needs and no more. SECURITY.md gives the reasons."""

import base64
import hashlib
import re
from functools import lru_cache
from pathlib import Path
from typing import Final

import streamlit

INDEX: Final = Path(streamlit.__file__).parent / "static" / "index.html"
# Tells Streamlit's script where its server is: on a deep link it would otherwise ask below the page's own path first
# and find nothing there.
BOOT: Final = "window.__streamlit={BACKEND_BASE_URL:location.origin}"
EMBED, STAGE, STATIC = "/embed/", "/stage", "/static/"
# Read by other sites: files, pictures in other pages, what embeds in a sandbox load, the data for programs.
SHARED: Final = (EMBED, "/figures/", "/kits/", "/assets/", "/api/", "/data/v1", "/oembed", "/observations.")
YEAR: Final = 365 * 24 * 3600
CLOSED: Final = "default-src 'none'; base-uri 'none'; form-action 'none'"
PICTURE: Final = "img-src 'self' data:; font-src 'self' data:; style-src 'self' 'unsafe-inline'"
# Vega reads its expressions with an interpreter here, so that nothing is evaluated as code.
POLICIES: Final = {
    "embed": f"{CLOSED}; script-src 'self'; {PICTURE}; frame-ancestors *",
    "stage": f"{CLOSED}; script-src 'self'; connect-src 'self'; {PICTURE}; frame-ancestors 'self'",
    "document": f"{CLOSED}; {PICTURE}; frame-ancestors 'self'",
    "file": f"{CLOSED}; img-src data:; font-src data:; style-src 'unsafe-inline'; frame-ancestors 'self'",
}
UNUSED: Final = ("accelerometer", "camera", "geolocation", "gyroscope", "hid", "magnetometer", "microphone", "midi",
                 "payment", "serial", "usb")  # fmt: skip


@lru_cache(maxsize=1)
def inline_scripts() -> str:
    """Return the hashes of the inline scripts in Streamlit's page: its own one, and ours."""
    inline = re.findall(r"<script>(.*?)</script>", INDEX.read_text(encoding="utf-8"), re.DOTALL)
    digests = [hashlib.sha256(script.encode()).digest() for script in (*inline, BOOT)]
    return " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)


def page_policy(socket: str) -> str:
    """Return the policy of Streamlit's pages; `socket` is the origin that their session is opened with."""
    return (
        f"default-src 'self'; script-src 'self' 'unsafe-eval' {inline_scripts()}; style-src 'self' 'unsafe-inline'; "
        f"img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' data: blob:{socket and ' ' + socket}; "
        "worker-src 'self' blob:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
    )


def kind_of(path: str, media_type: str, page: bool) -> str:
    """Return the kind of an answer: page, embed, stage, document or file."""
    if page or path.startswith(STATIC):  # a worker lives under the policy of its own script
        return "page"
    if not media_type.startswith("text/html"):
        return "file"
    if path.startswith(EMBED):
        return "embed"
    return "stage" if path == STAGE else "document"


@lru_cache(maxsize=256)
def headers(kind: str, shared: bool, tls: bool, host: str) -> tuple[tuple[bytes, bytes], ...]:
    """Return the headers of one kind of answer; `shared` may be used by other sites; the host is well formed."""
    policy = POLICIES.get(kind) or page_policy(f"{'wss' if tls else 'ws'}://{host}" if host else "")
    told = {
        "content-security-policy": policy,
        "x-content-type-options": "nosniff",
        "referrer-policy": "strict-origin-when-cross-origin",
        "permissions-policy": ", ".join(f"{name}=()" for name in UNUSED),
        "cross-origin-resource-policy": "cross-origin" if shared else "same-origin",
        **({} if kind in ("file", "embed") else {"cross-origin-opener-policy": "same-origin"}),
        **({"strict-transport-security": f"max-age={YEAR}"} if tls else {}),
    }
    return tuple((name.encode(), value.encode()) for name, value in told.items())
