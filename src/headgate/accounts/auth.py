"""The caller of an HTTP request, by its API key."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request, Security
from fastapi.security import APIKeyHeader, HTTPAuthorizationCredentials, HTTPBearer

from headgate.accounts.service import AccountService

LICENSE_KEY_HEADER = "X-Dromo-License-Key"

_license_key = APIKeyHeader(name=LICENSE_KEY_HEADER, auto_error=False, description="A key from `headgate keys create`.")
_bearer = HTTPBearer(auto_error=False, description="The same key as a bearer token.")


@dataclass(frozen=True)
class Caller:
    """Who makes the request."""

    key_id: uuid.UUID
    organization_id: uuid.UUID


def _authenticate(
    request: Request,
    license_key: Annotated[str | None, Security(_license_key)],
    bearer: Annotated[HTTPAuthorizationCredentials | None, Security(_bearer)],
) -> Caller:
    accounts: AccountService = request.app.state.accounts
    use = accounts.authenticate(license_key or (bearer.credentials if bearer else None))
    return Caller(use.key_id, use.organization_id)


current_caller = Depends(_authenticate)
"""Dependency of every route of the API: the caller, or 401."""
