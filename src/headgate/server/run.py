"""Running the service in this process."""

from __future__ import annotations

import fcntl
import os
import signal
import sys
import threading
from contextlib import AbstractContextManager, ExitStack, nullcontext
from types import FrameType

import uvicorn
from fastapi import FastAPI

from headgate.config import Config, ConfigurationError
from headgate.db import Database, DatabaseUnavailableError, check_revision, is_sqlite
from headgate.engine.hooks.sandbox import SandboxUnavailableError, require_all_layers
from headgate.imports.worker import ENGINE
from headgate.operations.backup import UNFINISHED
from headgate.server.app import create_app, end_streams
from headgate.server.listening import address_of, listen
from headgate.server.logs import configure_logs
from headgate.server.needed_keys import check_keys
from headgate.server.parts import start_parts
from headgate.server.protocol import Protocol
from headgate.server.watched import watched
from headgate.storage import check_store
from headgate.tracing.setup import TracingUnavailableError, check_tracing


def serve(config: Config, engine: str = ENGINE) -> None:
    """Serve until SIGTERM or SIGINT. Raises ConfigurationError when it cannot."""
    configure_logs(config.log_level)
    prepare(config)
    with _lock(config), listen(config.host, config.port) as listening:
        address = address_of(listening)
        print(f"headgate serves at {address}", file=sys.stderr, flush=True)  # noqa: T201 - for the person
        server = _Server(
            uvicorn.Config(
                create_app(config, engine, address),
                log_config=None,
                access_log=False,
                server_header=False,
                date_header=True,
                timeout_graceful_shutdown=max(1, config.shutdown_grace),
                http=Protocol,
                ws="none",
                loop="asyncio",
            )
        )
        # uvicorn raises the signal again when it has stopped; an orderly stop is exit code 0.
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: None)
        server.run(sockets=[listening])
        if not server.started:
            raise ConfigurationError("The service could not start; the log above says why.")


class _Server(uvicorn.Server):
    """Tells the application of a stop at once: uvicorn waits for open answers first, and event streams never end."""

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        app = self.config.app
        if isinstance(app, FastAPI):
            end_streams(app)
        super().handle_exit(sig, frame)


def prepare(config: Config, *, answers: bool = True) -> None:
    """Find out now what would otherwise end the start with a traceback. Raises ConfigurationError.

    `answers`: whether this process answers requests, and so needs what only those need.
    """
    os.umask(0o077)  # whatever this process makes, such as SQLite's files, is for its user only
    try:
        if config.hook_require_sandbox:
            require_all_layers()
        if config.tracing:
            check_tracing()
        if answers and config.suggest_embeddings is not None:
            from headgate.reviews.semantic.files import check_embeddings  # of no use to all others

            check_embeddings(config.suggest_embeddings)
        config.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        if (config.data_dir / UNFINISHED).exists():
            raise ConfigurationError(
                f"A restore into {config.data_dir} did not end. Remove that directory, and restore again."
            )
        _check_database(config)
        check_store(config)
    except (OSError, DatabaseUnavailableError, SandboxUnavailableError, TracingUnavailableError) as error:
        raise ConfigurationError(str(error)) from None


def _check_database(config: Config) -> None:
    database = Database(config.resolved_database_url)
    try:
        database.check()
        check_revision(database)
        check_keys(config, database)
    finally:
        database.dispose()


def work(config: Config, engine: str = ENGINE) -> None:
    """Run imports and all else that happens in the background until SIGTERM or SIGINT, without HTTP. Raises
    ConfigurationError when it cannot."""
    configure_logs(config.log_level)
    if config.database_url is None or is_sqlite(config.database_url):
        raise ConfigurationError(
            "A worker needs a database that several processes can use, and SQLite is for one. Set database_url to "
            "PostgreSQL for all of them, or let `headgate serve` run the imports."
        )
    if not config.workers:
        raise ConfigurationError("workers (0) must be at least 1 for a worker: it would have nothing to do.")
    prepare(config, answers=False)
    ended = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())
    with _lock(config), ExitStack() as open_socket:
        listening = None
        if config.worker_port is not None:  # before anything starts: the port may be taken
            listening = open_socket.enter_context(listen(config.host, config.worker_port))
        parts = start_parts(config, engine, "worker")
        with watched(listening, config, parts) as readiness:
            if listening is not None:
                print(f"headgate is watched at {address_of(listening)}", file=sys.stderr, flush=True)  # noqa: T201 - for the person
            print(f"headgate works as {parts.node.id}", file=sys.stderr, flush=True)  # noqa: T201 - for the person
            ended.wait()
            readiness.stop()
            parts.stop()


def _lock(config: Config) -> AbstractContextManager[object]:
    """Hold the data directory, where its database is SQLite: two services on one would take each other's work."""
    if config.database_url is not None and not is_sqlite(config.database_url):
        return nullcontext()
    data_dir = config.data_dir
    lock = (data_dir / "lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        lock.close()
        raise ConfigurationError(
            f"Another headgate serves from {data_dir} already. Stop it, or use another --data-dir. "
            "Several processes need PostgreSQL: see docs/scaling.md."
        ) from None
    lock.write(str(os.getpid()))
    lock.flush()
    return lock
