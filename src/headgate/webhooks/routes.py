"""`/api/v1/webhooks/` (beyond Dromo, where webhooks are set up in the dashboard only)."""

from __future__ import annotations

from typing import Any

from fastapi import Query, Request, Response

from headgate.accounts.audit import Action
from headgate.accounts.auth import Caller, record, requires
from headgate.accounts.scopes import Scope
from headgate.web import AT_LEAST_0, AT_LEAST_1, JsonAnswer, errors, json_body, object_id, page_of, read_json
from headgate.web.forms import ApiForm
from headgate.web.late_routes import late_router
from headgate.web.threads import in_thread
from headgate.webhooks import views
from headgate.webhooks.deliveries import DeliveryService, Filter
from headgate.webhooks.forms import (
    DeliveryFull,
    DeliveryList,
    StateName,
    WebhookList,
    WebhookObject,
    WebhookWithSecret,
)
from headgate.webhooks.models import DeliveryState
from headgate.webhooks.service import WebhookService, WithSecret

router = late_router(prefix="/api/v1/webhooks", tags=["webhooks"])

OffsetQuery = Query("0", description="How many of the newest to leave out.", json_schema_extra=AT_LEAST_0)
LimitQuery = Query("100", description="How many to give, at most 1000.", json_schema_extra=AT_LEAST_1)
WebhookQuery = Query(None, description="Only those of this webhook.")
ImportQuery = Query(None, description="Only those of this import.")
StateQuery = Query(None, description="Only those that stand here.")

_body: dict[str, Any] = {"requestBody": json_body("WebhookWrite")}
_rotation: dict[str, Any] = {"requestBody": json_body("SecretRotation") | {"required": False}}


class Replayed(ApiForm):
    """How many deliveries are sent again."""

    count: int


def _service(request: Request) -> WebhookService:
    service: WebhookService = request.app.state.webhooks
    return service


def _deliveries(request: Request) -> DeliveryService:
    service: DeliveryService = request.app.state.webhook_deliveries
    return service


async def _json(request: Request) -> dict[str, Any]:
    return (await read_json(request, request.app.state.config.max_body_size)).value


def _with_secret(found: WithSecret) -> dict[str, Any]:
    return views.webhook(found.webhook) | {"secret": found.secret}


@router.get("/", summary="List webhooks", response_model=WebhookList, responses=errors(400, 401))
def list_webhooks(
    request: Request,
    caller: Caller = requires(Scope.WEBHOOKS_READ),
    offset: str = OffsetQuery,  # noqa: ARG001 - `page_of` reads it
    limit: str = LimitQuery,  # noqa: ARG001 - `page_of` reads it
) -> Response:
    """A page of the organization's webhooks, newest first."""
    page = page_of(request)
    count, rows = _service(request).page(caller.organization_id, page.offset, page.limit)
    return JsonAnswer(page.envelope(request, count, [views.webhook(row) for row in rows]))


@router.post(
    "/", summary="Create a webhook", status_code=201, response_model=WebhookWithSecret, openapi_extra=_body,
    responses=errors(400, 401, 409, 413),
)  # fmt: skip
async def create_webhook(request: Request, caller: Caller = requires(Scope.WEBHOOKS_WRITE)) -> Response:
    """Set up a receiver. The answer has the secret that signs what it is sent; it is not shown again."""
    body = await _json(request)
    found = await in_thread(_service(request).create, caller.organization_id, body)
    await in_thread(record, request, caller, Action.WEBHOOK_CREATED, found.webhook.id)
    return JsonAnswer(_with_secret(found), status_code=201)


# Before `/{webhook_id}/`, which would take the word for an id.
@router.get("/deliveries/", summary="List deliveries", response_model=DeliveryList, responses=errors(400, 401, 404))
def list_deliveries(
    request: Request,
    caller: Caller = requires(Scope.WEBHOOKS_READ),
    webhook_id: str | None = WebhookQuery,
    import_id: str | None = ImportQuery,
    state: StateName | None = StateQuery,
    offset: str = OffsetQuery,  # noqa: ARG001 - `page_of` reads it
    limit: str = LimitQuery,  # noqa: ARG001 - `page_of` reads it
) -> Response:
    """A page of what was and is to be sent, newest first, basic webhooks included."""
    page = page_of(request)
    wanted = Filter(
        object_id(webhook_id) if webhook_id else None,
        object_id(import_id) if import_id else None,
        DeliveryState(state) if state else None,
    )
    count, rows = _deliveries(request).page(caller.organization_id, wanted, page.offset, page.limit)
    return JsonAnswer(page.envelope(request, count, [views.delivery(*row) for row in rows]))


@router.get(
    "/deliveries/{delivery_id}/", summary="Get a delivery", response_model=DeliveryFull, responses=errors(401, 404)
)
def get_delivery(request: Request, delivery_id: str, caller: Caller = requires(Scope.WEBHOOKS_READ)) -> Response:
    """One delivery with every try and what is sent."""
    return JsonAnswer(views.details(_deliveries(request).get(caller.organization_id, object_id(delivery_id))))


@router.post(
    "/deliveries/{delivery_id}/replay/", summary="Replay a delivery", status_code=202, response_model=DeliveryFull,
    responses=errors(401, 404, 409),
)  # fmt: skip
def replay_delivery(request: Request, delivery_id: str, caller: Caller = requires(Scope.WEBHOOKS_WRITE)) -> Response:
    """Send a delivery again that was delivered or given up: the same `webhook-id` and body, with new tries."""
    return JsonAnswer(
        views.details(_deliveries(request).replay(caller.organization_id, object_id(delivery_id))), status_code=202
    )


@router.get("/{webhook_id}/", summary="Get a webhook", response_model=WebhookObject, responses=errors(401, 404))
def get_webhook(request: Request, webhook_id: str, caller: Caller = requires(Scope.WEBHOOKS_READ)) -> Response:
    """One webhook, without its secret."""
    return JsonAnswer(views.webhook(_service(request).get(caller.organization_id, object_id(webhook_id))))


async def _update(request: Request, webhook_id: str, caller: Caller, *, partly: bool) -> Response:
    identifier, service = object_id(webhook_id), _service(request)
    await in_thread(service.get, caller.organization_id, identifier)
    body = await _json(request)
    row = await in_thread(service.update, caller.organization_id, identifier, body, partly=partly)
    await in_thread(record, request, caller, Action.WEBHOOK_CHANGED, identifier)
    return JsonAnswer(views.webhook(row))


@router.put(
    "/{webhook_id}/", summary="Update a webhook", response_model=WebhookObject, openapi_extra=_body,
    responses=errors(400, 401, 404, 413),
)  # fmt: skip
async def update_webhook(
    request: Request, webhook_id: str, caller: Caller = requires(Scope.WEBHOOKS_WRITE)
) -> Response:
    """Replace what is set; keys that are not given get their defaults. The secret stays."""
    return await _update(request, webhook_id, caller, partly=False)


@router.patch(
    "/{webhook_id}/", summary="Change a webhook", response_model=WebhookObject, openapi_extra=_body,
    responses=errors(400, 401, 404, 413),
)  # fmt: skip
async def change_webhook(
    request: Request, webhook_id: str, caller: Caller = requires(Scope.WEBHOOKS_WRITE)
) -> Response:
    """Change the keys that are given, such as `{"enabled": false}`; all others stay."""
    return await _update(request, webhook_id, caller, partly=True)


@router.delete("/{webhook_id}/", summary="Delete a webhook", status_code=204, responses=errors(401, 404))
def delete_webhook(request: Request, webhook_id: str, caller: Caller = requires(Scope.WEBHOOKS_WRITE)) -> Response:
    """Remove a webhook with its deliveries. What was due is not sent any more."""
    _service(request).delete(caller.organization_id, object_id(webhook_id))
    record(request, caller, Action.WEBHOOK_DELETED, object_id(webhook_id))
    return Response(status_code=204)


@router.post(
    "/{webhook_id}/rotate_secret/", summary="Rotate the secret", response_model=WebhookWithSecret,
    openapi_extra=_rotation, responses=errors(400, 401, 404, 409, 413),
)  # fmt: skip
async def rotate_secret(request: Request, webhook_id: str, caller: Caller = requires(Scope.WEBHOOKS_WRITE)) -> Response:
    """Make a new secret, shown this once. Earlier ones sign too for `keep_seconds`, so that receivers can change over."""
    identifier = object_id(webhook_id)
    empty = request.headers.get("content-length", "") in {"", "0"} and "transfer-encoding" not in request.headers
    body = {} if empty else await _json(request)
    found = await in_thread(_service(request).rotate_secret, caller.organization_id, identifier, body)
    await in_thread(record, request, caller, Action.WEBHOOK_SECRET_ROTATED, identifier)
    return JsonAnswer(_with_secret(found))


@router.post(
    "/{webhook_id}/test/", summary="Send a test event", status_code=202, response_model=DeliveryFull,
    responses=errors(401, 404),
)  # fmt: skip
def send_test(request: Request, webhook_id: str, caller: Caller = requires(Scope.WEBHOOKS_WRITE)) -> Response:
    """Send the event `test`, once, whatever the webhook listens to and also while it is disabled."""
    sent = _service(request).test(caller.organization_id, object_id(webhook_id))
    return JsonAnswer(
        views.details(_deliveries(request).get(caller.organization_id, sent.id)),
        status_code=202,
    )


@router.post(
    "/{webhook_id}/replay/", summary="Replay what was given up", status_code=202, response_model=Replayed,
    responses=errors(401, 404, 409),
)  # fmt: skip
def replay_dead(request: Request, webhook_id: str, caller: Caller = requires(Scope.WEBHOOKS_WRITE)) -> Response:
    """Send every delivery of this webhook again that is `dead`, in their order."""
    count = _deliveries(request).replay_dead(caller.organization_id, object_id(webhook_id))
    return JsonAnswer({"count": count}, status_code=202)
