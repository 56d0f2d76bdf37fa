"""`/api/v1/schemas/{id}/retention/`: how long imports of a saved schema are kept (beyond Dromo)."""

from __future__ import annotations

from typing import Any

from fastapi import Request, Response

from headgate.accounts.auth import Caller, requires
from headgate.accounts.scopes import Scope
from headgate.retention.forms import OutdatedRetention, SchemaRetentionView
from headgate.retention.service import RetentionRules
from headgate.web import IfMatch, JsonAnswer, based_on, entity_tag, errors, json_body, object_id, outdated, read_json
from headgate.web.late_routes import late_router
from headgate.web.threads import in_thread

router = late_router(prefix="/api/v1/schemas", tags=["schemas"])

_body: dict[str, Any] = {"requestBody": json_body("SchemaRetentionWrite")}


def _rules(request: Request) -> RetentionRules:
    rules: RetentionRules = request.app.state.retention
    return rules


def _answer(found: dict[str, Any]) -> Response:
    return JsonAnswer(found, headers={"ETag": entity_tag(found["version"])})


@router.get(
    "/{schema_id}/retention/", summary="Look at a schema's retention", response_model=SchemaRetentionView,
    responses=errors(401, 403, 404),
)  # fmt: skip
def get_retention(request: Request, schema_id: str, caller: Caller = requires(Scope.SCHEMAS_READ)) -> Response:
    """How long imports of this schema are kept, beside what holds for all imports of the organization."""
    return _answer(_rules(request).of_schema(caller.organization_id, object_id(schema_id)))


@router.put(
    "/{schema_id}/retention/", summary="Set a schema's retention", response_model=SchemaRetentionView,
    openapi_extra=_body, responses=errors(400, 401, 403, 404, 413) | outdated(OutdatedRetention),
)  # fmt: skip
async def put_retention(
    request: Request, schema_id: str, caller: Caller = requires(Scope.ADMIN), _if_match: str | None = IfMatch
) -> Response:
    """Replace it; a key that is not given is null. A schema can keep less than its organization says, never more.

    With `If-Match` only when nobody changed it since that version; a body that is there already is no such case.
    """
    identifier = object_id(schema_id)
    body = (await read_json(request, request.app.state.config.max_body_size)).value
    rules = _rules(request)
    return _answer(await in_thread(rules.set_for_schema, caller.actor, identifier, body, based_on(request)))
