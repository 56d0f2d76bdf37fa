"""Options that commands share, and how they end when something is wrong."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

if TYPE_CHECKING:
    from headgate.config import Config

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
