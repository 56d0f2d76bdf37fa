"""What the service needs beside its own machine and tables: clocks that agree, a store, the keys of encrypted files."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from headgate.config import Config, ConfigurationError
from headgate.db import Database, database_now
from headgate.operations.finding import Finding
from headgate.storage import check_store
from headgate.storage.encryption import FILE_NAME, FileKeys, KeyRing, MissingKeyError

MAX_SKEW_SECONDS = 60


def look_at_clock(database: Database) -> Iterator[Finding]:
    """Whether this machine and that of the database agree about the time. SQLite has no clock of its own."""
    if database.is_sqlite:
        return
    with database.read() as session:
        ahead = (datetime.now(UTC) - database_now(session)).total_seconds()
    if abs(ahead) > MAX_SKEW_SECONDS:
        text = f"The clock of this machine is {abs(ahead):,.0f} seconds {'ahead of' if ahead > 0 else 'behind'} the database's."
        yield Finding("clock", "warning", text, "Set both by NTP: logs and signatures for a store go by the machine's.")
    else:
        yield Finding("clock", "ok", "This machine and the database agree about the time.")


def look_at_store(config: Config) -> Iterator[Finding]:
    """Whether the store answers and lets the service do all that it needs, tried with an object that is deleted again."""
    if config.store_url is None:
        return
    try:
        check_store(config)
    except ConfigurationError as error:
        yield Finding("store", "problem", str(error))
    else:
        yield Finding("store", "ok", f"{config.store_url} answers, and files can be written, read and deleted.")


def look_at_file_keys(config: Config, database: Database) -> Iterator[Finding]:
    """Whether this machine has every key that stored files are encrypted by."""
    ring = KeyRing(config.data_dir.resolve())
    needed = FileKeys(database, ring).wrapped_by()
    missing = []
    for name in needed:
        try:
            ring.get(name)
        except MissingKeyError:
            missing.append(name)
    if missing:
        count = sum(needed[name] for name in missing)
        text = f"The files of {count:,} imports cannot be read here: {FILE_NAME} lacks the key {', '.join(missing)}."
        yield Finding(
            "file keys", "problem", text, f"Copy {FILE_NAME} from another machine of the service, or from a backup."
        )
    elif needed:
        yield Finding("file keys", "ok", f"{FILE_NAME} has every key that stored files are encrypted by.")
