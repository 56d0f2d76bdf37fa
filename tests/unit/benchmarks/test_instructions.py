"""The guard over instructions says what became slower, and nothing else."""

from __future__ import annotations

import json

from benchmarks.callgrind import Counter, available
from benchmarks.instructions import FIGURES, TOLERANCE, compared


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
