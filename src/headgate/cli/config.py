"""`headgate config`."""

from __future__ import annotations

import json
import os
from typing import Annotated

import typer

from headgate.cli.options import DataDir, fail


def config(
    check: Annotated[
        bool, typer.Option("--check", help="Only say what is wrong; variables that are no settings count as wrong too.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print name, value and origin of each as JSON.")] = False,
    data_dir: DataDir = None,
) -> None:
    """Show every setting with its value and where that comes from. Secrets are hidden; nothing is opened or changed."""
    from headgate.config import ConfigurationError, explain, unknown_variables

    unknown = unknown_variables(os.environ)
    for name, near in unknown.items():
        meant = f"Did you mean {near}?" if near else "Remove it."
        typer.echo(f"The variable {name} is no setting, so it does nothing. {meant}", err=True)
    try:
        settings = explain({"data_dir": data_dir})
    except ConfigurationError as error:
        fail(str(error))
    if check:
        if unknown:
            raise typer.Exit(1)
        typer.echo("Every setting can be used.")
    elif as_json:
        typer.echo(json.dumps([vars(one) for one in settings], ensure_ascii=False, indent=2))
    else:
        width = max(len(one.name) for one in settings)
        for one in settings:
            typer.echo(f"{one.name:{width}}  {one.value}  [{one.origin}]")
