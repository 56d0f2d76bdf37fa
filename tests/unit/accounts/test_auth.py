"""The key of a request is read as FastAPI's own classes read it, whose names stand in the OpenAPI."""

from __future__ import annotations

import asyncio
import itertools

import pytest
from fastapi import Request

from headgate.accounts import auth

LICENSE_KEYS = [None, "", "key", " key ", "kéy"]
AUTHORIZATIONS = [
    None,
    "",
    "Bearer",
    "Bearer ",
    "Bearer other",
    "bearer  other ",
    "BEARER a b",
    "Basic other",
    "other",
    " Bearer x",
]


def request(license_key: str | None, authorization: str | None) -> Request:
    named = {"x-dromo-license-key": license_key, "authorization": authorization}
    headers = [(name.encode(), value.encode("latin-1")) for name, value in named.items() if value is not None]
    return Request({"type": "http", "headers": headers})


@pytest.mark.parametrize(("license_key", "authorization"), list(itertools.product(LICENSE_KEYS, AUTHORIZATIONS)))
def test_a_key_is_read_as_the_framework_reads_it(license_key: str | None, authorization: str | None) -> None:
    sent = request(license_key, authorization)
    bearer = asyncio.run(auth._bearer(sent))
    expected = asyncio.run(auth._license_key(sent)) or (bearer.credentials if bearer else None)
    assert auth.key_of(sent) == expected
