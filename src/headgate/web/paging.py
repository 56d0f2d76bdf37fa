"""Lists in pages, and the addresses in them."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from fastapi import Request
from pydantic import JsonValue

from headgate.errors import InvalidError
from headgate.records import dataclass

DEFAULT_LIMIT = 100
MAX_LIMIT = 1000
MAX_OFFSET = 2**53
MAX_MOMENT = 40
_HOST = re.compile(r"(?:[A-Za-z0-9._~-]{1,255}|\[[0-9A-Fa-f:.]{1,45}\])(?::[0-9]{1,5})?")
AT_LEAST_0: dict[str, JsonValue] = {"type": "integer", "minimum": 0}
AT_LEAST_1: dict[str, JsonValue] = {"type": "integer", "minimum": 1}
"""What the OpenAPI says of a parameter that `whole_number` reads."""


@dataclass(frozen=True)
class Page:
    """Which part of a list is asked for."""

    offset: int
    limit: int

    def envelope(self, request: Request, count: int, results: list[Any]) -> dict[str, Any]:
        """`{count, next, previous, results}` with full URLs."""
        following, before = self.offset + self.limit, max(0, self.offset - self.limit)
        return {
            "count": count,
            "next": self._url(request, following) if following < count else None,
            "previous": self._url(request, before) if self.offset > 0 else None,
            "results": results,
        }

    def _url(self, request: Request, offset: int) -> str:
        path = request.scope.get("path_as_sent", request.scope["path"])
        return f"{address_of(request)}{path}?{urlencode({'offset': offset, 'limit': self.limit})}"


def page_of(request: Request) -> Page:
    """`offset` and `limit` of the request. A limit above the greatest one means the greatest. Raises InvalidError."""
    problems: dict[str, list[str]] = {}
    offset = whole_number(request, "offset", 0, 0, problems)
    limit = whole_number(request, "limit", DEFAULT_LIMIT, 1, problems)
    if problems:
        raise InvalidError(problems)
    return Page(offset, min(limit, MAX_LIMIT))


def whole_number(request: Request, name: str, default: int, least: int, problems: dict[str, list[str]]) -> int:
    """A query parameter, at most MAX_OFFSET; what is wrong with it is added to `problems`."""
    text = request.query_params.get(name)
    if text is None or text == "":
        return default
    if not (text.isascii() and text.isdecimal()) or (len(text) < 19 and int(text) < least):
        problems[name] = [f"Expected a whole number of at least {least}."]
        return default
    return min(int(text[:20]), MAX_OFFSET)


def moment(request: Request, name: str, problems: dict[str, list[str]], *, end_of_day: bool = False) -> datetime | None:
    """A query parameter that is a date, which means its begin or, with `end_of_day`, its end in UTC, or a date with time.
    What is wrong with it is added to `problems`."""
    found = (request.query_params.get(name) or "").strip()
    if not found:
        return None
    try:
        read = datetime.fromisoformat(found[:MAX_MOMENT])
        read = read if read.tzinfo else read.replace(tzinfo=UTC)
        return read.astimezone(UTC) + timedelta(days=1 if end_of_day and len(found) == len("2026-03-01") else 0)
    except (ValueError, OverflowError):
        problems[name] = ["Expected a date such as 2026-03-01, or with a time: 2026-03-01T09:30:00Z."]
        return None


def address_of(request: Request) -> str:
    """The address under which the client reaches the service, without a slash at its end."""
    configured: str | None = request.app.state.config.public_url
    # Not the framework's own way, which fails on bytes in a query that are no UTF-8, and on a host that is none.
    return (configured or f"{request.scope['scheme']}://{_host(request)}").rstrip("/")


def _host(request: Request) -> str:
    """Host and port as the client named them, or those that the service listens at where the client named none that can be."""
    named = request.headers.get("host", "")
    if _HOST.fullmatch(named):
        return named
    host, port = request.scope.get("server") or ("localhost", None)
    name = f"[{host}]" if ":" in host else host
    return name if port is None else f"{name}:{port}"
