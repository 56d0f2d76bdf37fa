"""`headgate backup` and `headgate restore`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from headgate.cli.options import DataDir, fail, keep_private, load

if TYPE_CHECKING:
    from headgate.operations.backup import Backup

Directory = Annotated[Path, typer.Argument(help="The directory of the backup.", show_default=False)]


def backup(directory: Directory, data_dir: DataDir = None) -> None:
    """Write everything that is kept into a directory, while the service runs or not; again into the same one is quick.

    A backup holds the service's secrets: keep it as safe as the data directory.
    """
    config = load({"data_dir": data_dir})
    keep_private()
    from headgate.db import Database, DatabaseUnavailableError
    from headgate.operations.backup import BackupError, back_up

    try:
        database = Database(
            config.resolved_database_url
        )  # left at its revision: the service may be of an older version
        database.check()
        _say("Kept", back_up(config, database, directory, _progress))
    except (BackupError, DatabaseUnavailableError, OSError) as error:
        _fail(error, directory, "The backup of before, if there is one, is as it was.")


def restore(directory: Directory, data_dir: DataDir = None) -> None:
    """Fill a new data directory, and an empty database, from a backup. A newer headgate than the backup's may do it."""
    config = load({"data_dir": data_dir})
    keep_private()
    from headgate.db import DatabaseUnavailableError
    from headgate.operations.backup import BackupError
    from headgate.operations.backup import restore as run

    try:
        _say("Restored", run(config, directory, _progress))
    except (BackupError, DatabaseUnavailableError, OSError) as error:
        _fail(error, config.data_dir, "Then remove that directory, and restore again.")


def _fail(error: Exception, target: Path, otherwise: str) -> NoReturn:
    from headgate.full_disk import is_full

    fail(f"The disk of {target} is full. Make room. {otherwise}" if is_full(error) else str(error))


def _progress(step: str) -> None:
    typer.echo(f"{step} …", err=True)


def _say(what: str, done: Backup) -> None:
    megabytes = done.bytes / 1_000_000
    if done.store is None:
        typer.echo(f"{what} {done.rows:,} rows and {done.files:,} files ({megabytes:,.1f} MB; {done.copied:,} copied).")
    else:
        typer.echo(f"{what} {done.rows:,} rows. The files are in {done.store}, which is not part of the backup.")
