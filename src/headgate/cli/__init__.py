"""The command line. Each command imports what it needs when it runs, so that every other starts quickly."""

from __future__ import annotations

import typer

from headgate.cli import import_, keys, serve

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Any spreadsheet in, clean typed rows out, every decision explained.",
)
app.command("import")(import_.import_command)
app.command("serve")(serve.serve)
app.add_typer(keys.app, name="keys")


def main() -> None:
    """Run the command line."""
    app()
