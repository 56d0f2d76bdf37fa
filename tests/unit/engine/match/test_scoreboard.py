"""The sets of columns and options keep their scores: a change that starts to guess, or that loses what was known, fails here."""

from __future__ import annotations

import pytest

from benchmarks.scoreboard import columns, options
from headgate.engine.match import ColumnDecision

RECALL = {
    "columns": 0.95,
    "columns-second": 0.72,
    "columns-third": 0.75,
    "columns-fourth": 0.9,
    "columns-check": 0.88,
    "columns-fifth": 0.85,
    "columns-final": 0.72,
    "columns-last": 0.65,
    "columns-sixth": 0.68,
    "columns-blind": 0.72,
    "columns-blind-second": 0.65,
    "columns-blind-third": 0.68,
    "columns-blind-fourth": 0.7,
    "columns-blind-fifth": 0.7,
}
SUGGESTED = 0.9


def _results(name: str) -> list[tuple[str, str | None, ColumnDecision]]:
    return list(columns.decided(columns.DATA / f"{name}.jsonl"))


def test_every_set_is_held_to_a_score() -> None:
    assert (
        set(RECALL)
        == {*columns.DEVELOPMENT, *columns.CHECKS}
        == {path.stem for path in columns.DATA.glob("columns*.jsonl")}
    )


@pytest.mark.parametrize("name", RECALL)
def test_automatic_matches_of_a_set_are_right(name: str) -> None:
    results = _results(name)
    accepted = [(case, right, d) for case, right, d in results if d.status == "accepted"]
    wrong = [(case, d.header, d.field, right) for case, right, d in accepted if d.field != right]
    wanted = sum(right is not None for _, right, _ in results)
    assert len(wrong) <= 0.005 * len(accepted), wrong
    assert len(accepted) - len(wrong) >= RECALL[name] * wanted


@pytest.mark.parametrize("name", RECALL)
def test_the_right_field_of_a_missed_column_is_among_the_first_suggestions(name: str) -> None:
    missed = [
        (d.header, right, columns.suggested(d)) for _, right, d in _results(name) if right and d.status != "accepted"
    ]
    hidden = [one for one in missed if one[1] not in one[2]]
    assert len(hidden) <= (1 - SUGGESTED) * len(missed), hidden


def test_every_case_says_its_right_field_with_a_key_of_its_schema() -> None:
    results = [result for name in RECALL for result in _results(name)]
    assert len(results) >= 1500
    traps = sum(right is None for _, right, _ in results)
    assert traps >= 0.25 * len(results)


def test_automatic_options_are_right() -> None:
    results = [result for name in (*options.DEVELOPMENT, *options.CHECKS) for result in options.decided(name)]
    accepted = [(text, right, match) for text, right, match in results if match.value is not None]
    wrong = [(text, match.value, right) for text, right, match in accepted if match.value != right]
    wanted = sum(right is not None for _, right, _ in results)
    assert len(wrong) <= 0.005 * len(accepted), wrong
    assert len(accepted) - len(wrong) >= 0.8 * wanted
