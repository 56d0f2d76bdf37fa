"""Tables of the processes, and the columns of whatever only one of them may work on."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from headgate.db import Base, UtcDateTime


class NodeRow(Base):
    """A process that serves or works. Who does not renew its lease counts as dead."""

    __tablename__ = "nodes"

    id: Mapped[str] = mapped_column(String(80), primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    """`server` or `worker`."""
    version: Mapped[str] = mapped_column(String(40))
    workers: Mapped[int]
    """How many imports it runs at once."""
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    lease_until: Mapped[datetime] = mapped_column(UtcDateTime)
    """By the clock of the database."""


class Claimable:
    """Columns of a table whose rows are worked on by one process at a time.

    The token is new for each run. What a run writes is conditional on it, so a process that was paused, taken for dead and
    replaced can change nothing any more.
    """

    id: Mapped[uuid.UUID]
    run_node: Mapped[str | None] = mapped_column(String(80))
    """The process that has it; None when nobody does."""
    run_token: Mapped[uuid.UUID | None]


class ScheduledSweep(Base):
    """When something that runs by the clock was last begun, by whichever process."""

    __tablename__ = "scheduled_sweeps"

    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """The moment of the clock that it was begun for."""
    run_node: Mapped[str | None] = mapped_column(String(80))
    """The process that runs it now."""
