"""The command line."""

from __future__ import annotations


def main() -> None:
    """Run the command line."""
    # Processes that a command starts import this module again, and need nothing of the commands.
    from headgate.cli.app import run

    run()
