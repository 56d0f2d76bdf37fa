"""Bringing the tables up to date: Alembic, run by every process that opens the database.

Processes of two versions may share a database while one takes the other's place: a migration only adds, so older code works on newer
tables. How old it may be stands beside the revision (`oldest`, migration 0014).
"""

from __future__ import annotations

import time
from pathlib import Path

import structlog
from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import OperationalError

from headgate.db.engine import Database, DatabaseUnavailableError

MIGRATIONS = Path(__file__).parent / "migrations"
ADVISORY_LOCK = 0x6865_6164  # any constant number that is ours
PAUSE_SECONDS = 1.0
PATIENCE_SECONDS = 3600.0
LOCKED = {"55P03", "40P01"}
"""`lock_not_available` and `deadlock_detected` (PostgreSQL, Appendix A)."""

log = structlog.get_logger(__name__)


class NewerTablesError(DatabaseUnavailableError):
    """The tables were made by a version with which this one cannot share them."""


def migrate(database: Database, revision: str | None = None) -> None:
    """Run the migrations that the database has not seen, up to `revision` (None: the newest). Two processes at once wait for
    one another. Tables that are newer are left as they are.

    Raises NewerTablesError.
    """
    wanted = revision or newest_revision()
    with database.engine.connect() as connection:
        if not _is_behind(connection, wanted):
            return
    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            _upgrade(database, wanted)
        except OperationalError as error:
            if getattr(error.orig, "sqlstate", None) not in LOCKED or time.monotonic() > until:
                raise
            log.warning("migration_waits", revision=wanted)
            time.sleep(PAUSE_SECONDS)
        else:
            return


def check_revision(database: Database) -> None:
    """Raises NewerTablesError where this version cannot work on the tables as they are."""
    with database.engine.connect() as connection:
        _is_behind(connection, newest_revision())


def current_revision(database: Database) -> str | None:
    """The revision of the tables as they are; None where there are none."""
    with database.engine.connect() as connection:
        return _revision(connection)


def newest_revision() -> str:
    """The revision of tables that are up to date: migrations are files `<number>_<what>.py`, one after another."""
    return max(path.name.split("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))


def pending(database: Database) -> dict[str, str]:
    """What would be run to bring the tables up to date: revision → what it does, in order."""
    from alembic.config import Config  # takes longer to import than a start has to take
    from alembic.script import ScriptDirectory

    current = current_revision(database)
    if current is not None and current >= newest_revision():
        return {}
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    steps = ScriptDirectory.from_config(config).iterate_revisions(newest_revision(), current or "base")
    return {step.revision: (step.doc or "").partition("\n")[0] for step in reversed(list(steps))}


def _upgrade(database: Database, wanted: str) -> None:
    from alembic import command  # takes longer to import than a start has to take
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with database.engine.execution_options(headgate_write=True).begin() as connection:
        if not database.is_sqlite:  # SQLite's write transaction is a lock already
            connection.execute(text("SET LOCAL lock_timeout = 0"))  # another's migration may take its time
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": ADVISORY_LOCK})
            _let_others_pass(connection)
        if not _is_behind(connection, wanted):
            return
        config.attributes["connection"] = connection
        command.upgrade(config, wanted)


def _let_others_pass(connection: Connection) -> None:
    """Wait for no table longer than half of the time after which PostgreSQL looks for deadlocks, then give up, to try again.

    All that others ask of the table waits behind it meanwhile. And who holds it may in turn wait for a table that the migration
    has already: whoever waits longest ends such a deadlock by failing, and that shall never be the other.
    """
    milliseconds = connection.scalar(text("SELECT setting::int / 2 FROM pg_settings WHERE name = 'deadlock_timeout'"))
    connection.execute(text(f"SET LOCAL lock_timeout = '{milliseconds}ms'"))


def _is_behind(connection: Connection, wanted: str) -> bool:
    found = _revision(connection)
    if found is None or found <= wanted:
        return found != wanted
    oldest = _oldest(connection)
    if oldest is None or oldest > wanted:
        raise NewerTablesError(
            f"The tables of the database are of a newer headgate (revision {found}; this version's are {wanted}). "
            "Install the version that made them, or a newer one."
        )
    return False


def _oldest(connection: Connection) -> str | None:
    if not any(column["name"] == "oldest" for column in inspect(connection).get_columns("alembic_version")):
        return None
    found: str | None = connection.scalar(text("SELECT oldest FROM alembic_version"))
    return found


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found
