"""Whether the service is well: what an operator looks at first."""

from __future__ import annotations

import shutil
import time
from pathlib import Path
from typing import Any

from sqlalchemy import func, select, text
from sqlalchemy.exc import SQLAlchemyError

from headgate.config import Config
from headgate.db import Database, iso
from headgate.imports.pool import WorkerPool
from headgate.imports.statistics import ImportStatistics
from headgate.webhooks.models import DeliveryState, WebhookDelivery

LOW_SHARE = 0.05
"""Share of the disk below which the free rest counts as low."""


class HealthService:
    """Looks at the parts of the service."""

    def __init__(self, config: Config, version: str, database: Database, pool: WorkerPool) -> None:
        self._config = config
        self._version = version
        self._database = database
        self._pool = pool
        self._statistics = ImportStatistics(database)
        self._started = time.monotonic()

    def look(self) -> dict[str, Any]:
        """The JSON form of the health. `ok` is false where somebody should do something soon."""
        database, disk = self._look_at_database(), self._look_at_disk()
        queue = self._statistics.queue() if database["ok"] else None
        due, dead = self._deliveries() if database["ok"] else (0, 0)
        return {
            "ok": database["ok"] and not disk["low"],
            "version": self._version,
            "uptime_seconds": int(time.monotonic() - self._started),
            "database": database,
            "disk": disk,
            "workers": {"size": self._pool.size, "busy": self._pool.busy},
            "queue": {
                "waiting": queue.waiting if queue else 0,
                "running": queue.running if queue else 0,
                "oldest_date": iso(queue.oldest) if queue and queue.oldest else None,
            },
            "webhooks": {"due": due, "dead": dead},
        }

    def _look_at_database(self) -> dict[str, Any]:
        began = time.perf_counter()
        kind = self._database.url.get_backend_name()
        size = None
        try:
            with self._database.read() as session:
                if self._database.is_sqlite:
                    session.execute(text("SELECT 1"))
                else:
                    size = session.scalar(text("SELECT pg_database_size(current_database())"))
        except SQLAlchemyError:
            return {"ok": False, "kind": kind, "milliseconds": None, "size": size}
        if self._database.is_sqlite and self._database.url.database:
            size = _size_of(Path(self._database.url.database))
        milliseconds = round((time.perf_counter() - began) * 1000, 1)
        return {"ok": True, "kind": kind, "milliseconds": milliseconds, "size": size}

    def _look_at_disk(self) -> dict[str, Any]:
        usage = shutil.disk_usage(self._config.data_dir)
        low = usage.free < max(usage.total * LOW_SHARE, self._config.max_upload_size)
        return {"total": usage.total, "free": usage.free, "low": low}

    def _deliveries(self) -> tuple[int, int]:
        counted = (
            select(WebhookDelivery.state, func.count())
            .where(WebhookDelivery.state.in_([DeliveryState.PENDING, DeliveryState.DEAD]))
            .group_by(WebhookDelivery.state)
        )
        with self._database.read() as session:
            found: dict[str, int] = dict(session.execute(counted).tuples().all())
        return found.get(DeliveryState.PENDING, 0), found.get(DeliveryState.DEAD, 0)


def _size_of(path: Path) -> int:
    """Bytes of a SQLite database, with what is not yet written back into its file."""
    parts = (path, path.with_name(path.name + "-wal"))
    return sum(part.stat().st_size for part in parts if part.exists())
