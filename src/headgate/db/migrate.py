"""Bringing the tables up to date: Alembic, run by every process that opens the database."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from headgate.db.engine import Database

MIGRATIONS = Path(__file__).parent / "migrations"
ADVISORY_LOCK = 0x6865_6164  # any constant number that is ours


def migrate(database: Database, revision: str | None = None) -> None:
    """Run the migrations that the database has not seen, up to `revision` (None: the newest). Two processes at once wait for
    one another."""
    wanted = revision or newest_revision()
    with database.engine.connect() as connection:
        if _revision(connection) == wanted:
            return
    from alembic import command  # takes longer to import than a start has to take
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with database.engine.execution_options(headgate_write=True).begin() as connection:
        if not database.is_sqlite:  # SQLite's write transaction is a lock already
            connection.execute(text("SET LOCAL lock_timeout = 0"))  # a migration may take its time
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": ADVISORY_LOCK})
        config.attributes["connection"] = connection
        command.upgrade(config, wanted)


def current_revision(database: Database) -> str | None:
    """The revision of the tables as they are; None where there are none."""
    with database.engine.connect() as connection:
        return _revision(connection)


def newest_revision() -> str:
    """The revision of tables that are up to date: migrations are files `<number>_<what>.py`, one after another."""
    return max(path.name.split("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found
