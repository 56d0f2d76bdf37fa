"""`headgate serve`."""

from __future__ import annotations

from typing import Annotated

import typer

from headgate.cli.options import DataDir, fail, load
from headgate.loading import loading


def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on.", show_default="127.0.0.1")] = None,
    port: Annotated[
        int | None, typer.Option(help="Port to listen on; 0 takes a free one.", show_default="8000")
    ] = None,
    data_dir: DataDir = None,
    check: Annotated[
        bool, typer.Option("--check", help="Only see whether the service could start with these settings.")
    ] = False,
) -> None:
    """Serve the HTTP API and run the imports, until stopped.

    Every other setting comes from HEADGATE_* environment variables or the file that HEADGATE_CONFIG names.
    """
    config = load({"host": host, "port": port, "data_dir": data_dir})
    with loading():
        from headgate.config import ConfigurationError
        from headgate.server.run import prepare
        from headgate.server.run import serve as run

    try:
        if check:
            prepare(config)
            typer.echo("The service can start with these settings.")
        else:
            run(config)
    except ConfigurationError as error:
        fail(str(error))
