"""How many imports there were, by day and status, and how many stand where now."""

from __future__ import annotations

import uuid
from datetime import date, datetime, timedelta

from sqlalchemy import BigInteger, func, literal_column, select, type_coerce
from sqlalchemy.orm import Session

from headgate.db import Database
from headgate.imports.models import Import
from headgate.imports.states import Status
from headgate.records import dataclass

MICROSECONDS_A_DAY = 86_400 * 1_000_000


@dataclass(frozen=True)
class DayCount:
    """The imports of one day (UTC) and status: how many, and the rows that they read and found in error."""

    day: date
    status: Status
    imports: int
    rows: int
    invalid_rows: int


@dataclass(frozen=True)
class Queue:
    """What waits and what runs, of all organizations. `oldest`: when the one that waits longest was created."""

    waiting: int
    running: int
    oldest: datetime | None


class ImportStatistics:
    """Sums over imports. All of them are answered by indexes alone."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def days(self, organization_id: uuid.UUID, since: datetime) -> list[DayCount]:
        """The days from `since` on that have imports, oldest first."""
        # Times are stored as microseconds. The divisor stands in the text: PostgreSQL takes two parameters for two groups.
        day = (type_coerce(Import.created_at, BigInteger) // literal_column(str(MICROSECONDS_A_DAY))).label("day")
        query = (
            select(
                day,
                Import.status,
                func.count(),
                func.coalesce(func.sum(Import.rows_read), 0),
                func.coalesce(func.sum(Import.rows_invalid), 0),
            )
            .where(Import.organization_id == organization_id, Import.created_at >= since)
            .group_by(day, Import.status)
            .order_by(day)
        )
        with self._database.read() as session:
            found = session.execute(query).all()
        epoch = date(1970, 1, 1)
        return [
            DayCount(epoch + timedelta(days=int(number or 0)), Status(status), count, int(rows or 0), int(invalid or 0))
            for number, status, count, rows, invalid in found
        ]

    def standing(self, organization_id: uuid.UUID) -> dict[Status, int]:
        """How many of an organization's imports wait for somebody or something now."""
        with self._database.read() as session:
            return {
                status: self._count(session, Import.organization_id == organization_id, Import.status == status)
                for status in (Status.AWAITING_UPLOAD, Status.PENDING, Status.RUNNING, Status.NEEDS_REVIEW)
            }

    def queue(self) -> Queue:
        """What the service still has to do."""
        with self._database.read() as session:
            waiting = self._count(session, Import.status == Status.PENDING)
            running = self._count(session, Import.status == Status.RUNNING)
            oldest = session.scalar(select(func.min(Import.created_at)).where(Import.status == Status.PENDING))
        return Queue(waiting, running, oldest)

    @staticmethod
    def _count(session: Session, *conditions: object) -> int:
        query = select(func.count()).select_from(Import).where(*conditions)  # type: ignore[arg-type]
        return session.scalar(query) or 0
