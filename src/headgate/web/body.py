"""Reading the JSON body of a request: bounded, strict, and with every digit kept."""

from __future__ import annotations

import json
import math
from typing import Any

import orjson
from fastapi import Request

from headgate.errors import RequestError, TooLargeError
from headgate.records import dataclass
from headgate.web.threads import in_thread

SMALL_BODY = 65_536
TOO_DEEP = "The body is nested too deeply."


class MalformedError(RequestError):
    """The body is not JSON at all."""


@dataclass(frozen=True)
class JsonBody:
    """An object as a client sent it."""

    value: dict[str, Any]
    raw: bytes

    def exact(self, *path: str) -> bytes:
        """The JSON text of the value at `path` with all its digits, which a float would have lost.

        A string that holds JSON gives that JSON. Raises MalformedError for a value that is nested too deeply.
        """
        value: Any = self.value
        for part in path:
            value = value[part]
        if isinstance(value, str):
            return value.encode()
        try:
            exact = json.loads(self.raw, parse_float=_fragment, parse_int=_fragment)
            for part in path:
                exact = exact[part]
            return orjson.dumps(exact)
        except (orjson.JSONEncodeError, RecursionError):  # deeper than 254 levels
            raise MalformedError(TOO_DEEP) from None


def _fragment(text: str) -> Any:
    return orjson.Fragment(text.encode())


async def read_json(request: Request, limit: int) -> JsonBody:
    """The body, which must be a JSON object. Raises TooLargeError, MalformedError."""
    declared = request.headers.get("content-length", "")
    if declared.isdecimal() and int(declared) > limit:
        raise TooLargeError(_too_large(limit))
    parts: list[bytes] = []
    size = 0
    async for part in request.stream():
        size += len(part)
        if size > limit:
            raise TooLargeError(_too_large(limit))
        parts.append(part)
    raw = b"".join(parts)
    value = parse_json(raw) if size <= SMALL_BODY else await in_thread(parse_json, raw)
    if not isinstance(value, dict):
        raise MalformedError("The body must be a JSON object.")
    return JsonBody(value, raw)


def parse_json(raw: bytes) -> Any:
    """The value of a JSON text. Raises MalformedError.

    orjson says whether it is JSON (it refuses NaN, broken UTF-8, lone surrogates and absurd nesting); the standard
    library then reads it, because orjson turns whole numbers beyond 64 bits into floats.
    """
    if not raw.strip():
        raise MalformedError("The body is empty. Send JSON.")
    try:
        orjson.loads(raw)
        return json.loads(raw, parse_float=_finite)
    except ValueError as error:
        raise MalformedError(f"The body is not valid JSON: {error}.") from None
    except RecursionError:
        raise MalformedError(TOO_DEEP) from None


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(f"the number {text[:40]} is out of range")
    return number


def _too_large(limit: int) -> str:
    return f"The body is larger than the {limit} bytes that this service accepts."
