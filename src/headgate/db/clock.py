"""The clock that all processes share."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from headgate.db.base import utc_now


def database_now(session: Session) -> datetime:
    """The time of the database's clock: machines may disagree, and leases must not. SQLite runs in this very process."""
    if session.get_bind().dialect.name == "sqlite":
        return utc_now()
    now: datetime = session.scalars(select(func.clock_timestamp())).one()
    return now.astimezone(UTC)
