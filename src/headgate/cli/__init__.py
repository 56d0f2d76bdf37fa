"""The command line."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line."""
    # Processes that a command starts import this module again, and need nothing of the commands.
    from headgate.loading import loading

    with loading():
        from headgate.cli.direct import run_directly

    run_directly(sys.argv[1:])
    with loading():
        from headgate.cli.app import run

    run()
