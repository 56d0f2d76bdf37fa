"""What a process without HTTP of its own tells machines that watch over it: it lives, it is ready, its metrics."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from fastapi import FastAPI

from headgate.config import Config
from headgate.operations import routes as operations_routes
from headgate.operations.readiness import Readiness
from headgate.server.errors import add_error_handlers
from headgate.server.middleware import RequestLog
from headgate.server.parts import Parts
from headgate.server.protocol import Protocol

STOP_SECONDS = 5


@contextmanager
def watched(listening: socket.socket | None, config: Config, parts: Parts) -> Iterator[Readiness]:
    """Answer `/healthz`, `/readyz` and `/metrics` on a socket for as long as this lasts; None: on none. Gives what has to be
    told of a stop."""
    readiness = Readiness(parts.dashboard.health, config.data_dir.resolve())
    if listening is None:
        yield readiness
        return
    server = uvicorn.Server(
        uvicorn.Config(
            _app(config, parts, readiness),
            log_config=None,
            access_log=False,
            server_header=False,
            http=Protocol,
            ws="none",
            loop="asyncio",
            lifespan="off",
            timeout_graceful_shutdown=1,
        )
    )
    # Signals are the main thread's; in another one uvicorn leaves them alone.
    thread = threading.Thread(target=server.run, args=([listening],), daemon=True, name="headgate-watched")
    thread.start()
    try:
        yield readiness
    finally:
        server.should_exit = True
        thread.join(STOP_SECONDS)


def _app(config: Config, parts: Parts, readiness: Readiness) -> FastAPI:
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False)
    app.state.config, app.state.metrics, app.state.readiness = config, parts.metrics, readiness
    app.include_router(operations_routes.router)
    add_error_handlers(app)
    app.add_middleware(RequestLog, note=parts.metrics.request)
    return app
