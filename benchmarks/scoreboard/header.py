"""How right the automatic header rows are: `python -m benchmarks.scoreboard.header [GRIDS.jsonl.gz …] [-v]`.

The sheets of `layouts.py`, each with its schema and without, those of `data/headers-blind-fifth.jsonl` (written by hand, and kept
before anything looked at them), and other libraries beside (which see no schema). Each line of a
file is a labelled grid: `rows` (cell texts) and `lines` (one label a row); the right row is the last `header` line with text before
the first `data` line; no schema is given, so that the shape alone decides.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.scoreboard.baselines import BASELINES
from benchmarks.scoreboard.layouts import DATA, HELD_BACK, LAYOUTS, LabelledGrid, Layout, labelled_grids
from headgate.engine.header import HeaderDecision, choose_header

HEAD_RECORDS = 200
SHEETS_OF_A_LAYOUT = 30
BASELINE_SHEETS = 4
SEED = 3
WRITTEN = DATA / "headers-blind-fifth.jsonl"


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


@dataclass(frozen=True)
class Judged:
    """One generated sheet and what was decided. `right`: the row is one of the header's, and no record changed sides."""

    sheet: LabelledGrid
    decision: HeaderDecision
    right: bool


def judged(layouts: dict[str, Layout], *, with_schema: bool, count: int = SHEETS_OF_A_LAYOUT) -> list[Judged]:
    """Each generated sheet, decided and judged."""
    sheets = labelled_grids(layouts, count=count, seed=SEED)
    return [_judged(sheet, with_schema=with_schema) for sheet in sheets]


def written_by_hand() -> list[Judged]:
    """The same for the sheets of `WRITTEN`, which have no schema."""
    results = []
    for line in WRITTEN.read_text("utf-8").splitlines():
        case = json.loads(line)
        grid = LabelledGrid(case["name"], case["name"], [], case["rows"], tuple(case["header"]), case["data_start"])
        results.append(_judged(grid, with_schema=False))
    return results


def _judged(sheet: LabelledGrid, *, with_schema: bool) -> Judged:
    rows = [[cell or None for cell in row] for row in sheet.rows]
    decision = choose_header(rows[:HEAD_RECORDS], sheet.fields if with_schema else [], total_rows=len(rows))
    between = range(min(decision.data_start, sheet.data_start), max(decision.data_start, sheet.data_start))
    right = decision.row in sheet.header and not any(any(sheet.rows[row]) for row in between)
    return Judged(sheet, decision, right)


def baseline_rows(layouts: dict[str, Layout], *, count: int) -> dict[str, tuple[int, int, int]]:
    """For each other library: right rows, answers, and headers found in files without one. Sheets are written as CSV."""
    found = {name: [0, 0, 0] for name in BASELINES}
    for sheet in labelled_grids(layouts, count=count, seed=SEED):
        text = io.StringIO()
        csv.writer(text).writerows(sheet.rows)
        for name, ask in BASELINES.items():
            row = ask(text.getvalue().encode())[1]
            if row is not None:
                found[name][0] += row in sheet.header
                found[name][1] += 1
                found[name][2] += not sheet.header
    return {name: (right, answers, invented) for name, (right, answers, invented) in found.items()}


def report_generated(title: str, layouts: dict[str, Layout], *, verbose: bool) -> None:
    """Print coverage, precision, what was asked about and calibration of generated sheets."""
    for with_schema in (True, False):
        named = f"{title}, {'with' if with_schema else 'without'} schema"
        report_judged(named, judged(layouts, with_schema=with_schema), verbose=verbose)


def report_judged(title: str, results: list[Judged], *, verbose: bool) -> None:
    """Print the same of sheets that were judged."""
    accepted = [result for result in results if result.decision.status == "accepted"]
    wrong = [result for result in accepted if not result.right]
    headed = sum(bool(result.sheet.header) for result in results)
    invented = sum(not result.sheet.header for result in accepted)
    print(
        f"{title}: {len(results)} sheets, {headed} with a header; "
        f"accepted {len(accepted)} (coverage {(len(accepted) - invented) / headed:.3f}), automatic precision "
        f"{1 - len(wrong) / max(1, len(accepted)):.4f}, accepted without a header {invented}"
    )
    asked = Counter(result.sheet.layout for result in results if result.decision.status != "accepted")
    print("  asked about: " + ", ".join(f"{layout} {count}" for layout, count in asked.most_common()))
    for low, high in ((0.0, 0.5), (0.5, 0.9), (0.9, 0.98), (0.98, 1.01)):
        inside = [result for result in results if low <= result.decision.confidence < high]
        if inside:
            share = sum(result.right for result in inside) / len(inside)
            print(f"  confidence {low:.2f} to {min(high, 1.0):.2f}: {len(inside)} sheets, best guess right {share:.3f}")
    for result in wrong if verbose else ():
        print(f"  wrong: {result.sheet.layout} {result.sheet.name}: {result.decision.rows} {result.decision.evidence}")


def main() -> None:
    """Print what generated sheets, other libraries and the given files say."""
    verbose = "-v" in sys.argv
    report_generated("development layouts", LAYOUTS, verbose=verbose)
    report_generated("layouts held back", HELD_BACK, verbose=verbose)
    report_judged("written by hand, without schema", written_by_hand(), verbose=verbose)
    for name, (right, answers, invented) in baseline_rows({**LAYOUTS, **HELD_BACK}, count=BASELINE_SHEETS).items():
        print(f"{name}: {answers} answers, {right / max(1, answers):.3f} right, headers found where none is {invented}")
    for path in (argument for argument in sys.argv[1:] if argument != "-v"):
        report_file(path, verbose=verbose)


def report_file(path: str, *, verbose: bool) -> None:
    """Print automatic precision and coverage of a file of grids, and what was accepted without a header."""
    results = list(decided(path))
    accepted = [(grid, right, d) for grid, right, d in results if d.status == "accepted"]
    wrong = [(grid, right, d) for grid, right, d in accepted if d.row != right]
    best = sum(d.row == right for _, right, d in results)
    invented = [(grid, d) for grid, d in headerless(path) if d.status == "accepted"]
    print(
        f"{Path(path).name}: {len(results)} grids, accepted {len(accepted)} (coverage {len(accepted) / len(results):.3f}), "
        f"automatic precision {1 - len(wrong) / max(1, len(accepted)):.4f}, "
        f"best guess right {best / len(results):.3f}, "
        f"accepted without a header {len(invented)}"
    )
    if not verbose:
        return
    for grid, right, decision in wrong:
        print(f"  wrong: {grid['name']}: {decision.row}, right {right} {decision.evidence}")
        for row in grid["rows"][max(0, (decision.row or 0) - 2) : (decision.row or 0) + 4]:
            print("    ", row[:9])
    for grid, decision in invented:
        print(f"  invented: {grid['name']}: {decision.row} {decision.evidence}")


if __name__ == "__main__":
    main()
