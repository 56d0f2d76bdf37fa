"""The database: connections, the base of all tables, migrations."""

from headgate.db.base import Base, JsonText, UtcDateTime, detached, iso
from headgate.db.clock import database_now, utc_now
from headgate.db.engine import Database, DatabaseUnavailableError, after_commit, is_sqlite, listeners_of, session_on
from headgate.db.migrate import NewerTablesError, check_revision, current_revision, migrate, newest_revision, pending
from headgate.db.patience import is_away, patiently
from headgate.db.statements import Statement
from headgate.db.upsert import insert_for

__all__ = [
    "Base",
    "Database",
    "DatabaseUnavailableError",
    "JsonText",
    "NewerTablesError",
    "Statement",
    "UtcDateTime",
    "after_commit",
    "check_revision",
    "current_revision",
    "database_now",
    "detached",
    "insert_for",
    "is_away",
    "is_sqlite",
    "iso",
    "listeners_of",
    "migrate",
    "newest_revision",
    "patiently",
    "pending",
    "session_on",
    "utc_now",
]
