"""Which import is next, fairly: the table of imports is the queue, so nothing can be in one and not in the other."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime

from sqlalchemy import exists, func, select, text
from sqlalchemy.orm import Session

from headgate.accounts.models import Organization
from headgate.db import Database, database_now, insert_for
from headgate.imports.models import Import, OrganizationTurn
from headgate.nodes import Claim, Node
from headgate.nodes.jobs import ClaimsBusyError
from headgate.records import dataclass

CLAIMING = 0x6865_6165
"""The advisory lock of whoever chooses (PostgreSQL): two who count at once would both take what only one may."""


@dataclass(frozen=True)
class Work:
    """An import that this process has now. `seq`: the entry that submitted its review; None for a run."""

    claim: Claim
    seq: int | None

    @property
    def import_id(self) -> uuid.UUID:
        """Which one."""
        return self.claim.id


class ImportQueue:
    """The imports that wait for a worker, over all processes.

    The organization with the fewest running imports is next; among equals the one that was served longest ago. So a
    thousand imports of one keep those of another waiting for one of theirs, not for all.
    """

    def __init__(self, database: Database, node: Node, organization_limit: int | None) -> None:
        """`organization_limit`: imports of one organization that may run at once, over all processes."""
        self._database = database
        self._node = node
        self._limit = organization_limit

    def take(self, stop: Callable[[uuid.UUID], None]) -> Work | None:
        """Claim the next import; None when nothing may run. `stop` is called with its id when the claim is lost.

        Raises ClaimsBusyError.
        """
        with self._database.read() as session:  # most looks find nothing, and need no lock
            if session.scalar(select(Import.id).where(*_WAITS).limit(1)) is None:
                return None
        with self._database.write_relaxed() as session:
            if not self._database.is_sqlite:
                lock = text("SELECT pg_try_advisory_xact_lock(:lock)")
                if not session.scalar(lock, {"lock": CLAIMING}):
                    raise ClaimsBusyError
            for organization_id in self._by_turn(session):
                row = session.scalar(
                    select(Import)
                    .where(Import.organization_id == organization_id, *_WAITS)
                    .order_by(Import.queued_at, Import.id)
                    .limit(1)
                    .with_for_update(skip_locked=True)
                )
                if row is not None:
                    return self._claim(session, row, stop)
        return None

    def length(self, most: int) -> int:
        """How many imports wait for a worker; counted up to `most`."""
        waiting = select(Import.id).where(*_WAITS).limit(most).subquery()
        with self._database.read() as session:
            return session.scalar(select(func.count()).select_from(waiting)) or 0

    def _by_turn(self, session: Session) -> list[uuid.UUID]:
        # One look into the index for each organization, however many imports each of them has waiting.
        own = exists().where(Import.organization_id == Organization.id, *_WAITS)
        turns: dict[uuid.UUID, datetime] = dict(
            session.execute(select(OrganizationTurn.organization_id, OrganizationTurn.served_at)).all()
        )
        counts = select(Import.organization_id, func.count()).where(Import.run_node.is_not(None))
        running: dict[uuid.UUID, int] = dict(session.execute(counts.group_by(Import.organization_id)).all())
        waiting = session.scalars(select(Organization.id).where(own))
        allowed = [one for one in waiting if self._limit is None or running.get(one, 0) < self._limit]
        long_ago = datetime.min.replace(tzinfo=database_now(session).tzinfo)
        return sorted(allowed, key=lambda one: (running.get(one, 0), turns.get(one, long_ago), one))

    def _claim(self, session: Session, row: Import, stop: Callable[[uuid.UUID], None]) -> Work:
        import_id = row.id
        claim = self._node.take(row, lambda: stop(import_id))
        now = database_now(session)
        session.execute(
            insert_for(session, OrganizationTurn)
            .values(organization_id=row.organization_id, served_at=now)
            .on_conflict_do_update(index_elements=["organization_id"], set_={"served_at": now})
        )
        return Work(claim, row.submitted_seq)


_WAITS = (Import.queued_at.is_not(None), Import.run_node.is_(None))
"""As the condition of the index `ix_imports_waiting` says it."""
