"""Addresses for machines that keep the product running: /healthz, /readyz, /metrics.

/healthz says that the process answers, /readyz whether readers should be sent to it, and if not, why. /metrics is for
whoever stands beside the process: a request that came through a proxy finds nothing there.
"""

from typing import Final

from anyio import to_thread
from prometheus_client import CONTENT_TYPE_LATEST
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from components.web.operations import metrics
from components.web.operations.state import STATE
from data.load import version

FRESH: Final = {"Cache-Control": "no-store"}
PROXIED: Final = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip", "via")


async def health(_: Request) -> Response:
    """Answer that the process lives; nothing else is asked, so that a busy replica is not taken for a dead one."""
    return PlainTextResponse("ok", headers=FRESH)


async def ready(request: Request) -> Response:
    """Answer 200 when readers may come, else 503 with the reasons.

    HAProxy knows a server that finishes what it has by a 404: `?draining=404` gives it that.
    """
    reasons = STATE.reasons()
    status = 503 if reasons else 200
    if STATE.draining and request.query_params.get("draining") == "404":
        status = 404
    said = {"ready": not reasons, "because": reasons, **({"warnings": STATE.warnings} if STATE.warnings else {})}
    return JSONResponse(said, status, headers=FRESH)


async def measures(request: Request) -> Response:
    """Answer with all measures as Prometheus reads them."""
    if any(name in request.headers for name in PROXIED):
        return PlainTextResponse("Not Found", 404)
    metrics.READY.set(not STATE.reasons())
    metrics.DRAINING.set(STATE.draining)
    text = await to_thread.run_sync(_text)
    return Response(text, headers=FRESH | {"Content-Type": CONTENT_TYPE_LATEST})


def _text() -> bytes:
    metrics.DATA.info({"version": version()})
    return metrics.text()


ROUTES: Final = [
    Route("/healthz", health, methods=["GET", "HEAD"]),
    Route("/readyz", ready, methods=["GET", "HEAD"]),
    Route("/metrics", measures, methods=["GET"]),
]
