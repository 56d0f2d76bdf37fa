"""`/api/v1/dashboard/`: health, sums and settings."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from fastapi import Query, Request, Response

from headgate.accounts.auth import Caller, requires
from headgate.accounts.scopes import Scope
from headgate.dashboard.forms import Health, ImportSums, SettingsView
from headgate.dashboard.routes import dashboard_of
from headgate.db import iso, utc_now
from headgate.errors import InvalidError
from headgate.web import AT_LEAST_1, JsonAnswer, errors, json_body, read_json, whole_number
from headgate.web.late_routes import late_router
from headgate.web.threads import in_thread

router = late_router(prefix="/api/v1/dashboard", tags=["dashboard"])

MAX_DAYS = 366
DEFAULT_DAYS = 30
DaysQuery = Query(
    str(DEFAULT_DAYS), description="How many days, today among them, at most 366.", json_schema_extra=AT_LEAST_1
)
_body: dict[str, Any] = {"requestBody": json_body("SettingsWrite")}


@router.get("/health/", summary="Look at the service", response_model=Health, responses=errors(401, 403))
def health(
    request: Request,
    caller: Caller = requires(Scope.IMPORTS_READ),  # noqa: ARG001 - asked for its check
) -> Response:
    """Database, disk, workers and queues of this server."""
    return JsonAnswer(dashboard_of(request).health.shown())


@router.get("/summary/", summary="Sum up imports", response_model=ImportSums, responses=errors(400, 401, 403))
def summary(
    request: Request,
    caller: Caller = requires(Scope.IMPORTS_READ),
    days: str = DaysQuery,  # noqa: ARG001 - read with its problems below
) -> Response:
    """The organization's imports of the last days (UTC) by status, with their rows, and what stands where now."""
    problems: dict[str, list[str]] = {}
    wanted = min(whole_number(request, "days", DEFAULT_DAYS, 1, problems), MAX_DAYS)
    if problems:
        raise InvalidError(problems)
    today = utc_now().replace(hour=0, minute=0, second=0, microsecond=0)
    first = today - timedelta(days=wanted - 1)
    empty = {"rows": 0, "rows_with_errors": 0}
    found: dict[str, dict[str, Any]] = {}
    for number in range(wanted):
        day = (first + timedelta(days=number)).date().isoformat()
        found[day] = {"day": day, "statuses": {}, **empty}
    statistics = dashboard_of(request).statistics
    for one in statistics.days(caller.organization_id, first):
        # An import of the moment after midnight may be newer than `today`.
        entry = found.setdefault(one.day.isoformat(), {"day": one.day.isoformat(), "statuses": {}, **empty})
        entry["statuses"][one.status] = one.imports
        entry["rows"] += one.rows
        entry["rows_with_errors"] += one.invalid_rows
    return JsonAnswer({"days": list(found.values()), "standing": statistics.standing(caller.organization_id)})


@router.get("/settings/", summary="Look at settings", response_model=SettingsView, responses=errors(401, 403))
def get_settings(request: Request, caller: Caller = requires(Scope.ADMIN)) -> Response:
    """What the organization has set, and the operator's settings in force, without secrets."""
    return _settings(request, caller)


@router.put(
    "/settings/", summary="Change settings", response_model=SettingsView, openapi_extra=_body,
    responses=errors(400, 401, 403, 413),
)  # fmt: skip
async def put_settings(request: Request, caller: Caller = requires(Scope.ADMIN)) -> Response:
    """Replace what the organization has set; a key that is not given gets its default."""
    return await _change(request, caller, partly=False)


@router.patch(
    "/settings/", summary="Change some settings", response_model=SettingsView, openapi_extra=_body,
    responses=errors(400, 401, 403, 413),
)  # fmt: skip
async def patch_settings(request: Request, caller: Caller = requires(Scope.ADMIN)) -> Response:
    """Change the settings that are given; all others stay."""
    return await _change(request, caller, partly=True)


async def _change(request: Request, caller: Caller, *, partly: bool) -> Response:
    body = (await read_json(request, request.app.state.config.max_body_size)).value
    await in_thread(dashboard_of(request).settings.change, caller.actor, body, partly=partly)
    return await in_thread(_settings, request, caller)


def _settings(request: Request, caller: Caller) -> Response:
    service = dashboard_of(request).settings
    found, modified = service.get(caller.organization_id)
    return JsonAnswer(
        found.model_dump()
        | {"modified_date": iso(modified) if modified else None, "configuration": service.configuration()}
    )
