"""The development set keeps its score: a change that starts to guess fails here."""

from __future__ import annotations

import runpy
from pathlib import Path

SCRIPT = Path(__file__).parents[4] / "benchmarks" / "scoreboard" / "columns.py"


def test_automatic_matches_of_the_development_set_are_right() -> None:
    results = list(runpy.run_path(str(SCRIPT))["decided"]())
    accepted = [(name, right, d) for name, right, d in results if d.status == "accepted"]
    wrong = [(name, d.header, d.field, right) for name, right, d in accepted if d.field != right]
    wanted = sum(right is not None for _, right, _ in results)
    assert len(results) >= 800
    assert len(wrong) <= 0.005 * len(accepted), wrong
    assert len(accepted) - len(wrong) >= 0.95 * wanted
