"""Options that commands share, and how they end when something is wrong."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

if TYPE_CHECKING:
    from headgate.config import Config
    from headgate.db import Database

DataDir = Annotated[
    Path | None, typer.Option("--data-dir", help="Directory of everything that is kept.", show_default="data")
]


def load(flags: dict[str, Any]) -> Config:
    """The settings, or the end of the command with what is wrong in them."""
    from headgate.config import ConfigurationError, load_config

    try:
        return load_config(flags)
    except ConfigurationError as error:
        fail(str(error))


def fail(message: str) -> NoReturn:
    """End the command with exit code 1 and a message on stderr."""
    typer.echo(message, err=True)
    raise typer.Exit(1)


def keep_private() -> None:
    """Whatever the command makes from now on, such as SQLite's files, is for its user only."""
    os.umask(0o077)


@contextmanager
def open_database(data_dir: Path | None, config: Config | None = None) -> Iterator[Database]:
    """The service's database with its tables up to date, whether the service runs or not; or the end of the command."""
    config = config or load({"data_dir": data_dir})
    from headgate.db import Database, DatabaseUnavailableError, migrate

    keep_private()
    try:
        config.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        database = Database(config.resolved_database_url)
        database.check()
    except (OSError, DatabaseUnavailableError) as error:
        fail(str(error))
    try:
        try:
            migrate(database)
        except DatabaseUnavailableError as error:
            fail(str(error))
        yield database
    finally:
        database.dispose()
