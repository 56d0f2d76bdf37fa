"""`/api/v1/schemas/{schema_id}/backtest/` (docs/studio-api.md, "Back-test")."""

from __future__ import annotations

from fastapi import Request, Response

from headgate.accounts.auth import Caller, requires
from headgate.accounts.scopes import Scope
from headgate.schemas.authors import Author
from headgate.studio.backtests import BacktestService
from headgate.studio.forms import BacktestAnswer, BacktestDetail, BacktestSummary
from headgate.studio.words import said_in
from headgate.web import JsonAnswer, errors, json_body, language_of, object_id, read_json
from headgate.web.late_routes import late_router
from headgate.web.threads import in_thread

router = late_router(prefix="/api/v1/schemas/{schema_id}/backtest", tags=["schemas"])

# What people see of imports here needs the permission to read imports as well.
LOOKS = (Scope.SCHEMAS_READ, Scope.IMPORTS_READ)
STARTS = (Scope.SCHEMAS_WRITE, Scope.IMPORTS_READ)


def _service(request: Request) -> BacktestService:
    service: BacktestService = request.app.state.backtests
    return service


@router.post(
    "/", summary="Start a back-test", status_code=202, response_model=BacktestAnswer,
    openapi_extra={"requestBody": json_body("BacktestRequest")}, responses=errors(400, 401, 403, 404, 409, 413),
)  # fmt: skip
async def start_backtest(request: Request, schema_id: str, caller: Caller = requires(*STARTS)) -> Response:
    """Run a schema that is not saved against the newest imports of the saved one, and say what differs."""
    identifier = object_id(schema_id)
    schemas = request.app.state.schemas
    await in_thread(schemas.get, caller.organization_id, identifier)
    body = await read_json(request, request.app.state.config.max_body_size)
    author = Author.of(caller)
    started = await in_thread(_service(request).start, caller.organization_id, identifier, body.value, author)
    return JsonAnswer(said_in(language_of(request), started), status_code=202)


@router.get("/", summary="List back-tests", response_model=list[BacktestSummary], responses=errors(401, 403, 404))
def list_backtests(request: Request, schema_id: str, caller: Caller = requires(*LOOKS)) -> Response:
    """The last back-tests of a schema, newest first."""
    return JsonAnswer(_service(request).all(caller.organization_id, object_id(schema_id)))


@router.get(
    "/{backtest_id}/", summary="Get a back-test", response_model=BacktestAnswer, responses=errors(401, 403, 404)
)
def get_backtest(request: Request, schema_id: str, backtest_id: str, caller: Caller = requires(*LOOKS)) -> Response:
    """A back-test with its results so far."""
    found = _service(request).get(caller.organization_id, object_id(schema_id), object_id(backtest_id))
    return JsonAnswer(said_in(language_of(request), found))


@router.get(
    "/{backtest_id}/imports/{import_id}/", summary="Get one import in a back-test", response_model=BacktestDetail,
    responses=errors(401, 403, 404),
)  # fmt: skip
def get_backtest_import(
    request: Request, schema_id: str, backtest_id: str, import_id: str, caller: Caller = requires(*LOOKS)
) -> Response:
    """Everything that differs in one import."""
    ids = object_id(schema_id), object_id(backtest_id), object_id(import_id)
    found = _service(request).detail(caller.organization_id, *ids)
    return JsonAnswer(said_in(language_of(request), found))


@router.post(
    "/{backtest_id}/cancel/", summary="Cancel a back-test", response_model=BacktestAnswer,
    responses=errors(401, 403, 404, 409),
)  # fmt: skip
def cancel_backtest(request: Request, schema_id: str, backtest_id: str, caller: Caller = requires(*STARTS)) -> Response:
    """Stop a back-test. What was found so far stays."""
    found = _service(request).cancel(caller.organization_id, object_id(schema_id), object_id(backtest_id))
    return JsonAnswer(said_in(language_of(request), found))
