"""`/api/v1/reviews/{import_id}/`: what the page of a review uses (docs/review-api.md)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from fastapi import Header, Query, Request, Response
from fastapi.responses import StreamingResponse

from headgate.accounts.audit import Action
from headgate.accounts.auth import Caller, record, requires
from headgate.accounts.scopes import Scope
from headgate.db import iso, utc_now
from headgate.errors import InvalidError
from headgate.imports.links import Links
from headgate.imports.service import ImportService
from headgate.reviews import api_models as api
from headgate.reviews.access import Reviewer, current_author, current_reviewer, open_link
from headgate.reviews.answers import review_errors
from headgate.reviews.bodies import described, for_engine, read_body
from headgate.reviews.desk import ReviewDesk
from headgate.reviews.files import ReviewFiles
from headgate.reviews.recipes import RecipeOffers
from headgate.reviews.service import ReviewService
from headgate.reviews.stream import ReviewStream
from headgate.reviews.submission import SubmissionService
from headgate.web import AT_LEAST_0, AT_LEAST_1, JsonAnswer, address_of, errors, object_id, whole_number
from headgate.web.late_routes import late_router
from headgate.web.threads import in_thread

router = late_router(prefix="/api/v1/reviews/{import_id}", tags=["reviews"])
links_router = late_router(prefix="/api/v1/headless/imports", tags=["headless imports"])

READING = ("encoding", "delimiter", "sheet")
MAX_HISTORY = 500
HeaderLimit = Query("100", description="Records to give.", json_schema_extra=AT_LEAST_1)
HeaderOffset = Query("0", description="Records to leave out.", json_schema_extra=AT_LEAST_0)
HistoryLimit = Query("50", description="Entries to give, at most 500.", json_schema_extra=AT_LEAST_1)
Before = Query(None, description="Only entries before this version.")
ReadingQuery = Query(None, description="A preview: how the source would read so.")
LastEventId = Header(None, alias="Last-Event-ID", description="The version that the page has: what came since is told.")


def _service(request: Request) -> ReviewService:
    service: ReviewService = request.app.state.reviews
    return service


def _submissions(request: Request) -> SubmissionService:
    service: SubmissionService = request.app.state.submissions
    return service


def _files(request: Request) -> ReviewFiles:
    service: ReviewFiles = request.app.state.review_files
    return service


def _recipes(request: Request) -> RecipeOffers:
    service: RecipeOffers = request.app.state.review_recipes
    return service


def _raw(content: bytes) -> Response:
    return Response(content, media_type="application/json")


@router.get("/", summary="Get the state", response_model=api.ReviewState, responses=review_errors(409))
async def state(request: Request, reviewer: Reviewer = current_reviewer) -> Response:
    """Everything but the rows."""
    return JsonAnswer(await _service(request).state(reviewer))


@router.get(
    "/header/", summary="Get the first records", response_model=api.HeaderView, responses=review_errors(400, 409)
)
async def header(
    request: Request,
    reviewer: Reviewer = current_reviewer,
    limit: str = HeaderLimit,  # noqa: ARG001 - read with its problems below
    offset: str = HeaderOffset,  # noqa: ARG001 - as above
    encoding: str | None = ReadingQuery,  # noqa: ARG001 - as above
    delimiter: str | None = ReadingQuery,  # noqa: ARG001 - as above
    sheet: str | None = ReadingQuery,  # noqa: ARG001 - as above
) -> Response:
    """The first records, and which of them hold the column names."""
    problems: dict[str, list[str]] = {}
    query: dict[str, Any] = {
        "limit": min(whole_number(request, "limit", 100, 1, problems), 1000),
        "offset": whole_number(request, "offset", 0, 0, problems),
    }
    if problems:
        raise InvalidError(problems)
    query |= {name: request.query_params.get(name) for name in READING}
    return _raw(await _service(request).query(reviewer, "header", query))


@router.put(
    "/header/", summary="Decide the header", response_model=api.DecisionResult,
    openapi_extra=described(api.HeaderDecisionBody), responses=review_errors(400, 404, 409),
)  # fmt: skip
async def decide_header(request: Request, reviewer: Reviewer = current_author) -> Response:
    """Which records hold the column names, and how the source is read. Keys that are left out stay as they are."""
    body = await read_body(request, api.HeaderDecisionBody)
    return JsonAnswer(await _service(request).decide(reviewer, "header", body.model_dump(exclude_unset=True)))


@router.get("/columns/", summary="Get the columns", response_model=api.ColumnsView, responses=review_errors(409))
async def columns(request: Request, reviewer: Reviewer = current_reviewer) -> Response:
    """The columns of the file, and the fields that they belong to."""
    return _raw(await _service(request).query(reviewer, "columns"))


@router.put(
    "/columns/", summary="Decide columns", response_model=api.DecisionResult,
    openapi_extra=described(api.ColumnDecisionsBody), responses=review_errors(400, 404, 409),
)  # fmt: skip
async def decide_columns(request: Request, reviewer: Reviewer = current_author) -> Response:
    """Which columns belong to which fields."""
    body = await read_body(request, api.ColumnDecisionsBody)
    return JsonAnswer(await _service(request).decide(reviewer, "columns", for_engine(body)))


@router.get("/values/", summary="Get the values", response_model=api.ValuesView, responses=review_errors(409))
async def values(request: Request, reviewer: Reviewer = current_reviewer) -> Response:
    """Texts that are no options, and dates whose order of day and month is not clear."""
    return _raw(await _service(request).query(reviewer, "values"))


@router.put(
    "/values/", summary="Decide values", response_model=api.DecisionResult,
    openapi_extra=described(api.ValuesDecisionBody), responses=review_errors(400, 404, 409),
)  # fmt: skip
async def decide_values(request: Request, reviewer: Reviewer = current_author) -> Response:
    """Which texts stand for which options, and the order of day and month."""
    body = await read_body(request, api.ValuesDecisionBody)
    return JsonAnswer(await _service(request).decide(reviewer, "values", for_engine(body)))


@router.post(
    "/advance/", summary="Go to a step", response_model=api.ReviewState, openapi_extra=described(api.AdvanceBody),
    responses=review_errors(400, 409),
)  # fmt: skip
async def advance(request: Request, reviewer: Reviewer = current_author) -> Response:
    """What the step needs is computed in the background where that takes longer: `preparing` says so."""
    body = await read_body(request, api.AdvanceBody)
    return JsonAnswer(await _service(request).advance(reviewer, body.to))


@router.get("/grid/", summary="Get the grid", response_model=api.Grid, responses=review_errors(409))
async def grid(request: Request, reviewer: Reviewer = current_reviewer) -> Response:
    """Columns, groups of errors, and what submitting would do."""
    return _raw(await _service(request).query(reviewer, "grid"))


@router.post(
    "/rows/", summary="Get rows", response_model=api.RowsPage, openapi_extra=described(api.RowsQuery),
    responses=review_errors(400, 404, 409),
)  # fmt: skip
async def rows(request: Request, reviewer: Reviewer = current_reviewer) -> Response:
    """A part of a view. `snapshot` in the answer names the view as it stands, for the next parts of it."""
    body = await read_body(request, api.RowsQuery)
    return _raw(await _service(request).query(reviewer, "rows", for_engine(body)))


@router.post(
    "/rows/by-id/", summary="Get rows by id", response_model=api.RowsPage, openapi_extra=described(api.RowsById),
    responses=review_errors(400, 409),
)  # fmt: skip
async def rows_by_id(request: Request, reviewer: Reviewer = current_reviewer) -> Response:
    """Rows that are gone are left out."""
    body = await read_body(request, api.RowsById)
    return _raw(await _service(request).query(reviewer, "rows_by_id", body.rows))


@router.post(
    "/cell/", summary="Get a cell", response_model=api.CellDetail, openapi_extra=described(api.CellQuery),
    responses=review_errors(400, 404, 409),
)  # fmt: skip
async def cell(request: Request, reviewer: Reviewer = current_reviewer) -> Response:
    """The exact text, the one in the file, messages, and who changed it."""
    body = await read_body(request, api.CellQuery)
    return JsonAnswer(await _service(request).cell(reviewer, for_engine(body)))


@router.post(
    "/distinct/", summary="Get the values of a column", response_model=api.DistinctValues,
    openapi_extra=described(api.DistinctQuery), responses=review_errors(400, 404, 409),
)  # fmt: skip
async def distinct(request: Request, reviewer: Reviewer = current_reviewer) -> Response:
    """The different texts of a column, most frequent first."""
    body = await read_body(request, api.DistinctQuery)
    return _raw(await _service(request).query(reviewer, "distinct", for_engine(body)))


@router.post(
    "/seek/", summary="Find the next issue", response_model=api.SeekResult, openapi_extra=described(api.SeekQuery),
    responses=review_errors(400, 404, 409),
)  # fmt: skip
async def seek(request: Request, reviewer: Reviewer = current_reviewer) -> Response:
    """The next or previous cell of a view with an issue."""
    body = await read_body(request, api.SeekQuery)
    return _raw(await _service(request).query(reviewer, "seek", for_engine(body)))


@router.post(
    "/changes/", summary="Change something", response_model=api.ChangeResult, openapi_extra=described(api.ChangeBody),
    responses=review_errors(400, 404, 409, 413, 507),
)  # fmt: skip
async def change(request: Request, reviewer: Reviewer = current_author) -> Response:
    """Carry out a change. Once answered it is kept; the same `id` is carried out once."""
    body = await read_body(request, api.ChangeBody)
    return JsonAnswer(await _service(request).change(reviewer, for_engine(body.change), body.id))


@router.post(
    "/changes/preview/", summary="Preview a change", response_model=api.Preview,
    openapi_extra=described(api.PreviewBody), responses=review_errors(400, 404, 409),
)  # fmt: skip
async def preview(request: Request, reviewer: Reviewer = current_reviewer) -> Response:
    """What a change would do. Nothing is changed."""
    body = await read_body(request, api.PreviewBody)
    return _raw(await _service(request).query(reviewer, "preview", for_engine(body.change)))


@router.post(
    "/undo/", summary="Undo", response_model=api.ChangeResult, openapi_extra=described(api.UndoBody),
    responses=review_errors(400, 409),
)  # fmt: skip
async def undo(request: Request, reviewer: Reviewer = current_author) -> Response:
    """Take back the last change of this author. Cells that changed since stay as they are."""
    body = await read_body(request, api.UndoBody)
    return JsonAnswer(await _service(request).undo(reviewer, "undo", body.id))


@router.post(
    "/redo/", summary="Redo", response_model=api.ChangeResult, openapi_extra=described(api.UndoBody),
    responses=review_errors(400, 409),
)  # fmt: skip
async def redo(request: Request, reviewer: Reviewer = current_author) -> Response:
    """Bring again what this author took back last."""
    body = await read_body(request, api.UndoBody)
    return JsonAnswer(await _service(request).undo(reviewer, "redo", body.id))


@router.get("/history/", summary="Get the history", response_model=list[api.HistoryEntry], responses=review_errors(400))
def history(
    request: Request,
    reviewer: Reviewer = current_reviewer,
    before: str | None = Before,
    limit: str = HistoryLimit,  # noqa: ARG001 - read with its problems below
) -> Response:
    """What was changed, newest first; of ended reviews too."""
    problems: dict[str, list[str]] = {}
    count = min(whole_number(request, "limit", 50, 1, problems), MAX_HISTORY)
    first = whole_number(request, "before", 1, 1, problems) if before else None
    if problems:
        raise InvalidError(problems)
    return JsonAnswer(_service(request).history(reviewer, first, count))


@router.post(
    "/columns/suggest/", summary="Suggest fields", response_model=api.ColumnSuggestions, responses=review_errors(409)
)
async def suggest_columns(request: Request, reviewer: Reviewer = current_reviewer) -> Response:
    """Fields for the columns that wait for a person, by headgate and by the model that the operator set up, if any."""
    return JsonAnswer((await _service(request).suggest_columns(reviewer)).model_dump())


@router.post(
    "/transform/suggest/", summary="Write an expression from words", response_model=api.TransformSuggestion,
    openapi_extra=described(api.TransformRequest), responses=review_errors(400, 409),
)  # fmt: skip
async def suggest(request: Request, reviewer: Reviewer = current_reviewer) -> Response:
    """A row expression for Transform, by the service that the operator set up; 503 says why there is none."""
    body = await read_body(request, api.TransformRequest)
    return JsonAnswer((await _service(request).suggest(reviewer, body.request)).model_dump())


@router.post(
    "/export/", summary="Download rows", response_model=api.ExportResult, openapi_extra=described(api.ExportBody),
    responses=review_errors(400, 409, 507),
)  # fmt: skip
async def export(request: Request, reviewer: Reviewer = current_reviewer) -> Response:
    """A workbook to correct elsewhere, or a CSV. The next one of the same kind replaces it."""
    body = await read_body(request, api.ExportBody)
    key, name, count = await _files(request).export(reviewer, body.rows, body.format)
    links: Links = request.app.state.links
    return JsonAnswer({"url": links.download(address_of(request), key, name, utc_now()), "rows": count})


@router.put(
    "/corrections/", summary="Upload a corrected workbook", response_model=api.UploadedFile,
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
        }
    },
    responses=review_errors(400, 409, 413, 507),
)  # fmt: skip
async def corrections(request: Request, reviewer: Reviewer = current_author) -> Response:
    """Read a workbook that `export` gave and a person corrected. The change `merge_file` takes it over."""
    return JsonAnswer(await _files(request).read_corrections(reviewer, _chunks(request)))


async def _chunks(request: Request) -> AsyncIterator[bytes]:
    async for chunk in request.stream():
        yield chunk


@router.post("/submit/preview/", summary="Say what submitting does", response_model=api.Confirmation,
             responses=review_errors(400, 409))  # fmt: skip
async def submit_preview(request: Request, reviewer: Reviewer = current_author) -> Response:
    """Run the schema's last hooks, then say how many rows go out and how many are left out."""
    return JsonAnswer(await _submissions(request).preview(reviewer))


@router.post(
    "/submit/", summary="Submit", status_code=202, response_model=api.SubmitResult,
    openapi_extra=described(api.SubmitBody), responses=review_errors(400, 409),
)  # fmt: skip
async def submit(request: Request, reviewer: Reviewer = current_author) -> Response:
    """Finish the import as confirmed. Events and the state say when it is done."""
    body = await read_body(request, api.SubmitBody)
    await _submissions(request).submit(reviewer, body.version)
    return JsonAnswer({"status": "submitting"}, status_code=202)


@router.post(
    "/recipe/", summary="Propose a recipe", response_model=api.RecipeProposal, responses=review_errors(400, 409)
)
async def propose_recipe(request: Request, reviewer: Reviewer = current_reviewer) -> Response:
    """What of a finished review could be remembered for the next file. Nothing is saved."""
    return JsonAnswer(await in_thread(_recipes(request).propose, reviewer))


@router.put(
    "/recipe/", summary="Remember the corrections", response_model=api.RecipeSaved, responses=review_errors(400, 409)
)
async def save_recipe(request: Request, reviewer: Reviewer = current_author) -> Response:
    """Save what `POST /recipe/` proposes as the recipe of the importIdentifier, or as its next version. There is no body: what is
    remembered comes from the review's log alone."""
    return JsonAnswer(await in_thread(_recipes(request).save, reviewer))


@router.get(
    "/events/", summary="Listen", response_class=StreamingResponse,
    responses=review_errors(400) | {200: {"content": {"text/event-stream": {"schema": {"type": "string"}}}}},
)  # fmt: skip
async def events(
    request: Request, reviewer: Reviewer = current_reviewer, last_event_id: str | None = LastEventId
) -> Response:
    """Server-sent events: `changed`, `preparing`, `state`, `submitting`, `finished`; a comment every 15 seconds."""
    seen = None
    if last_event_id:
        if not (last_event_id.isascii() and last_event_id.isdecimal() and len(last_event_id) < 10):
            raise InvalidError({"Last-Event-ID": ["Expected the number of a version."]})
        seen = int(last_event_id)
    app = request.app.state
    desk: ReviewDesk = app.review_desk
    stream = ReviewStream(reviewer, desk, app.links, app.database, seen)
    # X-Accel-Buffering: a proxy that gathers an answer before it passes it on would hold events back.
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(stream.events(), media_type="text/event-stream", headers=headers)


@links_router.post(
    "/{import_id}/review_link/", summary="Make a new review link", response_model=api.ReviewLink,
    responses=errors(401, 404, 409),
)  # fmt: skip
async def renew_link(request: Request, import_id: str, caller: Caller = requires(Scope.IMPORTS_WRITE)) -> Response:
    """Revoke all review links of an import that is in review, and give a new one."""

    def renew() -> dict[str, Any]:
        imports: ImportService = request.app.state.imports
        links: Links = request.app.state.links
        row = imports.renew_review_link(caller.organization_id, object_id(import_id))
        record(request, caller, Action.IMPORT_LINK_RENEWED, row.id)
        url = links.review(address_of(request), row, utc_now())
        _, expires = open_link(links, request.app.state.database, url.partition("#")[2])
        return {"review_url": url, "expires": iso(expires)}

    answer = await in_thread(renew)
    desk: ReviewDesk = request.app.state.review_desk
    desk.events.end(object_id(import_id))
    return JsonAnswer(answer)
