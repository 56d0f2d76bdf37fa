"""Many deltas as one: the rows that it leads to are those that the deltas lead to one after another."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from headgate.engine.review.session import Review
from tests.unit.engine.review.reviews import Fields, Journey, journey

FIELDS: Fields = [
    {"label": "A", "key": "a", "validators": [{"validate": "unique"}]},
    {"label": "B", "key": "b", "type": "number"},
]
PEOPLES = -1_000_000_001

cells = st.lists(
    st.tuples(st.sampled_from([1, 2, 3]), st.sampled_from([0, 1]), st.sampled_from(["1", "x", None])), max_size=3
)
step = st.one_of(
    st.tuples(st.just("cells"), cells),
    st.tuples(st.just("delete"), st.sampled_from([1, 2, 3])),
    st.tuples(st.just("add"), st.sampled_from([1, 2, 3, None])),
    st.tuples(st.just("undo"), st.integers(0, 5)),
)


def take(one: Journey, review: Review, what: tuple[str, Any], added: int) -> int:
    """One step of the log; impossible ones (a deleted row, nothing to undo) are left out."""
    shown = {row["row"] for row in review.rows({})["rows"]}
    kind, value = what
    if kind == "cells":
        one.edit(review, list({cell[:2]: cell for cell in value if cell[0] in shown}.values()))
    elif kind == "delete" and value in shown:
        one.edit(review, deleted=[value])
    elif kind == "add" and (value is None or value in shown):
        one.edit(review, [(PEOPLES - added, 0, "n")], added=[(PEOPLES - added, value)])
        return added + 1
    elif kind == "undo" and value < len(one.log):
        one.take(review, review.prepare_undo(one.log[value], "undo", None))
    return added


@settings(max_examples=10)
@given(st.lists(step, max_size=8))
def test_rows_that_are_built_anew_from_the_whole_log_are_the_rows_that_were_edited(
    steps: list[tuple[str, Any]],
) -> None:
    with tempfile.TemporaryDirectory() as directory:
        one = journey(Path(directory), "A,B\nu,1\nv,2\nw,3\n", FIELDS)
        review = one.open()
        review.advance("review")
        added = 0
        for what in steps:
            added = take(one, review, what, added)
        edited = [review.rows({})["rows"], review.grid()["summary"]]
        review.close()
        one.directory.rename(one.directory.with_name("lost"))
        review = one.open()
        review.advance("review")
        assert [review.rows({})["rows"], review.grid()["summary"]] == edited
        review.close()
