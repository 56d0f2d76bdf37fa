"""The parts of the SFTP connectors, put together."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path

from headgate.config import Config
from headgate.db import Database
from headgate.imports.service import ImportService
from headgate.net import AddressGuard
from headgate.records import dataclass
from headgate.schemas import SchemaService
from headgate.sftp.access import AccessBook
from headgate.sftp.jobs import Clock, RunQueue, Work
from headgate.sftp.parts import MAX_WAITING, Patience, RunParts
from headgate.sftp.runs import RunBook
from headgate.sftp.service import ConnectorService, CredentialsService, Parts
from headgate.storage import BlobStore, Sealer


@dataclass(frozen=True)
class Sftp:
    """Everything that serves SFTP connectors."""

    credentials: CredentialsService
    connectors: ConnectorService
    runs: RunBook
    queue: RunQueue
    clock: Clock
    work: Work
    forget: Callable[[], None]

    def schedule(self) -> dict[str, tuple[str, Callable[[], None]]]:
        """Name → (cron with seconds, sweep)."""
        return {
            "sftp_due": ("*/15 * * * * *", self.clock.begin_due),
            "sftp_reconcile": ("*/5 * * * * *", self.clock.reconcile),
            "sftp_forget": ("25 30 * * * *", self.forget),
        }


def set_up_sftp(
    config: Config,
    database: Database,
    data_dir: Path,
    workdir: Path,
    store: BlobStore,
    schemas: SchemaService,
    imports: ImportService,
    queue: RunQueue,
) -> Sftp:
    """The parts; nothing runs before `queue` does."""
    sealer = Sealer(data_dir)
    guard = AddressGuard("SFTP connectors", config.sftp_private_hosts)
    access, runs = AccessBook(database, sealer), RunBook(database)
    if database.is_sqlite:  # the lock on the data directory says that no other process can hold a lease
        runs.end_leases()
    waiting = functools.partial(imports.waiting, MAX_WAITING)
    patience = Patience(settle=config.sftp_settle_time)
    work = Work(RunParts(database, store, imports, schemas, access, guard, runs, waiting, workdir, patience))
    parts = Parts(database, sealer, access, guard, schemas.get)
    return Sftp(
        CredentialsService(parts),
        ConnectorService(parts),
        runs,
        queue,
        Clock(runs, queue),
        work,
        functools.partial(runs.forget_old, config.sftp_log_lifetime),
    )
