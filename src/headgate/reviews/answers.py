"""Errors of the review API as the OpenAPI shows them."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, Field

from headgate.reviews.errors import CODES
from headgate.web import Detail, FieldErrors, json_of


class ReviewError(BaseModel):
    """An error as one sentence, with a stable code."""

    detail: str
    code: str = Field(description="docs/errors.md, “Reviews”.")


ERRORS: dict[int, tuple[tuple[type[BaseModel], ...], str, dict[str, Any]]] = {
    400: (
        (FieldErrors, ReviewError, Detail),
        "The body is no JSON, or wrong (every problem by its path), or what it asks for cannot be done (a code says why).",
        {"change.cells[0].row": ["Input should be a valid integer."]},
    ),
    401: ((Detail,), "No token.", {"detail": "Send the token of the review link as `Authorization: Bearer <token>`."}),
    403: (
        (Detail,),
        "The token is wrong, expired, revoked, or of another import.",
        {"detail": "This link is not valid any more. Ask the person who sent it for a new one."},
    ),
    404: ((Detail,), "There is no such row or column.", {"detail": "This row is not there any more."}),
    409: ((ReviewError,), "The review's state does not allow it.", {"detail": CODES["preparing"], "code": "preparing"}),
    413: ((Detail,), "More bytes than allowed.", {"detail": "The workbook is too large."}),
    503: ((Detail,), "Too much is under way; `Retry-After` says when to come back.", {"detail": "Try again shortly."}),
    507: ((Detail,), "The service has no room left.", {"detail": "The service has no room left. Try again later."}),
}


def review_errors(*codes: int) -> dict[int | str, dict[str, Any]]:
    """The `responses` of a route of the review API, with those that every route has."""
    return {
        code: {
            "description": ERRORS[code][1],
            "content": {
                "application/json": json_of(*ERRORS[code][0])["application/json"] | {"example": ERRORS[code][2]}
            },
        }
        for code in sorted({401, 403, 503, *codes})
    }
