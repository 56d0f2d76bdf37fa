"""Answers: JSON as bytes, the two forms of an error, and how they stand in the OpenAPI."""

from __future__ import annotations

import uuid
from typing import Any

from fastapi.responses import Response
from pydantic import BaseModel, RootModel

from headgate.db.base import dump_json
from headgate.errors import NotFoundError
from headgate.web.forms import ApiForm


class JsonAnswer(Response):
    """A JSON value."""

    media_type = "application/json"

    def render(self, content: Any) -> bytes:
        return dump_json(content).encode()


class Detail(ApiForm):
    """An error as one sentence."""

    detail: str


class FieldErrors(RootModel[dict[str, list[str]]]):
    """Everything that is wrong with a body, by the path where it stands, such as `fields[2].validators[0].regex`."""


ERRORS: dict[int, tuple[tuple[type[BaseModel], ...], str]] = {
    400: ((FieldErrors, Detail), "The body or a parameter is wrong; every problem is named."),
    401: ((Detail,), "No key or session, or one that is unknown, revoked or expired."),
    403: ((Detail,), "The caller may not do this, or the signed URL has expired or was changed."),
    404: ((Detail,), "There is no such object for this caller."),
    409: ((Detail,), "The object's state does not allow it."),
    413: ((Detail,), "More bytes than allowed."),
    422: ((Detail,), "The Idempotency-Key came with another body before."),
    429: ((Detail,), "Too many requests; `Retry-After` says when to come back."),
    503: ((Detail,), "Too much is under way; `Retry-After` says when to come back."),
    507: ((Detail,), "The service has no room left."),
}


def errors(*codes: int) -> dict[int | str, dict[str, Any]]:
    """The `responses` of a route that may answer with these errors; one that asks who calls may refuse some."""
    found = sorted({*codes, 403} if 401 in codes else codes)
    return {code: {"description": ERRORS[code][1], "content": json_of(*ERRORS[code][0])} for code in found}


def json_of(*models: type[BaseModel]) -> dict[str, Any]:
    """The `content` of an answer that has one of these forms. A form is named and not given to FastAPI: that would prepare to
    check answers of every route against it, which nobody does with errors, and take a tenth of the start for it."""
    forms = [{"$ref": f"#/components/schemas/{model.__name__}"} for model in models]
    return {"application/json": {"schema": forms[0] if len(forms) == 1 else {"anyOf": forms}}}


def outdated(model: type[Detail]) -> dict[int | str, dict[str, Any]]:
    """The 412 of a route that takes `If-Match`; `model` says which version is there."""
    told = "`If-Match` does not name the newest version, which `current` is. Nothing was changed."
    return {412: {"model": model, "description": told}}


def object_id(text: str) -> uuid.UUID:
    """The id in a path or body. Raises NotFoundError: what cannot be an id names nothing."""
    try:
        found = uuid.UUID(text)
    except ValueError:
        raise NotFoundError from None
    if str(found) != text.lower():  # braces, urn: and missing dashes are read by Python but name nothing here
        raise NotFoundError
    return found


def json_body(model: str) -> dict[str, Any]:
    """The `requestBody` of a route that reads its body itself; `model` is one of the OpenAPI's forms."""
    form = {"$ref": f"#/components/schemas/{model}"}
    return {"required": True, "content": {"application/json": {"schema": form}}}
