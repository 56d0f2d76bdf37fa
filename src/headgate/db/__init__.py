"""The database: connections, the base of all tables, migrations."""

from headgate.db.base import Base, JsonText, UtcDateTime, iso, utc_now
from headgate.db.engine import Database, DatabaseUnavailableError
from headgate.db.migrate import current_revision, migrate, newest_revision
from headgate.db.upsert import insert_for

__all__ = [
    "Base",
    "Database",
    "DatabaseUnavailableError",
    "JsonText",
    "UtcDateTime",
    "current_revision",
    "insert_for",
    "iso",
    "migrate",
    "newest_revision",
    "utc_now",
]
