"""`/api/v1/schemas/…/`: what Schema Studio asks about schemas that need not be saved (docs/studio-api.md)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fastapi import Request, Response
from pydantic import Field

from headgate.accounts.auth import Caller, requires
from headgate.accounts.scopes import Scope
from headgate.schema.description import description
from headgate.studio.forms import HookAnswer, InferAnswer, TryAnswer
from headgate.studio.requests import Bodies, Question
from headgate.studio.service import StudioService
from headgate.studio.words import labels_of, said_in
from headgate.texts import ServiceTexts
from headgate.web import JsonAnswer, JsonBody, errors, json_body, language_of, read_json
from headgate.web.forms import ApiForm
from headgate.web.late_routes import late_router
from headgate.web.threads import in_thread

router = late_router(prefix="/api/v1/schemas", tags=["schemas"])


class Description(ApiForm):
    """Everything that may stand in a schema."""

    types: list[dict[str, Any]] = Field(description="Types with the JSON Schema of their options.")
    validators: list[dict[str, Any]] = Field(description="Rules with the JSON Schema of their entries.")
    field: dict[str, Any] = Field(description="JSON Schema of a field.")
    selectOption: dict[str, Any] = Field(description="JSON Schema of an option to choose.")  # noqa: N815 - its JSON name
    settings: dict[str, Any] = Field(description="JSON Schema of the settings.")
    hooks: dict[str, Any] = Field(description="JSON Schema of the hooks.")
    limits: dict[str, int]
    jsonSchema: dict[str, Any] = Field(description="JSON Schema of a whole schema.")  # noqa: N815 - its JSON name


@router.get("/description/", summary="Describe schemas", response_model=Description, responses=errors(401, 403))
def describe(
    request: Request,
    caller: Caller = requires(Scope.SCHEMAS_READ),  # noqa: ARG001 - it only has to be there
) -> Response:
    """All types, options, rules, settings and hooks with labels, help, defaults and limits."""
    return JsonAnswer(ServiceTexts(language_of(request)).described(description()))


@router.post(
    "/infer/", summary="Find fields in a file", response_model=InferAnswer,
    openapi_extra={"requestBody": json_body("InferRequest")}, responses=errors(400, 401, 403, 413, 503),
)  # fmt: skip
async def infer_fields(
    request: Request,
    caller: Caller = requires(Scope.SCHEMAS_READ),  # noqa: ARG001 - it only has to be there
) -> Response:
    """Fields with types, options and rules that fit a file, and why."""
    return await _answer(request, Bodies.infer, _service(request).infer)


@router.post(
    "/try/", summary="Try a schema", response_model=TryAnswer,
    openapi_extra={"requestBody": json_body("TryRequest")}, responses=errors(400, 401, 403, 413, 503),
)  # fmt: skip
async def try_schema(
    request: Request,
    caller: Caller = requires(Scope.SCHEMAS_WRITE),  # noqa: ARG001 - it only has to be there
) -> Response:
    """What an import of a sample with a schema would come to. Nothing is kept."""
    return await _answer(request, Bodies.trial, _service(request).trial)


@router.post(
    "/run-hook/", summary="Run a hook", response_model=HookAnswer,
    openapi_extra={"requestBody": json_body("HookRequest")}, responses=errors(400, 401, 403, 413, 503),
)  # fmt: skip
async def run_hook(
    request: Request,
    caller: Caller = requires(Scope.SCHEMAS_WRITE),  # noqa: ARG001 - it only has to be there
) -> Response:
    """One hook on sample rows: the rows before and after, its console, and where it failed."""
    return await _answer(request, Bodies.hook, _service(request).hook)


def _service(request: Request) -> StudioService:
    service: StudioService = request.app.state.studio
    return service


async def _answer(
    request: Request,
    read: Callable[[Bodies, JsonBody], Question],
    ask: Callable[[Question], dict[str, Any]],
) -> Response:
    config = request.app.state.config
    body = await read_json(request, config.max_body_size)
    bodies = Bodies(config.studio_sample_size)
    language = language_of(request)

    def answer() -> Response:
        question = read(bodies, body)
        return JsonAnswer(said_in(language, ask(question), labels_of(question.document)))

    return await in_thread(answer)
