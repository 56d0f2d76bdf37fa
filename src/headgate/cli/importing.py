"""What `headgate import` does, once it is known what was asked for. Knows nothing of the library that reads command lines, which
takes longer to load than a small file to import."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from headgate.engine.read.workbook_signs import reader_ahead
from headgate.loading import loading, look_for_little_garbage
from headgate.records import dataclass

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
SMALL_FILE = 64 << 10
"""Bytes up to which a file is imported in less time than it takes to load what imports it."""


class UsageError(Exception):
    """The command was used wrongly; nothing was read or written. The message is for the person."""


@dataclass(frozen=True)
class Arguments:
    """What was asked for, as the options of the command are called."""

    file: str
    schema: Path
    output: str | None = None
    format: str | None = None
    metadata: Path | None = None
    filename: str | None = None
    work: Path | None = None


def import_as_told(told: Arguments) -> int:
    """Import, write what was asked for, and say what became of it; gives the exit code. Raises UsageError."""
    with reader_ahead(Path(told.file)):
        return _import_as_told(told)


def _import_as_told(told: Arguments) -> int:
    with loading():
        from headgate import api  # noqa: F401 - the engine, loaded with all that an import needs
        from headgate.engine.held_directory import WorkInUseError
        from headgate.engine.output import FormatCannotHoldError
        from headgate.schema import SchemaError

    output_format = _output_format(told.format, told.output)
    _check_targets(told.file, told.schema, told.output, told.metadata)
    try:
        outcome = _run(told, wants_json=output_format == "json")
        if told.metadata is not None:
            _write_report(outcome, told.metadata)
        if outcome.status == "SUCCESSFUL":
            _write_rows(outcome, told.output, output_format)
    except SchemaError as error:
        return _failure(f"{told.schema} is not a usable schema:", *_problem_lines(error))
    except (FormatCannotHoldError, WorkInUseError) as error:
        return _failure(str(error))
    except BrokenPipeError:
        # The reader has what it wanted. Python would complain once more when it flushes at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return BROKEN_PIPE
    except OSError as error:
        return _failure(f"{error.filename or told.output or 'standard output'}: {error.strerror or error}")
    print_summary(outcome)
    return EXIT_CODES[outcome.status]


def _output_format(name: str | None, output: str | None) -> Any:
    from headgate.engine.output import OUTPUT_FORMATS

    if name is None:
        suffix = Path(output).suffix.lstrip(".").lower() if output else "json"
        name = suffix if suffix in OUTPUT_FORMATS else "json"
    if name not in OUTPUT_FORMATS:
        raise UsageError(f'"{name}" is no output format. Expected one of {", ".join(OUTPUT_FORMATS)}.')
    if name in BINARY_FORMATS and output in STANDARD_OUTPUT and sys.stdout.isatty():
        raise UsageError(f"{name} is not for a terminal to show. Say with --output where it goes.")
    return name


def _check_targets(file: str, schema: Path, output: str | None, metadata: Path | None) -> None:
    """Refuse what would overwrite the sources, and what could not be written in the end."""
    targets = [Path(output)] if output is not None and output not in STANDARD_OUTPUT else []
    targets += [metadata] if metadata is not None else []
    for target in targets:
        if any(_same_file(target, source) for source in (Path(file), schema)):
            raise UsageError(f"{target} is read by this import. Write to another file.")
        if target.is_dir() or not target.parent.is_dir():
            raise UsageError(f"{target} cannot be written: it is, or lies in, no file or directory that exists.")
    if len(targets) > 1 and (targets[0] == targets[1] or _same_file(targets[0], targets[1])):
        raise UsageError(f"{targets[0]} cannot hold both the rows and the metadata.")


def _same_file(one: Path, other: Path) -> bool:
    try:
        return one.is_file() and one.samefile(other)
    except OSError:
        return False


def _run(told: Arguments, *, wants_json: bool) -> Outcome:
    from headgate.api import import_file, load_schema

    if _is_small(told.file):
        look_for_little_garbage()
    parsed = load_schema(told.schema)
    source = sys.stdin.buffer if told.file == "-" else Path(told.file)
    with _progress_bar() as progress:
        return import_file(
            source, parsed, filename=told.filename, progress=progress, work=told.work, wants_json=wants_json
        )


def _is_small(file: str) -> bool:
    try:
        return file != "-" and Path(file).stat().st_size <= SMALL_FILE
    except OSError:
        # Whoever reads it says what is wrong.
        return False


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
        sys.stdout.write("\n")
    sys.stdout.flush()


def _report(outcome: Outcome) -> dict[str, Any]:
    return {
        "status": outcome.status,
        "import_errors": outcome.errors,
        "result_metadata": outcome.metadata,
        "decisions": outcome.decisions,
    }


def _failure(*lines: str) -> int:
    for line in lines:
        print(line, file=sys.stderr)  # noqa: T201 - for the person
    return EXIT_CODES["FAILED"]


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
        print(shown(line), file=sys.stderr)  # noqa: T201 - for the person


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
