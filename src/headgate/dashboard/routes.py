"""`/api/v1/dashboard/imports/` (beyond Dromo): what the dashboard asks of imports and no other API answers."""

from __future__ import annotations

from typing import Any, Literal

from fastapi import Query, Request, Response
from fastapi.responses import StreamingResponse

from headgate.accounts.auth import Caller, requires
from headgate.accounts.scopes import Scope
from headgate.dashboard.forms import ConsolePage, ImportDetail, ImportPage, IssuePage, RerunImport
from headgate.dashboard.query import DEFAULT_LIMIT, import_query, line_query
from headgate.dashboard.setup import Dashboard
from headgate.dashboard.stream import ImportStream
from headgate.db import iso, utc_now
from headgate.errors import InvalidError
from headgate.imports.forms import StatusName
from headgate.imports.links import Links
from headgate.imports.models import Import
from headgate.imports.rerun import WhichSchema
from headgate.imports.states import Status
from headgate.texts import IssueTexts
from headgate.web import AT_LEAST_1, JsonAnswer, address_of, errors, json_body, language_of, object_id, read_json
from headgate.web.late_routes import late_router
from headgate.web.limits import RateLimits
from headgate.web.threads import in_thread

router = late_router(prefix="/api/v1/dashboard/imports", tags=["dashboard"])

StatusQuery = Query(None, description="Only those that stand there.")
SchemaQuery = Query(None, description="Only those of this saved schema.")
IdentifierQuery = Query(None, description="Only those with this `importIdentifier`.")
DevelopmentQuery = Query(None, description="Only those in development mode, or only the others.")
SinceQuery = Query(None, description="Only those created from this date or time on.")
UntilQuery = Query(None, description="Only those created before this time, or up to the end of this date.")
SearchQuery = Query(None, description="Part of a file name in any letter case, or the start (4 digits) of an id.")
CursorQuery = Query(None, description="`next` of the page before.")
LimitQuery = Query(str(DEFAULT_LIMIT), description="How many to give, at most 200.", json_schema_extra=AT_LEAST_1)
LanguageQuery = Query("en", description="Language of the texts; one that we do not speak means English.")
LevelQuery = Query(None, description="Only those of this level.")
FieldQuery = Query(None, description="Only those of this field, by its key.")

_rerun_body: dict[str, Any] = {"requestBody": json_body("RerunWrite") | {"required": False}}


def dashboard_of(request: Request) -> Dashboard:
    """The dashboard's parts."""
    found: Dashboard = request.app.state.dashboard
    return found


@router.get("/", summary="Find imports", response_model=ImportPage, responses=errors(400, 401, 403))
def find_imports(
    request: Request,
    caller: Caller = requires(Scope.IMPORTS_READ),
    status: StatusName | None = StatusQuery,  # noqa: ARG001 - `import_query` reads all of them
    schema_id: str | None = SchemaQuery,  # noqa: ARG001
    import_identifier: str | None = IdentifierQuery,  # noqa: ARG001
    development_mode: bool | None = DevelopmentQuery,  # noqa: ARG001
    since: str | None = SinceQuery,  # noqa: ARG001
    until: str | None = UntilQuery,  # noqa: ARG001
    search: str | None = SearchQuery,  # noqa: ARG001
    cursor: str | None = CursorQuery,  # noqa: ARG001
    limit: str = LimitQuery,  # noqa: ARG001
) -> Response:
    """A page of the organization's imports, newest first. It may be shorter than asked for: see `searched_to`."""
    asked, dashboard = import_query(request), dashboard_of(request)
    found = dashboard.listing.page(caller.organization_id, asked.wanted, asked.after, asked.limit)
    return JsonAnswer(
        {
            "results": dashboard.pages.listed(caller.organization_id, found.rows),
            "next": found.next.text() if found.next else None,
            "searched_to": iso(found.searched_to) if found.searched_to else None,
        }
    )


@router.get(
    "/events/", summary="Listen to imports", response_class=StreamingResponse,
    responses=errors(401, 403) | {200: {"content": {"text/event-stream": {"schema": {"type": "string"}}}}},
)  # fmt: skip
async def import_events(request: Request, caller: Caller = requires(Scope.IMPORTS_READ)) -> Response:
    """Server-sent events: `import` with one as the list shows it, `many` when it is better to ask again. Ends after
    five minutes; connect again then."""
    dashboard = dashboard_of(request)
    stream = ImportStream(dashboard.guard, dashboard.listing, dashboard.pages, caller.organization_id)
    # X-Accel-Buffering: a proxy that gathers an answer before it passes it on would hold events back.
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(stream.events(), media_type="text/event-stream", headers=headers)


@router.get("/{import_id}/", summary="Look at an import", response_model=ImportDetail, responses=errors(401, 403, 404))
def look_at_import(
    request: Request, import_id: str, caller: Caller = requires(Scope.IMPORTS_READ), lang: str = LanguageQuery
) -> Response:
    """One import with its story, and its decisions in words. Not rate-limited."""
    row, detail = dashboard_of(request).pages.detail(caller.organization_id, object_id(import_id), lang)
    return JsonAnswer(detail | {"review_url": _review_url(request, row)})


@router.get(
    "/{import_id}/issues/", summary="Look at an import's errors", response_model=IssuePage,
    responses=errors(400, 401, 403, 404),
)  # fmt: skip
def look_at_issues(
    request: Request,
    import_id: str,
    caller: Caller = requires(Scope.IMPORTS_READ),
    level: Literal["error", "warning", "info"] | None = LevelQuery,
    field: str | None = FieldQuery,
    cursor: str | None = CursorQuery,  # noqa: ARG001 - `line_query` reads it
    limit: str = LimitQuery,  # noqa: ARG001 - `line_query` reads it
) -> Response:
    """A page of the errors, warnings and notes, in the order of the rows."""
    place, count = line_query(request)
    pages = dashboard_of(request).pages
    found = pages.issues(caller.organization_id, object_id(import_id), place, count, level, field or None)
    texts = IssueTexts(language_of(request))
    return JsonAnswer({"results": texts.answer(found.results, {}), "next": found.next})


@router.get(
    "/{import_id}/console/", summary="Look at the hooks' console", response_model=ConsolePage,
    responses=errors(400, 401, 403, 404),
)  # fmt: skip
def look_at_console(
    request: Request,
    import_id: str,
    caller: Caller = requires(Scope.IMPORTS_READ),
    cursor: str | None = CursorQuery,  # noqa: ARG001 - `line_query` reads it
    limit: str = LimitQuery,  # noqa: ARG001 - `line_query` reads it
) -> Response:
    """A page of what the import's hooks wrote to `console`."""
    place, count = line_query(request)
    found = dashboard_of(request).pages.console(caller.organization_id, object_id(import_id), place, count)
    return JsonAnswer({"results": found.results, "next": found.next})


@router.post(
    "/{import_id}/rerun/", summary="Run an import again", status_code=201, response_model=RerunImport,
    openapi_extra=_rerun_body, responses=errors(400, 401, 403, 404, 409, 429),
)  # fmt: skip
async def rerun_import(request: Request, import_id: str, caller: Caller = requires(Scope.IMPORTS_WRITE)) -> Response:
    """A new import of the same source, which runs at once; the old one stays. Counts as a created import."""
    has_body = request.headers.get("content-length", "0") != "0" or "transfer-encoding" in request.headers
    body = (await read_json(request, request.app.state.config.max_body_size)).value if has_body else {}
    return await in_thread(_rerun, request, caller, import_id, body)


def _rerun(request: Request, caller: Caller, import_id: str, body: dict[str, Any]) -> Response:
    which = _which(body)
    limits: RateLimits = request.app.state.limits
    limited = limits.take_create(str(caller.id))
    dashboard = dashboard_of(request)
    try:
        again = dashboard.reruns.rerun(caller.organization_id, object_id(import_id), which)
    except Exception:
        limits.give_back(limited)
        raise
    listed = dashboard.pages.listed(caller.organization_id, [again.row])[0] | {"used": again.used}
    return JsonAnswer(listed, status_code=201, headers=limited.headers)


def _which(body: dict[str, Any]) -> WhichSchema:
    match body.get("schema", "frozen"):
        case "frozen":
            return "frozen"
        case "current":
            return "current"
    raise InvalidError({"schema": ["Expected frozen or current."]})


def _review_url(request: Request, row: Import) -> str | None:
    links: Links = request.app.state.links
    return links.review(address_of(request), row, utc_now()) if row.status == Status.NEEDS_REVIEW else None
