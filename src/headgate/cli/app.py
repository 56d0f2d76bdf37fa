"""The commands. Each imports what it needs when it runs, so that every other starts quickly."""

from __future__ import annotations

from typing import Any

import typer

from headgate.cli import accounts, backup, config, doctor, import_, keys, rekey, schema, serve, upgrade, worker

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Any spreadsheet in, clean typed rows out, every decision explained.",
)
app.command("import")(import_.import_command)
app.command("serve")(serve.serve)
app.command("worker")(worker.worker)
app.command("backup")(backup.backup)
app.command("restore")(backup.restore)
app.command("upgrade")(upgrade.upgrade)
app.command("config")(config.config)
app.command("rekey")(rekey.rekey)
app.command("doctor")(doctor.doctor)
app.add_typer(accounts.app, name="accounts")
app.add_typer(keys.app, name="keys")
app.add_typer(schema.app, name="schema")


USAGE_ERROR = 64
"""Exit code of a command that was used wrongly (`EX_USAGE` of sysexits.h): 2 means NEEDS_REVIEW."""


def run() -> None:
    """Run the command that the arguments name."""
    # What all of Typer's errors about a command's use have in common; it has no public name.
    usage_error: Any = typer.BadParameter.__base__
    usage_error.exit_code = USAGE_ERROR
    app()
