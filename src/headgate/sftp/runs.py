"""Which runs there are, who has them, and what came of them: all in the database, so that any process may go on.

A run is taken with a lease that is renewed while it works. Who is killed in the middle leaves the lease behind; when it runs
out, the run is taken again and begins with a new look. What it had imported by then is known from the files.
"""

from __future__ import annotations

import uuid
from collections import Counter
from dataclasses import field
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import delete, exists, func, or_, select, update
from sqlalchemy.orm import Session

from headgate.db import Database, database_now, utc_now
from headgate.errors import ConflictError, NotFoundError
from headgate.records import dataclass
from headgate.sftp.models import OPEN_RUNS, FileState, RunState, SftpConnector, SftpFile, SftpRun
from headgate.sftp.problems import TEMPORARY, LeftReason, Problem
from headgate.sftp.schedule import SECOND_LOOK, longest_wait, next_run, retry

LEASE_SECONDS = 12.0
RENEW_SECONDS = 2.0
"""As of the lease of a whole process (`nodes`): each run has its own, because a process lives on when a run of it stands still."""
SHOWN_LEFT = 100
"""Entries that were left alone, with their reasons, that are kept of a run."""
SWEPT_AT_ONCE = 500
NOT_TOLD = frozenset({LeftReason.KNOWN, LeftReason.NAME_DOES_NOT_MATCH})
"""Reasons that are counted and no more: nobody asks for each of thousands of names."""

log = structlog.get_logger(__name__)


@dataclass
class Report:
    """What a run saw."""

    found: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    left: list[dict[str, str]] = field(default_factory=list)
    problem: Problem | None = None

    def leave(self, name: str, reason: LeftReason) -> None:
        """An entry is not imported this time."""
        self.skipped[reason.value] += 1
        if reason not in NOT_TOLD and len(self.left) < SHOWN_LEFT:
            self.left.append({"name": name, "reason": reason.value})

    @property
    def look_again(self) -> bool:
        """Whether something was left that may be there soon."""
        return any(self.skipped[reason.value] for reason in (LeftReason.STILL_CHANGING, LeftReason.INTERRUPTED))


class RunBook:
    """The runs of all connectors."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin_due(self, now: datetime) -> list[uuid.UUID]:
        """Make a run of every connector whose time has come; gives their ids."""
        waiting = select(SftpConnector).where(SftpConnector.enabled, SftpConnector.run_id.is_(None))
        with self._database.read() as session:
            due = [row.id for row in session.scalars(waiting) if _is_due(row, now)]
        begun = []
        for connector_id in due:
            with self._database.write() as session:
                row = session.get(SftpConnector, connector_id, with_for_update=True)
                if row is not None and row.enabled and row.run_id is None and _is_due(row, now):
                    begun.append(self._begin(session, row, "schedule", now))
        return begun

    def begin_now(self, organization_id: uuid.UUID, connector_id: uuid.UUID) -> SftpRun:
        """Make a run because a person wants one. Raises NotFoundError, ConflictError."""
        with self._database.write() as session:
            row = session.get(SftpConnector, connector_id, with_for_update=True)
            if row is None or row.organization_id != organization_id:
                raise NotFoundError
            if not row.enabled:
                raise ConflictError("The connector is paused. Resume it first.")
            if row.run_id is not None:
                raise ConflictError("A run of this connector is under way. Wait until it has ended.")
            return session.get_one(SftpRun, self._begin(session, row, "manual", utc_now()))

    def open_runs(self) -> list[uuid.UUID]:
        """Runs that nobody works on."""
        with self._database.read() as session:
            free = or_(SftpRun.lease_until.is_(None), SftpRun.lease_until <= database_now(session))
            return list(session.scalars(select(SftpRun.id).where(SftpRun.state.in_(OPEN_RUNS), free)))

    def take(self, run_id: uuid.UUID) -> SftpRun | None:
        """The run with a lease of the caller's; None when it is over, or somebody else works on it."""
        with self._database.write() as session:
            row = session.get(SftpRun, run_id, with_for_update=True)
            now = database_now(session)
            if row is None or row.state not in OPEN_RUNS or (row.lease_until is not None and row.lease_until > now):
                return None
            row.state = RunState.RUNNING
            row.started_at = row.started_at or now
            row.lease, row.lease_until = uuid.uuid4(), now + timedelta(seconds=LEASE_SECONDS)
            return row

    def renew(self, run: SftpRun) -> bool:
        """Keep the lease; False when it is lost."""
        with self._database.write_relaxed() as session:
            return self._set(session, run, lease_until=database_now(session) + timedelta(seconds=LEASE_SECONDS))

    def release(self, run: SftpRun) -> None:
        """Give the run back unfinished; anybody may take it at once."""
        with self._database.write_relaxed() as session:
            self._set(session, run, lease_until=None)

    def end_leases(self) -> None:
        """End the leases of a process that is known to have stopped: the only other one there can be."""
        with self._database.write_relaxed() as session:
            session.execute(update(SftpRun).where(SftpRun.state.in_(OPEN_RUNS)).values(lease_until=utc_now()))

    def note(self, run: SftpRun, report: Report) -> None:
        """Tell how far the run is."""
        imported = self._imported(run)
        with self._database.write_relaxed() as session:
            self._set(session, run, found=report.found, imported=imported, skipped=report.skipped, left=report.left)

    def end(self, run: SftpRun, report: Report) -> None:
        """The run is over; says when the next one is. Nothing happens when the lease is lost."""
        now = utc_now()
        imported = self._imported(run)
        with self._database.write() as session:
            row = session.get(SftpRun, run.id, with_for_update=True)
            if row is None or row.lease != run.lease:
                return
            row.state = RunState.FAILED if report.problem else RunState.SUCCEEDED
            row.ended_at, row.lease, row.lease_until = now, None, None
            row.found, row.imported, row.problem = report.found, imported, report.problem
            row.skipped, row.left = dict(report.skipped), report.left
            connector = session.get(SftpConnector, row.connector_id, with_for_update=True)
            if connector is not None and connector.run_id == row.id:
                _plan(connector, report, now)
        log.info(
            "sftp_run_ended", run_id=str(run.id), connector_id=str(run.connector_id), found=report.found, imported=imported,
            problem=report.problem,
        )  # fmt: skip

    def forget_old(self, lifetime: int) -> None:
        """Remove ended runs that are older than `lifetime` seconds, but the last of each connector. What they imported stays known."""
        before = utc_now() - timedelta(seconds=lifetime)
        later = select(SftpRun).subquery()
        newer = exists().where(later.c.connector_id == SftpRun.connector_id, later.c.created_at > SftpRun.created_at)
        old = select(SftpRun.id).where(SftpRun.ended_at <= before, newer).limit(SWEPT_AT_ONCE)
        while True:
            with self._database.write_relaxed() as session:
                ids = list(session.scalars(old))
                session.execute(delete(SftpRun).where(SftpRun.id.in_(ids)))
            if len(ids) < SWEPT_AT_ONCE:
                return

    @staticmethod
    def _begin(session: Session, connector: SftpConnector, trigger: str, now: datetime) -> uuid.UUID:
        run = SftpRun(
            id=uuid.uuid4(),
            organization_id=connector.organization_id,
            connector_id=connector.id,
            trigger=trigger,
            state=RunState.QUEUED,
            created_at=now,
            skipped={},
            left=[],
        )
        session.add(run)
        connector.run_id = run.id
        # The schedule goes on from here, so a run that takes long does not move it.
        connector.next_run_at = next_run(connector.schedule, now)
        session.flush()
        return run.id

    @staticmethod
    def _set(session: Session, run: SftpRun, **values: Any) -> bool:
        mine = (SftpRun.id == run.id, SftpRun.lease == run.lease)
        return bool(session.execute(update(SftpRun).where(*mine).values(**values).returning(SftpRun.id)).all())

    def _imported(self, run: SftpRun) -> int:
        own = (SftpFile.run_id == run.id, SftpFile.state == FileState.IMPORTED)
        with self._database.read() as session:
            return session.scalar(select(func.count()).select_from(SftpFile).where(*own)) or 0


def _is_due(row: SftpConnector, now: datetime) -> bool:
    """A time that is further away than any could be was set by a clock that was wrong."""
    return row.next_run_at <= now or row.next_run_at > now + longest_wait(row.schedule)


def _plan(connector: SftpConnector, report: Report, now: datetime) -> None:
    connector.run_id = None
    if connector.next_run_at <= now:
        connector.next_run_at = next_run(connector.schedule, now)
    connector.failures = connector.failures + 1 if report.problem else 0
    if report.problem in TEMPORARY:
        connector.next_run_at = min(connector.next_run_at, now + retry(connector.failures))
    elif report.look_again:
        connector.next_run_at = min(connector.next_run_at, now + SECOND_LOOK)
