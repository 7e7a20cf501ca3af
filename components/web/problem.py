"""Writes what cannot be answered as a problem document (RFC 9457): all refusals and faults end here, whatever words they have."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from starlette.responses import Response

MEDIA_TYPE: Final = "application/problem+json"


@dataclass(frozen=True)
class Problem:
    """A problem in one language: what kind it is, its sentence, and in `members` whatever a program may want of it."""

    type: str
    status: int
    title: str
    detail: str
    lang: str
    members: Mapping[str, Any] = field(default_factory=dict)

    def answer(self, headers: Mapping[str, str] | None = None) -> Response:
        """Write it as an answer that is not kept without asking again; half a character becomes a question mark."""
        body = {"type": self.type, "title": self.title, "status": self.status, "detail": self.detail, **self.members}
        text = json.dumps(body, ensure_ascii=False, indent=1).encode("utf-8", "replace")
        told = {"Content-Language": self.lang, "Cache-Control": "no-cache", **(headers or {})}
        return Response(text, self.status, told, MEDIA_TYPE)
