"""How many cells a second each validator checks on one core: `python -m benchmarks.validators --rows 1000000`.

Typed columns go chunk by chunk through what an import does with them: as often as a rule about several rows wants to see them,
then the check itself. Processor time of this one thread counts, the best of the repetitions. The cells are all different
wherever the rule allows it, and few fail: *clean* is what a program wrote, *hard* is what takes the JavaScript engine, lists, or
repeated values.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

os.environ["POLARS_MAX_THREADS"] = "1"  # read once, when Polars is loaded below

import polars as pl
from rich.console import Console
from rich.table import Table

from benchmarks.columns import OPTIONS, Grade, addresses, lower, mixed, number, of, shaped
from benchmarks.columns import Column as Cells
from benchmarks.data import FIRST_NAMES
from benchmarks.types import TARGETS, timed

if TYPE_CHECKING:
    from headgate.engine.validators import Batch

NAMES = shaped("{} {}", of(FIRST_NAMES), number(0, 10_000_000))
WORDS = of([name for name in FIRST_NAMES if name.isalpha() and name.isascii()])
CODES = shaped("{}-{}", of(["AB", "CD", "EF"]), number(0, 10_000_000, 7))
MAILS = addresses(of(["example.com", "mail.example.org"]))
LISTS = shaped(
    '["{}","{}"]', of([str(one["value"]) for one in OPTIONS[:6]]), of([str(one["value"]) for one in OPTIONS[6:]])
)
REPEATED = mixed((9, CODES), (1, of([f"AB-{number:07}" for number in range(1000)])))


@dataclass(frozen=True)
class Case:
    """One validator of the field `a`, whose cells `make` gives; `b` is filled everywhere, `c` in half of the rows."""

    name: str
    grade: Grade
    make: Any
    rule: dict[str, Any]
    type: str = "string"

    def cells(self, rows: int) -> pl.Series:
        """The cells of the field, the same every time."""
        return Cells(self.type, self.name, self.grade, self.make, lower).cells(rows)


CASES = (
    Case("required", "clean", NAMES, {"validate": "required"}),
    Case("unique", "clean", CODES, {"validate": "unique"}),
    Case("unique, 1 in 10 repeats", "hard", REPEATED, {"validate": "unique"}),
    Case("unique_case_insensitive", "clean", MAILS, {"validate": "unique_case_insensitive"}),
    Case("unique_with", "clean", CODES, {"validate": "unique_with", "uniqueKey": "k"}),
    Case("regex_match", "clean", CODES, {"validate": "regex_match", "regex": "^[A-Z]{2}-\\d{7}$"}),
    Case("regex_match, unanchored", "clean", MAILS, {"validate": "regex_match", "regex": "@example\\.|\\.org"}),
    Case("regex_match, any case", "clean", MAILS,
         {"validate": "regex_match", "regex": "^[A-Z.0-9]+@", "regexOptions": {"ignoreCase": True}}),
    Case("regex_exclude", "clean", NAMES, {"validate": "regex_exclude", "regex": "[<>{}]"}),
    Case("regex_match, look-ahead", "hard", CODES, {"validate": "regex_match", "regex": "^(?=.*-)[A-Z]{2}"}),
    Case("require_with", "clean", NAMES, {"validate": "require_with", "fields": ["b", "c"]}),
    Case("require_without_all", "clean", NAMES, {"validate": "require_without_all", "fields": ["b", "c"]}),
    Case("require_with_values", "clean", NAMES, {"validate": "require_with_values", "fieldValues": {"b": "yes", "c": "x"}}),
    Case("length", "clean", NAMES, {"validate": "length", "min": 1, "max": 80}),
    Case("length of lists", "hard", LISTS, {"validate": "length", "max": 80}, "multi-select"),
    Case("alphabetical", "clean", WORDS, {"validate": "alphabetical"}),
    Case("alphabetical, lists", "hard", LISTS, {"validate": "alphabetical"}, "multi-select"),
)  # fmt: skip


def main() -> int:
    """Measure and print. The exit code is 1 when a target is missed and --check is given."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--only", nargs="*", default=[], help="parts of the names of validators")
    parser.add_argument("--markdown", action="store_true", help="print the table as docs/performance.md has it")
    parser.add_argument("--check", action="store_true", help="fail when a target is missed")
    arguments = parser.parse_args()
    wanted = [case for case in CASES if not arguments.only or any(word in case.name for word in arguments.only)]
    rows = []
    for case in wanted:
        rate = arguments.rows / min(seconds(case, arguments.rows) for _ in range(arguments.repeat))
        rows.append((case.name, case.grade, f"{rate / 1e6:.2f} M", "" if rate >= TARGETS[case.grade] else "missed"))
        print("  ".join(rows[-1]), file=sys.stderr, flush=True)
    headings = ("validator", "", "cells/s", "")
    if arguments.markdown:
        lines = [headings, ("---", "---", "--:", "---"), *rows]
        print("\n".join(f"| {' | '.join(line)} |" for line in lines))
    else:
        table = Table(*headings)
        for row in rows:
            table.add_row(*row)
        Console(width=100).print(table)
    return int(arguments.check and any(row[-1] for row in rows))


def seconds(case: Case, rows: int) -> float:
    """Seconds of the processor's time that all passes and the check take together."""
    from headgate import load_schema
    from headgate.engine.validators import build_validators

    field: dict[str, Any] = {"label": "A", "key": "a", "type": case.type, "validators": [case.rule]}
    if case.type == "multi-select":
        field["selectOptions"] = list(OPTIONS)
    others = [{"label": key.upper(), "key": key, "type": "string"} for key in "bc"]
    with build_validators(load_schema({"fields": [field, *others]}).fields) as validators:
        batches = list(batches_of(case, rows))
        found = timed(partial(check, validators, batches))[0]
    return float(found)


def check(validators: Any, batches: list[Batch]) -> int:
    """What an import does with all batches; how many findings there are."""
    while validators.wants_pass:
        for batch in batches:
            validators.observe(batch)
        validators.end_pass()
    return sum(len(list(validators.check(batch))) for batch in batches)


def batches_of(case: Case, rows: int) -> Iterator[Batch]:
    """The typed columns, chunk by chunk."""
    from headgate.engine.table import MAX_ROWS_PER_CHUNK
    from headgate.engine.validators import slot_column

    half = pl.Series([None, "y"]).gather(pl.int_range(rows, eager=True) % 2)
    table = pl.DataFrame({"a": case.cells(rows), "b": pl.Series(["yes"]).new_from_index(0, rows), "c": half})
    for chunk in table.iter_slices(MAX_ROWS_PER_CHUNK):
        fine = pl.Series([False]).new_from_index(0, chunk.height)
        types = {"a": case.type, "b": "string", "c": "string"}
        yield {key: [slot_column(type_name, chunk[key], fine)] for key, type_name in types.items()}


if __name__ == "__main__":
    sys.exit(main())
