"""The state machine of an import, and the one place where a status changes."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Any, Protocol

from sqlalchemy import ColumnElement, Connection, bindparam, update
from sqlalchemy.orm import Session

from headgate.db import Database, Statement, listeners_of, utc_now
from headgate.imports.models import Import


class Status(StrEnum):
    """Where an import stands (api.md, "Statuses")."""

    AWAITING_UPLOAD = "AWAITING_UPLOAD"
    PENDING = "PENDING"
    RUNNING = "RUNNING"
    NEEDS_REVIEW = "NEEDS_REVIEW"
    SUCCESSFUL = "SUCCESSFUL"
    FAILED = "FAILED"


TRANSITIONS: dict[Status, frozenset[Status]] = {
    Status.AWAITING_UPLOAD: frozenset({Status.PENDING, Status.FAILED}),
    Status.PENDING: frozenset({Status.RUNNING}),
    Status.RUNNING: frozenset({Status.SUCCESSFUL, Status.NEEDS_REVIEW, Status.FAILED}),
    Status.NEEDS_REVIEW: frozenset({Status.SUCCESSFUL, Status.FAILED}),
    Status.SUCCESSFUL: frozenset(),
    Status.FAILED: frozenset(),
}
"""AWAITING_UPLOAD fails when nothing, or too much, is uploaded."""

MOMENTS: dict[Status, str] = {
    Status.PENDING: "uploaded_at",
    Status.RUNNING: "started_at",
    Status.NEEDS_REVIEW: "review_at",
    Status.SUCCESSFUL: "finished_at",
    Status.FAILED: "finished_at",
}
"""Which column of the import keeps when it became that."""

AT_REST: dict[str, Any] = {"queued_at": None, "run_node": None, "run_token": None, "outcome_begun": None}
"""Columns of an import that waits for no worker (any more)."""

UNFINISHED = frozenset({Status.PENDING, Status.RUNNING})
AT_A_REST = frozenset({Status.NEEDS_REVIEW, Status.SUCCESSFUL, Status.FAILED})
"""Nothing more happens to an import by itself. Whoever listens is told of these."""
FINAL = frozenset({Status.SUCCESSFUL, Status.FAILED})

_OUTBOX = "imports.outbox"

_IMPORTS = Import.metadata.tables[Import.__tablename__]
_ONE = update(_IMPORTS).where(_IMPORTS.c.id == bindparam("of_id"), _IMPORTS.c.status == bindparam("from_status"))
_MOVE, _MOVE_HELD = Statement(_ONE), Statement(_ONE.where(_IMPORTS.c.run_token == bindparam("of_run")))


class Outbox(Protocol):
    """Hears of every import that comes to a rest inside the transaction that makes it so, so that neither is there without the other."""

    def record(self, connection: Connection, import_ids: Sequence[uuid.UUID], status: Status) -> None:
        """These imports have just become `status`, in the transaction of `connection`. What it raises undoes the change."""


def report_to(database: Database, outbox: Outbox) -> None:
    """Have every change of status in this database told to `outbox`, whoever makes it."""
    database.listeners[_OUTBOX] = outbox


def transition(
    session: Session | Connection,
    import_id: uuid.UUID,
    source: Status,
    target: Status,
    token: uuid.UUID | None = None,
    **values: Any,
) -> bool:
    """Move one import from `source` to `target`, with other columns; False when it is not at `source` (any more), or another
    run than `token` has it.

    Both stand in the UPDATE, so of two that try at once only one succeeds.
    """
    written = {"of_id": import_id, "from_status": source, **_written(source, target, values)}
    if token is not None:
        written["of_run"] = token
    connection = session.connection() if isinstance(session, Session) else session
    moved = (_MOVE if token is None else _MOVE_HELD).run(connection, written).written == 1
    if moved:
        _tell(connection, [import_id], target)
    return moved


def transition_all(
    session: Session, conditions: Iterable[ColumnElement[bool]], source: Status, target: Status, **values: Any
) -> list[uuid.UUID]:
    """Move every import that meets the conditions and stands at `source`; gives their ids."""
    statement = (
        update(Import)
        .where(Import.status == source, *conditions)
        .values(**_written(source, target, values))
        .returning(Import.id)
        .execution_options(synchronize_session=False)
    )
    moved = list(session.scalars(statement))
    if moved:
        _tell(session.connection(), moved, target)
    return moved


def _written(source: Status, target: Status, values: dict[str, Any]) -> dict[str, Any]:
    """All columns that are written with a change of status."""
    if target not in TRANSITIONS[source]:
        raise ValueError(f"an import never goes from {source} to {target}")
    now = utc_now()
    values = {**values, "status": target, "modified_at": now, MOMENTS[target]: now}
    if target == Status.PENDING:
        values["queued_at"] = now
    elif target != Status.RUNNING:
        values |= AT_REST
    return values


def _tell(connection: Connection, moved: Sequence[uuid.UUID], target: Status) -> None:
    outbox: Outbox | None = listeners_of(connection).get(_OUTBOX)
    if outbox is not None and target in AT_A_REST:
        outbox.record(connection, moved, target)


def reopen(
    session: Session, import_id: uuid.UUID, submitted_seq: int, *conditions: ColumnElement[bool], **values: Any
) -> bool:
    """Give a submitted import back to the people who review it; False when that submission is not the standing one, or the
    conditions are not met."""
    standing = (Import.status == Status.NEEDS_REVIEW, Import.submitted_seq == submitted_seq)
    statement = (
        update(Import)
        .where(Import.id == import_id, *standing, *conditions)
        .values(submitted_seq=None, modified_at=utc_now(), **AT_REST, **values)
        .returning(Import.id)
        .execution_options(synchronize_session=False)
    )
    return session.scalar(statement) is not None


def counted(counts: dict[str, Any] | None) -> dict[str, Any]:
    """The columns of an import that keep how many rows it has."""
    found = counts or {}
    return {"counts": counts, "rows_read": found.get("read"), "rows_invalid": found.get("invalid")}
