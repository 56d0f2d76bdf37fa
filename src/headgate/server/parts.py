"""The parts of a process, put together: the same for one that serves HTTP and one that only works."""

from __future__ import annotations

import functools
import threading
from importlib.metadata import version
from typing import Literal

import structlog

from headgate.accounts.setup import Accounts, set_up_accounts
from headgate.config import Config
from headgate.dashboard.setup import Dashboard, set_up_dashboard
from headgate.db import Database, migrate
from headgate.deletions import DeletionLedger
from headgate.engine.hooks.sandbox import sandbox_layers
from headgate.imports.admission import Admission
from headgate.imports.arrivals import ArrivalWatcher
from headgate.imports.borrowing import Borrower
from headgate.imports.formats import ResultFiles
from headgate.imports.helping import Helpers
from headgate.imports.jobs import ImportJobs
from headgate.imports.lending import Lender
from headgate.imports.links import Links
from headgate.imports.missing import MissingFiles
from headgate.imports.models import Import
from headgate.imports.pool import Limits, WorkerPool
from headgate.imports.queue import ImportQueue
from headgate.imports.runner import ImportRunner
from headgate.imports.service import ImportService
from headgate.imports.sweeps import Sweeps
from headgate.imports.unfinished import UnfinishedWork
from headgate.imports.uploads import ActiveUploads, UploadService
from headgate.imports.worker import HookSettings
from headgate.memory import MemoryService
from headgate.memory.erasure import MemoryErasure
from headgate.nodes import Node
from headgate.nodes.errands import Errands
from headgate.nodes.jobs import Jobs
from headgate.nodes.schedule import Schedule, Sweep
from headgate.nodes.scratch import Scratch
from headgate.operations.metrics import Metrics
from headgate.recipes import RecipeService
from headgate.records import dataclass
from headgate.retention import RetentionRules, RetentionSweep
from headgate.reviews.recipes import RecipeOffers
from headgate.reviews.setup import Reviews, set_up_reviews
from headgate.schemas import SchemaService
from headgate.sftp.files import forget_paths
from headgate.sftp.setup import Sftp, set_up_sftp
from headgate.storage import BlobStore, UrlSigner, encrypting, load_secret, open_store
from headgate.studio.models import Backtest
from headgate.studio.setup import Studio, set_up_studio
from headgate.tracing import tracer
from headgate.tracing.setup import set_up_tracing
from headgate.web.limits import RateLimits
from headgate.webhooks.setup import Webhooks, set_up_webhooks

VERSION = version("headgate")
Kind = Literal["server", "worker"]
TRACE_SECONDS = 5.0
"""What a collector of traces gets to take the last ones."""
SFTP_RUNS = 8
"""Runs of connectors at once in a process; each spends its time waiting for a server."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Parts:
    """A running process. What HTTP serves, and what has to be stopped."""

    config: Config
    database: Database
    store: BlobStore
    links: Links
    scratch: Scratch
    node: Node
    jobs: Jobs
    errands: tuple[Errands, ...]
    arrivals: ArrivalWatcher | None
    schedule: Schedule
    pool: WorkerPool
    helpers: Helpers
    lender: Lender
    borrower: Borrower
    accounts: Accounts
    schemas: SchemaService
    memory: MemoryService
    recipes: RecipeService
    erasure: MemoryErasure
    ledger: DeletionLedger
    retention: RetentionRules
    imports: ImportService
    uploads: UploadService
    files: ResultFiles
    missing: MissingFiles
    limits: RateLimits
    reviews: Reviews
    review_recipes: RecipeOffers
    dashboard: Dashboard
    studio: Studio
    webhooks: Webhooks
    sftp: Sftp
    metrics: Metrics

    def end_streams(self) -> None:
        """End the event streams, which would otherwise hold the stop up."""
        self.reviews.events.close()
        self.dashboard.guard.close()

    def stop(self) -> None:
        """Stop in good order. What did not end is given back at once."""
        self.end_streams()
        self.schedule.close()
        if self.arrivals is not None:
            self.arrivals.close()
        self.sftp.work.close()
        for errands in self.errands:
            errands.close()
        self.jobs.stop_taking()
        self.reviews.close()
        self.lender.close()
        self.pool.close(self.config.shutdown_grace)
        self.helpers.close()
        self.borrower.close()
        self.jobs.close()
        self.webhooks.dispatcher.close(self.config.shutdown_grace)
        self.scratch.close()
        self.node.close()
        self.database.dispose()
        tracer().close(TRACE_SECONDS)
        log.info("stopped")


def start_parts(config: Config, engine: str, kind: Kind) -> Parts:
    """Put the parts together and start them. `engine`: the module that the worker processes load."""
    set_up_tracing({"service.version": VERSION, "headgate.kind": kind} if config.tracing else None)
    data_dir = config.data_dir.resolve()
    pool = WorkerPool(max(1, config.workers), Limits(config.worker_memory_limit, config.worker_time_limit), engine)
    database = Database(config.resolved_database_url, config.database_connections)
    migrate(database)
    node = Node(
        database, [Import, Backtest], kind=kind, version=VERSION, workers=config.workers, alone=database.is_sqlite
    )
    node.start()
    scratch = Scratch(database, node, data_dir / "tmp", config.leftover_age)
    store = encrypting(config, data_dir, database, open_store(config, data_dir, scratch.directory))
    # Alone, nothing of before the start can still be about to get its import.
    before = store.now() if node.alone and not store.shared else None
    links = Links(UrlSigner(load_secret(data_dir)), config, store.direct)
    ledger = DeletionLedger(database, store, load_secret(data_dir))
    schemas, memory = SchemaService(database), MemoryService(database)
    erasure = MemoryErasure(database, ledger)
    active = ActiveUploads(store.direct, config.store_upload_grace)
    webhooks = set_up_webhooks(config, database, data_dir, schemas.get)
    jobs = Jobs(node)
    queue = ImportQueue(database, node, config.organization_concurrency)
    background = ImportJobs(jobs, queue, pool)
    recipes = RecipeService(database)
    hooks = hook_settings(config)
    workdir = scratch.work
    unfinished = UnfinishedWork(
        data_dir / "unfinished",
        config.chunk_size,
        config.disk_reserve,
        config.room_wait,
        lent=store.shared and not node.alone,
    )
    helpers = Helpers(pool, data_dir / "unfinished", workdir, config.workers)
    lender = Lender(database, store, node, VERSION, data_dir / "unfinished", workdir, config.workers)
    borrower = Borrower(database, store, node, VERSION, pool, workdir, config.workers)
    missing = MissingFiles(database, store, config.missing_file_wait)
    runner = ImportRunner(
        database, store, pool, memory, workdir, hooks, data_dir / "reviews", recipes, unfinished, missing
    )
    reviews = set_up_reviews(config, database, store, runner, background, workdir, engine, node)
    admission = Admission(queue, data_dir, config.disk_reserve, config.queue_limit)
    imports = ImportService(
        database, store, schemas, background, active, config, ledger, reviews.forget, admit=admission.check
    )
    imports.forgetters = [erasure.forget_import, forget_paths]
    deletions, sftp_runs = Errands("deletions", 1), Errands("sftp", SFTP_RUNS)
    accounts = set_up_accounts(config, database, imports, deletions)
    accounts.keys.default_organization()
    limits = RateLimits(database, config.rate_limit_create, config.rate_limit_retrieve)
    uploads = UploadService(database, store, background, active, node, admission.check)
    sweeps = Sweeps(database, store, imports, config)
    files = ResultFiles(database, store, pool, workdir, missing)
    dashboard = set_up_dashboard(config, VERSION, database, store, schemas, imports, files, reviews.desk.log, pool)
    metrics = Metrics(VERSION, dashboard.health.look)
    database.on_statement = metrics.statement
    runner.on_run, runner.on_end = metrics.import_ran, metrics.import_ended
    missing.on_missing = metrics.file_missing
    studio = set_up_studio(
        config, database, schemas, memory, pool, background, runner, reviews.desk.log, workdir, hooks, node
    )
    jobs.add(background.lane(runner, reviews.finisher, config.workers))
    jobs.add(studio.runner.lane(min(1, config.workers)))
    clock = sweeps.schedule(limits.storage.forget_ended, webhooks.sweep, accounts.sweep)
    sftp = set_up_sftp(config, database, data_dir, workdir, store, schemas, imports, sftp_runs)
    clock |= studio.schedule() | accounts.schedule() | sftp.schedule()
    clock["retention"] = ("5 35 * * * *", RetentionSweep(database, imports, ledger).run)
    clock["lent parts"] = ("40 25 * * * *", lender.sweep)
    clock["deletions"] = ("15 * * * * *", ledger.sweep)
    own = {
        "reviews": ("30 50 * * * *", reviews.sweep),
        "scratch": ("35 55 * * * *", scratch.remove_leftovers),
        "unfinished": ("25 45 * * * *", lambda: unfinished.sweep(database)),
    }
    schedule = Schedule(database, node, clock, own)
    arrivals = None
    if kind == "server" and store.direct is not None:
        arrivals = ArrivalWatcher(
            database, store, store.direct, background, active, config.store_poll_interval, config.leftover_age
        )
    parts = Parts(
        config=config, database=database, store=store, links=links, scratch=scratch, node=node, jobs=jobs, errands=(deletions, sftp_runs),
        schedule=schedule, pool=pool, helpers=helpers, lender=lender, borrower=borrower,
        accounts=accounts, schemas=schemas, memory=memory, recipes=recipes,
        erasure=erasure, ledger=ledger, retention=RetentionRules(database),
        imports=imports, uploads=uploads, files=files, missing=missing, limits=limits,
        reviews=reviews, review_recipes=RecipeOffers(database, reviews.desk.log, pool, recipes, workdir), dashboard=dashboard,
        studio=studio, webhooks=webhooks, sftp=sftp, metrics=metrics, arrivals=arrivals,
    )  # fmt: skip
    unfinished.sweep(database)
    jobs.start()
    helpers.start()
    lender.start()
    borrower.start()
    schedule.start()
    deletions.start(accounts.deleter.run)
    sftp_runs.start(sftp.work.run)
    accounts.deleter.reconcile()
    sftp.clock.reconcile()
    if arrivals is not None:
        arrivals.start()
    webhooks.dispatcher.start()
    # What is tried for the report is tried in a process, for which nobody needs to wait.
    tidying = functools.partial(
        _tidy, _report_sandbox, lambda: sweeps.remove_orphans(before), reviews.sweep, scratch.remove_leftovers
    )
    threading.Thread(target=tidying, daemon=True, name="headgate-tidying").start()
    # Other processes come last: while they load the engine, they would take the processor from this one, which is to answer.
    pool.start()
    if kind == "server":
        reviews.start()
    log.info("started", node=node.id, kind=kind, workers=config.workers, version=VERSION)
    return parts


def _tidy(*sweeps: Sweep) -> None:
    """What was left behind by processes that were killed; with a million imports this takes a while."""
    for sweep in sweeps:
        try:
            sweep()
        except Exception:
            log.exception("sweep_failed")


def hook_settings(config: Config) -> HookSettings:
    """What the operator allows hooks."""
    return HookSettings(
        call_seconds=config.hook_call_seconds,
        import_seconds=config.hook_import_seconds,
        memory=config.hook_memory,
        console_size=config.hook_console_size,
        hosts=config.hook_hosts,
        private_hosts=config.hook_private_hosts,
        require_sandbox=config.hook_require_sandbox,
    )


def _report_sandbox() -> None:
    """Say which protections round hooks are active on this machine."""
    layers = sandbox_layers()
    missing = {layer.name: layer.reason for layer in layers if not layer.active}
    log.info("hook_sandbox", active=[layer.name for layer in layers if layer.active], missing=missing)
