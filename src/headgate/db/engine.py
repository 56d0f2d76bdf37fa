"""Connections and sessions, for SQLite in WAL mode and PostgreSQL alike."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from headgate.db.kept_connections import KeptConnections
from headgate.db.statements import TOLD, Answer, Statement, driver_of, known_errors
from headgate.shown_urls import without_passwords

BUSY_TIMEOUT_MS = 30_000
SCRUB_TIMEOUT_MS = 500
KEPT_TO_LOOK, KEPT_TO_WRITE = 4, 1
"""Connections to SQLite that stay at hand. A writer that comes by the same one again finds in its cache what it wrote; any other has to
read that anew."""
CONNECT_SECONDS = 5
BEGIN_WRITING = "BEGIN IMMEDIATE"
SYNCHRONOUS, LEAST, RELAXED = "headgate.synchronous", "headgate.least_synchronous", "headgate.relaxed"
"""Where a connection to SQLite has what its commits wait for, the least that they may wait for, and that its next transaction is a
relaxed one."""
LISTENERS = "headgate_listeners"
CONTEXT = 4
"""Where SQLAlchemy's events of statements give the context of the execution."""
POSTGRES_SETTINGS = {
    # A process that was paused in the middle of a transaction must not hold its locks for ever.
    "idle_in_transaction_session_timeout": "15s",
    "lock_timeout": "30s",
}

SILENCE: dict[str, int] = {
    # A link that is cut, or a database that moved to another machine, answers nothing at all: without these the kernel would wait
    # for a quarter of an hour.
    "tcp_user_timeout": 20_000,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
}
"""Milliseconds, seconds, seconds, and how often: after which silence a connection counts as broken (libpq's names)."""


class DatabaseUnavailableError(Exception):
    """The database cannot be used. The message says why, without its password."""


def is_sqlite(url: str) -> bool:
    """Whether the URL is that of an SQLite file, which only one process at a time may serve from."""
    return url.startswith("sqlite")


_after_commit: WeakKeyDictionary[Connection, list[Callable[[], None]]] = WeakKeyDictionary()


def session_on(connection: Connection) -> Session:
    """A session on a connection. In a transaction of the connection, that alone commits it: what the session has is to be flushed."""
    return Session(connection, expire_on_commit=False)


def after_commit(connection: Connection, call: Callable[[], None]) -> None:
    """Have `call` called once what a connection to write by does now is committed; never, if it is not."""
    _after_commit.setdefault(connection, []).append(call)


def listeners_of(connection: Connection) -> dict[str, Any]:
    """The `listeners` of the database that a connection to write by belongs to."""
    found: dict[str, Any] = connection.get_execution_options().get(LISTENERS, {})
    return found


class Database:
    """One database with three kinds of session.

    `read`: a snapshot. `write`: durable; on SQLite it takes the write lock at once, because a transaction that reads
    first and writes later fails at once (SQLITE_BUSY_SNAPSHOT) instead of waiting when another wrote in between.
    `write_relaxed`: for counters and progress, which may be lost when the power fails, never when a process dies.

    Durable means `synchronous=FULL`: in WAL mode SQLite's NORMAL would lose the last commits when the machine stops,
    and a request that answered 2xx must not be one of them.
    """

    def __init__(self, url: str, connections: int = 30) -> None:
        """`connections`: how many to PostgreSQL at most."""
        try:
            self.url = make_url(url)
        except ArgumentError:
            raise DatabaseUnavailableError(
                "database_url is not the URL of a database. Expected one such as postgresql+psycopg://user@host/name."
            ) from None
        self.listeners: dict[str, Any] = {}
        """What every connection to write by has in its options (`listeners_of`): a place for those who want to hear of changes."""
        self.on_statement: Callable[[float], None] = lambda _: None
        """Is told of every statement that was done: the seconds until its answer began."""
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self._writing = threading.RLock()
        relaxed = max(1, connections // 3)
        self.engine = self._create_engine(durable=True, size=20 if self.is_sqlite else connections - relaxed)
        # To SQLite one connection can be both; which, is said before each transaction.
        self._relaxed_engine = self.engine if self.is_sqlite else self._create_engine(durable=False, size=relaxed)
        self._read = sessionmaker(self.engine, expire_on_commit=False)
        self._looking = KeptConnections(self.engine.connect, KEPT_TO_LOOK if self.is_sqlite else 0)
        self._writer = self._relaxed_writer = KeptConnections(
            self._for_writers(self.engine), KEPT_TO_WRITE if self.is_sqlite else 0
        )
        if not self.is_sqlite:
            self._relaxed_writer = KeptConnections(self._for_writers(self._relaxed_engine), 0)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that only reads. Loaded objects stay usable after it."""
        with self._read() as session:
            yield session

    @contextmanager
    def look(self) -> Iterator[Connection]:
        """As `read`, by the connection alone: a session takes twice as long as a question."""
        with self._looking.one() as connection:
            yield connection

    def ask(self, statement: Statement, **values: Any) -> Answer:
        """What one statement that only reads finds."""
        with self._looking.one() as connection:
            return statement.run(connection, values)

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A session that commits at its end, or rolls back when it is left by an exception."""
        with self._turn(durable=True) as connection, session_on(connection) as session, session.begin():
            yield session

    @contextmanager
    def change(self) -> Iterator[Connection]:
        """As `write`, by the connection alone."""
        with self._turn(durable=True) as connection, connection.begin():
            yield connection

    @contextmanager
    def change_relaxed(self) -> Iterator[Connection]:
        """As `write_relaxed`, by the connection alone."""
        with self._turn(durable=False) as connection, connection.begin():
            yield connection

    @contextmanager
    def write_relaxed(self) -> Iterator[Session]:
        """As `write`, without waiting for the disk."""
        with self._turn(durable=False) as connection, session_on(connection) as session, session.begin():
            yield session

    @contextmanager
    def _turn(self, *, durable: bool) -> Iterator[Connection]:
        """A connection to write by; of one writer at a time, where the database takes no more: SQLite has those that wait ask again
        and again, with pauses of up to a tenth of a second, and lets whoever happens to ask be the next."""
        has_turn = self.is_sqlite and self._writing.acquire(
            timeout=BUSY_TIMEOUT_MS / 1000
        )  # without it, SQLite decides
        try:
            with (self._writer if durable else self._relaxed_writer).one() as connection:
                if self.is_sqlite and not durable:
                    connection.info[RELAXED] = True
                try:
                    yield connection
                finally:
                    calls = _after_commit.pop(connection, ())
        finally:
            if has_turn:
                self._writing.release()
        for call in calls:
            call()

    def check(self) -> None:
        """Raises DatabaseUnavailableError unless the database answers."""
        try:
            with self.engine.connect() as connection:
                connection.execute(text("SELECT 1"))
        except SQLAlchemyError as error:
            shown = without_passwords(self.url.render_as_string(hide_password=True))
            cause = str(error.__cause__ or error).strip().splitlines()[0]
            raise DatabaseUnavailableError(f"The database {shown} cannot be used: {cause}") from None

    def scrub(self) -> bool:
        """Have nothing of deleted rows stay in files of SQLite; False when somebody reads from before, so that it must be tried
        again.

        `secure_delete` overwrites them in their pages. Older pages stand in the write-ahead log until it is put into the
        database and cut off. Of PostgreSQL its vacuum takes care: nothing is done there.
        """
        if not self.is_sqlite:
            return True
        connection = self.engine.raw_connection()
        try:
            cursor = connection.cursor()
            # It holds writers up while it waits for readers, so it waits for a moment only.
            cursor.execute(f"PRAGMA busy_timeout={SCRUB_TIMEOUT_MS}")
            blocked, *_ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            cursor.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
            cursor.close()
        finally:
            connection.close()
        return not blocked

    def dispose(self) -> None:
        """Close all connections."""
        self.let_go()
        self.engine.dispose()
        self._relaxed_engine.dispose()

    def _for_writers(self, engine: Engine) -> Callable[[], Connection]:
        options: dict[str, Any] = {"headgate_write": True, LISTENERS: self.listeners}
        return engine.execution_options(**options).connect

    def let_go(self) -> None:
        """Give connections back that are kept at hand; from now on others are taken."""
        self._looking.let_go()
        self._writer.let_go()

    def _create_engine(self, *, durable: bool, size: int) -> Engine:
        engine = self._new_engine(durable=durable, size=size)

        @event.listens_for(engine, "before_cursor_execute")
        def begin(*given: Any) -> None:
            given[CONTEXT].headgate_began = time.perf_counter()

        @event.listens_for(engine, "after_cursor_execute")
        def end(*given: Any) -> None:
            self.on_statement(time.perf_counter() - given[CONTEXT].headgate_began)

        return engine

    def _new_engine(self, *, durable: bool, size: int) -> Engine:
        if not self.is_sqlite:
            settings = POSTGRES_SETTINGS | ({} if durable else {"synchronous_commit": "off"})
            options = " ".join(f"-c {name}={value}" for name, value in settings.items())
            return create_engine(
                self.url,
                pool_size=size,
                max_overflow=0,
                pool_pre_ping=True,
                hide_parameters=True,
                connect_args={"options": options, "connect_timeout": CONNECT_SECONDS} | SILENCE,
            )
        engine = create_engine(
            self.url,
            pool_size=size,
            max_overflow=50,
            hide_parameters=True,
            connect_args={"timeout": BUSY_TIMEOUT_MS / 1000},
        )
        _prepare_sqlite(engine, lambda seconds: self.on_statement(seconds))
        return engine


def _prepare_sqlite(engine: Engine, told: Callable[[float], None]) -> None:
    @event.listens_for(engine, "connect")
    def set_up(connection: Any, record: Any) -> None:
        record.info[TOLD] = told
        connection.isolation_level = None  # the driver's own implicit BEGIN would not be the one below
        connection.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
        mode, *_ = connection.execute("PRAGMA journal_mode=WAL").fetchone()
        # Without a write-ahead log a commit that does not wait could leave the database broken.
        record.info[SYNCHRONOUS], record.info[LEAST] = "FULL", "NORMAL" if mode == "wal" else "FULL"
        for pragma in (
            "synchronous=FULL",
            "foreign_keys=ON",
            "temp_store=MEMORY",
            "secure_delete=ON",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("headgate_write", False)
        driver = driver_of(connection.connection)  # SQLAlchemy's way to it costs more than most questions
        if not writes:
            driver.execute("BEGIN")  # this waits for nobody and cannot fail
            return
        about = connection.info
        wanted = about[LEAST] if about.pop(RELAXED, False) else "FULL"
        if about[SYNCHRONOUS] != wanted:
            driver.execute(f"PRAGMA synchronous={wanted}")
            about[SYNCHRONOUS] = wanted
        began = time.perf_counter()
        with known_errors(BEGIN_WRITING):
            driver.execute(BEGIN_WRITING)
        told(time.perf_counter() - began)
