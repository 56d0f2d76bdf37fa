"""`headgate worker`."""

from __future__ import annotations

from typing import Annotated

import typer

from headgate.cli.options import DataDir, fail, load
from headgate.loading import loading


def worker(
    workers: Annotated[
        int | None, typer.Option(help="Imports at once.", show_default="one a processor, at most 4")
    ] = None,
    data_dir: DataDir = None,
) -> None:
    """Run the imports that servers accepted, until stopped. Needs PostgreSQL, and the same settings as the servers.

    Every other setting comes from HEADGATE_* environment variables or the file that HEADGATE_CONFIG names.
    """
    config = load({"workers": workers, "data_dir": data_dir})
    with loading():
        from headgate.config import ConfigurationError
        from headgate.server.run import work

    try:
        work(config)
    except ConfigurationError as error:
        fail(str(error))
