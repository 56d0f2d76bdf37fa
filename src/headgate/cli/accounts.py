"""`headgate accounts`: links that let people in, made on the machine of the service, running or not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from headgate.cli.options import DataDir, fail, load, open_database

if TYPE_CHECKING:
    from headgate.accounts.links import NewLink
    from headgate.accounts.setup import Entrances

app = typer.Typer(no_args_is_help=True, help="Links with which people get in.")


@app.command("setup-link")
def setup_link(data_dir: DataDir = None) -> None:
    """Print a link with which the first person sets the service up. It works once, for a day."""
    _print_link(data_dir, lambda accounts: accounts.joining.make_setup_link(accounts.keys.default_organization()))


@app.command("reset-link")
def reset_link(
    email: Annotated[str, typer.Argument(help="The e-mail address of the account.")], data_dir: DataDir = None
) -> None:
    """Print a link with which somebody sets a new password. It works once, for a day."""
    _print_link(data_dir, lambda accounts: accounts.resets.create_for(email))


def _print_link(data_dir: Path | None, make: Callable[[Entrances], NewLink]) -> None:
    config = load({"data_dir": data_dir})
    from headgate.accounts.setup import set_up_entrances
    from headgate.errors import RequestError

    host = f"[{config.host}]" if ":" in config.host else config.host
    address = config.public_url or f"http://{host}:{config.port}"
    with open_database(data_dir, config) as database:
        try:
            link = make(set_up_entrances(config, database))
        except RequestError as error:
            fail(error.message)
        typer.echo(link.url(address.rstrip("/")))
