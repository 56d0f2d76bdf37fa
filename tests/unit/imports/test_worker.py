"""What a worker answers when the engine breaks."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from polars.exceptions import PanicException

from headgate.imports.worker import (
    Broken,
    ConvertJob,
    FinishJob,
    Job,
    Progress,
    Reporter,
    RunJob,
    _execute,
    _reporter,
)


def convert_that_raises(error: BaseException) -> Any:
    def convert(_job: ConvertJob) -> None:
        raise error

    return _execute(
        ConvertJob(Path("table"), Path("rows.csv"), "csv"),
        SimpleNamespace(convert=convert),  # type: ignore[arg-type]  # stands for the engine's module
        Reporter(lambda _: None),
    )


@pytest.mark.parametrize("error", [ValueError("x"), MemoryError(), RecursionError(), PanicException("x")])
def test_whatever_the_engine_raises_is_an_answer_and_the_worker_lives_on(error: BaseException) -> None:
    assert isinstance(convert_that_raises(error), Broken)


@pytest.mark.parametrize("error", [SystemExit(1), KeyboardInterrupt()])
def test_a_worker_can_still_be_told_to_end(error: BaseException) -> None:
    with pytest.raises(type(error)):
        convert_that_raises(error)


def test_a_run_that_is_soon_over_says_nothing_of_its_progress_and_others_do_at_once(tmp_path: Path) -> None:
    run = RunJob("id", tmp_path, "file", {}, None, None, None, tmp_path)
    cases: list[tuple[Job, list[Progress]]] = [(run, []), (FinishJob(run, tmp_path, ()), [Progress("types", 0.5)])]
    for job, told in cases:
        sent: list[Progress] = []
        _reporter(job, sent.append)("types", 1, 2)
        assert sent == told
