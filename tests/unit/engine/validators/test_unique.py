"""Uniqueness: every row of a repeated value is marked, across batches, exactly and in bounded memory."""

from __future__ import annotations

from collections import Counter

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headgate.engine.validators import duplicates
from headgate.engine.validators.case_folding import folded
from headgate.engine.validators.duplicates import DuplicateFinder
from tests.unit.engine.validators.validator_batches import FAILED, batch, failing_rows, findings, slot, validators_of

UNIQUE = [{"validate": "unique"}]
FOLDED = [{"validate": "unique_case_insensitive"}]


def test_every_row_of_a_repeated_value_is_marked_in_all_batches() -> None:
    batches = [batch(a=["x", "y", "X"]), batch(a=["z", "x", "w"]), batch(a=["y", "x", " x"])]
    assert failing_rows(validators_of(a=UNIQUE), *batches) == {"a": [0, 1, 4, 6, 7]}


def test_empty_cells_and_failed_ones_are_never_repeated_values() -> None:
    cells = [None, None, "", "", " ", " ", FAILED, FAILED, "x"]
    assert failing_rows(validators_of(a=UNIQUE), batch(a=cells), batch(a=cells[:-1])) == {}


def test_case_insensitive_uses_unicode_case_folding() -> None:
    cells = ["straße", "STRASSE", "Σίσυφος", "ΣΊΣΥΦΟΣ", "É", "é", "e\u0301", "a", "A", "b"]
    assert failing_rows(validators_of(a=FOLDED), batch(a=cells)) == {"a": [0, 1, 2, 3, 4, 5, 7, 8]}
    assert failing_rows(validators_of(a=UNIQUE), batch(a=cells)) == {}


@given(st.lists(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("ßẞſsSΣσςİıIiKkǅﬀΐ"))), min_size=1))
def test_a_column_is_folded_as_its_texts_are(texts: list[str]) -> None:
    lowered_again = pl.Series([text.casefold() for text in texts]).str.to_lowercase()
    assert folded(pl.Series(texts)).to_list() == lowered_again.to_list()


def test_a_value_may_stand_once_in_all_columns_of_a_many_to_one_field() -> None:
    (found,) = findings(validators_of(a=UNIQUE), {"a": [slot(["x", "y", "v"]), slot(["x", "z", "y"])]})
    assert [(finding.position, finding.fails.to_list()) for finding in found] == [
        (0, [True, True, False]),
        (1, [True, False, True]),
    ]


def test_unique_with_compares_combinations_and_marks_all_their_cells() -> None:
    rules = [{"validate": "unique_with", "uniqueKey": "k"}]
    batches = [batch(a=["1", "1", "2"], b=["x", "y", None]), batch(a=["1", "2", None], b=["x", None, None])]
    assert failing_rows(validators_of(a=rules, b=rules), *batches) == {"a": [0, 2, 3, 4], "b": [0, 2, 3, 4]}


def test_unique_with_skips_a_combination_that_is_empty_throughout() -> None:
    rules = [{"validate": "unique_with", "uniqueKey": "k"}]
    assert failing_rows(validators_of(a=rules, b=rules), batch(a=[None, None, " "], b=[None, None, ""])) == {}


def test_unique_with_does_not_confuse_combinations_whose_texts_run_together() -> None:
    rules = [{"validate": "unique_with", "uniqueKey": "k"}]
    columns = {"a": ["ab", "a", "1:x", "-", None], "b": ["c", "bc", "y", None, "-"]}
    assert failing_rows(validators_of(a=rules, b=rules), batch(**columns)) == {}


def test_unique_with_skips_rows_whose_combination_is_unknown() -> None:
    rules = [{"validate": "unique_with", "uniqueKey": "k"}]
    assert failing_rows(validators_of(a=rules, b=rules), batch(a=["1", "1"], b=[FAILED, FAILED])) == {}


def test_each_unique_key_is_a_rule_of_its_own() -> None:
    validators = validators_of(
        a=[
            {"validate": "unique_with", "uniqueKey": "k"},
            {"validate": "unique_with", "uniqueKey": "l", "level": "warning"},
        ],
        b=[{"validate": "unique_with", "uniqueKey": "k"}],
        c=[{"validate": "unique_with", "uniqueKey": "l"}],
    )
    (found,) = findings(validators, batch(a=["1", "1"], b=["x", "y"], c=["z", "z"]))
    assert [(finding.key, finding.level) for finding in found] == [("a", "warning"), ("c", "error")]
    assert found[0].message == "Must be unique together with C, but another row has the same combination."


def test_one_field_alone_may_use_a_unique_key() -> None:
    (found,) = findings(validators_of(a=[{"validate": "unique_with", "uniqueKey": "k"}]), batch(a=["1", "1", "2"]))
    assert found[0].fails.to_list() == [True, True, False]
    assert found[0].message == "Must be unique, but another row has the same value."


def test_without_cross_row_rules_no_pass_is_wanted() -> None:
    assert not validators_of(a=[{"validate": "required"}]).wants_pass


def test_without_repeated_values_one_pass_is_enough() -> None:
    validators = validators_of(a=UNIQUE)
    validators.observe(batch(a=["x", "y"]))
    validators.end_pass()
    assert not validators.wants_pass


def test_asking_before_the_last_pass_is_refused() -> None:
    validators = validators_of(a=UNIQUE)
    validators.observe(batch(a=["x", "x"]))
    with pytest.raises(RuntimeError, match="last pass"):
        list(validators.check(batch(a=["x", "x"])))


def _duplicates(
    batches: list[list[str | None]], text_budget: int = 1 << 20, hashes_per_pass: int = 1 << 20
) -> tuple[list[bool], int]:
    finder = DuplicateFinder(text_budget, hashes_per_pass)
    passes = 0
    series = [pl.Series(texts, dtype=pl.String) for texts in batches]
    while finder.wants_pass:
        passes += 1
        for texts in series:
            finder.observe(texts)
        finder.end_pass()
    return [duplicate for texts in series for duplicate in finder.is_duplicate(texts).to_list()], passes


TEXTS = st.lists(
    st.lists(st.one_of(st.none(), st.sampled_from("abcdefghij"), st.text(max_size=3)), max_size=12), max_size=4
)


@given(TEXTS, st.sampled_from([1, 8, 1 << 20]))
def test_duplicates_are_exactly_the_texts_that_occur_twice_under_any_budget(
    batches: list[list[str | None]], text_budget: int
) -> None:
    counts = Counter(text for texts in batches for text in texts if text is not None)
    expected = [text is not None and counts[text] > 1 for texts in batches for text in texts]
    assert _duplicates(batches, text_budget)[0] == expected


@given(batches=TEXTS, text_budget=st.sampled_from([1, 8, 1 << 20]))
def test_texts_whose_hashes_collide_are_told_apart(batches: list[list[str | None]], text_budget: int) -> None:
    counts = Counter(text for texts in batches for text in texts if text is not None)
    expected = [text is not None and counts[text] > 1 for texts in batches for text in texts]
    with pytest.MonkeyPatch.context() as patch:
        # A hash that takes few values: nearly every text collides with another one.
        patch.setattr(duplicates, "hashes_of", lambda texts: (texts.hash(0) % 3 * (1 << 62)).to_numpy())
        assert _duplicates(batches, text_budget)[0] == expected


def test_a_small_budget_splits_the_comparison_over_passes() -> None:
    batches: list[list[str | None]] = [[f"{number:08d}" for number in range(500)]] * 2
    for limits in ({"text_budget": 1000}, {"hashes_per_pass": 100}):
        marked, passes = _duplicates(batches, **limits)
        assert all(marked)
        assert passes > 4
