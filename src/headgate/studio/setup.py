"""The parts of Schema Studio, put together."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from headgate.config import Config
from headgate.db import Database
from headgate.imports.jobs import ImportJobs
from headgate.imports.pool import WorkerPool
from headgate.imports.runner import ImportRunner
from headgate.imports.worker import HookSettings
from headgate.memory import MemoryService
from headgate.nodes import Node
from headgate.records import dataclass
from headgate.reviews.log import ChangeLog
from headgate.schemas import SchemaService
from headgate.studio.backtest_runner import BacktestRunner
from headgate.studio.backtests import BacktestService
from headgate.studio.service import StudioService


@dataclass(frozen=True)
class Studio:
    """Everything that serves Schema Studio."""

    service: StudioService
    backtests: BacktestService
    runner: BacktestRunner

    def schedule(self) -> dict[str, tuple[str, Callable[[], None]]]:
        """Name → (cron with seconds, sweep)."""
        return {"forget_backtests": ("10 40 * * * *", self.backtests.forget)}


def set_up_studio(
    config: Config,
    database: Database,
    schemas: SchemaService,
    memory: MemoryService,
    pool: WorkerPool,
    jobs: ImportJobs,
    imports: ImportRunner,
    changes: ChangeLog,
    workdir: Path,
    hooks: HookSettings,
    node: Node,
) -> Studio:
    """The parts, not yet started. `changes`: the log of the reviews."""
    return Studio(
        StudioService(pool, workdir, hooks, config.studio_time_limit),
        BacktestService(database, schemas, jobs),
        BacktestRunner(database, imports, pool, memory, changes, workdir, node),
    )
