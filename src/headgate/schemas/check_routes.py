"""`POST /api/v1/schemas/check/`: what saving a schema would say, without saving it."""

from __future__ import annotations

from fastapi import Request, Response
from pydantic import Field

from headgate.accounts.auth import Caller, requires
from headgate.accounts.scopes import Scope
from headgate.schemas.service import schema_problems
from headgate.texts import ServiceTexts
from headgate.web import JsonAnswer, errors, json_body, language_of, read_json
from headgate.web.forms import ApiForm
from headgate.web.late_routes import late_router
from headgate.web.threads import in_thread

router = late_router(prefix="/api/v1/schemas", tags=["schemas"])


class SchemaCheck(ApiForm):
    """What keeps a schema from being saved."""

    problems: dict[str, list[str]] = Field(
        description="Sentences by path, such as `fields[2].validators[0].regex`; empty when the schema can be saved."
    )


@router.post(
    "/check/", summary="Check a schema", response_model=SchemaCheck,
    openapi_extra={"requestBody": json_body("SchemaWrite")}, responses=errors(400, 401, 403, 413),
)  # fmt: skip
async def check_schema(request: Request, _caller: Caller = requires(Scope.SCHEMAS_READ)) -> Response:
    """All problems of a schema, by the checks that saving it makes. Nothing is saved, and no hook is run."""
    body = await read_json(request, request.app.state.config.max_body_size)
    problems = await in_thread(schema_problems, body.value)
    return JsonAnswer({"problems": ServiceTexts(language_of(request)).problems(problems)})
