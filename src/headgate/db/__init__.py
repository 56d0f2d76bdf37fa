"""The database: connections, the base of all tables, migrations."""

from headgate.db.base import Base, JsonText, UtcDateTime, iso, utc_now
from headgate.db.clock import database_now
from headgate.db.engine import Database, DatabaseUnavailableError, is_sqlite
from headgate.db.migrate import migrate
from headgate.db.patience import is_away, patiently
from headgate.db.upsert import insert_for

__all__ = [
    "Base",
    "Database",
    "DatabaseUnavailableError",
    "JsonText",
    "UtcDateTime",
    "database_now",
    "insert_for",
    "is_away",
    "is_sqlite",
    "iso",
    "migrate",
    "patiently",
    "utc_now",
]
