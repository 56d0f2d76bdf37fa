"""What a worker answers when the engine breaks."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from polars.exceptions import PanicException

from headgate.imports.worker import Broken, ConvertJob, Reporter, _execute


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
