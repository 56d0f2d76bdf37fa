"""The application: its parts put together, its start and its stop."""

from __future__ import annotations

import shutil
import sys
import threading
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version

import structlog
from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
from starlette.concurrency import run_in_threadpool

from headgate.accounts import admin_routes as account_admin_routes
from headgate.accounts import audit_routes
from headgate.accounts import routes as account_routes
from headgate.accounts.setup import Accounts, set_up_accounts
from headgate.config import Config
from headgate.dashboard import recipe_routes as dashboard_recipe_routes
from headgate.dashboard import routes as dashboard_routes
from headgate.dashboard import system_routes
from headgate.dashboard.setup import Dashboard, set_up_dashboard
from headgate.db import Database, migrate
from headgate.engine.hooks.sandbox import sandbox_layers
from headgate.imports import event_routes, files, upload_routes
from headgate.imports import routes as import_routes
from headgate.imports.arrivals import ArrivalWatcher
from headgate.imports.formats import ResultFiles
from headgate.imports.jobs import Jobs
from headgate.imports.links import Links
from headgate.imports.pool import Limits, WorkerPool
from headgate.imports.runner import ImportRunner
from headgate.imports.service import ImportService
from headgate.imports.sweeps import Sweeps
from headgate.imports.uploads import ActiveUploads, UploadService
from headgate.imports.worker import ENGINE, HookSettings
from headgate.memory import MemoryService
from headgate.memory import routes as memory_routes
from headgate.operations import routes as operations_routes
from headgate.operations.metrics import Metrics
from headgate.operations.readiness import Readiness
from headgate.recipes import RecipeService
from headgate.recipes import routes as recipe_routes
from headgate.reviews import routes as review_routes
from headgate.reviews.recipes import RecipeOffers
from headgate.reviews.setup import Reviews, set_up_reviews
from headgate.schemas import SchemaService, version_routes
from headgate.schemas import check_routes as schema_check_routes
from headgate.schemas import routes as schema_routes
from headgate.server import docs, pages
from headgate.server.errors import add_error_handlers
from headgate.server.middleware import BothSlashForms, RequestLog
from headgate.server.openapi import openapi_document
from headgate.sftp import routes as sftp_routes
from headgate.sftp.setup import set_up_sftp
from headgate.storage import UrlSigner, load_secret, open_store
from headgate.studio import backtest_routes
from headgate.studio import routes as studio_routes
from headgate.studio.setup import set_up_studio
from headgate.web.limits import RateLimits
from headgate.webhooks import routes as webhook_routes
from headgate.webhooks.setup import set_up_webhooks

VERSION = version("headgate")
DESCRIPTION = "Any spreadsheet in, clean typed rows out, every decision explained."

log = structlog.get_logger(__name__)


def create_app(config: Config, engine: str = ENGINE, address: str | None = None) -> FastAPI:
    """The service. `engine`: the module whose `run_import` the workers call. `address`: where it listens, for the link with
    which the first person sets it up."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        await run_in_threadpool(_start, app, config, engine)
        if public := config.public_url or address:
            await run_in_threadpool(_show_setup_link, app.state.accounts_part, public.rstrip("/"))
        yield
        await run_in_threadpool(_stop, app, config)

    app = FastAPI(
        title="headgate",
        version=VERSION,
        description=DESCRIPTION,
        openapi_url="/api/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        lifespan=lifespan,
    )
    app.state.config = config
    app.openapi = lambda: openapi_document(app)  # type: ignore[method-assign]  # FastAPI's way to extend it
    for router in (
        account_routes.router,
        account_admin_routes.router,
        audit_routes.router,
        import_routes.router,
        schema_check_routes.router,
        studio_routes.router,  # before the routes of one schema, whose id its paths would be taken for
        schema_routes.router,
        version_routes.router,
        backtest_routes.router,
        upload_routes.router,
        memory_routes.router,
        recipe_routes.router,
        webhook_routes.router,
        sftp_routes.router,
        dashboard_routes.router,
        dashboard_recipe_routes.router,
        system_routes.router,
        files.router,
        event_routes.router,
        operations_routes.router,
        review_routes.router,
        review_routes.links_router,
        pages.router,
        docs.router,
    ):
        app.include_router(router)
    add_error_handlers(app)
    if config.cors_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=list(config.cors_origins),
            allow_methods=["*"],
            allow_headers=["*"],
            expose_headers=[
                "ETag",
                "Retry-After",
                "RateLimit-Limit",
                "RateLimit-Remaining",
                "RateLimit-Reset",
                "Idempotency-Replayed",
            ],
        )
    app.add_middleware(BothSlashForms)
    app.add_middleware(RequestLog, note=lambda *request: _note_request(app, *request))
    return app


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


def _start(app: FastAPI, config: Config, engine: str) -> None:
    began = time.time()
    _report_sandbox()
    data_dir = config.data_dir.resolve()
    workdir = data_dir / "tmp" / "work"
    shutil.rmtree(workdir, ignore_errors=True)  # of runs that a stop cut off
    workdir.mkdir(parents=True, exist_ok=True)
    pool = WorkerPool(config.workers, Limits(config.worker_memory_limit, config.worker_time_limit), engine)
    pool.start()
    database = Database(config.resolved_database_url)
    migrate(database)
    store = open_store(config, data_dir)
    links = Links(UrlSigner(load_secret(data_dir)), config, store.direct)
    schemas, memory = SchemaService(database), MemoryService(database)
    active = ActiveUploads(store.direct, config.store_upload_grace)
    webhooks = set_up_webhooks(config, database, data_dir, schemas.get)
    jobs = Jobs(config.resolved_jobs_url, pool)
    recipes = RecipeService(database)
    runner = ImportRunner(database, store, pool, memory, workdir, hook_settings(config), data_dir / "reviews", recipes)
    reviews = set_up_reviews(config, database, store, runner, jobs, workdir, engine)
    imports = ImportService(database, store, schemas, jobs, active, config, reviews.forget)
    accounts = set_up_accounts(config, database, imports, jobs)
    accounts.keys.default_organization()
    limits = RateLimits(database, config.rate_limit_create, config.rate_limit_retrieve)
    sweeps = Sweeps(database, store, imports, jobs, config)
    files = ResultFiles(database, store, pool, workdir)
    dashboard = set_up_dashboard(config, VERSION, database, store, schemas, imports, files, reviews.desk.log, pool)
    metrics = Metrics(VERSION, dashboard.health.look)
    runner.on_run, runner.on_end = metrics.import_ran, metrics.import_ended
    studio = set_up_studio(
        config, database, schemas, memory, pool, jobs, runner, reviews.desk.log, workdir, hook_settings(config)
    )
    schedule = sweeps.schedule(limits.storage.forget_ended, reviews.sweep, webhooks.sweep, accounts.sweep)
    sftp = set_up_sftp(config, database, data_dir, workdir, store, schemas, imports, jobs)
    schedule |= studio.schedule() | accounts.schedule() | sftp.schedule()
    schedule["retention"] = ("5 35 * * * *", dashboard.retention.sweep)
    jobs.start(runner, reviews.finisher.run, schedule, studio.runner.run, accounts.deleter.run, sftp.work.run)
    webhooks.dispatcher.start()
    reviews.desk.start()
    sweeps.reconcile()
    studio.backtests.reconcile()
    accounts.deleter.reconcile()
    sftp.clock.reconcile()
    # Nothing of before the start can still be about to get its import, unless other servers use the store too. With a
    # million imports this takes a while.
    before = None if store.shared else began
    threading.Thread(target=sweeps.remove_orphans, args=(before,), daemon=True, name="headgate-orphans").start()
    arrivals = None
    if store.direct is not None:
        arrivals = ArrivalWatcher(database, store, store.direct, jobs, active, config.store_poll_interval)
        arrivals.start()
    state = app.state
    state.database, state.store, state.links, state.workdir = database, store, links, workdir
    state.accounts, state.schemas, state.memory, state.imports = accounts.keys, schemas, memory, imports
    state.accounts_part, state.sessions, state.audit = accounts, accounts.sessions, accounts.audit
    state.recipes = recipes
    state.review_recipes = RecipeOffers(database, reviews.desk.log, pool, recipes, workdir)
    state.arrivals = arrivals
    state.uploads = UploadService(database, store, jobs, active)
    state.files, state.dashboard = files, dashboard
    state.metrics = metrics
    state.readiness = Readiness(dashboard.health, data_dir)
    state.limits, state.jobs, state.pool = limits, jobs, pool
    state.review_desk, state.reviews, state.submissions = reviews.desk, reviews.service, reviews.submissions
    state.review_files, state.reviews_part = reviews.files, reviews
    state.studio, state.backtests = studio.service, studio.backtests
    state.webhooks, state.webhook_deliveries = webhooks.service, webhooks.deliveries
    state.webhook_dispatcher = webhooks.dispatcher
    state.sftp = sftp
    log.info("started", workers=config.workers, version=VERSION)


def _note_request(app: FastAPI, method: str, route: str | None, status: int, seconds: float) -> None:
    metrics: Metrics | None = getattr(app.state, "metrics", None)  # none while the service starts
    if metrics is not None:
        metrics.request(method, route, status, seconds)


def _show_setup_link(accounts: Accounts, address: str) -> None:
    """Tell whoever starts the service how to get in, while nobody can."""
    if accounts.joining.needs_setup():
        link = accounts.joining.make_setup_link(accounts.keys.default_organization())
        print(f"To set headgate up, open {link.url(address)}", file=sys.stderr, flush=True)  # noqa: T201 - for the person


def end_streams(app: FastAPI) -> None:
    """End the event streams, which would otherwise hold the stop up. May be called before the start is done."""
    readiness: Readiness | None = getattr(app.state, "readiness", None)
    if readiness is not None:
        readiness.stop()
    reviews: Reviews | None = getattr(app.state, "reviews_part", None)
    if reviews is not None:
        reviews.events.close()
    dashboard: Dashboard | None = getattr(app.state, "dashboard", None)
    if dashboard is not None:
        dashboard.guard.close()


def _stop(app: FastAPI, config: Config) -> None:
    end_streams(app)
    if app.state.arrivals is not None:
        app.state.arrivals.close()
    app.state.reviews_part.desk.close()
    app.state.sftp.work.close()
    app.state.jobs.close(config.shutdown_grace)
    app.state.webhook_dispatcher.close(config.shutdown_grace)
    app.state.database.dispose()
    log.info("stopped")
