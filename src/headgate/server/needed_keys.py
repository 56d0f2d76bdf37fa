"""The secrets of an installation, which a machine must not make for itself once others have them."""

from __future__ import annotations

from sqlalchemy import inspect, literal, select

from headgate.config import Config, ConfigurationError
from headgate.db import Database
from headgate.imports.models import Import
from headgate.storage.encryption import FILE_NAME
from headgate.storage.models import ImportKey

SECRETS_OF_ALL = ("secret", "encryption-key")
"""What every machine of an installation has in its data directory, whatever its settings."""


def check_keys(config: Config, database: Database) -> None:
    """Raises ConfigurationError where this machine lacks what the others have.

    It was not copied, or a shared disk is not mounted. Links and files of a machine that made its own would be nothing to the others.
    SQLite stands in the data directory itself, so there only the key of encrypted files, without which they are lost, is asked for.
    """
    if config.encrypt_files and not (config.data_dir / FILE_NAME).exists() and _has(database, ImportKey):
        raise ConfigurationError(_lacks(config, FILE_NAME, "There are encrypted files"))
    if not database.is_sqlite and _has(database, Import):
        for name in SECRETS_OF_ALL:
            if not (config.data_dir / name).exists():
                raise ConfigurationError(_lacks(config, name, "The database has imports"))


def _has(database: Database, table: type[ImportKey | Import]) -> bool:
    if not inspect(database.engine).has_table(table.__tablename__):
        return False
    with database.read() as session:
        return session.execute(select(literal(1)).select_from(table).limit(1)).first() is not None


def _lacks(config: Config, name: str, why: str) -> str:
    return (
        f"{why}, and {config.data_dir} has no {name}, which belongs to them. See whether data_dir is right and its disk is "
        "mounted, or copy the file from another machine of the service or from a backup."
    )
