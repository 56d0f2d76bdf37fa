"""How a call becomes an httpx request: the same for both clients."""

from __future__ import annotations

from collections.abc import AsyncIterable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import httpx

from headgate.client.errors import ConnectionFailedError
from headgate.client.protocol import KEY_HEADER, Call

DEFAULT_TIMEOUT = httpx.Timeout(60.0, connect=10.0)
"""The service answers an upload only when it has stored the whole file."""


@contextmanager
def connection_errors(url: str) -> Iterator[None]:
    """Turn a broken connection into this package's own error."""
    try:
        yield
    except httpx.TransportError as error:
        raise ConnectionFailedError.at(url, error) from error


def needs_length(call: Call[Any]) -> bool:
    """Whether the length of the upload must be found out first: S3 takes none that is sent in chunks."""
    return call.source is not None and call.source.length is None and "X-Amz-Signature=" in call.path


def request_for(
    http: httpx.Client | httpx.AsyncClient,
    call: Call[Any],
    base_url: str,
    api_key: str,
    body: Iterable[bytes] | AsyncIterable[bytes] | None,
) -> httpx.Request:
    """The request of `call`. A presigned URL is its own permission, and may lead elsewhere: it never gets the key."""
    if call.presigned:
        url, headers = call.path, dict(call.headers)
        if call.source is not None and call.source.length is not None:
            headers["Content-Length"] = str(call.source.length)
    else:
        url, headers = base_url + call.path, {KEY_HEADER: api_key, **call.headers}
    return http.build_request(
        call.method, url, json=call.json, params=call.params or None, headers=headers, content=body
    )
