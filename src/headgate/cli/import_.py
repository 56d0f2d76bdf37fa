"""`headgate import`: one file through the engine, without a server."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from headgate.loading import loading

if TYPE_CHECKING:
    from headgate.engine.outcome import Outcome
    from headgate.engine.request import Progress

EXIT_CODES = {"SUCCESSFUL": 0, "FAILED": 1, "NEEDS_REVIEW": 2}
BROKEN_PIPE = 141
"""What a shell reports of a program that a closed pipe ended (128 + SIGPIPE): not all rows were taken."""
MAX_SHOWN = 10
MAX_COLUMNS_SHOWN = 40
MAX_SHOWN_CHARACTERS = 60
STANDARD_OUTPUT = {None, "-", "/dev/stdout"}
BINARY_FORMATS = ("xlsx", "parquet")

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
    with loading():
        from headgate import api  # noqa: F401 - the engine, loaded with all that an import needs
        from headgate.engine.held_directory import WorkInUseError
        from headgate.engine.output import FormatCannotHoldError
        from headgate.schema import SchemaError

    output_format = _output_format(format, output)
    _check_targets(file, schema, output, metadata)
    try:
        outcome = _run(file, schema, filename, work, wants_json=output_format == "json")
        if metadata is not None:
            _write_report(outcome, metadata)
        if outcome.status == "SUCCESSFUL":
            _write_rows(outcome, output, output_format)
    except SchemaError as error:
        raise _failure(f"{schema} is not a usable schema:", *_problem_lines(error)) from None
    except (FormatCannotHoldError, WorkInUseError) as error:
        raise _failure(str(error)) from None
    except BrokenPipeError:
        # The reader has what it wanted. Python would complain once more when it flushes at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(BROKEN_PIPE) from None
    except OSError as error:
        raise _failure(f"{error.filename or output or 'standard output'}: {error.strerror or error}") from None
    print_summary(outcome)
    raise typer.Exit(EXIT_CODES[outcome.status])


def _output_format(name: str | None, output: str | None) -> Any:
    from headgate.engine.output import OUTPUT_FORMATS

    if name is None:
        suffix = Path(output).suffix.lstrip(".").lower() if output else "json"
        name = suffix if suffix in OUTPUT_FORMATS else "json"
    if name not in OUTPUT_FORMATS:
        raise typer.BadParameter(f'"{name}" is no output format. Expected one of {", ".join(OUTPUT_FORMATS)}.')
    if name in BINARY_FORMATS and output in STANDARD_OUTPUT and sys.stdout.isatty():
        raise typer.BadParameter(f"{name} is not for a terminal to show. Say with --output where it goes.")
    return name


def _check_targets(file: str, schema: Path, output: str | None, metadata: Path | None) -> None:
    """Refuse what would overwrite the sources, and what could not be written in the end."""
    targets = [Path(output)] if output is not None and output not in STANDARD_OUTPUT else []
    targets += [metadata] if metadata is not None else []
    for target in targets:
        if any(_same_file(target, source) for source in (Path(file), schema)):
            raise typer.BadParameter(f"{target} is read by this import. Write to another file.")
        if target.is_dir() or not target.parent.is_dir():
            raise typer.BadParameter(
                f"{target} cannot be written: it is, or lies in, no file or directory that exists."
            )
    if len(targets) > 1 and (targets[0] == targets[1] or _same_file(targets[0], targets[1])):
        raise typer.BadParameter(f"{targets[0]} cannot hold both the rows and the metadata.")


def _same_file(one: Path, other: Path) -> bool:
    try:
        return one.is_file() and one.samefile(other)
    except OSError:
        return False


def _run(file: str, schema: Path, filename: str | None, work: Path | None, *, wants_json: bool) -> Outcome:
    from headgate.api import import_file, load_schema

    parsed = load_schema(schema)
    source = sys.stdin.buffer if file == "-" else Path(file)
    with _progress_bar() as progress:
        return import_file(source, parsed, filename=filename, progress=progress, work=work, wants_json=wants_json)


def _write_report(outcome: Outcome, target: Path) -> None:
    from headgate.engine.output import replaced_when_complete

    with replaced_when_complete(target) as part:
        part.write_text(json.dumps(_report(outcome), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _write_rows(outcome: Outcome, output: str | None, output_format: Any) -> None:
    if output not in STANDARD_OUTPUT:
        outcome.write(str(output), format=output_format, last=True)
        return
    outcome.write(sys.stdout.buffer, format=output_format)
    if sys.stdout.isatty():
        typer.echo()
    sys.stdout.flush()


def _report(outcome: Outcome) -> dict[str, Any]:
    return {
        "status": outcome.status,
        "import_errors": outcome.errors,
        "result_metadata": outcome.metadata,
        "decisions": outcome.decisions,
    }


def _failure(*lines: str) -> typer.Exit:
    for line in lines:
        typer.echo(line, err=True)
    return typer.Exit(EXIT_CODES["FAILED"])


def _problem_lines(error: Any) -> Iterator[str]:
    for path, messages in error.problems.items():
        for message in messages:
            yield f"  {path or 'schema'}: {message}"


@contextmanager
def _progress_bar() -> Iterator[Progress]:
    from headgate.engine.request import no_progress

    if not sys.stderr.isatty():
        yield no_progress
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description:12}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        tasks: dict[str, Any] = {}

        def show(step: str, done: int, total: int) -> None:
            if step not in tasks:
                tasks[step] = bar.add_task(step, total=total or None)
            bar.update(tasks[step], completed=done, total=total or None)

        yield show


def print_summary(outcome: Outcome) -> None:
    """Say on standard error what became of the file."""
    for line in summary_lines(outcome):
        typer.echo(shown(line), err=True)


def shown(text: str) -> str:
    """`text` as a terminal may show it: what a file says must neither move the cursor nor turn the writing around."""
    return "".join(character if character.isprintable() else "\ufffd" for character in text)


def _cut(text: str) -> str:
    return text if len(text) <= MAX_SHOWN_CHARACTERS else f"{text[:MAX_SHOWN_CHARACTERS]}…"


def summary_lines(outcome: Outcome) -> Iterator[str]:
    """The summary: status, rows, how the columns were matched, and the first problems."""
    rows = outcome.decisions["rows"]
    if outcome.status == "SUCCESSFUL":
        yield f"SUCCESSFUL: {rows['delivered']:,} of {rows['read']:,} rows delivered."
    else:
        yield f"{outcome.status}:"
        for error in outcome.errors or []:
            yield f"  {error['message']} ({error['code']})"
    yield from _column_lines(outcome.decisions["columns"])
    if outcome.metadata is not None and outcome.metadata["errorCount"]:
        yield f"{outcome.metadata['errorCount']:,} errors in {rows['invalid']:,} rows:"
        for error in outcome.metadata["errors"][:MAX_SHOWN]:
            value = "" if error["value"] is None else f' ("{_cut(error["value"])}")'
            where = f"row {error['sourceRow']}" if error["sourceRow"] else f"row index {error['rowIndex']}"
            yield f"  {where}, {error['fieldKey'] or 'whole row'}: {error['message']}{value}"
        if outcome.metadata["errorCount"] > MAX_SHOWN:
            yield f"  … and {outcome.metadata['errorCount'] - MAX_SHOWN:,} more (--metadata writes them)."


def _column_lines(columns: list[dict[str, Any]]) -> Iterator[str]:
    for column in columns[:MAX_COLUMNS_SHOWN]:
        name = _cut(column["header"]) or f"(column {column['index'] + 1})"
        if column["status"] == "accepted":
            yield f"  {name} → {column['field']} ({column['method']})"
        elif column["status"] == "uncertain":
            yield f"  {name} → {column['field']}? ({column['method']}, {column['confidence']:.0%} sure)"
        else:
            yield f"  {name}: not mapped"
    if len(columns) > MAX_COLUMNS_SHOWN:
        yield f"  … and {len(columns) - MAX_COLUMNS_SHOWN:,} more columns (--metadata writes them)."
