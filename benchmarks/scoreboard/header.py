"""How right the automatic header rows are: `python benchmarks/scoreboard/header.py GRIDS.jsonl.gz … [-v]`.

Each line of a file is a labelled grid: `rows` (cell texts) and `lines` (one label a row); the right row is the last
`header` line with text before the first `data` line. No schema is given, so that the shape alone decides.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Iterator
from typing import Any

from headgate.engine.header import HeaderDecision, choose_header

HEAD_RECORDS = 200


def right_row(grid: dict[str, Any]) -> int | None:
    """The leaf header row by the labels; None when no header stands above the data."""
    lines = grid["lines"]
    first_data = lines.index("data") if "data" in lines else len(lines)
    headers = [row for row in range(first_data) if lines[row] == "header" and any(grid["rows"][row])]
    return headers[-1] if headers else None


def labelled(path: str) -> Iterator[tuple[list[list[str | None]], int | None, dict[str, Any]]]:
    """The records of each grid of a file, the right row, and the grid as it was labelled."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            grid = json.loads(line)
            yield [[cell or None for cell in row] for row in grid["rows"]], right_row(grid), grid


def decided(path: str) -> Iterator[tuple[dict[str, Any], int | None, HeaderDecision]]:
    """Each grid of a file, the right row, and what was decided."""
    for rows, right, grid in labelled(path):
        yield grid, right, choose_header(rows[:HEAD_RECORDS], [], total_rows=len(rows))


def headerless(path: str) -> Iterator[tuple[dict[str, Any], HeaderDecision]]:
    """Each grid cut to its data lines, as a file without a header: nothing may be accepted."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            grid = json.loads(line)
            data = [row for row, label in zip(grid["rows"], grid["lines"], strict=True) if label == "data"]
            rows = [[cell or None for cell in row] for row in data]
            yield grid, choose_header(rows[:HEAD_RECORDS], [], total_rows=len(rows))


def main() -> None:
    """Print automatic precision and coverage of each file, and what was accepted without a header."""
    for path in (argument for argument in sys.argv[1:] if argument != "-v"):
        results = list(decided(path))
        accepted = [(grid, right, d) for grid, right, d in results if d.status == "accepted"]
        wrong = [(grid, right, d) for grid, right, d in accepted if d.row != right]
        best = sum(d.row == right for _, right, d in results)
        invented = [(grid, d) for grid, d in headerless(path) if d.status == "accepted"]
        print(
            f"{path}: {len(results)} grids, accepted {len(accepted)} (coverage {len(accepted) / len(results):.3f}), "
            f"automatic precision {1 - len(wrong) / max(1, len(accepted)):.4f}, "
            f"best guess right {best / len(results):.3f}, "
            f"accepted without a header {len(invented)}"
        )
        if "-v" in sys.argv:
            for grid, right, decision in wrong:
                print(f"  wrong: {grid['name']}: {decision.row}, right {right} {decision.evidence}")
                for row in grid["rows"][max(0, (decision.row or 0) - 2) : (decision.row or 0) + 4]:
                    print("    ", row[:9])
            for grid, decision in invented:
                print(f"  invented: {grid['name']}: {decision.row} {decision.evidence}")


if __name__ == "__main__":
    main()
