"""The same file and the same checks by what people use today: `make bench-peers`, or `python -m benchmarks.peers`.

Each tool has a process of its own and reads the CSV itself. The checks are those that all of them can say: required,
unique, length, pattern, and one of a list; every tool has to find the same cells, or the run fails. `headgate, its own
types` is what headgate is for instead: the schema of `benchmarks.data`, whose cells are typed, matched and written.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from benchmarks.process import cpu_seconds, peak_memory

Found = dict[str, int]
"""Column → cells that fail."""

PEERS = Path(__file__).parents[1] / ".venv-peers" / "bin" / "python"

PATTERNS = {
    "Email": r"^[A-Za-z0-9.+_-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$",
    "Phone": r"^(\+1 )?\(?[0-9]{3}\)?[ .-]?[0-9]{3}[ .-]?[0-9]{4}$",
    "Signed Up": r"^([0-9]{2}/[0-9]{2}/[0-9]{4}|[0-9]{4}-[0-9]{2}-[0-9]{2})$",
    "Amount": r"^\$?[0-9]{1,3}(,[0-9]{3})*\.[0-9]{2}$",
    "Zip": r"^[0-9]{3,5}$",
}
LISTS = {
    "Stage": [
        "Qualified", "qualifying lead", "Demo", "demonstration", "PROPOSAL", "Proposal ", "closed", "under contract",
    ],
    "Country": [
        "US", "us", "United States", "CA", "Canada", "DE", "Germany", "FR", "GB", "United Kingdom", "MX", "Japan",
    ],
    "Active": ["yes", "no", "TRUE", "false", "1", "0"],
}  # fmt: skip
REQUIRED = ("Customer ID", "Name", "Email", "Signed Up")
UNIQUE = "Customer ID"
LONGEST_NAME = 24
"""Characters of a name; some are longer."""


def headgate(file: Path) -> Found:
    """Text fields with validators."""
    from headgate import import_file

    fields = []
    for column in _columns(file):
        validators: list[dict[str, Any]] = [{"validate": "required"}] if column in REQUIRED else []
        validators += [{"validate": "unique"}] if column == UNIQUE else []
        validators += [{"validate": "length", "max": LONGEST_NAME}] if column == "Name" else []
        pattern = PATTERNS.get(column) or _alternatives(LISTS.get(column))
        validators += [{"validate": "regex_match", "regex": pattern}] if pattern else []
        fields.append({"label": column, "key": column, "validators": validators})
    outcome = import_file(file, {"fields": fields})
    return _found_by(outcome)


def headgate_types(file: Path) -> Found:
    """The schema that headgate would be given: types, options, matching, and the written result."""
    from benchmarks.data import schema
    from headgate import import_file

    outcome = import_file(file, schema())
    with tempfile.TemporaryDirectory() as folder:
        outcome.write(Path(folder) / "result.json")
    return _found_by(outcome)


def _found_by(outcome: Any) -> Found:
    found: Counter[str] = Counter()
    for kind, count in outcome.issues.counts.items():
        found.update({str(kind.field): count} if kind.level == "error" else {})
    return dict(found)


def hand_written(file: Path) -> Found:
    """The standard library: csv, re, and a loop."""
    patterns = {column: re.compile(pattern) for column, pattern in PATTERNS.items()}
    lists = {column: frozenset(values) for column, values in LISTS.items()}
    found: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    with file.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            seen[row[UNIQUE]] += 1
            found.update(column for column in REQUIRED if not row[column])
            found.update(["Name"] if len(row["Name"]) > LONGEST_NAME else ())
            found.update(
                column for column, pattern in patterns.items() if row[column] and not pattern.search(row[column])
            )
            found.update(column for column, values in lists.items() if row[column] and row[column] not in values)
    found[UNIQUE] += sum(count for count in seen.values() if count > 1)
    return dict(found)


def pydantic_rows(file: Path) -> Found:
    """A pydantic model a row. It cannot say that a value is unique: a set beside it does."""
    from typing import Annotated, Literal

    import pydantic

    def of(column: str) -> Any:
        kind: Any = Literal[tuple(LISTS[column])] if column in LISTS else str
        limits: dict[str, Any] = {"pattern": PATTERNS[column]} if column in PATTERNS else {}
        limits |= {"max_length": LONGEST_NAME} if column == "Name" else {}
        kind = Annotated[kind, pydantic.Field(**limits)] if limits else kind
        return (kind, ...) if column in REQUIRED else (kind | None, None)

    columns = _columns(file)
    model: Any = pydantic.create_model("Row", **{f"c{n}": of(column) for n, column in enumerate(columns)})
    found: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    with file.open(encoding="utf-8", newline="") as stream:
        rows = csv.reader(stream)
        next(rows)
        for cells in rows:
            seen[cells[0]] += 1
            try:
                model.model_validate({f"c{n}": cell or None for n, cell in enumerate(cells)})
            except pydantic.ValidationError as error:
                found.update({columns[int(str(one["loc"][0])[1:])] for one in error.errors(include_url=False)})
    found[UNIQUE] += sum(count for count in seen.values() if count > 1)
    return dict(found)


def pandera_polars(file: Path) -> Found:
    """A pandera schema on a Polars frame."""
    import pandera.polars as pa
    import polars as pl

    def of(column: str) -> Any:
        checks = [pa.Check.str_matches(PATTERNS[column])] if column in PATTERNS else []
        checks += [pa.Check.isin(LISTS[column])] if column in LISTS else []
        checks += [pa.Check.str_length(max_value=LONGEST_NAME)] if column == "Name" else []
        return pa.Column(pl.String, checks, nullable=column not in REQUIRED, unique=column == UNIQUE)

    table = pl.read_csv(file, infer_schema=False).with_columns(pl.all().replace("", None))
    try:
        pa.DataFrameSchema({column: of(column) for column in table.columns}).validate(table, lazy=True)
    except pa.errors.SchemaErrors as errors:
        return dict(Counter(errors.failure_cases["column"].to_list()))
    return {}


def frictionless(file: Path) -> Found:
    """A Table Schema, validated by Frictionless."""
    from frictionless import Checklist, Resource, Schema, system, validate

    def of(column: str) -> dict[str, Any]:
        limits: dict[str, Any] = {"required": True} if column in REQUIRED else {}
        limits |= {"unique": True} if column == UNIQUE else {}
        limits |= {"pattern": PATTERNS[column]} if column in PATTERNS else {}
        limits |= {"enum": LISTS[column]} if column in LISTS else {}
        limits |= {"maxLength": LONGEST_NAME} if column == "Name" else {}
        return {"name": column, "type": "string", "constraints": limits}

    schema = Schema.from_descriptor({"fields": [of(column) for column in _columns(file)]})
    with system.use_context(trusted=True):
        report = validate(Resource(path=str(file), schema=schema), checklist=Checklist(), limit_errors=10**9)
    return dict(Counter(str(row[0]) for row in report.flatten(["fieldName"]) if row[0]))


def great_expectations(file: Path) -> Found:
    """A suite of expectations on a pandas frame."""
    import great_expectations as gx
    import pandas as pd
    from great_expectations.data_context.types.base import ProgressBarsConfig

    table = pd.read_csv(file, dtype=str, keep_default_na=False, na_values=[""])
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    asset = context.data_sources.add_pandas("peers").add_dataframe_asset("customers")
    batch = asset.add_batch_definition_whole_dataframe("all").get_batch(batch_parameters={"dataframe": table})
    expect = gx.expectations
    suite: list[Any] = [expect.ExpectColumnValuesToNotBeNull(column=column) for column in REQUIRED]
    suite += [expect.ExpectColumnValuesToBeUnique(column=UNIQUE)]
    suite += [expect.ExpectColumnValueLengthsToBeBetween(column="Name", max_value=LONGEST_NAME)]
    suite += [expect.ExpectColumnValuesToMatchRegex(column=column, regex=regex) for column, regex in PATTERNS.items()]
    suite += [expect.ExpectColumnValuesToBeInSet(column=column, value_set=values) for column, values in LISTS.items()]
    found: Counter[str] = Counter()
    for expectation in suite:
        found[expectation.column] += int(batch.validate(expectation).result["unexpected_count"])
    return dict(found)


OURS: dict[str, Callable[[Path], Found]] = {"headgate": headgate, "headgate, its own types": headgate_types}
OTHERS: dict[str, Callable[[Path], Found]] = {
    "csv + hand-written Python": hand_written,
    "pydantic per row": pydantic_rows,
    "pandera on Polars": pandera_polars,
    "Frictionless": frictionless,
    "Great Expectations": great_expectations,
}


def _columns(file: Path) -> list[str]:
    with file.open(encoding="utf-8", newline="") as stream:
        return next(csv.reader(stream))


def _alternatives(values: list[str] | None) -> str | None:
    return f"^(?:{'|'.join(map(re.escape, values))})$" if values else None


def measured(name: str, file: Path) -> dict[str, Any]:
    """Run one tool here. Loading its libraries counts: who validates a file starts a program."""
    wall, cpu = time.perf_counter(), cpu_seconds()
    found = (OURS | OTHERS)[name](file)
    wall, cpu = time.perf_counter() - wall, cpu_seconds() - cpu
    return {
        "name": name,
        "wall": wall,
        "cpu": cpu,
        "peak": peak_memory(),
        "found": {k: v for k, v in found.items() if v},
    }


def results(rows: int, python: Path) -> Iterator[dict[str, Any]]:
    """Each tool in a process of its own."""
    with tempfile.TemporaryDirectory(prefix="headgate-peers-") as folder:
        file = Path(folder) / "customers.csv"
        subprocess.run([sys.executable, "-m", "benchmarks.data", file, "--rows", str(rows)], check=True)
        for name in OURS | OTHERS:
            program = sys.executable if name in OURS else str(python)
            command = [program, "-m", "benchmarks.peers", "--run", name, str(file)]
            output = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
            yield json.loads(output.splitlines()[-1])


def main() -> int:
    """Compare, and print a table of Markdown. The exit code is 1 when two tools found different errors."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--python", type=Path, default=PEERS, help="the interpreter that has the other tools")
    parser.add_argument("--run", nargs=2, metavar=("TOOL", "FILE"), help="measure one tool in this process")
    arguments = parser.parse_args()
    if arguments.run:
        print(json.dumps(measured(arguments.run[0], Path(arguments.run[1]))))
        return 0
    expected: Found | None = None
    agreed = True
    print("| tool | seconds | CPU s | peak MiB | errors found |\n| --- | --: | --: | --: | --: |", flush=True)
    for one in results(arguments.rows, arguments.python):
        total = sum(one["found"].values())
        line = f"| {one['name']} | {one['wall']:.1f} | {one['cpu']:.1f} | {one['peak'] / 2**20:,.0f} | {total:,} |"
        print(line, flush=True)
        if one["name"] == "headgate, its own types":
            continue
        expected = expected or one["found"]
        if one["found"] != expected:
            agreed = False
            print(f"{one['name']} found {one['found']}, headgate {expected}", file=sys.stderr)
    return 0 if agreed else 1


if __name__ == "__main__":
    sys.exit(main())
