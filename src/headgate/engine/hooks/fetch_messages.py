"""What the engine and the process that holds it say about a `fetch` of hooks."""

from __future__ import annotations

import base64
import binascii
from dataclasses import field
from typing import Any, Self

from headgate.records import dataclass

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_MAX_HEADERS = 100
_MAX_URL = 8192


@dataclass(frozen=True)
class FetchRequest:
    """What a hook asked for. `id` is the engine's own number."""

    id: int
    url: str
    method: str
    headers: list[tuple[str, str]]
    body: bytes

    @classmethod
    def parse(cls, frame: dict[str, Any]) -> Self | None:
        """The request in the engine's message, or None when it has not the right form."""
        number, url, method = frame.get("id"), frame.get("url"), frame.get("method")
        headers, body = frame.get("headers"), frame.get("body")
        if (
            type(number) is not int
            or not isinstance(url, str)
            or len(url) > _MAX_URL
            or not isinstance(method, str)
            or method not in METHODS
        ):
            return None
        if not isinstance(headers, list) or len(headers) > _MAX_HEADERS or not isinstance(body, str):
            return None
        pairs: list[tuple[str, str]] = []
        for entry in headers:
            if not (isinstance(entry, list) and len(entry) == 2 and all(isinstance(part, str) for part in entry)):
                return None
            pairs.append((entry[0], entry[1]))
        try:
            return cls(number, url, str(method), pairs, base64.b64decode(body, validate=True))
        except (binascii.Error, ValueError):
            return None


@dataclass(frozen=True)
class FetchAnswer:
    """What came back, or the `problem` that prevented it."""

    id: int
    problem: str | None = None
    status: int = 0
    url: str = ""
    headers: list[tuple[str, str]] = field(default_factory=list)
    body: bytes = b""

    def to_order(self) -> dict[str, Any]:
        """The message for the engine."""
        return {
            "op": "fetched",
            "id": self.id,
            "problem": self.problem,
            "status": self.status,
            "url": self.url,
            "headers": self.headers,
            "body": base64.b64encode(self.body).decode("ascii"),
        }
