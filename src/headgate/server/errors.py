"""What a caller reads when a request cannot be done: api.md, "Conventions"."""

from __future__ import annotations

from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from fastapi.routing import iter_route_contexts
from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.routing import compile_path

from headgate import errors
from headgate.db import is_away
from headgate.imports.formats import ConversionFailedError
from headgate.reviews.errors import BusyError, GoneError, RefusedError, ReviewConflictError
from headgate.reviews.model_client import SuggestionError
from headgate.studio.errors import TrialLimitError, WorkersBusyError
from headgate.texts import ServiceTexts
from headgate.web import JsonAnswer, language_of
from headgate.web.body import MalformedError
from headgate.web.conditions import entity_tag

STATUS: dict[type[errors.RequestError], int] = {
    errors.UnauthenticatedError: 401,
    errors.ForbiddenError: 403,
    errors.NotFoundError: 404,
    errors.ConflictError: 409,
    errors.DeletedError: 410,
    errors.FileMissingError: 410,
    errors.OutdatedError: 412,
    errors.TooLargeError: 413,
    errors.MismatchError: 422,
    errors.RateLimitedError: 429,
    errors.OverloadedError: 503,
    errors.StorageFullError: 507,
    errors.StorageUnavailableError: 503,
    ConversionFailedError: 503,
    SuggestionError: 503,
    MalformedError: 400,
    ReviewConflictError: 409,
    RefusedError: 400,
    GoneError: 403,
    BusyError: 503,
    WorkersBusyError: 503,
    TrialLimitError: 400,
}


log = structlog.get_logger(__name__)


def add_error_handlers(app: FastAPI) -> None:
    """Give every error its status and JSON form."""
    app.add_exception_handler(errors.RequestError, _request_error)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(RequestValidationError, _validation_error)
    app.add_exception_handler(SQLAlchemyError, _database_trouble)
    app.add_exception_handler(ClientDisconnect, _disconnected)


def _request_error(request: Request, error: Exception) -> Response:
    texts = ServiceTexts(language_of(request))
    if isinstance(error, errors.InvalidError):
        return JsonAnswer(texts.problems(error.problems), status_code=400)
    if not isinstance(error, errors.RequestError):
        raise error
    headers = dict(error.headers) if isinstance(error, errors.RateLimitedError) else {}
    status = STATUS[type(error)]
    if status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    if isinstance(error, errors.OverloadedError):
        headers["Retry-After"] = str(error.seconds)
    if isinstance(error, BusyError | WorkersBusyError):
        headers["Retry-After"] = "5"
    if isinstance(error, errors.StorageUnavailableError):
        headers["Retry-After"] = "30"
    body: dict[str, Any] = {"detail": texts.message(error.message)}
    if isinstance(error, errors.OutdatedError):
        body["current"] = error.current
        headers["ETag"] = entity_tag(error.current["version"])
    if isinstance(error, ReviewConflictError | RefusedError):
        body["code"] = error.code
    return JsonAnswer(body, status_code=status, headers=headers)


def _http_error(request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    headers = dict(error.headers or {})
    if error.status_code == 405:
        headers["Allow"] = ", ".join(_methods_at(request))
    detail = "Not found." if error.status_code == 404 else f"{error.detail}."
    texts = ServiceTexts(language_of(request))
    return JsonAnswer({"detail": texts.message(detail)}, status_code=error.status_code, headers=headers)


def _methods_at(request: Request) -> list[str]:
    """All methods of the path; the framework names those of the first route only.

    Of paths that fit, the one with the fewest parameters counts: `/schemas/check/` is not the schema called "check".
    """
    methods: dict[str, set[str]] = {}
    for route in iter_route_contexts(request.app.routes):
        if route.path and compile_path(route.path)[0].match(request.scope["path"]):
            methods.setdefault(route.path, set()).update(route.methods or ())
    return sorted(methods[min(methods, key=lambda path: path.count("{"))]) if methods else []


def _validation_error(_request: Request, error: Exception) -> Response:
    if not isinstance(error, RequestValidationError):
        raise error
    problems: dict[str, list[str]] = {}
    for detail in error.errors():
        problems.setdefault(_name(detail), []).append(_message(detail))
    return JsonAnswer(problems, status_code=400)


def _message(detail: dict[str, Any]) -> str:
    if detail["type"] == "literal_error":
        return f"Expected one of {detail['ctx']['expected']}."
    return f"{detail['msg']}."


def _name(detail: dict[str, Any]) -> str:
    return ".".join(str(part) for part in detail["loc"][1:]) or "detail"


def _database_trouble(request: Request, error: Exception) -> Response:
    if not is_away(error):
        raise error
    said = getattr(error, "orig", None)  # its message may hold values
    driver = None if said is None else type(said).__name__
    log.warning("database_away", cause=type(error).__name__, driver=driver, sqlstate=getattr(said, "sqlstate", None))
    detail = "The service cannot reach its database at the moment. Try again shortly."
    texts = ServiceTexts(language_of(request))
    return JsonAnswer({"detail": texts.message(detail)}, status_code=503, headers={"Retry-After": "5"})


def _disconnected(_request: Request, _error: Exception) -> Response:
    return Response(status_code=400)  # nobody is there to read it
