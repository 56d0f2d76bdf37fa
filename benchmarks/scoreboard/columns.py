"""How right the automatic matches of columns are: `python -m benchmarks.scoreboard.columns [-v]`.

The cases are headers as business systems export them, with traps. The rule of their authors: a field is given where a
careful person would agree without asking; null where that person would ask, or leave it out.

`data/columns.jsonl` and those of `DEVELOPMENT` are for development: the vocabulary knows their words by now, and their
scores say that nothing was lost. `CHECKS` were written before anybody matched them and are not read while the vocabulary is
written: their scores tell how good files do that nobody has seen.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from benchmarks.scoreboard.samples import field_json, reader_for, sample_of
from headgate.engine.match import ColumnDecision, SourceColumn, match_columns
from headgate.schema import Field, parse_schema

DATA = Path(__file__).parent / "data"
DEVELOPMENT = (
    "columns",
    "columns-second",
    "columns-third",
    "columns-fourth",
    "columns-check",
    "columns-fifth",
    "columns-sixth",
    "columns-blind-third",
)
CHECKS = (
    "columns-final",
    "columns-last",
    "columns-blind",
    "columns-blind-second",
    "columns-blind-fourth",
    "columns-blind-fifth",
)
SUGGESTIONS = 3
"""So many suggestions people look at."""


@dataclass(frozen=True)
class DecidedCase:
    """A file of a set, matched: for each column its samples, the right field and what was decided."""

    name: str
    fields: Sequence[Field]
    columns: Sequence[SourceColumn]
    right: Sequence[str | None]
    decisions: Sequence[ColumnDecision]


def decided_cases(cases: Path = DATA / "columns.jsonl") -> Iterator[DecidedCase]:
    """Each case of a set."""
    for line in cases.read_text("utf-8").splitlines():
        case: dict[str, Any] = json.loads(line)
        fields = parse_schema([field_json(text) for text in case["fields"]], {}).fields
        columns = [
            SourceColumn(index, column[0], sample_of(column[2]) if len(column) > 2 else ())
            for index, column in enumerate(case["columns"])
        ]
        decisions = match_columns(columns, fields, reader_for=reader_for)
        yield DecidedCase(case["name"], fields, columns, [column[1] for column in case["columns"]], decisions)


def decided(cases: Path = DATA / "columns.jsonl") -> Iterator[tuple[str, str | None, ColumnDecision]]:
    """Each column of each case: the case's name, the right field, what was decided."""
    for case in decided_cases(cases):
        for right, decision in zip(case.right, case.decisions, strict=True):
            yield case.name, right, decision


def suggested(decision: ColumnDecision) -> list[str]:
    """The fields that a person is shown first."""
    every = dict.fromkeys((decision.field, *(runner.field for runner in decision.runners_up)))
    return [key for key in every if key is not None][:SUGGESTIONS]


def report(title: str, results: list[tuple[str, str | None, ColumnDecision]], *, verbose: bool) -> None:
    """Print automatic precision, recall, and how the rest was treated."""
    accepted = [(name, right, d) for name, right, d in results if d.status == "accepted"]
    wrong = [(name, right, d) for name, right, d in accepted if d.field != right]
    wanted = [(name, right, d) for name, right, d in results if right is not None]
    missed = [(name, right, d) for name, right, d in wanted if d.status != "accepted"]
    hidden = [(name, right, d) for name, right, d in missed if right not in suggested(d)]
    asked = [(name, right, d) for name, right, d in results if d.status == "uncertain"]
    print(f"{title}: columns {len(results)}, with a field {len(wanted)}, accepted {len(accepted)}, asked {len(asked)}")
    print(f"  automatic precision {1 - len(wrong) / max(1, len(accepted)):.4f}  (wrong: {len(wrong)})")
    print(
        f"  automatic recall    {1 - (len(missed) + sum(r is not None for _, r, _ in wrong)) / max(1, len(wanted)):.4f}"
    )
    print(f"  of the missed, among the first {SUGGESTIONS} suggestions: {len(missed) - len(hidden)} of {len(missed)}")
    shown = (("wrong", wrong), ("not suggested", hidden), ("missed", missed), ("asked", asked))
    for kind, cases in shown if verbose else shown[:1]:
        for name, right, d in cases:
            found = f"{d.status} {d.field} {d.confidence:.2f} {suggested(d)}"
            print(f"  {kind}: {name}: {d.header!r} → {found}, right: {right} {[one['code'] for one in d.evidence]}")


def main() -> None:
    """Report each set. `-v` tells the columns of the development sets; those of the check set are told only when wrong."""
    for name in (*DEVELOPMENT, *CHECKS):
        report(name, list(decided(DATA / f"{name}.jsonl")), verbose="-v" in sys.argv and name not in CHECKS)


if __name__ == "__main__":
    main()
