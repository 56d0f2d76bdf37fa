"""`headgate import`: one file through the engine, without a server."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from headgate.cli.importing import Arguments, UsageError, import_as_told

FILE = typer.Argument(help='The file to import; "-" reads standard input.', metavar="FILE", show_default=False)
SCHEMA = typer.Option("--schema", "-s", help="The schema, a JSON file.", metavar="SCHEMA.json", show_default=False)
OUTPUT = typer.Option("--output", "-o", help="Where the rows go; standard output by default.", metavar="OUT")
FORMAT = typer.Option("--format", "-f", help="json, ndjson, csv, xlsx or parquet; by default what OUT's name says.")
METADATA = typer.Option("--metadata", "-m", help="Where to write status, errors and metadata.", metavar="META.json")
WORK = typer.Option("--work", help="Where a large file is worked on; cut off, it goes on there.", metavar="DIR")
FILENAME = typer.Option("--filename", help="What the file was called, when FILE does not say.")


def import_command(
    file: Annotated[str, FILE],
    schema: Annotated[Path, SCHEMA],
    output: Annotated[str | None, OUTPUT] = None,
    format: Annotated[str | None, FORMAT] = None,  # noqa: A002 - the option's name
    metadata: Annotated[Path | None, METADATA] = None,
    filename: Annotated[str | None, FILENAME] = None,
    work: Annotated[Path | None, WORK] = None,
) -> None:
    """Import FILE against SCHEMA.json and write the clean rows.

    Ends with 0 when the rows were written, 2 when a person must decide something first, 1 when the file cannot be
    imported, 64 when the command was used wrongly. A summary goes to standard error. OUT and META.json are replaced
    when they are complete, never before.

    A file of many gigabytes is worked on in DIR (by default below TMPDIR). The same command goes on there when it was cut off.
    """
    try:
        code = import_as_told(Arguments(file, schema, output, format, metadata, filename, work))
    except UsageError as error:
        raise typer.BadParameter(str(error)) from None
    raise typer.Exit(code)
