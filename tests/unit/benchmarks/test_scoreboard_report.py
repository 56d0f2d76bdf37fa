from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.scoreboard import report
from benchmarks.scoreboard.baseline import most_alike
from benchmarks.scoreboard.report import BEGIN, END, shares


def test_the_baseline_takes_what_looks_alike_and_nothing_below_its_threshold() -> None:
    names = {"first": ["First name"], "last": ["Last name"]}
    assert most_alike("first_name", names) == "first"
    assert most_alike("Vorname", names) is None


def test_precision_counts_what_was_taken_and_recall_what_should_be() -> None:
    precision, recall = shares([("a", "a"), ("b", "c"), (None, "d"), ("e", None), (None, None)])
    assert precision == pytest.approx(1 / 3)
    assert recall == pytest.approx(1 / 3)


def test_the_section_takes_the_place_of_the_one_before_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = tmp_path / "scoreboard.md"
    document.write_text(f"# Title\n\n{BEGIN}\nold\n{END}\n\n## Other\n", "utf-8")
    monkeypatch.setattr(report, "DOCUMENT", document)
    monkeypatch.setattr(report, "section", lambda: f"{BEGIN}\nnew\n{END}")
    report.main(lambda _: None)
    assert document.read_text("utf-8") == f"# Title\n\n{BEGIN}\nnew\n{END}\n\n## Other\n"
    document.unlink()
    report.main(lambda _: None)
    assert document.read_text("utf-8").endswith(f"\n\n{BEGIN}\nnew\n{END}\n")
