"""Transform on real rows: typed values in, cells out, and every mistake told with its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from headgate.engine.hooks.limits import HookLimits
from headgate.engine.hooks.pool import HookPool
from headgate.engine.review.log import RefusedChangeError
from headgate.engine.review.transform import Transformer, tried_rows
from tests.unit.engine.review.small_reviews import Column, SmallReview

FIELDS: list[dict[str, Any]] = [
    {"label": "Name", "key": "name", "type": "string"},
    {"label": "Price", "key": "price", "type": "number"},
    {"label": "Since", "key": "since", "type": "date"},
    {"label": "Fixed", "key": "fixed", "type": "string", "readOnly": True},
]
COLUMNS: dict[str, Column] = {
    "name": [" Anna ", "Bo", None, "Cy"],
    "price": ["1,5", "2,75", "x", "1.000,25"],
    "since": ["2024-03-01", "27.3.2024", None, "nonsense"],
    "fixed": ["a", "b", "c", "d"],
}
Transform = Callable[..., SmallReview]


@pytest.fixture(scope="module")
def pool() -> Iterator[HookPool]:
    with HookPool(1, HookLimits(call_seconds=10)) as pool:
        yield pool


@pytest.fixture
def review(tmp_path: Path) -> SmallReview:
    return SmallReview(tmp_path, FIELDS, COLUMNS)


@pytest.fixture
def transform(review: SmallReview, pool: HookPool) -> Transform:
    def run(expression: str, positions: Any = None) -> SmallReview:
        at = review.visible if positions is None else np.array(positions, np.int32)
        review.carry_out(Transformer(review, pool.acquire).propose(expression, at))
        return review

    return run


def test_texts_are_written_as_if_somebody_had_typed_them(transform: Transform) -> None:
    assert transform("({ name: text.name.trim().toUpperCase() })").column("name") == ["ANNA", "BO", None, "CY"]


def test_numbers_keep_their_value_whatever_mark_the_column_has(transform: Transform) -> None:
    review = transform("row.price === null ? null : ({ price: row.price * 2 })")
    assert review.column("price", "value") == ["3", "5.5", None, "2000.5"]
    assert review.column("price")[2] == "x"


def test_a_row_that_is_copied_loses_nothing(transform: Transform) -> None:
    review = transform("({ ...row, name: 'n' })")
    assert review.column("price") == COLUMNS["price"]
    assert review.column("since") == COLUMNS["since"]


def test_a_value_that_is_the_same_in_other_words_is_no_change(review: SmallReview, pool: HookPool) -> None:
    proposal = Transformer(review, pool.acquire).propose(
        "({ since: row.since ?? undefined, price: text.price })", review.visible
    )
    assert not proposal


def test_a_cell_in_error_is_emptied_by_an_empty_text_and_never_by_null(transform: Transform) -> None:
    assert transform("({ since: null })").column("since") == [None, None, None, "nonsense"]
    assert transform("({ since: '' })").column("since") == [None] * 4


def test_dates_come_and_go(transform: Transform) -> None:
    review = transform("row.since && { since: new Date(Date.parse(row.since) + 864e5) }")
    assert review.column("since", "value")[:2] == ["2024-03-02", "2024-03-28"]


def test_only_the_rows_of_the_view_are_changed_and_index_counts_all(transform: Transform) -> None:
    assert transform("({ name: `${index}` })", [3, 1]).column("name") == [" Anna ", "1", None, "3"]


def test_what_is_given_is_checked_like_any_text(transform: Transform) -> None:
    review = transform("({ price: 'many' })")
    assert review.column("price", "code") == ["not_a_number"] * 4


def test_read_only_cells_are_left_out_and_counted(review: SmallReview, pool: HookPool) -> None:
    proposal = Transformer(review, pool.acquire).propose("({ fixed: 'z', name: 'z' })", review.visible)
    assert proposal.skipped == 4
    assert [edit.hooked.slot.field.key for edit in proposal.edits] == ["name"]


@pytest.mark.parametrize(
    ("expression", "told"),
    [
        ("({ name: row.since.trim() })", r"at line 1, column 20, for row 4 of the file: TypeError: Cannot read"),
        ("({ name: ", r"at line 2, column 1: SyntaxError"),
        ("oops()", r"at line 1, column 1, for row 2 of the file: ReferenceError: oops is not defined"),
        ("({ nobody: 1 })", r'for row 2 of the file: It gives a value for "nobody", but no field has this key'),
    ],
)
def test_a_mistake_is_told_with_its_place_and_changes_nothing(
    review: SmallReview, pool: HookPool, expression: str, told: str
) -> None:
    with pytest.raises(RefusedChangeError, match=told + r".*\. Nothing was changed\.") as refused:
        Transformer(review, pool.acquire).propose(expression, review.visible)
    assert refused.value.code == "wrong_expression"


def test_no_rows_are_no_problem(review: SmallReview, pool: HookPool) -> None:
    assert not Transformer(review, pool.acquire).propose("({ name: 'x' })", np.empty(0, np.int32))


def test_a_preview_tries_rows_from_all_over_the_table() -> None:
    rows = np.arange(1_000_000, dtype=np.int32)
    tried = tried_rows(rows, 1000)
    assert (len(tried), tried[0], tried[-1]) == (1000, 0, 999_999)
    assert (np.diff(tried) > 0).all()
    assert tried_rows(rows[:5]) is not None
    assert tried_rows(rows[:5]).tolist() == [0, 1, 2, 3, 4]
