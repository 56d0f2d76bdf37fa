"""What runs by the clock: each sweep once for each of its moments, in one process, however many there are."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

import structlog
from croniter import croniter
from sqlalchemy import select, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from headgate.db import Database, insert_for, utc_now
from headgate.nodes.models import NodeRow, ScheduledSweep
from headgate.nodes.polling import Poller
from headgate.nodes.service import Node

Sweep = Callable[[], None]
TICK_SECONDS = 0.5
AT_ONCE = 2

log = structlog.get_logger(__name__)


class Schedule:
    """Begins sweeps at their times. A moment that passed while no process lived is not made up for."""

    def __init__(
        self,
        database: Database,
        node: Node,
        sweeps: Mapping[str, tuple[str, Sweep]],
        own: Mapping[str, tuple[str, Sweep]] | None = None,
    ) -> None:
        """`sweeps`: name → (cron whose first part are seconds, in UTC; what to do). `own`: the same for what each process does
        for itself, such as tidying its own disk."""
        self._database = database
        self._node = node
        self._own = dict(own or {})
        self._sweeps = dict(sweeps) | self._own
        now = utc_now()
        self._next = {name: _after(cron, now) for name, (cron, _) in self._sweeps.items()}
        self._poller = Poller("schedule", self._look, TICK_SECONDS, AT_ONCE)

    def start(self) -> None:
        """Begin to look at the clock."""
        self._poller.start()

    def close(self) -> None:
        """Begin nothing more, and wait for what runs."""
        self._poller.close()

    def _look(self) -> bool:
        now = utc_now()
        for name, due in self._next.items():
            if due <= now:
                self._next[name] = _after(self._sweeps[name][0], now)
                self._poller.submit(functools.partial(self.sweep, name, due))
        return False

    def sweep(self, name: str, due: datetime) -> None:
        """Run a sweep for a moment of the clock, unless a process did, or one runs it still."""
        if name in self._own:
            self._run_sweep(name)
            return
        try:
            with self._database.write_relaxed() as session:
                taken = self._take(session, name, due)
        except SQLAlchemyError as error:
            log.warning("sweep_not_begun", sweep=name, cause=type(error).__name__)
            return
        if taken:
            self._run_sweep(name)
            self._leave(name)

    def _run_sweep(self, name: str) -> None:
        try:
            self._sweeps[name][1]()
        except Exception:
            log.exception("sweep_failed", sweep=name)

    def _take(self, session: Session, name: str, due: datetime) -> bool:
        """The conditional update lets one process have each moment."""
        new = insert_for(session, ScheduledSweep).values(name=name, due_at=due, run_node=self._node.id)
        if session.scalar(new.on_conflict_do_nothing().returning(ScheduledSweep.name)) is not None:
            return True
        living = select(NodeRow.id)
        free = ScheduledSweep.run_node.is_(None) | ScheduledSweep.run_node.not_in(living)
        taken = (
            update(ScheduledSweep)
            .where(ScheduledSweep.name == name, ScheduledSweep.due_at < due, free)
            .values(due_at=due, run_node=self._node.id)
            .returning(ScheduledSweep.name)
            .execution_options(synchronize_session=False)
        )
        return session.scalar(taken) is not None

    def _leave(self, name: str) -> None:
        try:
            with self._database.write_relaxed() as session:
                session.execute(
                    update(ScheduledSweep)
                    .where(ScheduledSweep.name == name, ScheduledSweep.run_node == self._node.id)
                    .values(run_node=None)
                    .execution_options(synchronize_session=False)
                )
        except SQLAlchemyError:
            log.warning("sweep_not_ended", sweep=name)


def _after(cron: str, moment: datetime) -> datetime:
    following: datetime = croniter(cron, moment, second_at_beginning=True).get_next(datetime)
    return following.astimezone(UTC)
