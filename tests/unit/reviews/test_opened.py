"""A review in the process of this server: rows that another server showed are built when they are worked on."""

from __future__ import annotations

import uuid
from typing import Any, cast

import pytest

from headgate.reviews.desk import ReviewDesk
from headgate.reviews.opened import Folded
from headgate.reviews.process import ReviewProcess, ReviewRefusedError


class ProcessWithoutRows:
    """The engine's part, which has rows once it was told to go to the last step; where `open_step`, it cannot go there."""

    def __init__(self, *, open_step: bool = False) -> None:
        self.open_step = open_step
        self.built = False
        self.asked: list[str] = []

    def call(self, method: str, *arguments: Any, as_json: bool = False, slow: bool = False) -> Any:
        self.asked.append(method)
        if method == "advance" and not self.open_step:
            self.built = True
            return None
        if not self.built:
            raise ReviewRefusedError("not_ready", "The rows are not ready yet.")
        if arguments == ("nothing",):
            raise ReviewRefusedError("nothing_to_do", "Everything is like that already.")
        return f"{method} done"


def folded(process: ProcessWithoutRows) -> Folded:
    return Folded(cast(ReviewDesk, None), uuid.uuid4(), cast(ReviewProcess, process))


def test_a_change_of_rows_that_are_not_built_here_builds_them_first() -> None:
    process = ProcessWithoutRows()
    assert folded(process).ask_of_rows("prepare", "change") == "prepare done"
    assert process.asked == ["prepare", "advance", "prepare"]


def test_where_an_earlier_step_is_open_the_refusal_stands() -> None:
    with pytest.raises(ReviewRefusedError) as refused:
        folded(ProcessWithoutRows(open_step=True)).ask_of_rows("prepare", "change")
    assert refused.value.code == "not_ready"


def test_another_refusal_builds_nothing() -> None:
    process = ProcessWithoutRows()
    process.built = True
    with pytest.raises(ReviewRefusedError) as refused:
        folded(process).ask_of_rows("prepare", "nothing")
    assert refused.value.code == "nothing_to_do"
    assert process.asked == ["prepare"]
