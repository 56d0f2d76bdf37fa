"""Which import is next, fairly: the table of imports is the queue, so nothing can be in one and not in the other."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, bindparam, exists, func, select, text, update

from headgate.accounts.models import Organization
from headgate.db import Database, Statement, database_now
from headgate.db.upsert import insert_of
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
        sqlite = self._database.is_sqlite
        with self._database.look() as connection:  # most looks find nothing, and need no lock
            # With SQLite nobody else takes any meanwhile, so what is found now stands.
            found = self._by_turn(connection) if sqlite else list(connection.scalars(_ANY))
        if not found:
            return None
        with self._database.change_relaxed() as connection:
            if not sqlite and not connection.execute(_LOCK).scalar():
                raise ClaimsBusyError
            for organization_id in found if sqlite else self._by_turn(connection):
                row = _OLDEST.run(connection, {"of_organization": organization_id}).first()
                if row is not None:
                    return self._claim(connection, organization_id, row, stop)
        return None

    def length(self, most: int) -> int:
        """How many imports wait for a worker; counted up to `most`."""
        waiting = select(_IMPORTS.c.id).where(*_WAITS).limit(most).subquery()
        with self._database.look() as connection:
            return connection.scalar(select(func.count()).select_from(waiting)) or 0

    def _by_turn(self, connection: Connection) -> list[uuid.UUID]:
        waiting = [one.id for one in _WAITING.run(connection, {}).rows]
        if not waiting or (len(waiting) == 1 and self._limit is None):
            return waiting
        found = _TURNS.run(connection, {}).rows
        allowed = [one for one in found if self._limit is None or one.running < self._limit]
        long_ago = datetime.min.replace(tzinfo=UTC)
        return [one.id for one in sorted(allowed, key=lambda one: (one.running, one.served_at or long_ago, one.id))]

    def _claim(
        self, connection: Connection, organization_id: uuid.UUID, row: Any, stop: Callable[[uuid.UUID], None]
    ) -> Work:
        import_id = row.id
        claim = self._node.claim(Import, import_id, lambda: stop(import_id))
        _TAKE.run(connection, {"of_id": import_id, "run_node": self._node.id, "run_token": claim.token})
        served = {"organization_id": organization_id, "served_at": database_now(connection)}
        _turn(connection.dialect.name).run(connection, served)
        return Work(claim, row.submitted_seq)


# All of it is asked for each import, so the statements are made once.
_IMPORTS = Import.metadata.tables[Import.__tablename__]
_WAITS = (_IMPORTS.c.queued_at.is_not(None), _IMPORTS.c.run_node.is_(None))
"""As the condition of the index `ix_imports_waiting` says it."""
_ANY = select(_IMPORTS.c.id).where(*_WAITS).limit(1)
_LOCK = text(f"SELECT pg_try_advisory_xact_lock({CLAIMING})")
_OLDEST = Statement(
    select(_IMPORTS.c.id, _IMPORTS.c.submitted_seq)
    .where(_IMPORTS.c.organization_id == bindparam("of_organization"), *_WAITS)
    .order_by(_IMPORTS.c.queued_at, _IMPORTS.c.id)
    .limit(1)
    .with_for_update(skip_locked=True)
)
_TAKE = Statement(update(_IMPORTS).where(_IMPORTS.c.id == bindparam("of_id")))


_ORGANIZATIONS = Organization.__table__
_WAITING = Statement(
    select(_ORGANIZATIONS.c.id).where(exists().where(_IMPORTS.c.organization_id == _ORGANIZATIONS.c.id, *_WAITS))
)
"""The organizations that wait: one look into an index for each, however many imports each of them has waiting."""


def _turns() -> Select[Any]:
    """The same, how many imports of each are running, and when it was served last: what is only asked where there is a choice."""
    organizations, turns = _ORGANIZATIONS, OrganizationTurn.__table__
    running = (
        select(_IMPORTS.c.organization_id, func.count().label("running"))
        .where(_IMPORTS.c.run_node.is_not(None))
        .group_by(_IMPORTS.c.organization_id)
        .subquery()
    )
    return (
        select(organizations.c.id, func.coalesce(running.c.running, 0).label("running"), turns.c.served_at)
        .outerjoin_from(organizations, running, running.c.organization_id == organizations.c.id)
        .outerjoin(turns, turns.c.organization_id == organizations.c.id)
        .where(exists().where(_IMPORTS.c.organization_id == organizations.c.id, *_WAITS))
    )


_TURNS = Statement(_turns())


@cache
def _turn(dialect: str) -> Statement:
    new = insert_of(dialect, OrganizationTurn)
    return Statement(
        new.on_conflict_do_update(index_elements=["organization_id"], set_={"served_at": new.excluded.served_at})
    )
