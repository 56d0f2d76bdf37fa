"""Every task of the benchmark does its work on the pipeline as it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.data import WRITERS
from benchmarks.process import cpu_seconds, peak_memory
from benchmarks.run import Measure, targets_of
from benchmarks.tasks import BASELINES, SHEET_BASELINES, STEPS, Task, read, whole

ROWS = 300


@pytest.mark.parametrize("task", [*BASELINES, *STEPS], ids=lambda task: task.__name__)
def test_every_task_sees_all_rows_of_a_text_file(task: Task, tmp_path: Path) -> None:
    file = tmp_path / "data.csv"
    WRITERS["csv"](file, ROWS)
    assert task(file, tmp_path) in {ROWS, ROWS + 1}


@pytest.mark.parametrize("task", [*SHEET_BASELINES, read, whole], ids=lambda task: task.__name__)
def test_every_task_sees_all_rows_of_a_workbook(task: Task, tmp_path: Path) -> None:
    file = tmp_path / "data.xlsx"
    WRITERS["xlsx"](file, ROWS)
    assert task(file, tmp_path) in {ROWS, ROWS + 1}


def test_memory_and_processor_time_are_those_of_this_process() -> None:
    before = cpu_seconds()
    hold = bytearray(64 * 1024**2)
    assert peak_memory() > len(hold)
    assert cpu_seconds() >= before


def test_targets_compare_with_the_measures_of_the_same_file() -> None:
    def measure(task: str, rows: int, wall: float, megabytes: int) -> Measure:
        return Measure(task, "csv", rows, wall, wall, megabytes * 1000**2)

    measures = [
        measure("bare_ndjson", 1_000_000, 4.0, 100), measure("bare_json", 1_000_000, 1.0, 100),
        measure("whole", 1_000_000, 12.0, 500), measure("whole", 5_000_000, 100.0, 750),
        measure("whole", 10_000, 1.0, 200),
    ]  # fmt: skip
    found = {target.name: (target.measured, target.met) for target in targets_of(measures)}
    assert found["1,000,000 rows against bare ndjson"] == (3.0, True)
    assert found["1,000,000 rows against bare json"] == (12.0, False)
    assert found["Peak memory at 1,000,000 rows"] == (500.0, True)
    assert found["Peak memory at 5,000,000 rows"] == (750.0, False)
    assert found["Peak memory from 1,000,000 to 5,000,000 rows"] == (1.5, False)
