"""`/api/v1/deletions/`: receipts of what was deleted (beyond Dromo)."""

from __future__ import annotations

from typing import Any

from fastapi import Query, Request, Response

from headgate.accounts.auth import Caller, requires
from headgate.accounts.scopes import Scope
from headgate.deletions.forms import Receipt, ReceiptCheck, ReceiptList
from headgate.deletions.ledger import DeletionLedger
from headgate.deletions.receipts import receipt
from headgate.web import AT_LEAST_0, AT_LEAST_1, JsonAnswer, errors, json_body, object_id, page_of, read_json
from headgate.web.late_routes import late_router

router = late_router(prefix="/api/v1/deletions", tags=["deletions"])

MAX_RECEIPT = 65_536
OffsetQuery = Query("0", description="How many of the newest to leave out.", json_schema_extra=AT_LEAST_0)
LimitQuery = Query("100", description="How many to give, at most 1000.", json_schema_extra=AT_LEAST_1)
_body: dict[str, Any] = {"requestBody": json_body("SignedReceipt")}


def _ledger(request: Request) -> DeletionLedger:
    ledger: DeletionLedger = request.app.state.deletions
    return ledger


@router.get("/", summary="List receipts", response_model=ReceiptList, responses=errors(400, 401))
def list_receipts(
    request: Request,
    caller: Caller = requires(Scope.IMPORTS_READ),
    wanted: str | None = Query(None, alias="object_id", description="Only those of this import or organization."),
    offset: str = OffsetQuery,  # noqa: ARG001 - `page_of` reads it
    limit: str = LimitQuery,  # noqa: ARG001 - `page_of` reads it
) -> Response:
    """What was deleted, newest first; also organizations that you had deleted."""
    page = page_of(request)
    found = _ledger(request).page(
        caller.organization_id, caller.id, None if wanted is None else str(object_id(wanted)), page.offset, page.limit
    )
    return JsonAnswer(page.envelope(request, found.count, [receipt(row) for row in found.rows]))


@router.get("/{deletion_id}/", summary="Get a receipt", response_model=Receipt, responses=errors(401, 404))
def get_receipt(request: Request, deletion_id: str, caller: Caller = requires(Scope.IMPORTS_READ)) -> Response:
    """One receipt."""
    return JsonAnswer(receipt(_ledger(request).get(caller.organization_id, caller.id, object_id(deletion_id))))


@router.post(
    "/verify/", summary="Verify a receipt", response_model=ReceiptCheck, openapi_extra=_body,
    responses=errors(400, 401, 413),
)  # fmt: skip
async def verify_receipt(
    request: Request,
    caller: Caller = requires(Scope.IMPORTS_READ),  # noqa: ARG001 - asked for its check
) -> Response:
    """Whether this service signed just this receipt, however long ago and whoever has it."""
    body = await read_json(request, MAX_RECEIPT)
    return JsonAnswer({"genuine": _ledger(request).is_genuine(body.value)})
