"""The database: connections, the base of all tables, migrations."""

from headgate.db.base import Base, JsonText, UtcDateTime, iso, utc_now
from headgate.db.engine import Database
from headgate.db.migrate import migrate
from headgate.db.upsert import insert_for

__all__ = ["Base", "Database", "JsonText", "UtcDateTime", "insert_for", "iso", "migrate", "utc_now"]
