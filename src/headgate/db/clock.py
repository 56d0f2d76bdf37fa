"""The clock that all processes share: the one of the database.

Machines may disagree about the time, and a lease, a link, a window of a rate limit or the turn of a sweep must not begin or end by
the machine that happens to look at it. With PostgreSQL, each process learns the database's time whenever it asks for it (with
every renewal of its lease), and counts on from there by a clock that nobody sets. SQLite runs in this very process, whose clock
is the only one there is.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, func, select
from sqlalchemy.orm import Session

SURE_SECONDS = 1.0
"""An answer that took longer says too little about when it was given."""


class SharedClock:
    """The database's time, as far as it is known in this process; until then that of the machine."""

    def __init__(self) -> None:
        self._known: tuple[float, datetime] | None = None

    def learn(self, told: datetime, asked: float, answered: float) -> None:
        """The database said `told` to a question; both moments by `time.monotonic`."""
        if answered - asked <= SURE_SECONDS or self._known is None:
            self._known = ((asked + answered) / 2, told)

    def now(self) -> datetime:
        """Aware, in UTC."""
        known = self._known
        if known is None:
            return datetime.now(UTC)
        moment, told = known
        return told + timedelta(seconds=time.monotonic() - moment)


_clock = SharedClock()


def utc_now() -> datetime:
    """The time that all processes of an installation agree on, aware, in UTC."""
    return _clock.now()


def database_now(session: Session | Connection) -> datetime:
    """The time of the database's clock, asked for at this moment: for leases, which allow for no difference at all."""
    bound = session if isinstance(session, Connection) else session.get_bind()
    if bound.dialect.name == "sqlite":
        return utc_now()
    asked = time.monotonic()
    told: datetime = session.scalars(select(func.clock_timestamp())).one()
    now = told.astimezone(UTC)
    _clock.learn(now, asked, time.monotonic())
    return now
