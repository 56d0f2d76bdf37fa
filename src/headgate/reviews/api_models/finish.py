"""Files that go out and come back, submitting, and what is remembered."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from pydantic import Field

from headgate.reviews.api_models.base import GREATEST, Model
from headgate.reviews.api_models.state import Summary


class ExportBody(Model):
    rows: Literal["all", "errors"] = "errors"
    format: Literal["xlsx", "csv"] = "xlsx"


class ExportResult(Model):
    url: str = Field(description="Presigned, valid 30 minutes.")
    rows: int


class UploadedFile(Model):
    upload: str
    matched_rows: int
    changed_cells: int
    added_rows: int
    missing_rows: int
    unknown_columns: list[str]


class Confirmation(Model):
    """What submitting does, said before it is done."""

    version: int
    summary: Summary
    message: str | None = Field(description="The hook's confirmation message: sanitized HTML.")
    confirm_label: str | None = None
    cancel_label: str | None = None


class SubmitBody(Model):
    version: int = Field(
        ge=-GREATEST,
        le=GREATEST,
        description="The version whose summary the person has confirmed; another one answers 409.",
    )


class SubmitResult(Model):
    status: Literal["submitting"]


class ReviewLink(Model):
    """A new link; those that were out open nothing any more."""

    review_url: str
    expires: datetime


class RememberedParts(Model):
    """How much a recipe holds."""

    columns: int
    values: int
    orders: int
    replacements: int


class RecipeProposal(Model):
    """What would be remembered of a finished review."""

    recipe: dict[str, Any] | None = Field(description="null: nothing was done that could be remembered.")
    parts: RememberedParts
    left_out: dict[str, int] = Field(description="Code (docs/recipes.md) → how much cannot be remembered.")


class RecipeSaved(Model):
    version: int
    enabled: bool = Field(description="Whether the next imports use it; the operator may have switched it off.")
