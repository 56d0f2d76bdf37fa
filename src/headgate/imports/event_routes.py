"""`/events/store`: the store tells that something arrived, so that nobody has to wait for the next look.

What it says is not believed: any message that bears the secret has the service look for itself. So it does not matter
which store sends which form, and a forged or repeated message does no harm.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import re
from urllib.parse import urlsplit

import structlog
from fastapi import Request, Response

from headgate.errors import ForbiddenError
from headgate.imports.arrivals import ArrivalWatcher
from headgate.web import JsonAnswer, read_json
from headgate.web.late_routes import late_router

MAX_EVENT = 1024 * 1024
SNS_HOST = re.compile(r"sns\.[a-z0-9-]+\.amazonaws\.com(\.cn)?", re.ASCII)
CONFIRMATION = "SubscriptionConfirmation"

router = late_router(include_in_schema=False)
log = structlog.get_logger(__name__)


@router.post("/events/store")
async def store_event(request: Request) -> Response:
    """Look for files now. The secret comes as bearer token, as password (SNS has no other way), or as bare header."""
    watcher: ArrivalWatcher | None = request.app.state.arrivals
    secret = request.app.state.config.store_event_secret
    if watcher is None or secret is None:
        raise ForbiddenError("This service takes no events of a store: store_url or store_event_secret is not set.")
    given = _secret_of(request.headers.get("authorization", ""))
    if not hmac.compare_digest(given.encode(), secret.get_secret_value().encode()):
        # SNS sends the password of its URL only when it is asked for it in this way.
        detail = {"detail": "The secret of the store's events is missing or wrong."}
        return JsonAnswer(detail, status_code=401, headers={"WWW-Authenticate": 'Basic realm="headgate"'})
    if request.headers.get("x-amz-sns-message-type") == CONFIRMATION:
        body = (await read_json(request, MAX_EVENT)).value
        await _confirm(str(body.get("SubscribeURL", "")) if isinstance(body, dict) else "")
    watcher.wake()
    return Response(status_code=204)


def _secret_of(header: str) -> str:
    scheme, _, rest = header.partition(" ")
    if scheme.lower() == "bearer":
        return rest.strip()
    if scheme.lower() != "basic":
        return header
    try:
        return base64.b64decode(rest, validate=True).decode().partition(":")[2]
    except (binascii.Error, ValueError):
        return ""


async def _confirm(url: str) -> None:
    """Agree to be sent events by SNS: only an address of SNS itself is asked."""
    parts = urlsplit(url)
    if parts.scheme != "https" or not SNS_HOST.fullmatch(parts.netloc):
        log.warning("subscription_not_confirmed", cause="not an address of SNS")
        return
    import httpx  # seldom: of one store, and once

    try:
        async with httpx.AsyncClient(timeout=10) as client:
            answer = await client.get(url)
        log.info("subscription_confirmed", status=answer.status_code)
    except httpx.HTTPError as error:
        log.warning("subscription_not_confirmed", cause=type(error).__name__)
