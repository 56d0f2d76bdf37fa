"""`headgate keys`: API keys, made and revoked on the machine of the service, running or not."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Annotated

import typer

from headgate.cli.options import DataDir, fail, open_database

app = typer.Typer(no_args_is_help=True, help="Create, list and revoke API keys.")


@app.command("create")
def create(
    name: Annotated[str, typer.Option(help="What the key is for.")] = "default",
    scope: Annotated[
        list[str] | None,
        typer.Option(help="What it may do, such as imports:write; may be repeated. Without: all but admin."),
    ] = None,
    days: Annotated[
        int | None, typer.Option(min=1, max=36500, help="After how many days it ends. Without: never.")
    ] = None,
    data_dir: DataDir = None,
) -> None:
    """Create a key and print it. It cannot be shown again."""
    from headgate.accounts.scopes import KEY_SCOPES, Scope
    from headgate.accounts.service import AccountService
    from headgate.db import utc_now
    from headgate.errors import RequestError

    try:
        scopes = [Scope(one) for one in scope] if scope else KEY_SCOPES
    except ValueError as error:
        fail(f"{error}. The scopes are: {', '.join(Scope)}.")
    expires = utc_now() + timedelta(days=days) if days else None
    with open_database(data_dir) as database:
        try:
            typer.echo(AccountService(database).create_key(name, scopes=scopes, expires_at=expires).key)
        except RequestError as error:
            fail(error.message)


@app.command("list")
def list_keys(data_dir: DataDir = None) -> None:
    """List the keys: id, start, state, last use, name."""
    from headgate.accounts.service import AccountService
    from headgate.db import iso, utc_now

    with open_database(data_dir) as database:
        for key in AccountService(database).list_keys():
            expired = key.expires_at is not None and key.expires_at <= utc_now()
            state = "revoked" if key.revoked_at else "expired" if expired else "valid"
            used = iso(key.last_used_at) if key.last_used_at else "never used"
            typer.echo(f"{key.id}\t{key.shown_start}…\t{state}\t{iso(key.created_at)}\t{used}\t{key.name}")


@app.command("revoke")
def revoke(key_id: Annotated[str, typer.Argument(help="The id from `keys list`.")], data_dir: DataDir = None) -> None:
    """Make a key useless from now on."""
    from headgate.accounts.service import AccountService
    from headgate.errors import RequestError

    with open_database(data_dir) as database:
        try:
            AccountService(database).revoke_key(uuid.UUID(key_id))
        except ValueError:
            fail(f'"{key_id}" is not the id of a key. `headgate keys list` shows the ids.')
        except RequestError as error:
            fail(error.message)
