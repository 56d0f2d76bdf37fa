"""Uniqueness of large tables: exactly what is found in memory, by way of the disk."""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path

import numpy as np
import orjson
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headgate.engine.validators import duplicates, spilled_duplicates
from headgate.engine.validators.spilled_duplicates import SpilledDuplicates

Batches = list[list[str | None]]


def found(finder: SpilledDuplicates, batches: Batches) -> list[list[bool]]:
    series = [pl.Series(batch, dtype=pl.String) for batch in batches]
    while finder.wants_pass:
        for batch in series:
            finder.observe(batch)
        finder.end_pass()
    return [finder.is_duplicate(batch).to_list() for batch in series]


def expected(batches: Batches) -> list[list[bool]]:
    counts = Counter(text for batch in batches for text in batch if text is not None)
    return [[text is not None and counts[text] > 1 for text in batch] for batch in batches]


@settings(max_examples=50, deadline=None)
@given(st.lists(st.lists(st.one_of(st.none(), st.text("abcé", max_size=2)), max_size=20), min_size=1, max_size=4))
def test_a_text_that_stands_twice_is_found_wherever_it_stands(batches: Batches) -> None:
    with tempfile.TemporaryDirectory() as directory:
        assert found(SpilledDuplicates(Path(directory) / "unique", partition_bits=2), batches) == expected(batches)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.lists(st.text("abc", max_size=2), max_size=20), min_size=1, max_size=4))
def test_texts_with_one_hash_are_told_apart(batches: list[list[str]]) -> None:
    def few(texts: pl.Series) -> duplicates.Hashes:
        return (texts.str.len_bytes().fill_null(0).to_numpy().astype(np.uint64) + np.uint64(1)) << np.uint64(61)

    with pytest.MonkeyPatch.context() as patched, tempfile.TemporaryDirectory() as directory:
        patched.setattr(duplicates, "hashes_of", few)
        patched.setattr(spilled_duplicates, "hashes_of", few)
        assert found(SpilledDuplicates(Path(directory) / "unique"), list(batches)) == expected(list(batches))


def test_it_stays_exact_when_little_is_held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spilled_duplicates, "HASHES_HELD", 100)
    monkeypatch.setattr(spilled_duplicates, "TEXT_HELD", 500)
    batches: Batches = [[f"text {n % 1500}" for n in range(start, start + 200)] for start in range(0, 2000, 200)]
    finder = SpilledDuplicates(tmp_path / "unique")
    assert found(finder, batches) == expected(batches)
    assert sorted(path.name for path in (tmp_path / "unique").iterdir()) == ["finished.json", "repeated.u64"]


def test_what_was_found_is_known_to_whoever_comes_later(tmp_path: Path) -> None:
    batches: Batches = [["a", "b", None], ["b", "c"]]
    found(SpilledDuplicates(tmp_path / "unique"), batches)
    later = SpilledDuplicates(tmp_path / "unique")
    assert not later.wants_pass
    assert found(later, batches) == [[False, True, False], [True, False]]


def test_what_is_damaged_or_unfinished_is_found_anew(tmp_path: Path) -> None:
    batches: Batches = [["a", "b", None], ["b", "c"]]
    found(SpilledDuplicates(tmp_path / "unique"), batches)
    (tmp_path / "unique" / "repeated.u64").write_bytes(b"\0" * 8)
    again = SpilledDuplicates(tmp_path / "unique")
    assert again.wants_pass
    assert found(again, batches) == expected(batches)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.lists(st.text("abcé", max_size=2), max_size=20), min_size=2, max_size=5), st.integers(1, 8))
def test_a_search_goes_on_from_wherever_it_was_sealed(batches: list[list[str]], cut: int) -> None:
    series = [pl.Series(batch, dtype=pl.String) for batch in batches]
    with tempfile.TemporaryDirectory() as directory:
        finder, steps = SpilledDuplicates(Path(directory) / "unique", partition_bits=2), 0
        while finder.wants_pass:
            for batch in series:
                finder.observe(batch)
                if (steps := steps + 1) == cut:
                    state = orjson.loads(orjson.dumps(finder.seal()))
                    finder.observe(pl.Series(["seen after the seal", "seen after the seal"]))
                    finder = SpilledDuplicates(Path(directory) / "unique", partition_bits=2)
                    assert finder.resume(state)
            finder.end_pass()
        assert [finder.is_duplicate(batch).to_list() for batch in series] == expected(
            [list(batch) for batch in batches]
        )
        assert not finder.is_duplicate(pl.Series(["seen after the seal"])).item()


def test_what_was_sealed_and_is_gone_is_not_taken_up(tmp_path: Path) -> None:
    finder = SpilledDuplicates(tmp_path / "unique")
    finder.observe(pl.Series(["a", "b"]))
    state = finder.seal()
    (tmp_path / "unique" / "hashes-000000").unlink()
    later = SpilledDuplicates(tmp_path / "unique")
    assert not later.resume(state)
    later.begin_anew()
    assert found(later, [["a"], ["b", "a"]]) == [[True], [False, True]]
