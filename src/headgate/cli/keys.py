"""`headgate keys`: API keys, made and revoked on the machine of the service, running or not."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from headgate.cli.options import DataDir, fail, load

if TYPE_CHECKING:
    from headgate.accounts.service import AccountService

app = typer.Typer(no_args_is_help=True, help="Create, list and revoke API keys.")


@app.command("create")
def create(
    name: Annotated[str, typer.Option(help="What the key is for.")] = "default", data_dir: DataDir = None
) -> None:
    """Create a key and print it. It cannot be shown again."""
    from headgate.errors import RequestError

    with _accounts(data_dir) as accounts:
        try:
            typer.echo(accounts.create_key(name).key)
        except RequestError as error:
            fail(error.message)


@app.command("list")
def list_keys(data_dir: DataDir = None) -> None:
    """List the keys: id, start, state, last use, name."""
    from headgate.db import iso, utc_now

    with _accounts(data_dir) as accounts:
        for key in accounts.list_keys():
            expired = key.expires_at is not None and key.expires_at <= utc_now()
            state = "revoked" if key.revoked_at else "expired" if expired else "valid"
            used = iso(key.last_used_at) if key.last_used_at else "never used"
            typer.echo(f"{key.id}\t{key.shown_start}…\t{state}\t{iso(key.created_at)}\t{used}\t{key.name}")


@app.command("revoke")
def revoke(key_id: Annotated[str, typer.Argument(help="The id from `keys list`.")], data_dir: DataDir = None) -> None:
    """Make a key useless from now on."""
    from headgate.errors import RequestError

    with _accounts(data_dir) as accounts:
        try:
            accounts.revoke_key(uuid.UUID(key_id))
        except ValueError:
            fail(f'"{key_id}" is not the id of a key. `headgate keys list` shows the ids.')
        except RequestError as error:
            fail(error.message)


@contextmanager
def _accounts(data_dir: DataDir) -> Iterator[AccountService]:
    config = load({"data_dir": data_dir})
    from headgate.accounts.service import AccountService
    from headgate.db import Database, DatabaseUnavailableError, migrate

    try:
        config.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        database = Database(config.resolved_database_url)
        database.check()
    except (OSError, DatabaseUnavailableError) as error:
        fail(str(error))
    try:
        migrate(database)
        yield AccountService(database)
    finally:
        database.dispose()
