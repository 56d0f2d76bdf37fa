"""Bringing the tables up to date: Alembic, run by every process that opens the database."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import text

from headgate.db.engine import Database

MIGRATIONS = Path(__file__).parent / "migrations"
ADVISORY_LOCK = 0x6865_6164  # any constant number that is ours


def migrate(database: Database) -> None:
    """Run the migrations that the database has not seen. Two processes at once wait for one another."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with database.engine.execution_options(headgate_write=True).begin() as connection:
        if not database.is_sqlite:  # SQLite's write transaction is a lock already
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": ADVISORY_LOCK})
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
