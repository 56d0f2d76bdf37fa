"""What runs by the clock: uploads that expired, files and rows that nobody needs."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta
from itertools import islice

import structlog
from sqlalchemy import delete, exists, select

from headgate.config import Config
from headgate.db import Database, utc_now
from headgate.imports.models import IdempotencyKey, Import
from headgate.imports.service import ImportService
from headgate.storage import BlobStore
from headgate.storage.base import import_prefix
from headgate.storage.models import ImportKey

BATCH = 500

log = structlog.get_logger(__name__)


class Sweeps:
    """Each method may run at any time, and again."""

    def __init__(self, database: Database, store: BlobStore, imports: ImportService, config: Config) -> None:
        self._database = database
        self._store = store
        self._imports = imports
        self._config = config

    def schedule(
        self,
        forget_limits: Callable[[], None],
        webhooks: Callable[[], None],
        accounts: Callable[[], None],
    ) -> dict[str, tuple[str, Callable[[], None]]]:
        """Name → (cron with seconds, sweep). `webhooks`: removes old deliveries. `accounts`: sessions and links that are over."""
        return {
            "expire_uploads": ("*/30 * * * * *", self.expire_uploads),
            "forget": ("40 */10 * * * *", self.forget),
            "forget_limits": ("50 */10 * * * *", forget_limits),
            "orphans": ("20 20 3 * * *", self.remove_orphans),
            "tidy": ("30 5 * * * *", self.tidy),
            "webhooks": ("10 25 * * * *", webhooks),
            "accounts": ("20 40 * * * *", accounts),
        }

    def expire_uploads(self) -> None:
        """Fail the imports whose upload URL expired unused."""
        expired = self._imports.expire_uploads()
        if expired:
            log.info("uploads_expired", count=len(expired))

    def forget(self) -> None:
        """Remove idempotency keys that are outdated."""
        outdated = utc_now() - timedelta(seconds=self._config.idempotency_lifetime)
        with self._database.write_relaxed() as session:
            session.execute(delete(IdempotencyKey).where(IdempotencyKey.created_at <= outdated))

    def tidy(self) -> None:
        """Remove what the store has left over of its own work."""
        self._store.tidy()

    def remove_orphans(self, before: float | None = None) -> None:
        """Remove files of imports that do not exist, unless they changed after `before` (seconds since 1970, by the store's
        clock). The rows of an import are stored before the import, so by default files of the last while are left alone."""
        latest = self._store.now() - self._config.leftover_age if before is None else before
        names = self._store.import_ids()
        removed = 0
        while batch := list(islice(names, BATCH)):
            removed += self._remove_orphans_among(batch, latest)
        if removed:
            log.info("orphans_removed", count=removed)
        self._forget_keys()

    def _forget_keys(self) -> None:
        """Remove the keys of imports whose creation was cut off before there was any file."""
        before = utc_now() - timedelta(seconds=self._config.leftover_age)
        without = ~exists().where(Import.id == ImportKey.import_id)
        with self._database.write_relaxed() as session:
            session.execute(
                delete(ImportKey)
                .where(ImportKey.created_at < before, without)
                .execution_options(synchronize_session=False)
            )

    def _remove_orphans_among(self, names: list[str], latest: float) -> int:
        ids = {name: _uuid(name) for name in names}
        with self._database.read() as session:
            known = set(session.scalars(select(Import.id).where(Import.id.in_([i for i in ids.values() if i]))))
        strangers = [name for name, found in ids.items() if found not in known]
        orphans = [name for name in strangers if self._store.last_change(name) < latest]
        for name in orphans:
            self._store.delete_tree(import_prefix(name))
        return len(orphans)


def _uuid(name: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(name)
    except ValueError:
        return None
