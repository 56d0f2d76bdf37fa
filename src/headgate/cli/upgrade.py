"""`headgate upgrade`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from headgate.cli.options import DataDir, fail, load, open_database


def upgrade(
    check: Annotated[
        bool, typer.Option("--check", help="Only say what would be done. Ends with 1 where there is something to do.")
    ] = False,
    data_dir: DataDir = None,
) -> None:
    """Bring the tables of the database up to date, and end: what a start does by itself, as a step of its own.

    Processes of the version before may go on meanwhile, and afterwards.
    """
    config = load({"data_dir": data_dir})
    if check:
        _check(config.resolved_database_url)
        return
    from headgate.db import current_revision

    with open_database(data_dir, config) as database:
        typer.echo(f"The tables are of revision {current_revision(database)}.")


def _check(url: str) -> None:
    from headgate.db import Database, DatabaseUnavailableError, check_revision, current_revision, pending

    try:
        database = Database(url)
        if database.is_sqlite and not Path(database.url.database or "").exists():
            typer.echo("There is no database yet. The first start makes it, with its tables.")
            raise typer.Exit(1)
        database.check()
        check_revision(database)
    except DatabaseUnavailableError as error:
        fail(str(error))
    try:
        steps, current = pending(database), current_revision(database)
    finally:
        database.dispose()
    if not steps:
        typer.echo(f"The tables are of revision {current}: nothing is to be done.")
        return
    typer.echo(f"The tables are of revision {current or 'none'}. To be done:")
    for revision, what in steps.items():
        typer.echo(f"  {revision}  {what}")
    raise typer.Exit(1)
