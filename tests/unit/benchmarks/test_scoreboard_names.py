from __future__ import annotations

import pytest

from benchmarks.scoreboard.baseline import most_alike
from benchmarks.scoreboard.names import shares


def test_the_baseline_takes_what_looks_alike_and_nothing_below_its_threshold() -> None:
    names = {"first": ["First name"], "last": ["Last name"]}
    assert most_alike("first_name", names) == "first"
    assert most_alike("Vorname", names) is None


def test_precision_counts_what_was_taken_and_recall_what_should_be() -> None:
    precision, recall = shares([("a", "a"), ("b", "c"), (None, "d"), ("e", None), (None, None)])
    assert precision == pytest.approx(1 / 3)
    assert recall == pytest.approx(1 / 3)
