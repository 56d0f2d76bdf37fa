"""One-time links: made, looked at, used, revoked. The token stands behind `#`, which browsers send nowhere."""

from __future__ import annotations

import uuid
from datetime import timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from headgate.accounts.models import AccountLink, LinkPurpose
from headgate.accounts.scopes import Role
from headgate.accounts.tokens import digest_of, new_token
from headgate.db import Database, utc_now
from headgate.errors import ForbiddenError
from headgate.records import dataclass

PAGES = {LinkPurpose.SETUP: "setup", LinkPurpose.INVITATION: "invitation", LinkPurpose.PASSWORD_RESET: "password-reset"}
GONE = "This link is not valid, or not any more: it was used, replaced or revoked. Ask for a new one."
EXPIRED = "This link has expired. Ask for a new one."


@dataclass(frozen=True)
class NewLink:
    """A link that was just made. `token` is the only time that it can be read."""

    row: AccountLink
    token: str

    def url(self, address: str) -> str:
        """The page that it opens; `address`: of the service."""
        return f"{address}/{PAGES[LinkPurpose(self.row.purpose)]}#{self.token}"


def make_link(
    session: Session,
    purpose: LinkPurpose,
    organization_id: uuid.UUID,
    lifetime: int,
    *,
    email: str | None = None,
    role: Role | None = None,
    user_id: uuid.UUID | None = None,
) -> NewLink:
    """A new link for `lifetime` seconds, within a transaction."""
    now, token = utc_now(), new_token()
    row = AccountLink(
        id=uuid.uuid4(),
        organization_id=organization_id,
        purpose=purpose,
        digest=digest_of(token),
        email=email,
        role=role,
        user_id=user_id,
        created_at=now,
        expires_at=now + timedelta(seconds=lifetime),
    )
    session.add(row)
    return NewLink(row, token)


def open_link(session: Session, purpose: LinkPurpose, token: str, *, use: bool = False) -> AccountLink:
    """The link of a token. Raises ForbiddenError unless it is valid.

    `use`: mark it as used, in a transaction of writing; of two who do so at once, the second finds it used.
    """
    query = select(AccountLink).where(AccountLink.digest == digest_of(token), AccountLink.purpose == purpose)
    row = session.scalar(query.with_for_update() if use else query)
    if row is None or row.used_at is not None or row.revoked_at is not None:
        raise ForbiddenError(GONE)
    now = utc_now()
    if now >= row.expires_at:
        raise ForbiddenError(EXPIRED)
    if use:
        row.used_at = now
    return row


def revoke_links(
    session: Session,
    purpose: LinkPurpose,
    *,
    organization_id: uuid.UUID | None = None,
    email: str | None = None,
    user_id: uuid.UUID | None = None,
) -> None:
    """End the unused links of a purpose, within a transaction: all, or those for somebody."""
    statement = update(AccountLink).where(
        AccountLink.purpose == purpose, AccountLink.used_at.is_(None), AccountLink.revoked_at.is_(None)
    )
    if organization_id is not None:
        statement = statement.where(AccountLink.organization_id == organization_id)
    if email is not None:
        statement = statement.where(AccountLink.email == email)
    if user_id is not None:
        statement = statement.where(AccountLink.user_id == user_id)
    session.execute(statement.values(revoked_at=utc_now()))


def forget_old_links(database: Database, after: timedelta = timedelta(days=30)) -> None:
    """Remove links that expired long ago."""
    with database.write_relaxed() as session:
        session.execute(delete(AccountLink).where(AccountLink.expires_at <= utc_now() - after))
