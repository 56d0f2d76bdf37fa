"""`headgate schema`: schemas as files, without a server."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from headgate.cli.importing import shown
from headgate.cli.options import fail

if TYPE_CHECKING:
    from headgate.convert import Conversion

app = typer.Typer(no_args_is_help=True, help="Schemas as files: make one of what describes your data already.")

FILE = typer.Argument(
    help='The description: a JSON or SQL file, "-" for standard input, or module:Model with --from pydantic.',
    metavar="FILE",
    show_default=False,
)
FORM = typer.Option("--from", help="What FILE is; by default what its content says.", metavar="FORM")
SELECT = typer.Option("--select", help="The table, sheet or resource, when FILE describes several.", metavar="NAME")
OUTPUT = typer.Option("--output", "-o", help="Where the schema goes; standard output by default.", metavar="OUT.json")


@app.callback()
def _group() -> None:
    """Keeps `convert` a command of its own while it is the only one."""


@app.command("convert")
def convert(
    file: Annotated[str, FILE],
    form: Annotated[str | None, FORM] = None,
    select: Annotated[str | None, SELECT] = None,
    output: Annotated[Path | None, OUTPUT] = None,
) -> None:
    """Make a schema of a JSON Schema, Table Schema, Pydantic model, CREATE TABLE statement or another importer's template.

    The schema goes to standard output or OUT.json, and notes about every choice and everything that could not be carried
    over to standard error. Ends with 0 when there is a schema, 1 when FILE cannot be converted.
    """
    from headgate.convert import ConversionError

    if output is not None and output.exists() and Path(file).exists() and output.samefile(file):
        fail(f"{output} is what is converted. Write to another file.")
    try:
        found = _convert(file, form, select)
        _write(found, output)
    except ConversionError as error:
        fail(shown(str(error)))
    except OSError as error:
        fail(shown(f"{error.filename or output or file}: {error.strerror or error}"))
    for line in _note_lines(found):
        typer.echo(shown(line), err=True)


def _convert(file: str, form: str | None, select: str | None) -> Conversion:
    from headgate.convert import convert_schema
    from headgate.convert.service import MAX_BYTES, convert_text

    if file != "-" or form == "pydantic":
        return convert_schema(file, form=form, select=select)
    return convert_text(sys.stdin.buffer.read(MAX_BYTES + 1), "", form=form, select=select)


def _write(found: Conversion, output: Path | None) -> None:
    text = json.dumps(found.document, ensure_ascii=False, indent=2) + "\n"
    if output is None:
        sys.stdout.buffer.write(text.encode())
        sys.stdout.flush()
        return
    from headgate.engine.output import replaced_when_complete

    with replaced_when_complete(output) as part:
        part.write_text(text, encoding="utf-8")


def _note_lines(found: Conversion) -> list[str]:
    fields = found.document["fields"]
    lines = [f"{len(fields):,} fields from {found.form}."]
    for kind, title in (("dropped", "Not carried over:"), ("choice", "Choices made:")):
        notes = [note for note in found.notes if note.kind == kind]
        if notes:
            lines.append(title)
            lines += [f"  {note.path or 'document'}: {note.message}" for note in notes]
    return lines
