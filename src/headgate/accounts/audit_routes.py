"""`/api/v1/account/audit/`: the audit log, in pages and as a file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any, Literal

from fastapi import Query, Request, Response
from fastapi.responses import StreamingResponse

from headgate.accounts import views
from headgate.accounts.audit import Action, AuditFilter
from headgate.accounts.auth import Caller, record, requires
from headgate.accounts.forms import AuditList
from headgate.accounts.routes import accounts_of
from headgate.accounts.scopes import Scope
from headgate.db.base import dump_json
from headgate.errors import InvalidError
from headgate.web import AT_LEAST_1, JsonAnswer, errors, moment, whole_number
from headgate.web.late_routes import late_router

router = late_router(prefix="/api/v1/account/audit", tags=["account administration"])

CursorQuery = Query(None, description="`next_cursor` of the page before.")
LimitQuery = Query("100", description="How many to give, at most 1000.", json_schema_extra=AT_LEAST_1)
ActionQuery = Query(None, description="Only this action (`key.created`), or all of a kind (`key`).")
SinceQuery = Query(None, description="Only from this date or moment on (UTC).")
UntilQuery = Query(None, description="Only until the end of this date, or this moment (UTC).")
FormatQuery = Query("csv", alias="format")
MAX_LIMIT = 1000

FileForm = Literal["csv", "ndjson"]
MEDIA_TYPES: dict[FileForm, str] = {"csv": "text/csv; charset=utf-8", "ndjson": "application/x-ndjson"}
COLUMNS = (
    "date", "actor_kind", "actor_name", "actor_id", "action", "object_name", "object_id", "details", "address", "number",
)  # fmt: skip


@router.get("/", summary="Read the audit log", response_model=AuditList, responses=errors(400, 401))
def read_audit_log(
    request: Request,
    caller: Caller = requires(Scope.ADMIN),
    cursor: str | None = CursorQuery,
    action: str | None = ActionQuery,
    since: str | None = SinceQuery,  # noqa: ARG001 - `_filter` reads it
    until: str | None = UntilQuery,  # noqa: ARG001 - `_filter` reads it
    limit: str = LimitQuery,  # noqa: ARG001 - `whole_number` reads it
) -> Response:
    """Who did what, newest first."""
    problems: dict[str, list[str]] = {}
    most = min(whole_number(request, "limit", 100, 1, problems), MAX_LIMIT)
    if cursor and not (cursor.isascii() and cursor.isdecimal() and len(cursor) < 19):
        problems["cursor"] = ["Expected next_cursor of the page before."]
    wanted = _filter(request, action, problems)
    log = accounts_of(request).audit
    page = log.page(caller.organization_id, before=int(cursor) if cursor else None, limit=most, wanted=wanted)
    names = log.names(page.entries)
    following = str(page.following) if page.following is not None else None
    return JsonAnswer({"results": [views.audit_entry(row, names) for row in page.entries], "next_cursor": following})


_file: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The file, newest entry first.",
        "content": {"text/csv": {"schema": {"type": "string"}}, "application/x-ndjson": {"schema": {"type": "string"}}},
    }
}


@router.get("/export/", summary="Export the audit log", response_class=Response, responses=_file | errors(400, 401))
def export_audit_log(
    request: Request,
    caller: Caller = requires(Scope.ADMIN),
    file_form: FileForm = FormatQuery,
    action: str | None = ActionQuery,
    since: str | None = SinceQuery,  # noqa: ARG001 - `_filter` reads it
    until: str | None = UntilQuery,  # noqa: ARG001 - `_filter` reads it
) -> Response:
    """All entries as a file: CSV that is safe to open in a spreadsheet program, or the same as NDJSON."""
    wanted = _filter(request, action, {})
    record(request, caller, Action.AUDIT_EXPORTED, caller.organization_id)
    headers = {
        "Content-Disposition": f'attachment; filename="audit-log.{file_form}"',
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }
    lines = _lines(request, caller, wanted, file_form)
    return StreamingResponse(lines, media_type=MEDIA_TYPES[file_form], headers=headers)


def _filter(request: Request, action: str | None, problems: dict[str, list[str]]) -> AuditFilter:
    """What is asked for. Raises InvalidError with what was wrong before, too."""
    wanted = AuditFilter(
        action or None, moment(request, "since", problems), moment(request, "until", problems, end_of_day=True)
    )
    if problems:
        raise InvalidError(problems)
    return wanted


def _lines(request: Request, caller: Caller, wanted: AuditFilter, file_form: FileForm) -> Iterator[bytes]:
    """The file, a page of entries at a time."""
    log = accounts_of(request).audit
    if file_form == "csv":
        yield _csv([list(COLUMNS)])
    for entries in log.all(caller.organization_id, wanted):
        names = log.names(entries)
        shown = [views.audit_entry(row, names) for row in entries]
        if file_form == "csv":
            yield _csv([_cells(one) for one in shown])
        else:
            yield "".join(dump_json(one) + "\n" for one in shown).encode()


def _cells(entry: dict[str, Any]) -> list[str]:
    import polars as pl  # with the engine's writer takes longer to import than a start has to take

    from headgate.engine.output.csv_output import without_formulas

    actor = {f"actor_{key}": value for key, value in entry["actor"].items()}
    values = {**entry, **actor, "details": None if entry["details"] is None else dump_json(entry["details"])}
    return without_formulas(
        pl.Series(["" if values[name] is None else str(values[name]) for name in COLUMNS])
    ).to_list()


def _csv(rows: list[list[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode()
