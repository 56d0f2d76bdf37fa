"""This process among the others: its lease, what it works on, and taking over from those that are gone.

The database decides, by its own clock. A process whose lease ran out has lost what it worked on from the moment in which
another takes note of it; whatever it still writes is conditional on a token that is not there any more.
"""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import socket
import threading
import time
import uuid
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from headgate.db import Database, database_now, insert_for
from headgate.nodes.models import Claimable, NodeRow, ScheduledSweep
from headgate.records import dataclass

LEASE_SECONDS = 12.0
RENEW_SECONDS = 2.0
"""Also how soon a process notes that what it works on was deleted, or taken from it."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Claim:
    """A row that this process works on. `stop` is called, in another thread, when it has lost it."""

    table: type[Claimable]
    id: uuid.UUID
    token: uuid.UUID
    stop: Callable[[], None]

    @property
    def held(self) -> ColumnElement[bool]:
        """The condition of everything that the run writes."""
        return self.table.run_token == self.token


class Node:
    """One process. `tables`: whose rows it may claim. `alone`: it is known that there is no other, as with SQLite."""

    def __init__(
        self,
        database: Database,
        tables: Sequence[type[Claimable]],
        *,
        kind: str = "server",
        version: str = "",
        workers: int = 0,
        alone: bool = True,
        lease: float = LEASE_SECONDS,
        renewal: float = RENEW_SECONDS,
    ) -> None:
        self.id = _new_id()
        self.alone = alone
        self._database = database
        self._tables = tuple(tables)
        self._about = {"kind": kind, "version": version, "workers": workers}
        self._started_at: datetime | None = None
        self._lease = lease
        self._renewal = renewal
        self._lock = threading.Lock()
        self._claims: dict[uuid.UUID, Claim] = {}
        self._confirmed: set[uuid.UUID] = set()
        self._watchers: list[Callable[[], None]] = []
        self._quiet_until = 0.0
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True, name="headgate-lease")

    def start(self) -> None:
        """Take the first lease, and what dead processes left behind; then keep the lease."""
        self.renew()
        self.take_over()
        self._thread.start()

    def close(self) -> None:
        """Give everything back at once, so that others go on with it."""
        self._closing.set()
        if self._thread.is_alive():
            self._thread.join(timeout=self._renewal + 10)
        with contextlib.suppress(SQLAlchemyError), self._database.write_relaxed() as session:
            self._release(session, [self.id])

    def every_renewal(self, watcher: Callable[[], None]) -> None:
        """Have `watcher` called, in the thread of the lease, as often as that is renewed."""
        self._watchers.append(watcher)

    def take(self, row: Claimable, stop: Callable[[], None] = lambda: None) -> Claim:
        """Claim a row that nobody has, locked and written in the caller's transaction."""
        claim = self.claim(type(row), row.id, stop)
        row.run_node, row.run_token = self.id, claim.token
        return claim

    def claim(self, table: type[Claimable], row_id: uuid.UUID, stop: Callable[[], None] = lambda: None) -> Claim:
        """The claim on a row that the caller writes into it, with the id of this process, in its own transaction."""
        claim = Claim(table, row_id, uuid.uuid4(), stop)
        with self._lock:  # before the commit: who looks after it must know the claim
            self._claims[claim.token] = claim
        return claim

    def confirm(self, claim: Claim) -> None:
        """The claim is committed: from now on it is lost when its row does not bear it."""
        with self._lock:
            self._confirmed.add(claim.token)

    def forget_unconfirmed(self) -> None:
        """Whether they were committed is not known, because the database went away: `watch` gives back what was."""
        with self._lock:
            self._claims = {token: claim for token, claim in self._claims.items() if token in self._confirmed}

    def leave(self, claim: Claim, *, written: bool = True) -> None:
        """The work on it is over, well or not. When the database does not answer, `watch` gives it back later. `written`: whether
        the row may still bear the claim."""
        if written:
            with contextlib.suppress(SQLAlchemyError), self._database.write_relaxed() as session:
                session.execute(
                    update(claim.table)
                    .where(claim.table.id == claim.id, claim.held)
                    .values(run_node=None, run_token=None)
                    .execution_options(synchronize_session=False)
                )
        with self._lock:
            self._claims.pop(claim.token, None)
            self._confirmed.discard(claim.token)

    def renew(self) -> None:
        """Prolong the lease. Whether it had run out meanwhile is noted: then others are not judged for a while."""
        with self._database.write_relaxed() as session:
            now = database_now(session)
            before = session.scalar(select(NodeRow.lease_until).where(NodeRow.id == self.id))
            until = now + timedelta(seconds=self._lease)
            self._started_at = self._started_at or now
            values = self._about | {"id": self.id, "started_at": self._started_at, "lease_until": until}
            session.execute(
                insert_for(session, NodeRow)
                .values(**values)
                .on_conflict_do_update(index_elements=["id"], set_={"lease_until": until})
            )
        lost = (before is None or before <= now) and self._thread.is_alive()
        if lost:
            # When nobody could renew (the database was away), all leases have run out, and nobody is dead.
            self._quiet_until = time.monotonic() + self._lease
            log.warning("lease_lost", node=self.id)

    def take_over(self) -> list[str]:
        """Give free what dead processes had; gives their ids."""
        if time.monotonic() < self._quiet_until:
            return []
        with self._database.write_relaxed() as session:
            gone = NodeRow.id != self.id if self.alone else NodeRow.lease_until <= database_now(session)
            dead = list(session.scalars(select(NodeRow.id).where(gone).with_for_update(skip_locked=True)))
            # A process that was paused between claiming and committing, and never came back, has no lease to run out.
            known = select(NodeRow.id)
            for table in self._tables:
                held = select(table.run_node).where(table.run_node.is_not(None), table.run_node.not_in(known))
                dead += [node for node in session.scalars(held.distinct()) if node is not None]
            if dead:
                self._release(session, dead)
        if dead and not self.alone:
            log.warning("nodes_dead", nodes=dead)
        return dead

    def watch(self) -> None:
        """Compare what this process works on with what the database says it has."""
        with self._lock:
            before = {token: claim for token, claim in self._claims.items() if token in self._confirmed}
        with self._database.read() as session:
            found = {
                token: table
                for table in self._tables
                for token in session.scalars(select(table.run_token).where(table.run_node == self.id))
                if token is not None
            }
        with self._lock:
            after = dict(self._claims)
        for token, claim in before.items():
            if token in after and token not in found:
                claim.stop()
        stale = [(table, token) for token, table in found.items() if token not in after]
        if stale:
            with self._database.write_relaxed() as session:
                for table, token in stale:
                    session.execute(
                        update(table)
                        .where(table.run_token == token)
                        .values(run_node=None, run_token=None)
                        .execution_options(synchronize_session=False)
                    )

    def _run(self) -> None:
        working = True
        while not self._closing.wait(self._renewal):
            try:
                self.renew()
                self.take_over()
                self.watch()
                for watcher in self._watchers:
                    watcher()
                working = True
            except SQLAlchemyError as error:
                if working:
                    log.warning("lease_not_renewed", cause=type(error).__name__)
                working = False
            except Exception:  # the lease must be kept whatever a watcher does
                log.exception("watch_failed")

    def _release(self, session: Session, nodes: list[str]) -> None:
        options: dict[str, Any] = {"synchronize_session": False}
        for table in self._tables:
            free = update(table).where(table.run_node.in_(nodes)).values(run_node=None, run_token=None)
            session.execute(free.execution_options(**options))
        sweeps = update(ScheduledSweep).where(ScheduledSweep.run_node.in_(nodes)).values(run_node=None)
        session.execute(sweeps.execution_options(**options))
        session.execute(delete(NodeRow).where(NodeRow.id.in_(nodes)).execution_options(**options))


def _new_id() -> str:
    """Of this start of this process; also the name of a directory."""
    host = re.sub(r"[^A-Za-z0-9]+", "-", socket.gethostname()).strip("-")[:40] or "host"
    return f"{host}-{os.getpid()}-{secrets.token_hex(4)}"
