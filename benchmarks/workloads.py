"""Small pieces of work, the same every time, whose instructions are counted (`benchmarks/instructions.py`).

Each gives a function that does the work: what has to be made for it first is made before, and is not counted.
"""

from __future__ import annotations

import importlib
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
import polars as pl

from benchmarks.data import chunks, schema, write_csv
from benchmarks.scoreboard import speed
from benchmarks.scoreboard.samples import field_json, reader_for
from headgate import import_file, load_schema
from headgate.engine.header import choose_header, header_names
from headgate.engine.hooks.replies import parse_changes
from headgate.engine.hooks.rows import RowBatch
from headgate.engine.match import SourceColumn, match_columns
from headgate.engine.output import write_output
from headgate.engine.read.options import ReadOptions
from headgate.engine.read.reading import read_source
from headgate.engine.types.base import TypeContext
from headgate.engine.types.registry import FIELD_TYPES, build_type
from headgate.schema import parse_schema, parse_schema_document

Work = Callable[[], object]
Prepare = Callable[[Path], AbstractContextManager[Work]]

CELLS = 1_000
READ_ROWS = 1_000
RESULT_ROWS = 1_000
HOOK_ROWS = 1_000
IMPORT_ROWS = 10_000
OPTIONS = ("Open", "In progress", "Done", "Cancelled")


@dataclass(frozen=True)
class Workload:
    """`prepare`: a context that gives the work, with a directory of its own. `cold`: the first run counts, not the second."""

    name: str
    prepare: Prepare
    cold: bool = False


def cell(type_name: str, number: int) -> str:
    """A cell of a type: each another text; one in twenty is none of the type."""
    if number % 20 == 0:
        return f"no {type_name} {number}"
    day, month, year = number % 28 + 1, number % 12 + 1, 1970 + number % 60
    return {
        "checkbox": ("yes", "no", "TRUE", "0", "x")[number % 5],
        "country": ("Germany", "fr", "USA", "United Kingdom", "Côte d'Ivoire")[number % 5],
        "date": (f"{year}-{month:02}-{day:02}", f"{day} Mar {year}", f"{month}/{day}/{year}")[number % 3],
        "datetime": (f"{year}-{month:02}-{day:02}T08:{number % 60:02}:00Z", f"{month}/{day}/{year} 8:15 PM")[
            number % 2
        ],
        "domain": f"shop{number}.example.co.uk",
        "email": f"person{number}@example{number % 7}.com",
        "multi-select": ("Open, Done", "done", "In progress,Open")[number % 3],
        "number": (f"{number}", f"{number % 90 + 1},{number % 1000:03}.5", f"$ {number}.25", f"({number})")[number % 4],
        "phone-number": (f"+1 212 555 {number % 10000:04}", f"(702) 233-{number % 10000:04}")[number % 2],
        "select": ("open", "In Progress", "DONE", "canceled")[number % 4],
        "ssn": f"123-45-{number % 9000 + 1000:04}",
        "string": f"  text {number}",
        "time": (f"{number % 24:02}:{number % 60:02}", f"{number % 12 + 1}:{number % 60:02} pm")[number % 2],
        "url": f"https://www.example.com/a/{number}?b=c",
        "us-state-territory": ("CA", "ny", "Texas", "US-WA")[number % 4],
        "us-zip-code": (f"{number % 90000 + 10000}", f"{number % 90000 + 10000}-1234")[number % 2],
        "uuid": f"27a3c461-4b92-4e7c-b171-{number:012x}",
    }[type_name]


@contextmanager
def type_of_cells(name: str) -> Iterator[Work]:
    """A column of one type."""
    document: dict[str, Any] = {"label": "Field", "key": "field", "type": name}
    if name in {"select", "multi-select"}:
        document["selectOptions"] = [{"label": label, "value": label.lower()} for label in OPTIONS]
    (field,) = parse_schema([document], {}).fields
    column = pl.Series([cell(name, number) for number in range(CELLS)])
    # A reader remembers texts, so each run has one of its own.
    yield lambda: build_type(field, TypeContext("text", "en")).reader().read_column(column)


@contextmanager
def reading(scratch: Path, *, damaged: bool) -> Iterator[Work]:
    """A CSV file to the raw table: all of it regular, or with broken quotes in every tenth record."""
    file, runs = scratch / "table.csv", iter(range(1000))
    write_csv(file, READ_ROWS)
    if damaged:
        lines = file.read_bytes().split(b"\n")
        lines[1::10] = [line.replace(b",", b',"', 1) for line in lines[1::10]]
        file.write_bytes(b"\n".join(lines))
    yield lambda: read_source(file, scratch / f"raw-{next(runs)}", ReadOptions(filename=file.name))


@contextmanager
def header_and_match(_: Path) -> Iterator[Work]:
    """The header of a wide file and its columns' fields, as `benchmarks.scoreboard.speed` measures them."""
    fields = parse_schema([field_json(text) for text in speed.FIELDS], {}).fields
    rows = speed.table()

    def work() -> object:
        header = choose_header(rows[: speed.HEAD_RECORDS], fields, total_rows=len(rows))
        names = header_names(rows[: speed.HEAD_RECORDS], header)
        sample = list(zip(*rows[header.data_start :], strict=True))
        sources = [SourceColumn(index, name, sample[index]) for index, name in enumerate(names)]
        return match_columns(sources, fields, reader_for=reader_for)

    yield work


@contextmanager
def whole_import(scratch: Path, rows: int) -> Iterator[Work]:
    """A CSV file to its result."""
    file, document = scratch / "table.csv", load_schema(schema())
    write_csv(file, rows)
    yield lambda: import_file(file, document)


@contextmanager
def result_writing(scratch: Path, output_format: Any) -> Iterator[Work]:
    """A result table to an output format."""
    file = scratch / "table.csv"
    write_csv(file, RESULT_ROWS)
    outcome = import_file(file, schema())
    if outcome.result is None:
        raise RuntimeError(f"The import ended as {outcome.status}.")
    table = outcome.result
    yield lambda: write_output(table, scratch / "result", output_format)


@contextmanager
def hook_protocol(_: Path) -> Iterator[Work]:
    """Rows packed for a row hook, and the changes of half of them read."""
    names = [field.key for field in parse_schema_document(schema()).fields]
    (rows,) = (
        chunk.head(HOOK_ROWS).rename(dict(zip(chunk.columns, names, strict=True))) for chunk in chunks(HOOK_ROWS)
    )
    number = pl.int_range(HOOK_ROWS, eager=True)
    changed = list(range(0, HOOK_ROWS, 2))
    answer = orjson.dumps(
        {"values": [[0, changed, [f"changed {at}" for at in changed], []]], "infos": [[], [], [], []], "options": []}
    )

    def work() -> object:
        batch = RowBatch(number, number, rows, rows)
        packed = [orjson.dumps(order) for _, order in batch.orders(names)]
        return packed, parse_changes(orjson.loads(answer), names, HOOK_ROWS, 10)

    yield work


@contextmanager
def loading_of(module: str) -> Iterator[Work]:
    """headgate's own modules executed anew, as every start does. Libraries stay as they are: nobody here changes them."""
    kept = {name: found for name, found in sys.modules.items() if name.partition(".")[0] == "headgate"}

    def work() -> object:
        for name in [name for name in sys.modules if name.partition(".")[0] == "headgate"]:
            del sys.modules[name]
        re.purge()
        return importlib.import_module(module)

    try:
        yield work
    finally:
        sys.modules.update(kept)


def _type_named(name: str) -> Prepare:
    return lambda _: type_of_cells(name)


WORKLOADS = (
    Workload("header and match, 50 columns, first", header_and_match, cold=True),
    Workload("header and match, 50 columns", header_and_match),
    *(Workload(f"type {name}", _type_named(name)) for name in sorted(FIELD_TYPES)),
    Workload("read CSV, regular", lambda scratch: reading(scratch, damaged=False)),
    Workload("read CSV, damaged", lambda scratch: reading(scratch, damaged=True)),
    Workload("write JSON", lambda scratch: result_writing(scratch, "json")),
    Workload("write CSV", lambda scratch: result_writing(scratch, "csv")),
    Workload("write XLSX", lambda scratch: result_writing(scratch, "xlsx")),
    Workload("write Parquet", lambda scratch: result_writing(scratch, "parquet")),
    Workload("hook protocol", hook_protocol),
    Workload("import, 100 rows", lambda scratch: whole_import(scratch, 100)),
    Workload("import, 10,000 rows", lambda scratch: whole_import(scratch, IMPORT_ROWS)),
    Workload("load the engine", lambda _: loading_of("headgate.api")),
    Workload("load the server", lambda _: loading_of("headgate.server.run")),
)
