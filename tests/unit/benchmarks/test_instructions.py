"""The guard over instructions says what became slower, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks import instructions
from benchmarks.callgrind import Counter, available
from benchmarks.instructions import CANNOT, FIGURES, TOLERANCE, compared, machine


def test_only_what_takes_clearly_more_than_it_did_fails() -> None:
    known = {"same": 1000, "better": 1000, "a little more": 1000, "much more": 1000}
    found = {"same": 1000, "better": 500, "a little more": 1000 + int(900 * TOLERANCE), "much more": 1101, "new": 7}
    table, worse = compared(found, known)
    assert worse == ["much more"]
    assert table.row_count == len(found)


def test_a_program_that_no_valgrind_runs_goes_on_as_if_nothing_were_counted() -> None:
    if not available():
        return
    counter = Counter()
    counter.begin()
    counter.end("nothing")


def test_no_figure_is_of_a_workload_that_is_gone() -> None:
    from benchmarks.workloads import WORKLOADS

    figures = json.loads(FIGURES.read_text())["workloads"]
    assert figures, "nothing would be guarded"
    assert figures.keys() <= {workload.name for workload in WORKLOADS}
    assert all(figure > 0 for figure in figures.values())


def test_figures_of_another_machine_judge_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    figures = tmp_path / "instructions.json"
    figures.write_text(json.dumps({"machine": machine() | {"libc": "another"}, "workloads": {"load the engine": 1}}))
    monkeypatch.setattr(instructions, "FIGURES", figures)
    monkeypatch.setattr("sys.argv", ["instructions"])
    assert instructions.main() == CANNOT


def test_what_figures_hold_for_names_no_place_of_this_machine() -> None:
    assert "/" not in "".join(machine().values())
