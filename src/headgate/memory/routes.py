"""`/api/v1/memory/`: what earlier imports have taught (beyond Dromo)."""

from __future__ import annotations

from typing import Any

from fastapi import Request, Response
from pydantic import Field

from headgate.accounts.audit import Action
from headgate.accounts.auth import Caller, record, requires
from headgate.accounts.scopes import Scope
from headgate.deletions import Cause
from headgate.deletions.receipts import RECEIPT_HEADER
from headgate.memory.erasure import MemoryErasure
from headgate.memory.service import MemoryService
from headgate.web import JsonAnswer, errors, json_body, read_json
from headgate.web.forms import ApiForm
from headgate.web.late_routes import late_router
from headgate.web.paths import register_text_parameters
from headgate.web.threads import in_thread

register_text_parameters()
router = late_router(prefix="/api/v1/memory", tags=["memory"])


class MemorySummary(ApiForm):
    """How much is known for one importIdentifier."""

    import_identifier: str
    matches: int
    last_used: str


class LearnedHeader(ApiForm):
    """A header of files → a field, or null for a column to ignore."""

    header: str
    field: str | None = None
    count: int = 1
    last_used: str | None = None


class LearnedValue(ApiForm):
    """A cell text of a select field → the value of an option."""

    field: str
    value: str
    option: str
    count: int = 1
    last_used: str | None = None


class MemoryWrite(ApiForm):
    """Matches, newest first."""

    headers: list[LearnedHeader] = Field(default=[])
    values: list[LearnedValue] = Field(default=[])


class MemoryObject(MemoryWrite):
    """Everything learned for one importIdentifier."""

    import_identifier: str


class TextsToForget(ApiForm):
    """What to forget, in whatever letter case: names, addresses, numbers of a person."""

    texts: list[str] = Field(
        description="1 to 100 texts of at least 2 characters; each also as a part of what was learned."
    )


class ForgottenTexts(ApiForm):
    """What went."""

    matches: int = Field(description="Learned matches that were removed.")
    receipt: str = Field(description="Id of the receipt.")


_body: dict[str, Any] = {"requestBody": json_body("MemoryWrite")}


def _service(request: Request) -> MemoryService:
    service: MemoryService = request.app.state.memory
    return service


def _erasure(request: Request) -> MemoryErasure:
    erasure: MemoryErasure = request.app.state.memory_erasure
    return erasure


@router.get("/", summary="List memory", response_model=list[MemorySummary], responses=errors(401))
def list_memory(request: Request, caller: Caller = requires(Scope.MEMORY_READ)) -> Response:
    """Each importIdentifier that something was learned for."""
    return JsonAnswer(_service(request).identifiers(caller.organization_id))


@router.get(
    "/{import_identifier:text}/", summary="Export memory", response_model=MemoryObject, responses=errors(401, 404)
)
def export_memory(request: Request, import_identifier: str, caller: Caller = requires(Scope.MEMORY_READ)) -> Response:
    """What was learned for one importIdentifier, in the form that can be imported again."""
    return JsonAnswer(_service(request).export(caller.organization_id, import_identifier))


@router.put(
    "/{import_identifier:text}/", summary="Import memory", response_model=MemoryObject, openapi_extra=_body,
    responses=errors(400, 401, 413),
)  # fmt: skip
async def import_memory(
    request: Request, import_identifier: str, caller: Caller = requires(Scope.MEMORY_WRITE)
) -> Response:
    """Replace what was learned for one importIdentifier."""
    body = await read_json(request, request.app.state.config.max_body_size)
    found = await in_thread(_service(request).replace, caller.organization_id, import_identifier, body.value)
    await in_thread(record, request, caller, Action.MEMORY_REPLACED, import_identifier)
    return JsonAnswer(found)


@router.delete("/{import_identifier:text}/", summary="Delete memory", status_code=204, responses=errors(401, 404))
def delete_memory(request: Request, import_identifier: str, caller: Caller = requires(Scope.MEMORY_WRITE)) -> Response:
    """Forget everything that was learned for one importIdentifier."""
    receipt = _erasure(request).forget(caller.organization_id, import_identifier, Cause.request(caller.actor))
    record(request, caller, Action.MEMORY_DELETED, import_identifier)
    return Response(status_code=204, headers={RECEIPT_HEADER: str(receipt)})


@router.post(
    "/forget/", summary="Forget texts", response_model=ForgottenTexts,
    openapi_extra={"requestBody": json_body("TextsToForget")}, responses=errors(400, 401, 413),
)  # fmt: skip
async def forget_texts(request: Request, caller: Caller = requires(Scope.MEMORY_WRITE)) -> Response:
    """Remove every learned match that holds one of these texts, for all importIdentifiers: what a person wants forgotten."""
    body = await read_json(request, request.app.state.config.max_body_size)
    cause = Cause.request(caller.actor)
    forget = _erasure(request).forget_texts
    receipt, removed = await in_thread(forget, caller.organization_id, body.value, cause)
    # The texts are what nobody wants to keep, so the log names the receipt.
    await in_thread(record, request, caller, Action.MEMORY_DELETED, receipt)
    answer = {"matches": removed, "receipt": str(receipt)}
    return JsonAnswer(answer, headers={RECEIPT_HEADER: str(receipt)})
