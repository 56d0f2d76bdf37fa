"""The forms of the account API: what is accepted, and what is answered."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Annotated, Any, Literal, TypeVar

from fastapi import Depends, Request
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from headgate.accounts.scopes import Scope
from headgate.db import utc_now
from headgate.errors import InvalidError
from headgate.schema.problems import Problems, parse_object
from headgate.web import read_json
from headgate.web.forms import ApiForm

MAX_BODY = 65_536
_EMAIL = re.compile(r"[^\s@\x00-\x1f\x7f]+@[^\s@\x00-\x1f\x7f]+")
Form = TypeVar("Form", bound=BaseModel)
RoleName = Literal["admin", "member"]
ScopeName = Literal[
    "imports:read", "imports:write", "schemas:read", "schemas:write", "memory:read", "memory:write", "webhooks:read",
    "webhooks:write", "sftp:read", "sftp:write", "admin",
]  # fmt: skip


def _name(value: str) -> str:
    value = value.strip()
    if not value or "\0" in value:
        raise ValueError("Expected some text.")
    return value


def _email(value: str) -> str:
    value = value.strip().lower()
    if not _EMAIL.fullmatch(value) or len(value) > 254:
        raise ValueError("Expected an e-mail address such as ada@example.com.")
    return value


def _moment(value: str) -> str:
    try:
        found = datetime.fromisoformat(value)
    except ValueError:
        raise ValueError("Expected a date and time such as 2030-01-31T12:00:00Z.") from None
    if found.tzinfo is None:
        raise ValueError("Say in which time zone: end it with Z for UTC.")
    if found <= utc_now():
        raise ValueError("Expected a moment in the future.")
    return value


Name = Annotated[str, StringConstraints(max_length=255), AfterValidator(_name)]
Email = Annotated[str, AfterValidator(_email)]
Password = Annotated[str, StringConstraints(max_length=10_000)]
Token = Annotated[str, StringConstraints(max_length=1000)]


class AccountForm(ApiForm):
    """What all bodies have in common."""

    model_config = ConfigDict(strict=True)


class SetUp(AccountForm):
    """The first person, who becomes admin of the organization that the service has from its start."""

    token: Token = Field(description="What stands behind `#` in the setup link.")
    email: Email
    name: Name
    password: Password = Field(description="At least 12 characters.")
    organization: Name | None = Field(None, description="A new name for the organization.")


class SignIn(AccountForm):
    """Who wants to sign in."""

    email: Email
    password: Password


class LinkToken(AccountForm):
    """A one-time link."""

    token: Token = Field(description="What stands behind `#` in the link.")


class InvitationAcceptance(LinkToken):
    """How to accept an invitation: with a new account, or with the password of the one that there is."""

    name: Name | None = Field(None, description="Needed for a new account.")
    password: Password = Field(description="A new one of at least 12 characters, or that of the account.")


class PasswordReset(LinkToken):
    """A new password, by a link that an admin made."""

    new_password: Password = Field(description="At least 12 characters.")


class PasswordChange(AccountForm):
    """A new password, by the person."""

    current_password: Password
    new_password: Password = Field(description="At least 12 characters.")


class ProfileChange(AccountForm):
    """What people change about themselves."""

    name: Name


class OrganizationChoice(AccountForm):
    """Which organization to work in."""

    organization_id: str


class OrganizationWrite(AccountForm):
    """What an organization is called."""

    name: Name


class InvitationWrite(AccountForm):
    """Whom to invite, as what."""

    email: Email
    role: RoleName = "member"


class MemberChange(AccountForm):
    """What a member shall be."""

    role: RoleName


class KeyWrite(AccountForm):
    """A key to make."""

    name: Name
    scopes: Annotated[list[ScopeName], Field(min_length=1, max_length=len(Scope))] | None = Field(
        None, description="What it may do; to write contains to read. Without them: everything but `admin`."
    )
    expires_date: Annotated[str, AfterValidator(_moment)] | None = Field(
        None, description="When it ends, in ISO 8601 with a time zone. Without it: when it is revoked."
    )


class SetupState(ApiForm):
    """Whether somebody must set the service up before anybody can sign in."""

    needed: bool


class OrganizationObject(ApiForm):
    """An organization, and what the person is there."""

    id: str
    name: str
    role: RoleName
    created_date: str


class UserObject(ApiForm):
    """A person."""

    id: str
    email: str
    name: str


class Me(ApiForm):
    """Who is signed in, where, and what they may do there."""

    user: UserObject
    organization: OrganizationObject
    organizations: list[OrganizationObject] = Field(description="All of the person's, by name.")
    scopes: list[ScopeName]


class SessionObject(ApiForm):
    """A signed-in browser."""

    id: str
    current: bool = Field(description="Whether it is the one that asks.")
    created_date: str
    last_used: str
    expires_date: str


class DeletionObject(ApiForm):
    """An organization that is being deleted, or was in the last seven days."""

    id: str = Field(description="Of the organization.")
    name: str
    state: Literal["RUNNING", "DONE"]
    imports: int = Field(description="How many there were.")
    deleted_imports: int
    created_date: str
    ended_date: str | None


class Member(ApiForm):
    """A person in the organization."""

    user: UserObject
    role: RoleName
    created_date: str = Field(description="When they joined.")
    last_used: str | None = Field(description="When one of their sessions here was used last.")


class Invitation(ApiForm):
    """An invitation that was not accepted yet."""

    id: str
    email: str
    role: RoleName
    created_date: str
    expires_date: str
    expired: bool


class InvitationWithLink(Invitation):
    """A new invitation. The link is shown this once."""

    url: str


class InvitationLook(ApiForm):
    """What an invitation is for."""

    organization: str
    email: str
    role: RoleName
    expires_date: str
    has_account: bool = Field(
        description="Whether to ask for the password of the account, or for a name and a new one."
    )


class ResetLink(ApiForm):
    """A link to set a new password. It is shown this once."""

    url: str
    expires_date: str


class ResetLook(ApiForm):
    """Whose password a link sets."""

    email: str
    expires_date: str


class KeyObject(ApiForm):
    """A key, without the key itself."""

    id: str
    name: str
    shown_start: str
    scopes: list[ScopeName]
    state: Literal["valid", "expired", "revoked"]
    created_date: str
    last_used: str | None
    expires_date: str | None
    revoked_date: str | None


class KeyWithSecret(KeyObject):
    """A new key. It is shown this once."""

    key: str


class AuditActor(ApiForm):
    """Who did it. `system` is whoever is at the machine, `nobody` who was refused. `name` is null for what does not exist any
    more."""

    kind: Literal["user", "key", "system", "nobody"]
    id: str | None
    name: str | None


class AuditObject(ApiForm):
    """What was done. `object_id` names what it was done to: the kind stands before the point of `action`."""

    number: int
    date: str
    actor: AuditActor
    action: str
    object_id: str | None
    object_name: str | None = Field(description="Name of the person or key that it was done to.")
    details: dict[str, Any] | None
    address: str | None


class AuditList(ApiForm):
    """A page of the audit log, newest first."""

    results: list[AuditObject]
    next_cursor: str | None = Field(description="Give it as `cursor` for the entries before these; null at the end.")


BODIES: tuple[type[BaseModel], ...] = (
    SetUp, SignIn, LinkToken, InvitationAcceptance, PasswordReset, PasswordChange, ProfileChange, OrganizationChoice,
    OrganizationWrite, InvitationWrite, MemberChange, KeyWrite,
)  # fmt: skip


def form(model: type[Form]) -> Any:
    """Default of a route's `body: model`: the body, read and checked. Raises InvalidError with every problem."""

    async def read(request: Request) -> Form:
        body = await read_json(request, MAX_BODY)
        problems = Problems()
        given = {key: value for key, value in body.value.items() if value is not None}
        found = parse_object(model, given, "", problems)
        if found is None:
            raise InvalidError(problems.by_path)
        return found

    return Depends(read)
