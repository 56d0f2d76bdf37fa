"""The database: connections, the base of all tables, migrations."""

from headgate.db.base import Base, JsonText, UtcDateTime, iso, utc_now
from headgate.db.engine import Database, DatabaseUnavailableError
from headgate.db.migrate import migrate
from headgate.db.upsert import insert_for

__all__ = [
    "Base",
    "Database",
    "DatabaseUnavailableError",
    "JsonText",
    "UtcDateTime",
    "insert_for",
    "iso",
    "migrate",
    "utc_now",
]
