"""The parts of the dashboard, put together."""

from __future__ import annotations

from headgate.config import Config
from headgate.dashboard.service import ImportPages
from headgate.dashboard.settings import SettingsService
from headgate.dashboard.stream import StreamGuard
from headgate.db import Database
from headgate.imports.formats import ResultFiles
from headgate.imports.listing import ImportListing
from headgate.imports.pool import WorkerPool
from headgate.imports.rerun import RerunService
from headgate.imports.service import ImportService
from headgate.imports.statistics import ImportStatistics
from headgate.operations.health import HealthService
from headgate.records import dataclass
from headgate.reviews.log import ChangeLog
from headgate.schemas import SchemaService
from headgate.storage import BlobStore


@dataclass(frozen=True)
class Dashboard:
    """Everything that serves the dashboard."""

    listing: ImportListing
    pages: ImportPages
    reruns: RerunService
    statistics: ImportStatistics
    health: HealthService
    settings: SettingsService
    guard: StreamGuard


def set_up_dashboard(
    config: Config,
    version: str,
    database: Database,
    store: BlobStore,
    schemas: SchemaService,
    imports: ImportService,
    files: ResultFiles,
    log: ChangeLog,
    pool: WorkerPool,
) -> Dashboard:
    """The parts. Nothing of it has to be started."""
    reruns = RerunService(database, store, schemas, imports)
    return Dashboard(
        listing=ImportListing(database),
        pages=ImportPages(database, store, imports, files, reruns, log),
        reruns=reruns,
        statistics=ImportStatistics(database),
        health=HealthService(config, version, database, pool),
        settings=SettingsService(database, config),
        guard=StreamGuard(),
    )
