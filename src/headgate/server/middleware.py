"""What happens to every request: both slash forms, an id for the log, and no traceback for the caller."""

from __future__ import annotations

import re
import time
import uuid
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from headgate.log_context import SaidOfAll
from headgate.tracing import SILENT, Span, tracer, valid_traceparent
from headgate.web import JsonAnswer

API = "/api/v1/"
WITHOUT_SLASH = frozenset({"/api/v1/openapi.json"})

Note = Callable[[str, str | None, int, float], None]
"""Is told of each request: method, path of its route, status (0: the caller left before an answer), seconds."""

QUIET = frozenset({"/healthz", "/readyz", "/metrics"})
"""Asked every few seconds by machines: not worth a line of the log each time unless something is wrong."""

_ID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_IMPORT = re.compile(rf"/(?:imports|reviews|uploads?)/(?:[0-9a-f]{{2}}/)?({_ID})(?:/|$)", re.ASCII)
"""Where the id of an import stands in a path."""

log = structlog.get_logger(__name__)


class BothSlashForms:
    """Serves `/x` and `/x/` alike without a redirect, which would lose the body of a POST."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        if scope["type"] == "http" and path.startswith(API):
            wanted = path.rstrip("/") if path.rstrip("/") in WITHOUT_SLASH else path.rstrip("/") + "/"
            if wanted != path:
                scope["path_as_sent"], scope["path"], scope["raw_path"] = path, wanted, wanted.encode()
        await self._app(scope, receive, send)


class RequestLog:
    """Logs each request by its route (a path may hold a secret), and turns what nobody caught into a plain 500."""

    def __init__(self, app: ASGIApp, note: Note = lambda *_: None) -> None:
        self._app = app
        self._note = note

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = uuid.uuid4().hex
        began = time.perf_counter()
        status = 0

        async def answer(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message.setdefault("headers", []).append((b"x-request-id", request_id.encode()))
            await send(message)

        about = _about(scope)
        with (
            SaidOfAll(request_id=request_id, **about),
            _span(scope, request_id) as span,
        ):
            try:
                await self._app(scope, receive, answer)
            except Exception:
                log.exception("request_failed", method=scope["method"], route=_route(scope))
                if status:
                    raise
                detail = f"The service failed on this request. Its log holds the details under {request_id}."
                await JsonAnswer({"detail": detail}, status_code=500)(scope, receive, answer)
            made, route = {} if about else _created(scope), _route(scope)
            if span is not SILENT:
                _tell(span, scope, route, status, about or made)
            seconds = time.perf_counter() - began
            self._note(scope["method"], route, status, seconds)
            if route not in QUIET or status >= 400:
                milliseconds = round(seconds * 1000, 1)
                log.info(
                    "request", method=scope["method"], route=route, status=status, milliseconds=milliseconds, **made
                )


def _span(scope: Scope, request_id: str) -> AbstractContextManager[Span]:
    """What the caller's own trace shows of the request; what machines ask every few seconds stands in none."""
    if scope["path"] in QUIET:
        return nullcontext(SILENT)
    sent = [value for name, value in scope["headers"] if name == b"traceparent"]
    parent = valid_traceparent(sent[0].decode("latin-1")) if len(sent) == 1 else None
    return tracer().span(scope["method"], parent, "server", http_request_method=scope["method"], request_id=request_id)


def _tell(span: Span, scope: Scope, route: str | None, status: int, about: dict[str, str]) -> None:
    if route is not None:
        span.rename(f"{scope['method']} {route}")
    span.set(http_route=route, http_response_status_code=status, **about)
    span.link(scope.get("state", {}).get("traceparent"))
    if status >= 500:
        span.fail(str(status))


def _about(scope: Scope) -> dict[str, str]:
    """The import whose path is asked for."""
    found = _IMPORT.search(scope["path"])
    return {"import_id": found[1]} if found else {}


def _created(scope: Scope) -> dict[str, str]:
    """The import that the request has made."""
    made = scope.get("state", {}).get("import_id")
    return {"import_id": made} if made else {}


def _route(scope: Scope) -> str | None:
    route = scope.get("route")
    return getattr(route, "path", None)
