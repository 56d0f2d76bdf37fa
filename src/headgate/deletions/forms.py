"""The forms of the API of deletions."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field

from headgate.web.forms import ApiForm


class Requester(ApiForm):
    """Who had something deleted."""

    kind: Literal["user", "key", "system"] = Field(description="`system`: a retention period that was over.")
    id: str | None


class Receipt(ApiForm):
    """That something was deleted: ids and counts, never content or names."""

    id: str
    organization_id: str
    kind: Literal["import", "source", "result", "review", "console", "memory", "organization"]
    object_id: str | None = Field(description="Id of the import or organization; null for memory.")
    reason: Literal["request", "retention", "organization"]
    requested_by: Requester
    requested_date: str
    rows: dict[str, int] = Field(description="Table → rows that went.")
    objects: int = Field(description="Stored files that went.")
    bytes: int = Field(description="Their size.")
    completed_date: str | None = Field(description="Null while files still go.")
    signature: str | None = Field(description="HMAC-SHA256 in hexadecimal; null until it is complete.")


class ReceiptList(ApiForm):
    """A page of receipts, newest first."""

    count: int
    next: str | None
    previous: str | None
    results: list[Receipt]


class ReceiptCheck(ApiForm):
    """Whether a receipt is genuine."""

    genuine: bool


class SignedReceipt(Receipt):
    """A receipt as it was given."""


BODIES: tuple[type[BaseModel], ...] = (SignedReceipt,)
