"""The application: its parts put together, its start and its stop."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
from starlette.concurrency import run_in_threadpool

from headgate.accounts import admin_routes as account_admin_routes
from headgate.accounts import audit_routes
from headgate.accounts import routes as account_routes
from headgate.accounts.setup import Accounts
from headgate.config import Config
from headgate.dashboard import recipe_routes as dashboard_recipe_routes
from headgate.dashboard import routes as dashboard_routes
from headgate.dashboard import system_routes
from headgate.deletions import routes as deletion_routes
from headgate.imports import event_routes, files, upload_routes
from headgate.imports import routes as import_routes
from headgate.imports.worker import ENGINE
from headgate.memory import routes as memory_routes
from headgate.operations import routes as operations_routes
from headgate.operations.metrics import Metrics
from headgate.operations.readiness import Readiness
from headgate.recipes import routes as recipe_routes
from headgate.retention import routes as retention_routes
from headgate.reviews import routes as review_routes
from headgate.schemas import check_routes as schema_check_routes
from headgate.schemas import routes as schema_routes
from headgate.schemas import version_routes
from headgate.server import docs, pages
from headgate.server.errors import add_error_handlers
from headgate.server.middleware import BothSlashForms, RequestLog
from headgate.server.openapi import openapi_document
from headgate.server.parts import VERSION, Parts, start_parts
from headgate.sftp import routes as sftp_routes
from headgate.studio import backtest_routes
from headgate.studio import routes as studio_routes
from headgate.webhooks import routes as webhook_routes

DESCRIPTION = "Any spreadsheet in, clean typed rows out, every decision explained."


def create_app(config: Config, engine: str = ENGINE, address: str | None = None) -> FastAPI:
    """The service. `engine`: the module whose `run_import` the workers call. `address`: where it listens, for the link with
    which the first person sets it up."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        await run_in_threadpool(_start, app, config, engine)
        if public := config.public_url or address:
            await run_in_threadpool(_show_setup_link, app.state.accounts_part, public.rstrip("/"))
        yield
        await run_in_threadpool(app.state.parts.stop)

    app = FastAPI(
        title="headgate",
        version=VERSION,
        description=DESCRIPTION,
        openapi_url="/api/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        lifespan=lifespan,
        # What is told of requests, and what never, is chosen in `tracing/` and `operations/metrics.py`.
        telemetry={"tracing": False, "metrics": False, "logs": False},
    )
    app.state.config = config
    app.openapi = lambda: openapi_document(app)  # type: ignore[method-assign]  # FastAPI's way to extend it
    for router in (
        import_routes.router,  # looked through in this order for each request, so what programs ask all the time comes first
        files.router,
        account_routes.router,
        account_admin_routes.router,
        audit_routes.router,
        schema_check_routes.router,
        studio_routes.router,  # before the routes of one schema, whose id its paths would be taken for
        schema_routes.router,
        retention_routes.router,
        version_routes.router,
        backtest_routes.router,
        upload_routes.router,
        memory_routes.router,
        deletion_routes.router,
        recipe_routes.router,
        webhook_routes.router,
        sftp_routes.router,
        dashboard_routes.router,
        dashboard_recipe_routes.router,
        system_routes.router,
        event_routes.router,
        operations_routes.router,
        review_routes.router,
        review_routes.links_router,
        pages.router,
        docs.router,
    ):
        # Not `include_router`: with the first request it would build each route once more, for what a router may add to those of
        # another. Nothing is added here.
        app.router.routes.extend(router.routes)
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
                "Deletion-Receipt",
            ],
        )
    app.add_middleware(BothSlashForms)
    app.add_middleware(RequestLog, note=lambda *request: _note_request(app, *request))
    return app


def _start(app: FastAPI, config: Config, engine: str) -> None:
    parts = start_parts(config, engine, "server")
    state = app.state
    state.parts = parts
    state.database, state.store, state.links, state.workdir = (
        parts.database, parts.store, parts.links, parts.scratch.work,
    )  # fmt: skip
    state.accounts, state.accounts_part = parts.accounts.keys, parts.accounts
    state.sessions, state.audit = parts.accounts.sessions, parts.accounts.audit
    state.schemas, state.memory, state.imports = parts.schemas, parts.memory, parts.imports
    state.memory_erasure, state.deletions, state.retention = parts.erasure, parts.ledger, parts.retention
    state.recipes, state.review_recipes = parts.recipes, parts.review_recipes
    state.uploads, state.files, state.missing, state.dashboard = (
        parts.uploads,
        parts.files,
        parts.missing,
        parts.dashboard,
    )
    state.arrivals, state.sftp = parts.arrivals, parts.sftp
    state.limits, state.pool = parts.limits, parts.pool
    state.metrics, state.readiness = parts.metrics, Readiness(parts.dashboard.health, config.data_dir.resolve())
    reviews = parts.reviews
    state.review_desk, state.reviews, state.submissions = reviews.desk, reviews.service, reviews.submissions
    state.review_files, state.reviews_part = reviews.files, reviews
    state.studio, state.backtests = parts.studio.service, parts.studio.backtests
    state.webhooks, state.webhook_deliveries = parts.webhooks.service, parts.webhooks.deliveries


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
    parts: Parts | None = getattr(app.state, "parts", None)
    if parts is not None:
        parts.end_streams()
