"""How right the automatic matches of columns are: `python benchmarks/scoreboard/columns.py [-v]`.

The cases are `data/columns.jsonl`: headers as business systems export them, with traps. The rule of their author: a
field is given where a careful person would agree without asking; null where that person would ask, or leave it out.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from benchmarks.scoreboard.samples import SAMPLES, field_json, reader_for
from headgate.engine.match import ColumnDecision, SourceColumn, match_columns
from headgate.schema import parse_schema

CASES = Path(__file__).parent / "data" / "columns.jsonl"


def decided(cases: Path = CASES) -> Iterator[tuple[str, str | None, ColumnDecision]]:
    """Each column of each case: the case's name, the right field, what was decided."""
    for line in cases.read_text("utf-8").splitlines():
        case: dict[str, Any] = json.loads(line)
        fields = parse_schema([field_json(text) for text in case["fields"]], {}).fields
        columns = [
            SourceColumn(index, column[0], SAMPLES[column[2]] if len(column) > 2 else ())
            for index, column in enumerate(case["columns"])
        ]
        decisions = match_columns(columns, fields, reader_for=reader_for)
        for column, decision in zip(case["columns"], decisions, strict=True):
            yield case["name"], column[1], decision


def main() -> None:
    """Print automatic precision, recall, and how the rest was treated."""
    results = list(decided())
    verbose = "-v" in sys.argv
    accepted = [(name, right, d) for name, right, d in results if d.status == "accepted"]
    wrong = [(name, right, d) for name, right, d in accepted if d.field != right]
    wanted = [(name, right, d) for name, right, d in results if right is not None]
    missed = [(name, right, d) for name, right, d in wanted if d.status != "accepted"]
    suggested = [m for m in missed if m[1] in [m[2].field, *(runner.field for runner in m[2].runners_up)][:3]]
    asked = [(name, right, d) for name, right, d in results if d.status == "uncertain"]
    print(f"columns {len(results)}, with a field {len(wanted)}, accepted {len(accepted)}, asked {len(asked)}")
    print(f"automatic precision {1 - len(wrong) / max(1, len(accepted)):.4f}  (wrong: {len(wrong)})")
    print(f"automatic recall    {1 - len(missed) / max(1, len(wanted)):.4f}")
    print(f"of the missed, among the first three suggestions: {len(suggested)} of {len(missed)}")
    for title, cases in (("wrong", wrong), ("missed", missed if verbose else []), ("asked", asked if verbose else [])):
        for name, right, decision in cases:
            found = f"{decision.status} {decision.field} {decision.confidence:.2f}"
            print(f"  {title}: {name}: {decision.header!r} → {found}, right: {right} {decision.evidence}")


if __name__ == "__main__":
    main()
