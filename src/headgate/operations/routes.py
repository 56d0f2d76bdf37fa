"""`/healthz`, `/readyz` and `/metrics`: for machines that watch over the service. None of them is part of the API."""

from __future__ import annotations

import hmac

from fastapi import Request, Response
from starlette.responses import PlainTextResponse

from headgate.operations.metrics import Metrics
from headgate.operations.readiness import Readiness
from headgate.web import JsonAnswer
from headgate.web.late_routes import late_router

router = late_router(include_in_schema=False)

NEVER_KEPT = {"Cache-Control": "no-store"}


@router.get("/healthz")
async def healthz() -> Response:
    """This process answers. It asks nothing else, so that a slow database gets no process restarted."""
    return PlainTextResponse("ok\n", headers=NEVER_KEPT)


@router.get("/readyz")
def readyz(request: Request) -> Response:
    """Whether requests should be sent here: 503 with what is missing where they should not."""
    readiness: Readiness = request.app.state.readiness
    missing = readiness.missing()
    body = {"ready": not missing, "missing": missing}
    return JsonAnswer(body, status_code=503 if missing else 200, headers=NEVER_KEPT)


@router.get("/metrics")
def metrics(request: Request) -> Response:
    """Metrics for Prometheus, to whoever has the operator's token; without such a setting there are none."""
    token = request.app.state.config.metrics_token
    if token is None:
        return JsonAnswer({"detail": "Not found."}, status_code=404)
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not hmac.compare_digest(given.encode(), token.get_secret_value().encode()):
        detail = "Send the token of the setting metrics_token as `Authorization: Bearer <token>`."
        return JsonAnswer({"detail": detail}, status_code=401, headers={"WWW-Authenticate": "Bearer"})
    found: Metrics = request.app.state.metrics
    content, media_type = found.text(request.headers.get("Accept", ""))
    return Response(content, media_type=media_type, headers=NEVER_KEPT)
