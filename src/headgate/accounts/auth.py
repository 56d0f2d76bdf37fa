"""The caller of an HTTP request, by its API key or its session, and what a route asks of it.

A route declares `caller: Caller = requires(Scope.SCHEMAS_WRITE)`, or `= requires_person()` for what only a signed-in
person can do. Both answer 401 to nobody, 403 to those who may not, and check that a browser was not misled.
"""

from __future__ import annotations

import uuid
from typing import Annotated, Any

from fastapi import Depends, Request, Security
from fastapi.security import APIKeyCookie, APIKeyHeader, HTTPAuthorizationCredentials, HTTPBearer
from fastapi.security.utils import get_authorization_scheme_param

from headgate.accounts.audit import Action, Actor, AuditLog
from headgate.accounts.cookies import PLAIN_NAME, session_token
from headgate.accounts.csrf import HEADER, check_same_site
from headgate.accounts.models import ActorKind
from headgate.accounts.scopes import ROLE_SCOPES, Role, Scope, granted
from headgate.accounts.service import AccountService
from headgate.accounts.sessions import SessionService
from headgate.db import utc_now
from headgate.errors import ForbiddenError
from headgate.records import dataclass
from headgate.web.direct_calls import fulfilled_by
from headgate.web.threads import in_thread

LICENSE_KEY_HEADER = "X-Dromo-License-Key"

_license_key = APIKeyHeader(name=LICENSE_KEY_HEADER, auto_error=False, description="A key from `headgate keys create`.")
_bearer = HTTPBearer(auto_error=False, description="The same key as a bearer token.")
_cookie = APIKeyCookie(
    name=PLAIN_NAME,
    auto_error=False,
    scheme_name="Session",
    description=f"The session of a signed-in browser; what changes something needs the header `{HEADER}` as well.",
)


@dataclass(frozen=True, kw_only=True)
class Caller:
    """Who makes the request: a key, or a person in one of their organizations."""

    organization_id: uuid.UUID
    scopes: frozenset[Scope]
    key_id: uuid.UUID | None = None
    user_id: uuid.UUID | None = None
    session_id: uuid.UUID | None = None
    role: Role | None = None
    address: str | None = None

    @property
    def id(self) -> uuid.UUID:
        """Of the key or the person: whom limits count and the audit log names."""
        found = self.key_id or self.user_id
        if found is None:
            raise AssertionError("a caller is a key or a person")
        return found

    @property
    def actor(self) -> Actor:
        """As whom the audit log knows the caller."""
        kind = ActorKind.KEY if self.key_id else ActorKind.USER
        return Actor(self.organization_id, kind, self.id, self.address)


@dataclass(frozen=True, kw_only=True)
class Person(Caller):
    """A caller who is signed in."""

    user_id: uuid.UUID
    session_id: uuid.UUID
    role: Role


async def caller_of(request: Request) -> Caller:
    """Who makes a request. A key counts before a session: who sends one means it. Raises UnauthenticatedError, ForbiddenError."""
    key = key_of(request)
    token = session_token(request) if key is None else None
    if key is None and "authorization" not in request.headers and token is not None:
        sessions: SessionService = request.app.state.sessions
        found = await in_thread(sessions.authenticate, token)
        check_same_site(request)
        return Person(
            organization_id=found.organization_id,
            scopes=granted(ROLE_SCOPES[found.role]),
            user_id=found.user_id,
            session_id=found.session_id,
            role=found.role,
            address=address_of_client(request),
        )
    accounts: AccountService = request.app.state.accounts
    # Another thread costs more than the look-up, which most requests of a program that polls can do without.
    recent = accounts.recent.find(key, utc_now()) if key else None
    use = recent if recent is not None else await in_thread(accounts.authenticate, key)
    return Caller(
        organization_id=use.organization_id, scopes=use.scopes, key_id=use.key_id, address=address_of_client(request)
    )


def key_of(request: Request) -> str | None:
    """The key that a request bears, as FastAPI's classes above read it."""
    if key := request.headers.get(LICENSE_KEY_HEADER):
        return key
    scheme, credentials = get_authorization_scheme_param(request.headers.get("authorization"))
    return credentials if credentials and scheme.lower() == "bearer" else None


@fulfilled_by(caller_of)
async def _authenticate(
    request: Request,
    _license_key: Annotated[str | None, Security(_license_key)],
    _bearer: Annotated[HTTPAuthorizationCredentials | None, Security(_bearer)],
    _session: Annotated[str | None, Security(_cookie)],
) -> Caller:
    return await caller_of(request)


def address_of_client(request: Request) -> str | None:
    """The network address that the request came from."""
    return request.client.host[:45] if request.client else None


def record(request: Request, caller: Caller, action: Action, object_id: uuid.UUID | str) -> None:
    """Tell the audit log what the caller has just done. For what is lost or lets data out; it costs a write to disk."""
    audit: AuditLog = request.app.state.audit
    audit.note(caller.actor, action, object_id)


class RequiredScopes:
    """The dependency behind `requires`; a test reads from it what each route asks."""

    def __init__(self, scopes: tuple[Scope, ...]) -> None:
        self.scopes = scopes

    async def __call__(self, caller: Annotated[Caller, Depends(_authenticate)]) -> Caller:
        """The caller. Raises UnauthenticatedError, ForbiddenError."""
        missing = [scope for scope in self.scopes if scope not in caller.scopes]
        if missing and caller.key_id:
            raise ForbiddenError(f"This key lacks the scope {missing[0]}. Use one that has it, or make one.")
        if missing:
            raise ForbiddenError("Only an admin of the organization may do this.")
        return caller


class RequiredPerson(RequiredScopes):
    """The dependency behind `requires_person`."""

    async def __call__(self, caller: Annotated[Caller, Depends(_authenticate)]) -> Person:
        """The person. Raises UnauthenticatedError, ForbiddenError."""
        found = await super().__call__(caller)
        if not isinstance(found, Person):
            raise ForbiddenError("Only a person who is signed in can do this; a key cannot.")
        return found


def requires(*scopes: Scope) -> Any:
    """Default of a route's `caller: Caller`: who has all of these scopes in the organization. 401, 403 to others."""
    return Depends(RequiredScopes(scopes))


def requires_person(*scopes: Scope) -> Any:
    """Default of a route's `caller: Person`: somebody who is signed in, and has these scopes. 401, 403 to others."""
    return Depends(RequiredPerson(scopes))
