"""The record of what an import decided."""

from __future__ import annotations

from headgate.engine.decisions import Decisions


def test_the_record_so_far_is_not_touched_by_later_steps() -> None:
    decisions = Decisions(recipe={"replaced": {"a": 1}}, timings={"read": 1})
    noted = decisions.so_far()
    with decisions.timed("read"), decisions.timed("check"):
        decisions.rows = {"read": 5}
    decisions.recipe = decisions.recipe or {}
    decisions.recipe["replaced"]["a"] = 2
    decisions.warnings = [{"code": "over_max_records"}]
    assert noted == Decisions(recipe={"replaced": {"a": 1}}, timings={"read": 1})
