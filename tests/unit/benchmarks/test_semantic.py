"""What the measurement of a sentence-embedding model counts, and when it would allow automatic matches."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.scoreboard.semantic import THRESHOLDS, Asked, chosen, taken, verdict
from tests.unit.reviews.semantic.model_directory import write_model


def answered(count: int, likeness: float, *, right: bool) -> list[Asked]:
    return [Asked("case", "x", "a", [], [], [], ("a" if right else "b", likeness)) for _ in range(count)]


def test_a_column_without_a_field_is_wrong_whatever_it_is_taken_for() -> None:
    columns = [Asked("case", "x", None, [], [], [], ("a", 0.9)), Asked("case", "y", "a", [], [], [], None)]
    assert (taken(columns, 0.5).count, taken(columns, 0.5).right) == (1, 0)


def test_the_lowest_likeness_that_proves_the_precision_is_chosen() -> None:
    columns = [*answered(50, 0.7, right=False), *answered(1000, 0.85, right=True)]
    assert chosen(columns) == pytest.approx(0.75)
    assert "allowed from 0.75 on: 1000 of 1000" in verdict(columns, columns)


def test_few_cases_prove_nothing_however_right_they_are() -> None:
    assert chosen(answered(500, 0.99, right=True)) is None
    assert verdict(answered(500, 0.99, right=True), []).startswith("not allowed")


def test_what_was_chosen_must_hold_on_the_sets_that_were_held_back() -> None:
    development = answered(1000, 0.9, right=True)
    held_back = [*answered(990, 0.9, right=True), *answered(10, 0.9, right=False)]
    assert verdict(development, held_back).startswith(f"not allowed: from {THRESHOLDS[0]:.2f} on")
    assert verdict(development, []).startswith("not allowed")


def test_a_directory_is_measured_and_a_wrong_one_is_refused(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "benchmarks.scoreboard.semantic", "--sets", "columns-check", "columns-last", "--"]
    done = subprocess.run([*command, str(write_model(tmp_path / "model"))], capture_output=True, text=True, check=True)
    assert "columns-check: columns left to people 50, with a field 9\n" in done.stdout
    assert "without the model 9 (1.0000), with it 9 (1.0000)" in done.stdout
    assert "may it support an automatic match? not allowed" in done.stdout
    refused = subprocess.run([*command, str(tmp_path)], capture_output=True, text=True, check=False)
    assert refused.returncode == 1
    assert "has no model.onnx" in refused.stderr
