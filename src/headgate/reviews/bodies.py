"""JSON bodies of the review API: bounded, checked against their model, every problem named by its path."""

from __future__ import annotations

from typing import Any, TypeVar

from fastapi import Request
from pydantic import BaseModel, ValidationError

from headgate.errors import InvalidError
from headgate.reviews.api_models import (
    AdvanceBody,
    CellQuery,
    ChangeBody,
    ColumnDecisionsBody,
    DistinctQuery,
    ExportBody,
    HeaderDecisionBody,
    PreviewBody,
    RowsById,
    RowsQuery,
    SeekQuery,
    SetCells,
    SubmitBody,
    TransformRequest,
    UndoBody,
    ValuesDecisionBody,
)
from headgate.web import read_json

Body = TypeVar("Body", bound=BaseModel)

EXAMPLES: dict[type[BaseModel], dict[str, Any]] = {
    HeaderDecisionBody: {"rows": [3], "reading": {"delimiter": ";"}},
    ColumnDecisionsBody: {"columns": {"0": {"field": "email"}, "4": {"ignore": True}}, "accept_suggested": True},
    ValuesDecisionBody: {"values": {"plan": {"Premium": "pro"}}, "orders": {"since": "day_month"}},
    AdvanceBody: {"to": "review"},
    RowsQuery: {"view": {"only": "errors", "sort": [{"column": "email"}]}, "offset": 0, "limit": 100},
    RowsById: {"rows": [17, 18]},
    CellQuery: {"row": 17, "column": "email"},
    DistinctQuery: {"column": "plan", "search": "pre", "limit": 20},
    SeekQuery: {"view": {"only": "all"}, "position": 16, "direction": "next", "level": "error"},
    ChangeBody: {
        "id": "3f0c7a52-5f1c-4a47-b6a4-52b2b6f1a001",
        "change": {"kind": "set_cells", "cells": [{"row": 17, "column": "email", "text": "ada@example.com"}]},
    },
    PreviewBody: {"change": {"kind": "replace", "find": ",", "replace": ".", "columns": ["amount"]}},
    UndoBody: {"id": "3f0c7a52-5f1c-4a47-b6a4-52b2b6f1a002"},
    TransformRequest: {"request": "Write names in capitals"},
    ExportBody: {"rows": "errors", "format": "xlsx"},
    SubmitBody: {"version": 12},
}
"""Every body, as the OpenAPI shows it."""


async def read_body(request: Request, model: type[Body]) -> Body:
    """The body of a request. Raises TooLargeError, MalformedError, InvalidError."""
    raw = await read_json(request, request.app.state.config.max_body_size)
    try:
        return model.model_validate(raw.value)
    except ValidationError as error:
        problems: dict[str, list[str]] = {}
        for detail in error.errors(include_url=False, include_input=False):
            problems.setdefault(_path(detail["loc"]), []).append(_message(detail))
        raise InvalidError(problems) from None


def for_engine(body: BaseModel) -> dict[str, Any]:
    """The plain form that the engine takes. What was not sent has its default, but where null says something else."""
    plain = body.model_dump(mode="json")
    if isinstance(body, SetCells):
        for cell, edit in zip(plain["cells"], body.cells, strict=True):
            if "seen" not in edit.model_fields_set:
                del cell["seen"]
    return plain


def described(model: type[BaseModel]) -> dict[str, Any]:
    """The `openapi_extra` of a route that reads such a body."""
    form = {"$ref": f"#/components/schemas/{model.__name__}"}
    return {
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": form, "example": EXAMPLES[model]}},
        }
    }


def _path(location: tuple[int | str, ...]) -> str:
    """`change.cells[2].row`: the way of all bodies of the API. The name of a chosen form is no part of the way."""
    path = ""
    for position, part in enumerate(location):
        if isinstance(part, int):
            path += f"[{part}]"
        elif not (position == 1 and location[0] == "change" and len(location) > 2):
            path += f".{part}" if path else part
    return path or "detail"


def _message(detail: Any) -> str:
    if detail["type"] == "literal_error":
        return f"Expected one of {detail['ctx']['expected']}."
    if detail["type"] == "extra_forbidden":
        return "Unknown key."
    return f"{detail['msg']}."
