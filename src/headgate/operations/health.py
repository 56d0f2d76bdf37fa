"""Whether the service is well: what an operator looks at first."""

from __future__ import annotations

import shutil
import time
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import func, select, text
from sqlalchemy.exc import SQLAlchemyError

from headgate.config import Config
from headgate.db import Database, iso
from headgate.imports.pool import WorkerPool
from headgate.imports.statistics import ImportStatistics
from headgate.records import dataclass
from headgate.webhooks.models import DeliveryState, WebhookDelivery

LOW_SHARE = 0.05
"""Share of the disk below which the free rest counts as low."""


@dataclass(frozen=True)
class Health:
    """How the service stands. Sizes in bytes. `oldest`: when the import that waits longest was created."""

    uptime_seconds: int
    database_ok: bool
    database_seconds: float | None
    database_size: int | None
    disk_total: int
    disk_free: int
    disk_low: bool
    workers: int
    workers_busy: int
    waiting: int
    running: int
    oldest: datetime | None
    webhooks_due: int
    webhooks_dead: int


class HealthService:
    """Looks at the parts of the service."""

    def __init__(self, config: Config, version: str, database: Database, pool: WorkerPool) -> None:
        self._config = config
        self._version = version
        self._database = database
        self._pool = pool
        self._statistics = ImportStatistics(database)
        self._started = time.monotonic()

    def look(self) -> Health:
        """How everything stands now; a database that does not answer is a finding, no error."""
        seconds = self.database_seconds()
        usage = shutil.disk_usage(self._config.data_dir)
        queue, due, dead = None, 0, 0
        if seconds is not None:
            try:
                queue = self._statistics.queue()
                due, dead = self._deliveries()
            except SQLAlchemyError:
                seconds = None
        return Health(
            uptime_seconds=int(time.monotonic() - self._started),
            database_ok=seconds is not None,
            database_seconds=seconds,
            database_size=self._database_size(),
            disk_total=usage.total,
            disk_free=usage.free,
            disk_low=usage.free < max(usage.total * LOW_SHARE, self._config.max_upload_size),
            workers=self._pool.size,
            workers_busy=self._pool.busy,
            waiting=queue.waiting if queue else 0,
            running=queue.running if queue else 0,
            oldest=queue.oldest if queue else None,
            webhooks_due=due,
            webhooks_dead=dead,
        )

    def shown(self) -> dict[str, Any]:
        """The JSON form for the dashboard. `ok` is false where somebody should do something soon."""
        health = self.look()
        seconds = health.database_seconds
        return {
            "ok": health.database_ok and not health.disk_low,
            "version": self._version,
            "uptime_seconds": health.uptime_seconds,
            "database": {
                "ok": health.database_ok,
                "kind": self._database.url.get_backend_name(),
                "milliseconds": None if seconds is None else round(seconds * 1000, 1),
                "size": health.database_size,
            },
            "disk": {"total": health.disk_total, "free": health.disk_free, "low": health.disk_low},
            "workers": {"size": health.workers, "busy": health.workers_busy},
            "queue": {
                "waiting": health.waiting,
                "running": health.running,
                "oldest_date": iso(health.oldest) if health.oldest else None,
            },
            "webhooks": {"due": health.webhooks_due, "dead": health.webhooks_dead},
        }

    def database_seconds(self) -> float | None:
        """How long the database takes to answer; None when it does not."""
        began = time.perf_counter()
        try:
            with self._database.read() as session:
                session.execute(text("SELECT 1"))
        except SQLAlchemyError:
            return None
        return time.perf_counter() - began

    def _database_size(self) -> int | None:
        if self._database.is_sqlite and self._database.url.database:
            return _size_of(Path(self._database.url.database))
        try:
            with self._database.read() as session:
                size: int | None = session.scalar(text("SELECT pg_database_size(current_database())"))
                return size
        except SQLAlchemyError:
            return None

    def _deliveries(self) -> tuple[int, int]:
        counted = (
            select(WebhookDelivery.state, func.count())
            .where(WebhookDelivery.state.in_([DeliveryState.PENDING, DeliveryState.DEAD]))
            .group_by(WebhookDelivery.state)
        )
        with self._database.read() as session:
            found: dict[str, int] = dict(session.execute(counted).all())
        return found.get(DeliveryState.PENDING, 0), found.get(DeliveryState.DEAD, 0)


def _size_of(path: Path) -> int:
    """Bytes of a SQLite database, with what is not yet written back into its file."""
    parts = (path, path.with_name(path.name + "-wal"))
    return sum(part.stat().st_size for part in parts if part.exists())
