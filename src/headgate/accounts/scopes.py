"""What a caller may do: scopes of keys, roles of people, and which scopes a role has."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class Scope(StrEnum):
    """A permission. That to write contains that to read."""

    IMPORTS_READ = "imports:read"
    IMPORTS_WRITE = "imports:write"
    SCHEMAS_READ = "schemas:read"
    SCHEMAS_WRITE = "schemas:write"
    MEMORY_READ = "memory:read"
    """What earlier imports have taught: the memory of matches, and recipes."""
    MEMORY_WRITE = "memory:write"
    WEBHOOKS_READ = "webhooks:read"
    WEBHOOKS_WRITE = "webhooks:write"
    SFTP_READ = "sftp:read"
    """SFTP credentials (never the secrets), connectors and their runs."""
    SFTP_WRITE = "sftp:write"
    ADMIN = "admin"
    """Members, invitations, keys, settings, the audit log, the organization itself."""


class Role(StrEnum):
    """What a person is in an organization."""

    ADMIN = "admin"
    MEMBER = "member"


CONTAINED = {
    Scope.IMPORTS_WRITE: Scope.IMPORTS_READ,
    Scope.SCHEMAS_WRITE: Scope.SCHEMAS_READ,
    Scope.MEMORY_WRITE: Scope.MEMORY_READ,
    Scope.WEBHOOKS_WRITE: Scope.WEBHOOKS_READ,
    Scope.SFTP_WRITE: Scope.SFTP_READ,
}
MEMBER_SCOPES = (Scope.IMPORTS_WRITE, Scope.SCHEMAS_WRITE, Scope.MEMORY_WRITE)
KEY_SCOPES = (*MEMBER_SCOPES, Scope.WEBHOOKS_WRITE, Scope.SFTP_WRITE)
"""Of a key for which none are named: the whole of the public contract, as its clients expect."""
ROLE_SCOPES = {Role.MEMBER: MEMBER_SCOPES, Role.ADMIN: tuple(Scope)}


def granted(scopes: Iterable[Scope | str]) -> frozenset[Scope]:
    """The scopes with those that they contain. Raises ValueError for what is no scope."""
    named = {Scope(one) for one in scopes}
    return frozenset(named | {CONTAINED[one] for one in named if one in CONTAINED})
